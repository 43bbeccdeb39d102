import Planner

/// A schema and what its questions come to.
struct SchemaQuestions: Sendable {
    private let planner: Planner
    private let source: SemanticSource

    init(_ text: String) {
        let parsed = SchemaText.source(text)
        source = parsed.source
        planner = Planner(over: source, values: parsed.values)
    }

    /// The statement on one line; nil where there is no plan.
    func sql(_ question: String) throws -> String? {
        try planner.sql(question, over: source, on: "2026-11-22")
    }
}
