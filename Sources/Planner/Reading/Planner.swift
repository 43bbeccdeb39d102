/// Reads questions about a company's data into plans, without a database, a clock or a model.
package struct Planner: Sendable {
    package let model: SemanticModel
    package let values: ValueIndex
    private let taught: Overlay

    package init(model: SemanticModel, values: ValueIndex) {
        self.model = model
        self.values = values
        taught = Overlay(model.source.adjustments, model: model)
    }

    /// A pure function of its arguments and the model; questions beyond a few hundred words are read to that length.
    package func plan(_ question: String, context: PlanContext = PlanContext()) -> PlanOutcome {
        let tokens = Array(Tokenizer.tokens(of: question).prefix(Self.longest))
        guard !tokens.isEmpty else { return .declined(Decline(reason: .offTopic, text: "There is no question.")) }
        let overlay =
            context.remembered.isEmpty
            ? taught : Overlay(model.source.adjustments + context.remembered, model: model)
        let pieces = PieceFinder.pieces(of: tokens, model: model, values: values, overlay: overlay)
        let reading = Reading(model: model, values: values, overlay: overlay, tokens: tokens, pieces: pieces)
        return reading.outcome()
    }

    private static let longest = 400
}
