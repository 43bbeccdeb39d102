import Planner
import ServiceRuntime

/// Holds a query that leaves values open against the data: what it would run with its examples, and whether questions
/// find it.
struct OpenQueryCheck {
    let planning: PlanningState
    let today: CivilDate

    /// The query as it would run with its examples; one without parameters stays as it is.
    func example(of query: ValidatedQuery) throws(QueryExampleError) -> ValidatedQuery {
        for problem in query.parameterProblems { throw QueryExampleError(description: problem) }
        for parameter in query.parameters {
            guard let column = parameter.column, self.column(of: parameter) == nil else { continue }
            throw QueryExampleError(
                description: "the column \"\(column)\" of its parameter {\(parameter.name)} does not exist")
        }
        return try query.example(calendar: planning.source.calendar, today: today) { parameter in
            column(of: parameter).flatMap { planning.newest[$0] }
        }
    }

    /// Why questions may not find it, a sentence each; nothing where the data's texts are not known.
    func remarks(_ query: ValidatedQuery, _ example: ValidatedQuery) -> [String] {
        guard planning.planner.values.statistics.values > 0, !query.parameters.isEmpty else { return [] }
        let unknown = query.parameters.filter { parameter in
            parameter.kind == .value
                && !planning.values(called: parameter.example).contains {
                    $0.column == column(of: parameter) && $0.value == parameter.example
                }
        }
        guard unknown.isEmpty else {
            return unknown.map { parameter in
                "“\(parameter.example)”, the example of {\(parameter.name)}, is not among the texts that Dash knows of "
                    + "\(parameter.column ?? "its column"); those of personal columns and of columns with very many are not read"
            }
        }
        return example.questions.filter { planning.query(asked: $0, today: today)?.sql != example.sql }.map {
            question in
            "“\(question)” does not find it: its words fit others as well, or a value stands in several columns"
        }
    }

    private func column(of parameter: QueryParameter) -> ColumnID? {
        parameter.column.flatMap { planning.source.column(named: $0) }
    }
}
