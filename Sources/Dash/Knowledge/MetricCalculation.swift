/// A metric's calculation of the form `<expression> FROM <table> WHERE <filter>`, taken apart.
///
/// FROM or WHERE may be missing, not both: without either, prose cannot be told from SQL. Keywords count only outside
/// of parentheses, quotes and comments. Text that goes on after the filter (GROUP BY, "grouped by plan") is no definition
/// of one number, and is refused.
package struct MetricCalculation: Sendable, Equatable {
    package var expression: String
    /// What stands between FROM and WHERE: a table, or tables with their joins.
    package var source: String?
    package var filter: String?

    package init(expression: String, source: String?, filter: String?) {
        self.expression = expression
        self.source = source
        self.filter = filter
    }

    package init?(parsing text: String) {
        guard let words = SQLWords.topLevel(of: text) else { return nil }
        let stops = SQLWords.clausesAfterWhere.union(["grouped", "ordered", "into", "select", "with"])
        var from: SQLWords.Word?
        var condition: SQLWords.Word?
        for word in words {
            switch word.text {
            case "from":
                guard from == nil, condition == nil else { return nil }
                from = word
            case "where":
                guard condition == nil else { return nil }
                condition = word
            case let other where stops.contains(other): return nil
            default: break
            }
        }
        guard let first = from ?? condition else { return nil }
        expression = SourceText.trimmed(text[..<first.range.lowerBound])
        source = from.map {
            SourceText.trimmed(text[$0.range.upperBound..<(condition?.range.lowerBound ?? text.endIndex)])
        }
        filter = condition.map { SourceText.trimmed(text[$0.range.upperBound...]) }
        guard !expression.isEmpty, source?.isEmpty != true, filter?.isEmpty != true,
            SQLWords.callsAggregate(expression)
        else { return nil }
    }

    /// Whether the text is one table's name, with its schema or without.
    package static func isTableName(_ text: String) -> Bool {
        let parts = SQLIdentifier.parts(of: text)
        return (1...2).contains(parts.count)
    }
}
