/// From which end an order begins: "sorted by price, the dearest first".
extension QuestionReader {
    private static let times: Set<String> = [
        "newest", "oldest", "latest", "earliest", "recent", "chronological", "chronologically",
    ]
    private static let sizes: Set<String> = [
        "largest", "smallest", "biggest", "greatest", "highest", "lowest", "most", "least", "fewest",
    ]

    /// The superlative turns the order that was said before it; false where it is of something else.
    mutating func turnsOrder(_ superlative: Phrase.Superlative) -> Bool {
        guard let last = draft.order.last else { return false }
        let place = draft.order.count - 1
        switch (last.key, superlative.quality) {
        case (_, nil): draft.order[place].isDescending = superlative.isDescending
        case (.period, let quality?):
            guard quality == .time else { return false }
            draft.order[place].isDescending = superlative.isDescending
        case (.column(let column), let quality?):
            let known = model.columns[column]
            if known.isTime {
                guard [.age, .time].contains(quality) else { return false }
                draft.order[place].isDescending = superlative.isDescending != (quality == .age)
            } else {
                guard (try? qualityColumn(quality, of: known.table)) == column else { return false }
                draft.order[place].isDescending = superlative.isDescending
            }
        case (.number(let number), let quality?):
            guard isElapsed(number), [.length, .speed].contains(quality) else { return false }
            draft.order[place].isDescending = superlative.isDescending != (quality == .speed)
        }
        return true
    }

    /// "customers ranked by number of tickets": groups with their number, and no plain rows.
    mutating func rankByOrder() {
        guard draft.numbers.isEmpty, draft.rank == nil, draft.groups.isEmpty, draft.entities.isEmpty,
            draft.grain == nil, draft.cycle == nil, draft.having.isEmpty, draft.comparison == nil, asked.isEmpty,
            draft.columns.isEmpty, draft.order.count == 1, case .number(let number) = draft.order[0].key,
            let subject = draft.subject, let table = table(of: number), table != subject,
            relations.stepsUp(from: table, to: subject) != nil
        else { return }
        let isRanked = pieces.contains {
            $0.grammar == .orderBy && $0.words.contains(where: ["ranked", "rank"].contains)
        }
        draft.rank = .init(isDescending: isRanked || draft.order[0].isDescending, limit: nil)
        draft.rankNumber = number
        draft.order = []
    }

    /// What a number is put together of, where each row of a list has its own.
    func ownColumn(of number: Draft.Number, _ subject: Int) -> Int? {
        switch number {
        case .aggregate(_, let column): return model.columns[column].table == subject ? column : nil
        case .metric(let metric):
            guard case .column(let id)? = model.metricRows[metric]?.value, let column = model.column(id),
                column.table == subject
            else { return nil }
            return column.index
        default: return nil
        }
    }

    private func isElapsed(_ number: Draft.Number) -> Bool {
        switch number {
        case .duration: return true
        case .metric(let metric):
            if case .duration? = model.metricRows[metric]?.value { return true }
            return false
        default: return false
        }
    }

    /// "invoices, the largest first": by the one number that they have, and never by their date.
    mutating func ordersBySize(_ piece: Int, isDescending: Bool) throws -> Bool {
        let words = pieces[piece].words
        guard words.contains(where: Self.sizes.contains), !words.contains(where: Self.times.contains),
            role != .order, draft.numbers.isEmpty, draft.rankNumber == nil, draft.rankColumn == nil,
            let subject = draft.subject
        else { return false }
        let numbers = model.columns(of: subject).filter { $0.role == .measure }
        guard numbers.count == 1, let number = numbers.first else {
            throw ReadFailure.unsound("It is not said by what \(model.tables[subject].title) are ordered.")
        }
        draft.order.append((.column(number.index), isDescending))
        assume("Ordered by \(number.title).")
        role = .order
        return true
    }

    /// "by amount, the newest first": another order behind the one that was said.
    mutating func ordersByTimeToo(_ piece: Int, isDescending: Bool) -> Bool {
        guard pieces[piece].words.contains(where: Self.times.contains),
            case .column(let column)? = draft.order.last?.key,
            !model.columns[column].isTime, !model.columns[column].words.contains("year"),
            let time = model.tables[model.columns[column].table].mainTime
        else { return false }
        draft.order.append((.column(time), isDescending))
        return true
    }
}
