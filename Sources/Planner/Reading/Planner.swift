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

    /// A pure function of its arguments and the model; a question of more than 400 words is declined.
    package func plan(_ question: String, context: PlanContext = PlanContext()) -> PlanOutcome {
        let tokens = Tokenizer.tokens(of: question)
        guard !tokens.isEmpty else { return .declined(Decline(reason: .offTopic, text: "There is no question.")) }
        guard !Self.isTooLong(question, tokens) else {
            return .declined(Decline(reason: .notSupported, text: Self.tooLong))
        }
        let overlay =
            context.remembered.isEmpty
            ? taught : Overlay(model.source.adjustments + context.remembered, model: model)
        let finder = PieceFinder(of: tokens, model: model, values: values, overlay: overlay)
        let pieces = finder.pieces()
        if let earlier = context.earlier,
            let edits = EditReader.edits(pieces: pieces, earlier: earlier, model: model, overlay: overlay)
        {
            return .plan(Self.followUp(earlier, edits, question: question))
        }
        return checked(Reading(model: model, overlay: overlay, finder: finder, pieces: pieces).outcome())
    }

    private func checked(_ outcome: PlanOutcome) -> PlanOutcome {
        guard case .plan(let question) = outcome, let doubt = PlanDoubt(model: model).cause(against: question.plan)
        else {
            return outcome
        }
        return .declined(Decline(reason: .unsound, text: doubt))
    }

    /// What a question that goes on from a plan changes about it; nil where it stands by itself or is not understood.
    package func edits(_ question: String, context: PlanContext) -> [PlanEdit]? {
        guard let earlier = context.earlier else { return nil }
        let tokens = Array(Tokenizer.tokens(of: question).prefix(Self.longest))
        let overlay = Overlay(model.source.adjustments + context.remembered, model: model)
        let pieces = PieceFinder(of: tokens, model: model, values: values, overlay: overlay).pieces()
        return EditReader.edits(pieces: pieces, earlier: earlier, model: model, overlay: overlay)
    }

    private static func followUp(_ earlier: Plan, _ edits: [PlanEdit], question: String) -> PlannedQuestion {
        PlannedQuestion(
            plan: edits.reduce(earlier) { $0.applying($1) },
            evidence: [.init(words: question, meaning: "the earlier question, changed", source: .context, score: 1)])
    }

    /// Whether a text is more than anything tries to understand.
    package static func isTooLong(_ question: String) -> Bool { isTooLong(question, Tokenizer.tokens(of: question)) }

    private static func isTooLong(_ question: String, _ tokens: [Token]) -> Bool {
        // What the tokenizer does not read may be what counts.
        tokens.count > longest || question.count > Tokenizer.characterLimit
    }

    package static let tooLong = "That is too long for one question; ask it in parts."
    private static let longest = 400
}
