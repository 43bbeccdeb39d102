import Planner
import Testing

extension Planner {
    /// Over a source; what its columns list are the values that occur in them.
    init(over source: SemanticSource) {
        var builder = ValueIndex.Builder()
        for table in source.tables {
            for column in table.columns where !column.values.isEmpty {
                builder.add(column.values, of: ColumnID(table.id, column.name))
            }
        }
        self.init(model: SemanticModel(source), values: builder.build())
    }

    /// - Parameter values: what occurs in columns, by `table.column`.
    init(over source: SemanticSource, values: [String: [String]]) {
        var builder = ValueIndex.Builder()
        for table in source.tables {
            for column in table.columns {
                guard let texts = values["\(table.name).\(column.name)"] else { continue }
                builder.add(texts, of: ColumnID(table.id, column.name))
            }
        }
        self.init(model: SemanticModel(source), values: builder.build())
    }

    /// The statement that answers the question on that day, on one line; nil where there is no plan.
    func sql(_ question: String, over source: SemanticSource, on day: String) throws -> String? {
        guard case .plan(let planned) = plan(question) else { return nil }
        let today = try #require(Day(day))
        let compiled = try PlanCompiler(source: source, clock: DataClock(today: today.date)).compile(planned.plan)
        return compiled.sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
