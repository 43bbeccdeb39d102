/// Hours without a day, and periods that are ranked.
extension QuestionReader {
    /// "tickets by hour" without a period is by the hour of the day: a row for each of thousands of hours is no answer.
    mutating func settleHours() {
        guard draft.grain == .hour, draft.time == nil, !isOverTime, draft.cycle == nil, draft.comparison == nil,
            draft.rank == nil, askedGrain != .one
        else { return }
        draft.grain = nil
        draft.cycle = .hourOfDay
        assume("It is split by hour of the day.")
    }

    /// "best month for sign-ups".
    mutating func rankPeriods(_ grain: TimeGrain, isDescending: Bool, isJudged: Bool, _ piece: Int) throws {
        guard draft.rank == nil, draft.grain == nil else { throw ReadFailure.unplaced([piece]) }
        use(piece, "by \(grain.name), the first of them", .time)
        draft.grain = calendar(grain)
        askedGrain = .one
        draft.rank = .init(isDescending: isDescending, limit: 1)
        self.isJudged = self.isJudged || isJudged
    }

    /// The least of all periods would be the one that has only begun.
    mutating func settleWorstPeriods() {
        guard let rank = draft.rank, !rank.isDescending, let grain = draft.grain, draft.time == nil,
            draft.comparison == nil, grain != .hour
        else { return }
        draft.time = .span(from: nil, through: .calendar(grain, offset: -1, isFiscal: false))
        assume("Only \(grain.name)s that are over are shown.")
    }

    /// "new customers": those that are counted or listed, and not those that something else is counted of.
    func isOfBase(_ piece: Int) -> Bool {
        let named = pieces[(piece + 1)...].prefix { !$0.entries.isEmpty }
        return named.contains { piece in
            piece.entries.contains { entry in
                switch entry.sense {
                case .table(let table): entry.quality >= 0.8 && countsOrLists(table)
                case .metric(let metric): draft.numbers.contains(.metric(metric)) && isFlowCount(metric)
                default: false
                }
            }
        }
    }

    private func countsOrLists(_ table: Int) -> Bool {
        if draft.numbers.isEmpty { return draft.subject == table }
        return draft.numbers.contains { number in
            switch number {
            case .count(table): true
            case .metric(let metric): isFlowCount(metric) && metricTable(metric) == table
            default: false
            }
        }
    }

    private func isFlowCount(_ metric: Int) -> Bool { isCount(metric) && !isStockMetric(metric) }
}
