extension Planner {
    /// Whether a text has sense only as the rest of what was said before: "only enterprise", "last year instead", "top 5",
    /// "which of those are overdue?". A question that only begins so ("in 2024, how many …") speaks for itself.
    package func leansBack(_ question: String, context: PlanContext = PlanContext()) -> Bool {
        guard !Self.isTooLong(question) else { return false }
        let tokens = Tokenizer.tokens(of: question)
        let overlay = Overlay(model.source.adjustments + context.remembered, model: model)
        return EditText(PieceFinder(of: tokens, model: model, values: values, overlay: overlay).pieces()).leansBack
    }
}

extension EditText {
    fileprivate var leansBack: Bool {
        if reference != nil { return true }
        return isFragment && (!mayStandAlone || !asksByItself)
    }
}
