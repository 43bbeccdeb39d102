/// Questions about a period as a whole: "what happened last week", "how did March go".
///
/// They are answered by what is curated and has a time, side by side with the period before; where nothing is curated, by
/// how many rows each table got.
struct Reviews {
    let model: SemanticModel
    let pieces: [Piece]
    private static let mostMetrics = 30
    private static let mostTables = 12

    func outcome() -> PlanOutcome? {
        let periods = pieces.compactMap(period)
        guard periods.count == 1, let period = periods[0], isAsked else { return nil }
        let measures = measures
        guard !measures.isEmpty else {
            return .declined(
                Decline(
                    reason: .unsound, text: "No measure and no table has a time that could tell what happened when."))
        }
        var plan = Plan(recipe: .review, measures: measures)
        plan.time = .init(column: nil, period: period)
        plan.comparison = .previousPeriod
        let evidence = pieces.compactMap { piece -> PlannedQuestion.Evidence? in
            if let period = self.period(piece) ?? nil {
                return .init(words: piece.text, meaning: period.phrase, source: .time, score: 1)
            }
            guard piece.words.contains(where: Self.asking.contains) else { return nil }
            return .init(words: piece.text, meaning: "everything that has a period", source: .grammar, score: 1)
        }
        return .plan(PlannedQuestion(plan: plan, evidence: evidence))
    }

    /// Nil where the piece is no time, and nil inside where it is another one than a period.
    private func period(_ piece: Piece) -> Period?? {
        if let span = piece.time {
            guard case .period(let period) = span.meaning, span.grain == nil else { return .some(nil) }
            return period
        }
        guard piece.quantity != nil else { return nil }
        guard piece.words.count == 1, let year = Int(piece.words[0]), (1900...2100).contains(year) else {
            return .some(nil)
        }
        return .named(year: year, unit: .year, isFiscal: false)
    }

    // MARK: What is shown

    private var measures: [Measure] {
        let source = model.source
        let metrics = source.metrics.filter { metric in
            switch metric.computation {
            // A definition without a time column fixes its period itself.
            case .aggregate(let part, _): part.timeColumn != nil
            case .ratio(let numerator, let denominator): numerator.timeColumn != nil && denominator.timeColumn != nil
            case .snapshot: true
            case .statement: false
            }
        }
        if !metrics.isEmpty { return metrics.prefix(Self.mostMetrics).map { .metric($0.name) } }
        return model.tables.filter { !$0.isView && $0.mainTime != nil }.prefix(Self.mostTables).map { .count($0.id) }
    }

    // MARK: How it is asked

    private var isAsked: Bool {
        let others = pieces.filter { $0.time == nil && $0.quantity == nil }
        let words = others.flatMap(\.words).filter { $0.contains(where: \.isLetter) }
        guard words.allSatisfy({ Self.asking.contains($0) || Self.framing.contains($0) }) else { return false }
        // "the report of last week" may be a thing that is kept.
        let isNamed = others.contains { piece in
            piece.entries.contains { entry in
                switch entry.sense {
                case .table, .metric: entry.quality >= 0.9 && !piece.words.contains(where: Self.deeds.contains)
                default: false
                }
            }
        }
        guard !isNamed else { return false }
        if words.contains(where: Self.asking.contains) { return true }
        let text = words.joined(separator: " ")
        return ["how was", "how were", "how is", "how are", "how has", "how did"].contains { text.contains($0) }
    }

    private static let deeds: Set<String> = ["changed", "happened", "happen", "went", "go", "going", "doing", "new"]
    private static let asking: Set<String> = [
        "happened", "happen", "happening", "go", "going", "went", "summary", "summarize", "summarise", "recap",
        "review", "overview", "changed", "notable", "noteworthy", "news", "highlights", "digest", "like", "interesting",
        "remarkable", "new", "report",
    ]
    private static let framing: Set<String> = [
        "what", "s", "whats", "how", "did", "was", "were", "is", "are", "has", "have", "been", "the", "a", "an", "of",
        "for", "in", "during", "over", "on", "give", "me", "us", "show", "tell", "about", "anything", "something",
        "everything", "things", "thing", "we", "our", "i", "you", "can", "could", "please", "to", "know", "should",
        "business", "company", "it", "that", "there", "any", "key", "main", "biggest", "quick", "short", "brief",
        "so", "far", "all", "look", "looked", "by",
    ]
}
