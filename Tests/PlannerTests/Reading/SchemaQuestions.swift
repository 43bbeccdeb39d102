import Planner
import Testing

/// A schema and what its questions come to.
struct SchemaQuestions: Sendable {
    private let planner: Planner
    private let source: SemanticSource

    init(_ text: String) {
        let parsed = SchemaText.source(text)
        source = parsed.source
        var values = ValueIndex.Builder()
        for table in parsed.source.tables {
            for column in table.columns {
                guard let texts = parsed.values["\(table.name).\(column.name)"] else { continue }
                values.add(texts, of: ColumnID(table.id, column.name))
            }
        }
        planner = Planner(model: SemanticModel(source), values: values.build())
    }

    /// The statement on one line; nil where there is no plan.
    func sql(_ question: String) throws -> String? {
        guard case .plan(let planned) = planner.plan(question) else { return nil }
        let day = try #require(Day("2026-11-22"))
        let compiled = try PlanCompiler(source: source, clock: DataClock(today: day.date)).compile(planned.plan)
        return compiled.sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
