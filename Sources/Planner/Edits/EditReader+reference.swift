/// Questions whose first words point to the answer before: "how many of those …", "what is their …".
extension EditText {
    private static let referring: Set<String> = ["their", "its", "theirs", "those", "these", "them", "they"]
    private static let asking: Set<String> = [
        "what", "whats", "how", "much", "is", "are", "was", "were", "s", "the", "in", "and", "?", "'s",
    ]

    /// The piece that points back, where nothing is named before it; nil where the question speaks for itself.
    var reference: Int? {
        guard let place = pieces.firstIndex(where: { !Self.referring.isDisjoint(with: $0.words) }),
            pieces[...place].allSatisfy({ $0.entries.isEmpty && $0.time == nil && $0.quantity == nil })
        else { return nil }
        return place
    }

    /// Through "those are" of "how many of those are unpaid?".
    var countedReference: Int? {
        guard let reference, let first = pieces.first, first.grammar == .howMany, first.words.contains("how") else {
            return nil
        }
        return reference
    }

    /// Through "their" of "what's their balance?".
    var ownedReference: Int? {
        guard let reference, ["what", "whats", "how", "their", "its"].contains(words.first ?? ""),
            !["their", "its"].allSatisfy({ !pieces[reference].words.contains($0) }),
            pieces[..<reference].flatMap(\.words).allSatisfy(Self.asking.contains)
        else { return nil }
        return reference
    }

    static let declineOfReference = Decline(
        reason: .unsound,
        text: "I did not understand what that asks about the answer before; please say which rows are meant.")

    static let declineOfNothing = Decline(
        reason: .unsound, text: "I do not know what that refers to; please say which rows are meant.")
}

extension EditReader {
    /// What was counted is what is spoken of; conditions and period stay with it.
    mutating func readReference() throws {
        if let end = text.countedReference {
            try checkCounts()
            consumed.formUnion(0...end)
            if earlier.measures.isEmpty { edits.append(.count) }
            pointsBack = true
            turn(.only)
        } else if let end = text.ownedReference {
            consumed.formUnion(0...end)
            pointsBack = true
            cue = .add
        }
    }

    /// Whether what is computed now is of the same rows.
    mutating func checkReference(_ measure: Measure) throws {
        let unclear = ReadFailure.decline(EditText.declineOfReference)
        guard earlier.limit == nil, earlier.having.isEmpty, earlier.comparison == nil, earlier.measures.count == 1
        else { throw unclear }
        let counted: TableID?
        switch earlier.measures[0] {
        case .count(let table): counted = table
        case .metric(let name):
            guard let index = model.source.metrics.firstIndex(where: { $0.name == name }) else { throw unclear }
            let metric = model.source.metrics[index]
            if let table = model.tables.indices.first(where: { reader.counts(metric, rowsOf: $0) }) {
                guard model.metricRows[index]?.conditions.isEmpty == true else { throw unclear }
                counted = model.tables[table].id
            } else {
                counted = nil
            }
        default: throw unclear
        }
        if table(of: measure) != reader.draft.subject, earlier.conditions.contains(where: \.hasRelated) {
            throw unclear
        }
        guard let counted, let time = earlier.time, let table = model.table(counted) else { return }
        // When they came is a condition on them, and not the time of another number.
        guard let column = time.column ?? table.mainTime.map({ model.columns[$0].id }), column.table == counted else {
            throw unclear
        }
        edits += [.removePeriod, .filter(.period(column, time.period))]
    }

    /// "their MRR" of a list: of each of its rows.
    mutating func readNumberOfEach(_ terms: [Int]) throws {
        let unclear = ReadFailure.decline(EditText.declineOfReference)
        guard edits.isEmpty, modifiers.isEmpty, terms.count == 1, earlier.limit == nil,
            !earlier.conditions.contains(where: \.hasRelated), let subject = earlier.subject.flatMap(model.table),
            let best = pieces[terms[0]].entries.first, case .metric(let metric) = best.sense, best.quality >= 0.9,
            let base = reader.metricTable(metric), let key = subject.key,
            let steps = reader.relations.stepsUp(from: base, to: subject.index), steps > 0
        else { throw unclear }
        if case .statement = model.source.metrics[metric].computation { throw unclear }
        var conditions = try earlier.conditions.map { try reader.routed($0, base) }
        if let time = earlier.time {
            guard let column = time.column ?? subject.mainTime.map({ model.columns[$0].id }) else { throw unclear }
            conditions.append(.period(column, time.period))
        }
        let labels = try subject.labels.filter { $0 != key }.map { try reader.routed($0, base) }
        assumptions.append("For each of them; those without rows of their own are not listed.")
        edits.append(
            .numberOfEach(
                .metric(model.source.metrics[metric].name), by: try reader.routed(key, base), columns: labels,
                conditions: conditions))
    }

    /// What is said of the same rows is held beside what is known of them, and never takes its place.
    func checkPointing() throws {
        guard pointsBack else { return }
        let isCounted = text.countedReference != nil
        for edit in edits {
            switch edit {
            case .filter(let condition), .exclude(let condition), .include(let condition):
                // A list of columns is empty where rows of another table are spoken of.
                let isKnown = earlier.conditions.contains { !$0.columns.isEmpty && $0.columns == condition.columns }
                if isKnown { throw ReadFailure.decline(EditText.declineOfReference) }
            case .period, .compare, .grain:
                if isCounted { throw ReadFailure.decline(EditText.declineOfReference) }
            default: break
            }
        }
    }

    private func checkCounts() throws {
        let counts = earlier.measures.allSatisfy { measure in
            if case .count = measure { return true }
            guard case .metric(let name) = measure,
                let metric = model.source.metrics.first(where: { $0.name == name })
            else { return false }
            return model.tables.indices.contains { reader.counts(metric, rowsOf: $0) }
        }
        guard counts, earlier.limit == nil, earlier.having.isEmpty, earlier.comparison == nil,
            earlier.recipe != .distinct
        else { throw ReadFailure.decline(EditText.declineOfReference) }
    }
}

extension Condition {
    /// Whether it speaks of rows that belong to the row.
    fileprivate var hasRelated: Bool {
        switch self {
        case .related, .counted: true
        case .not(let inner): inner.hasRelated
        case .any(let inner): inner.contains(where: \.hasRelated)
        default: false
        }
    }
}
