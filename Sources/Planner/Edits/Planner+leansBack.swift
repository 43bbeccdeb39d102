extension Planner {
    /// Whether a text has sense only as the rest of what was said before: "only enterprise", "last year instead", "top 5",
    /// "which of those are overdue?". A question that only begins so ("in 2024, how many …") speaks for itself.
    package func leansBack(_ question: String, context: PlanContext = PlanContext()) -> Bool {
        guard !Self.isTooLong(question) else { return false }
        let tokens = Tokenizer.tokens(of: question)
        let overlay = Overlay(model.source.adjustments + context.remembered, model: model)
        return EditText(PieceFinder(of: tokens, model: model, values: values, overlay: overlay).pieces()).leansBack
    }

    /// Whether a decline says that nothing was shown which the question could mean.
    package static func pointsAtNothing(_ decline: Decline) -> Bool {
        decline.text == EditText.declineOfNothing.text
    }
}

extension EditText {
    fileprivate var leansBack: Bool {
        if reference != nil || asksOfShownRows(isShown: true) { return true }
        // "In 2024, what was our revenue?"
        if asksBehindComma, asksByItself { return false }
        return isFragment && (!mayStandAlone || !asksByItself)
    }

    private var asksBehindComma: Bool {
        guard let comma = pieces.firstIndex(where: { $0.grammar == .comma }) else { return false }
        return pieces[comma...].contains { !Set($0.words).isDisjoint(with: ["what", "whats", "how", "which", "who"]) }
    }
}
