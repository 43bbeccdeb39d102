package import ServiceRuntime

/// What day it is, for the people who ask and for the data.
package struct DataClock: Sendable, Hashable {
    package var today: CivilDate
    /// The newest day of a time column, where that has been looked up.
    package var newest: [ColumnID: CivilDate]

    package init(today: CivilDate, newest: [ColumnID: CivilDate] = [:]) {
        self.today = today
        self.newest = newest
    }
}
