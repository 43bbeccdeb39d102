/// The distinct texts of a company's columns, to be found in questions.
package struct ValueIndex: Sendable {
    package struct Limits: Sendable, Hashable {
        package var valuesPerColumn = 5_000
        package var bytesPerValue = 200
        /// Of all values together.
        package var bytes = 256 << 20

        package init() {}
    }

    package struct Statistics: Sendable, Hashable {
        package var values = 0
        package var columns = 0
        /// Of memory.
        package var bytes = 0
        package var buildTime = Duration.zero
    }

    package struct Builder {
        package init(limits: Limits = Limits()) {}

        /// Values beyond the limits are left out; a column that was added already gets them in addition.
        package mutating func add(_ values: [String], of column: ColumnID) {}

        package consuming func build() -> ValueIndex { ValueIndex() }
    }

    package static let candidateLimit = 24

    package var statistics: Statistics { Statistics() }

    /// Without values.
    package init() {}

    /// In the order of the question; spans may overlap, longer ones come before shorter ones that begin at the same
    /// token.
    package func lookup(tokens: [Token]) -> [ValueSpan] { [] }

    /// Values of the column that are near the text, best first.
    package func nearest(to text: String, in column: ColumnID, limit: Int) -> [String] { [] }
}
