import ServiceRuntime

/// "why did it rise?": no cause is known, but where the change took place is.
extension EditReader {
    private static let moving: Set<String> = [
        "rise", "rose", "risen", "rising", "increase", "increased", "increasing", "grow", "grew", "grown", "growing",
        "growth", "fall", "fell", "fallen", "falling", "drop", "dropped", "dropping", "decrease", "decreased",
        "decline", "declined", "declining", "change", "changed", "changing", "jump", "jumped", "spike", "spiked",
        "shrink", "shrank", "higher", "lower", "up", "down", "difference", "improve", "improved", "worsen", "worsened",
    ]
    private static let asking: Set<String> = [
        "why", "what", "how", "come", "is", "was", "are", "were", "did", "do", "does", "has", "have", "it", "that",
        "this", "they", "these", "those", "the", "a", "an", "so", "much", "drove", "drives", "caused", "causes",
        "explains", "explain", "root", "cause", "of", "for", "reason", "reasons", "there", "such", "in", "go", "went",
        "gone", "going", "number", "numbers", "value", "since", "from", "to", "because", "driven", "by", "behind", "on",
    ]

    /// Whether it is asked why something moved. What is asked why otherwise is explained by what it is made of.
    var asksForChange: Bool { text.words.contains(where: Self.moving.contains) }

    /// Whether "why that number?" may hold the word; "because of price" names something.
    func isOfExplaining(_ word: String) -> Bool {
        guard let piece = pieces.first(where: { $0.words.contains(word) }), case .unknown = piece.kind else {
            return true
        }
        return Self.asking.contains(word) || Self.moving.contains(word) || Self.passing.contains(word)
            || ["high", "low", "big", "small", "large", "little", "few", "many", "bad", "good"].contains(word)
    }

    /// The change by the first split that is declared for the number.
    mutating func readWhy() throws {
        var period: Period?
        for (index, piece) in pieces.enumerated() {
            if let span = piece.time {
                guard case .period(let said) = span.meaning, period == nil else { throw ReadFailure.unplaced([index]) }
                period = said
                continue
            }
            let isOwn = piece.entries.contains { entry in
                if case .metric(let metric) = entry.sense {
                    return earlier.measures.contains(.metric(model.source.metrics[metric].name))
                }
                return false
            }
            guard
                isOwn
                    || piece.words.allSatisfy({ word in
                        Self.moving.contains(word) || Self.asking.contains(word) || !word.contains(where: \.isLetter)
                    })
            else { throw ReadFailure.unplaced([index]) }
        }
        guard let measure = earlier.measures.first else {
            throw ReadFailure.unsound("A list does not rise or fall; ask for a number of it first.")
        }
        guard let scope = try changing(period) else {
            throw ReadFailure.unsound(
                "There is no period whose change could be looked at. Ask for the number of a period first, such as “last month”, and then why it changed."
            )
        }
        edits = [
            .drivers(
                scope, compared: earlier.comparison ?? .previousPeriod, measure: measure, by: driver(of: measure))
        ]
    }

    private func changing(_ said: Period?) throws -> Plan.TimeScope? {
        let column = earlier.time?.column
        if let said { return .init(column: column, period: said) }
        for case .time(let own, let grain) in earlier.dimensions {
            return .init(column: column ?? own, period: .calendar(grain, offset: -1, isFiscal: false))
        }
        return earlier.time
    }

    /// What it was split by, else the first declared split that holds more than one value.
    private func driver(of measure: Measure) -> Dimension? {
        let fixed = Set(
            earlier.conditions.compactMap { condition -> ColumnID? in
                if case .oneOf(let column, let values) = condition, values.count == 1 { column } else { nil }
            })
        for case .column(let column) in earlier.dimensions where !fixed.contains(column) { return .column(column) }
        guard case .metric(let name) = measure, let index = model.source.metrics.firstIndex(where: { $0.name == name }),
            let table = reader.metricTable(index)
        else { return nil }
        for dimension in model.source.metrics[index].dimensions {
            let own = model.columns(of: table).first { $0.id.name == dimension }
            if let own, !fixed.contains(own.id) { return .column(own.id) }
        }
        return nil
    }
}
