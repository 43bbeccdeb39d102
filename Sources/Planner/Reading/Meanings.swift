/// Questions about what a metric means and what a table can answer: no number is computed.
struct Meanings {
    let model: SemanticModel
    let pieces: [Piece]

    func outcome() -> PlanOutcome? {
        let isDefinition = pieces.contains { $0.grammar == .define } && isDefined
        let isDescription = pieces.contains { $0.grammar == .describe }
        guard isDefinition || isDescription else { return nil }
        let strange = pieces.contains { piece in
            if case .unknown = piece.kind { return !Self.meaning.contains(piece.words.first ?? "") }
            return false
        }
        if strange { return nil }
        var plan = Plan(recipe: isDefinition ? .definition : .description)
        var evidence: [PlannedQuestion.Evidence] = []
        for piece in pieces {
            // "about support tickets": the things themselves rather than a number of them.
            let table = isDefinition ? nil : piece.entries.first { $0.quality >= 0.95 && $0.sense.isTable }
            guard let best = table ?? piece.entries.first(where: isWanted) else { continue }
            switch best.sense {
            case .metric(let index):
                let name = model.source.metrics[index].name
                if !plan.measures.contains(.metric(name)) { plan.measures.append(.metric(name)) }
                evidence.append(
                    .init(words: piece.text, meaning: "metric “\(name)”", source: .metric, score: piece.quality))
            case .table(let table):
                plan.subject = plan.subject ?? model.tables[table].id
                evidence.append(
                    .init(
                        words: piece.text, meaning: "table \(model.tables[table].id.name)", source: .table,
                        score: piece.quality))
            default: break
            }
        }
        guard isDefinition ? plan.measures.count == 1 : plan.subject != nil || plan.measures.count == 1 else {
            return .declined(
                Decline(
                    reason: .notSupported, text: "Only defined metrics and tables can be explained.",
                    suggestions: model.source.metrics.prefix(3).map { "How is \($0.name) defined?" }))
        }
        if isDefinition { plan.subject = nil }
        return .plan(PlannedQuestion(plan: plan, evidence: evidence))
    }

    private static let meaning: Set<String> = [
        "defined", "calculated", "computed", "measured", "mean", "determined", "counted", "exactly",
    ]

    private func isWanted(_ entry: Lexicon.Entry) -> Bool {
        switch entry.sense {
        case .metric, .table: entry.quality >= 0.7
        default: false
        }
    }

    /// "how is" alone defines nothing: "defined", "calculated" or "mean" must stand behind it, unless the words say so.
    private var isDefined: Bool {
        let words = pieces.flatMap(\.words)
        guard let define = pieces.first(where: { $0.grammar == .define }) else { return false }
        if ["how", "what"].contains(define.words.first ?? ""), define.words.count == 2 {
            return words.contains(where: Self.meaning.contains)
        }
        return true
    }
}

extension Lexicon.Sense {
    fileprivate var isTable: Bool {
        if case .table = self { true } else { false }
    }
}
