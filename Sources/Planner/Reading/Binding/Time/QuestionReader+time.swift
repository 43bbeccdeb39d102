/// Periods, grains and comparisons of time.
extension QuestionReader {
    mutating func readTime(_ phrase: Phrase) throws {
        guard let piece = phrase.time, let span = pieces[piece].time else { return }
        for (grammar, link) in zip(phrase.links, phrase.linkPieces) where grammar == .group { use(link) }
        if let pending, model.columns[pending.column].isTime {
            self.pending = nil
            draft.timeColumn = pending.column
        } else {
            try settlePending(unless: phrase)
        }
        use(piece, span.label, .time)
        if let grain = span.grain { place(grain, span) }
        switch span.meaning {
        case .period(let period): try place(period, phrase, piece)
        case .asOf(let period): try readMoment(period)
        case .grain: try checkGrain(phrase, piece)
        case .overTime:
            isOverTime = true
            if draft.grain == nil {
                draft.grain = .month
                assume("It is split by month.")
            }
        case .comparison(let comparison): try readComparison(comparison, by: span.grain, piece)
        case .against(let other):
            guard draft.time != nil || other.isLastUnit else {
                guard awaited == nil else { throw ReadFailure.unplaced([piece]) }
                awaited = (other, piece)
                break
            }
            try compare(draft.time, with: other, piece)
        case .weekdays(let days): try place(.weekday, days, phrase, piece)
        case .months(let months): try place(.monthOfYear, months, phrase, piece)
        case .cycle(let cycle): try readCycle(cycle, piece)
        case .allTime: break
        }
        role = .time
    }

    /// "as of 30 June".
    private mutating func readMoment(_ period: Period) throws {
        guard
            draft.numbers.allSatisfy({ if case .metric = $0 { true } else { false } })
                || stateSaidOfThen() != nil
        else {
            throw ReadFailure.notSupported("What stood at a moment is known for defined metrics only.")
        }
        draft.time = period
        isAsOf = true
    }

    /// "billed annually" is a way of billing, not a split, and "the top month" is none either.
    private func checkGrain(_ phrase: Phrase, _ piece: Int) throws {
        if phrase.superlative != nil { throw ReadFailure.unplaced([piece]) }
        if piece > 0, pieces[piece].words.last?.hasSuffix("ly") == true, isVerbForm(piece - 1) {
            throw ReadFailure.unplaced([piece])
        }
    }

    /// "year over year", "against the month before".
    private mutating func readComparison(_ comparison: Plan.Comparison, by grain: TimeGrain?, _ piece: Int) throws {
        guard draft.comparison == nil else { throw ReadFailure.unplaced([piece]) }
        draft.comparison = comparison
        if draft.time == nil, grain != nil { draft.grain = nil }
        comparedGrain = grain
    }

    /// "by day of the week", "at which hours".
    private mutating func readCycle(_ cycle: CalendarCycle, _ piece: Int) throws {
        guard draft.cycle == nil, draft.grain == nil else { throw ReadFailure.unplaced([piece]) }
        draft.cycle = cycle
        let isPlural = pieces[piece].words.contains { ["days", "hours", "weekdays", "months"].contains($0) }
        askedGrain = isPlural ? .several : .one
    }

    private mutating func place(_ period: Period, _ phrase: Phrase, _ piece: Int) throws {
        if let event = parentEvent {
            parentEvent = nil
            for condition in try happened(event, period) {
                add([.init(table: model.columns[event].table, condition: condition)])
            }
            return
        }
        if let first = awaited, draft.time == nil {
            awaited = nil
            return try compare(first.period, with: period, piece)
        }
        if let negation = phrase.negation {
            return try exclude(period, negation)
        }
        if let scope, let index = draft.relations.lastIndex(where: { $0.table == scope }) {
            draft.relations[index].time = period
            return
        }
        guard draft.time == nil || draft.time == period else {
            if phrase.links(.versus) || phrase.links(.and) || phrase.links(.to), let time = draft.time {
                return try compare(time, with: period, piece)
            }
            throw ReadFailure.unplaced([piece])
        }
        draft.time = period
    }

    /// "gave in 2025 but not in 2026": rows of the one period are there, of the other there are none.
    private mutating func exclude(_ period: Period, _ negation: Int) throws {
        guard let scope, let last = draft.relations.last, last.table == scope, !last.isNegated, last.count == nil,
            let time = last.time, time != period
        else { throw ReadFailure.unplaced([negation]) }
        use(negation)
        var other = last
        other.isNegated = true
        other.time = period
        draft.relations.append(other)
    }
}
