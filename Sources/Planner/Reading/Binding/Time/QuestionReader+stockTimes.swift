/// Times of what holds at a moment.
extension QuestionReader {
    /// "a year ago": a stock of that day's month, and not of the end of the year.
    func momentAgo(_ period: Period) -> Period {
        guard case .calendar(let grain, let offset, isFiscal: false) = period, offset < 0,
            pieces.contains(where: { $0.time != nil && ["ago", "back"].contains($0.words.last ?? "") })
        else { return period }
        switch grain {
        case .year: return .calendar(.month, offset: offset * 12, isFiscal: false)
        case .quarter: return .calendar(.month, offset: offset * 3, isFiscal: false)
        default: return period
        }
    }

    /// "MRR over the last 12 months": how it went, since a stock has no one value over a stretch.
    mutating func settleStretch() {
        guard !draft.numbers.isEmpty, draft.grain == nil, draft.cycle == nil, draft.comparison == nil, !isAsOf,
            draft.timeColumn == nil, draft.rank == nil, draft.having.isEmpty, draft.entities.isEmpty, !draft.isShare,
            part == nil,
            draft.numbers.allSatisfy({ if case .metric(let metric) = $0 { isStockMetric(metric) } else { false } })
        else { return }
        switch draft.time {
        case .complete(let count, let unit, _) where count > 1: draft.grain = unit == .hour ? nil : calendar(unit)
        case .rolling(let count, let unit) where count > 1 && unit != .hour: draft.grain = calendar(unit)
        case .rolling(_, .year): draft.grain = .month
        default: return
        }
        isOverTime = true
        if let grain = draft.grain { assume("It is split by \(grain.name).") }
    }

    /// "seats sold in October" came in October; how many there were at its end is another number.
    func checkFlows(_ numbers: [Draft.Number]) throws {
        guard draft.time != nil, !isAsOf, draft.timeColumn == nil else { return }
        let areStocks = numbers.contains { number in
            if case .metric(let metric) = number { isStockMetric(metric) } else { false }
        }
        guard areStocks, let verb = pieces.firstIndex(where: isFlow) else { return }
        throw ReadFailure.unplaced([verb])
    }

    private func isFlow(_ piece: Piece) -> Bool {
        guard case .relation = piece.kind, let word = piece.words.first else { return false }
        return Self.flows.contains(word)
    }

    private static let flows: Set<String> = [
        "sold", "bought", "booked", "ordered", "received", "earned", "spent", "generated", "produced", "shipped",
        "rented", "brought", "made", "redeemed", "submitted",
    ]

    /// "by month of payment": of which of the dates. False where the phrase says something else.
    mutating func readTimeOf(_ phrase: Phrase) throws -> Bool {
        guard role == .time, phrase.links == [.of], phrase.terms.count == 1, !phrase.hasDeterminer, position > 1,
            let before = phrases[position - 2].time, let span = pieces[before].time, span.grain != nil,
            let table = base ?? draft.subject, draft.timeColumn == nil
        else { return false }
        if case .period = span.meaning { return false }
        let piece = phrase.terms[0]
        let said = pieces[piece].words.reduce(into: Set<String>()) { $0.formUnion(WordFamily.keys(of: $1)) }
        let times = model.columns(of: table).filter { column in
            guard column.isTime else { return false }
            let names = column.words + column.aliases.flatMap(\.words)
            return pieces[piece].entries.contains { entry in
                switch entry.sense {
                case .event(column.index), .column(column.index): entry.quality >= 0.8
                default: false
                }
            } || names.contains { !said.isDisjoint(with: WordFamily.keys(of: $0)) }
        }
        guard times.count == 1, let time = times.first else { throw ReadFailure.unplaced([piece]) }
        use(piece, "by \(title(time.index))", .column)
        if !draft.numbers.isEmpty, draft.numbers.allSatisfy({ if case .metric = $0 { true } else { false } }) {
            // A definition tells its own time.
            let own = draft.numbers.allSatisfy { number in
                guard case .metric(let metric) = number,
                    case .aggregate(let part, _) = model.source.metrics[metric].computation
                else { return false }
                return ColumnID(part.table, part.timeColumn ?? "") == time.id
            }
            if own { return true }
        }
        draft.timeColumn = time.index
        return true
    }
}
