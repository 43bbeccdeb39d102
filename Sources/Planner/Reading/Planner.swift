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
        let tokens = SpokenPast.marked(Tokenizer.tokens(of: question))
        guard !tokens.isEmpty else { return .declined(Decline(reason: .offTopic, text: "There is no question.")) }
        guard !Self.isTooLong(question, tokens) else {
            return .declined(Decline(reason: .notSupported, text: Self.tooLong))
        }
        let overlay =
            context.remembered.isEmpty
            ? taught : Overlay(model.source.adjustments + context.remembered, model: model)
        let finder = PieceFinder(of: tokens, model: model, values: values, overlay: overlay)
        let pieces = finder.pieces()
        var lack: Decline?
        if let earlier = context.earlier,
            let outcome = continued(question, tokens, earlier: earlier, overlay: overlay, lack: &lack)
        {
            return checked(outcome)
        }
        let pointsBack = EditText(pieces).reference != nil
        if pointsBack, context.earlier != nil { return .declined(EditText.declineOfReference) }
        if context.earlier == nil, EditText(pieces).isRest { return .declined(EditText.declineOfNothing) }
        if let earlier = context.earlier, !earlier.conditions.isEmpty, EditText(pieces).asksForNamed {
            return .declined(EditText.declineOfReference)
        }
        if EditText(pieces).asksOfShownRows(isShown: context.earlier != nil) {
            return .declined(context.earlier == nil ? EditText.declineOfNothing : EditText.declineOfReference)
        }
        let outcome = checked(Reading(model: model, overlay: overlay, finder: finder, pieces: pieces).outcome())
        if case .declined = outcome {
            guard let day = ImpossibleDay.found(in: tokens) else { return lack.map { .declined($0) } ?? outcome }
            return .declined(Decline(reason: .unsound, text: day))
        }
        // Without the conditions that it points to, it would be another question.
        return pointsBack ? .declined(EditText.declineOfNothing) : outcome
    }

    private func checked(_ outcome: PlanOutcome) -> PlanOutcome {
        let tallies = Tallies(model: model)
        if case .clarify(var clarification) = outcome {
            for choice in clarification.choices.indices {
                clarification.choices[choice].question = tallies.summed(clarification.choices[choice].question)
            }
            return .clarify(clarification)
        }
        guard case .plan(var question) = outcome else { return outcome }
        question = tallies.summed(question)
        if let doubt = PlanDoubt(model: model).cause(against: question.plan) {
            return .declined(Decline(reason: .unsound, text: doubt))
        }
        question.plan = CuratedMeasures(model: model).named(question.plan)
        return .plan(question)
    }

    /// What a question that goes on from a plan changes about it; nil where it stands by itself or is not understood.
    package func edits(_ question: String, context: PlanContext) -> [PlanEdit]? {
        guard let earlier = context.earlier else { return nil }
        let tokens = EditOpeners.stripped(Array(Tokenizer.tokens(of: question).prefix(Self.longest)))
        let overlay = Overlay(model.source.adjustments + context.remembered, model: model)
        let pieces = PieceFinder(of: tokens, model: model, values: values, overlay: overlay).pieces()
        let outcome = EditReader.outcome(
            tokens: tokens, pieces: pieces, earlier: earlier, model: model, values: values, overlay: overlay)
        if case .edits(let edits, _)? = outcome { return edits }
        return nil
    }

    /// What goes on from an earlier plan; nil where the question stands by itself.
    ///
    /// - Parameter lack: why it could not go on, in case it has no answer by itself either.
    private func continued(
        _ question: String, _ all: [Token], earlier: Plan, overlay: Overlay, lack: inout Decline?
    ) -> PlanOutcome? {
        let tokens = EditOpeners.stripped(all)
        let pieces = PieceFinder(of: tokens, model: model, values: values, overlay: overlay).pieces()
        let outcome = followUp(question, tokens, pieces, earlier: earlier, overlay: overlay, lack: &lack)
        if case .plan? = outcome { return outcome }
        if case .clarify? = outcome { return outcome }
        let rows = ReferencedRows(model: model, earlier: earlier)
        guard let referenced = rows.question(tokens) else {
            let pointsBack = outcome == nil && (ReferencedRows.pointsBack(tokens) || EditText(pieces).isElliptic)
            return pointsBack ? .declined(EditText.declineOfReference) : outcome
        }
        let finder = PieceFinder(
            of: Tokenizer.tokens(of: referenced.text), model: model, values: values, overlay: overlay)
        let read = Reading(model: model, overlay: overlay, finder: finder, pieces: finder.pieces()).outcome()
        guard case .plan(var planned) = read, let plan = rows.joined(planned.plan, referenced.reading) else {
            let isOwn = referenced.reading == .clause && !EditText(pieces).isElliptic
            return outcome ?? (isOwn ? nil : .declined(EditText.declineOfReference))
        }
        planned.plan = plan
        planned.evidence = [
            .init(words: question, meaning: "the earlier question, changed", source: .context, score: 1)
        ]
        return .plan(planned)
    }

    private func followUp(
        _ question: String, _ tokens: [Token], _ pieces: [Piece], earlier: Plan, overlay: Overlay,
        forced: [Int: Lexicon.Sense] = [:], lack: inout Decline?
    ) -> PlanOutcome? {
        let outcome = EditReader.outcome(
            tokens: tokens, pieces: pieces, earlier: earlier, model: model, values: values, overlay: overlay,
            forced: forced)
        switch outcome {
        case .edits(let edits, let assumptions)?:
            return .plan(
                PlannedQuestion(
                    plan: edits.reduce(earlier) { $0.applying($1) },
                    evidence: [
                        .init(words: question, meaning: "the earlier question, changed", source: .context, score: 1)
                    ], assumptions: assumptions))
        case .declined(let decline)?: return .declined(decline)
        case .ambiguous(let piece, let senses)?:
            let finder = PieceFinder(of: tokens, model: model, values: values, overlay: overlay)
            let reading = Reading(model: model, overlay: overlay, finder: finder, pieces: pieces)
            let choices: [Clarification.Choice] = senses.prefix(forced.isEmpty ? 5 : 0).compactMap { sense in
                let chosen = followUp(
                    question, tokens, pieces, earlier: earlier, overlay: overlay, forced: [piece: sense], lack: &lack)
                guard case .plan(let planned)? = chosen else { return nil }
                return .init(
                    label: reading.label(sense), question: planned,
                    decision: reading.decision(pieces[piece].text, sense))
            }
            if choices.count == 1 { return .plan(choices[0].question) }
            let text = "What is meant by “\(pieces[piece].text)”?"
            return choices.isEmpty
                ? .declined(Decline(reason: .unsound, text: "“\(pieces[piece].text)” can be read in several ways."))
                : .clarify(Clarification(text: text, choices: choices))
        case .apart(let decline)?:
            lack = decline
            return nil
        case nil: return nil
        }
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
