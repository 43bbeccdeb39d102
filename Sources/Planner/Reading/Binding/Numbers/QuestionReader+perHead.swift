/// "revenue per seat", "tickets per customer by industry": one number divided by another in every group.
extension QuestionReader {
    /// "per seat": by what seats add up to. False where the words say what is split by.
    mutating func readPerUnit(_ noun: Noun, _ phrase: Phrase) throws -> Bool {
        guard isOfEach(phrase), noun.filters.isEmpty, noun.event == nil, draft.numbers.count == 1, draft.rank == nil,
            let piece = noun.headPiece, let above = draft.numbers.first, let table = table(of: above),
            let below = unit(piece, noun.head)
        else { return false }
        guard isAdded(above) else {
            if isAveraged(above) {
                throw ReadFailure.notSupported(
                    "It is not said whether averages are divided, or what all of it comes to.")
            }
            return false
        }
        draft.numbers = [.built(.ratio(try measure(above), below), table)]
        assume("One sum is divided by the other.")
        role = .number
        return true
    }

    /// What the word adds up to, where it is a number and no name of groups.
    private func unit(_ piece: Int, _ head: Noun.Head) -> Measure? {
        for case .metric(let metric) in pieces[piece].entries.filter({ $0.quality >= 0.88 }).map(\.sense)
        where isSummed(metric) {
            return .metric(model.source.metrics[metric].name)
        }
        guard case .column(let column) = head, model.columns[column].role == .measure,
            pieces[piece].entries.contains(where: { $0.sense == .column(column) && $0.quality >= 0.93 }),
            model.columns[column].defaultAggregate == .sum, Self.units.contains(model.columns[column].words.last ?? "")
        else { return nil }
        return .aggregate(.sum, .column(id(column)))
    }

    private static let units: Set<String> = [
        "seats", "units", "quantity", "hours", "days", "nights", "users", "licences", "licenses", "beds", "rooms",
        "pages", "minutes", "miles", "kilometers", "kilometres", "guests", "passengers", "employees",
    ]

    private func isSummed(_ metric: Int) -> Bool {
        switch model.source.metrics[metric].computation {
        case .aggregate(_, isAdditive: true), .snapshot(_, _, _, isAdditive: true): !isCount(metric)
        default: false
        }
    }

    /// Sums, and declared counts.
    private func isAdded(_ number: Draft.Number) -> Bool {
        switch number {
        case .metric(let metric): !isAverage(metric) && model.metricRows[metric] != nil
        case .aggregate(.sum, _): true
        default: false
        }
    }

    private func isAveraged(_ number: Draft.Number) -> Bool {
        switch number {
        case .metric(let metric): isAverage(metric)
        case .aggregate(.average, _), .built(.aggregate(.average, _), _),
            .built(.filtered(.aggregate(.average, _), _), _):
            true
        default: false
        }
    }

    /// "tickets per customer by industry": for every industry one number, and not a row for every customer.
    mutating func takePerHead(_ entity: Int, _ numbers: inout [Draft.Number]) throws {
        guard let number = numbers.first, let base = table(of: number),
            relations.stepsUp(from: base, to: entity) != nil
        else { return }
        let title = model.tables[entity].title
        switch number {
        case .metric(let metric) where isStockMetric(metric):
            guard !isAverage(metric), !isCount(metric) || base != entity, let key = model.tables[entity].key else {
                return
            }
            numbers = [
                .built(.aggregateOfGroups(.average, .metric(model.source.metrics[metric].name), by: id(key)), base)
            ]
        case .metric(let metric) where !isAverage(metric) && model.metricRows[metric] != nil:
            try divide(number, by: entity, base, &numbers)
        case .count where base == entity: return
        case .count, .aggregate(.sum, _): try divide(number, by: entity, base, &numbers)
        default: throw ReadFailure.unsound("It is not said what is put together for each of \(title).")
        }
        draft.numbers = numbers
        draft.entities = []
        draft.columns = draft.columns.filter { model.columns[$0].table != entity }
        assume("It is computed for each of \(title).")
    }

    private mutating func divide(
        _ number: Draft.Number, by entity: Int, _ base: Int, _ numbers: inout [Draft.Number]
    ) throws {
        guard draft.time == nil, draft.grain == nil, draft.cycle == nil, draft.comparison == nil,
            draft.relations.isEmpty
        else {
            throw ReadFailure.unsound("It is not said which of \(model.tables[entity].title) count in that time.")
        }
        // What is said of the rows themselves does not hold for those that they are divided by.
        let own = draft.filters.filter { relations.stepsUp(from: entity, to: $0.table) == nil }
        draft.filters.removeAll { own.contains($0) }
        let above = try measure(number)
        let conditions = try own.map { try routed($0.condition, base) }
        numbers = [
            .built(
                .ratio(conditions.isEmpty ? above : .filtered(above, conditions), .count(model.tables[entity].id)), base
            )
        ]
    }

    func isStockMetric(_ metric: Int) -> Bool {
        if case .snapshot = model.source.metrics[metric].computation { true } else { false }
    }
}
