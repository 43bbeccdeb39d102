/// Knowledge as a prompt shows it: short lines, nothing that the entry does not say.
enum KnowledgeText {
    static func text(_ entry: KnowledgeEntry) -> String {
        switch entry.content {
        case .table(let table): text(table)
        case .query(let query):
            "- \(query.name): \(query.description)\n" + openValues(of: query) + indented(SQLOutline.body(query.sql))
        case .metric(let metric):
            "- Metric \(metric.name): \(metric.definition) Computed as \(computation(of: metric))."
        case .rule(let rule): "- Rule: \(rule.text)"
        case .gotcha(let gotcha):
            "- Beware (\(gotcha.tables.joined(separator: ", "))): \(gotcha.issue). \(gotcha.solution)"
        case .document(let document): "- \(document.title): \(String(document.text.prefix(2_000)))"
        case .business(let profile):
            "- About the company: \(([profile.description ?? ""] + profile.notes).filter { !$0.isEmpty }.joined(separator: " "))"
        }
    }

    static func text(_ learning: Learning) -> String {
        if let correction = learning.correction {
            return
                "- This failed: \(oneLine(correction.original)) (\(correction.error)). This worked: \(oneLine(correction.corrected))"
        }
        return "- \(learning.title): \(learning.text)"
    }

    private static func text(_ table: TableKnowledge) -> String {
        var lines = ["- \(table.name): \(table.description)"]
        for column in table.columns {
            var line = "    \(column.name) \(column.type)"
            if !column.description.isEmpty { line += ": \(column.description)" }
            if !column.values.isEmpty { line += " (\(column.values.prefix(20).joined(separator: ", ")))" }
            lines.append(line)
        }
        lines += table.dataQualityNotes.map { "    Note: \($0)" }
        return lines.joined(separator: "\n")
    }

    /// As the files have it; `plan_question` gives the statement.
    static func computation(of metric: Metric) -> String { oneLine(statement(of: metric)) }

    private static func statement(of metric: Metric) -> String {
        let filter = metric.filter.map { " WHERE \($0)" } ?? ""
        switch metric.kind {
        case .ratio(let numerator, let denominator):
            return "(\(numerator)) / (\(denominator)) over \(metric.table)\(filter)"
        case .snapshot(let start, let end):
            return """
                \(metric.expression ?? "COUNT(*)") FROM \(metric.table)\(filter), rows that have begun (\(start)) and not \
                ended (\(end)) at the moment
                """
        case .sum, .count, .countDistinct, .average, nil:
            guard let expression = metric.expression else {
                return metric.calculation.isEmpty ? "COUNT(*) FROM \(metric.table)\(filter)" : metric.calculation
            }
            return "\(expression) FROM \(metric.table)\(filter)"
        }
    }

    /// Nothing for a query that runs as it is.
    private static func openValues(of query: ValidatedQuery) -> String {
        guard !query.parameters.isEmpty else { return "" }
        let names = query.parameters.map { parameter in
            "{\(parameter.name)} (\(parameter.kind.rawValue)\(parameter.column.map { " of \($0)" } ?? ""))"
        }
        return "    Leaves open: \(names.joined(separator: ", ")). Asked as “\(query.questions.first ?? "")”, "
            + "`plan_question` returns it with the values.\n"
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
