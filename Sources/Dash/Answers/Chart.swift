/// A picture of one result: which columns, in which form. Surfaces draw it with what they have.
package struct Chart: Sendable, Codable, Equatable {
    package enum Form: String, Sendable, Codable {
        case line, bar, area, pie
    }

    package var form: Form
    package var title: String
    package var resultID: String
    /// The column of the categories, or of time.
    package var category: String
    /// Numeric columns, one series each; or one, split by `series`.
    package var values: [String]
    /// The column that splits rows into series, where there is one.
    package var series: String?

    package init(
        form: Form, title: String, resultID: String, category: String, values: [String], series: String? = nil
    ) {
        self.form = form
        self.title = title
        self.resultID = resultID
        self.category = category
        self.values = values
        self.series = series
    }
}
