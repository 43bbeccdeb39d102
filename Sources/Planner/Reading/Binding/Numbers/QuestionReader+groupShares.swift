/// Shares of a number that are taken within each group: "what share of sign-ups is organic, by country".
extension QuestionReader {
    /// The conditions that make the part, among those of the question.
    struct NumberShare {
        var start: Int
        /// Where the groups are said.
        var end: Int?
        /// "in Germany": which of the two numbers it holds for is not said.
        var isVague = false
    }

    mutating func noteShareGroups() {
        if numberShare != nil, numberShare?.end == nil { numberShare?.end = draft.filters.count }
    }

    mutating func noteShareCondition(_ phrase: Phrase) {
        guard numberShare != nil, numberShare?.end == nil else { return }
        let says = phrase.links.contains { [.be, .relative, .have, .from, .by, .with, .to, .on].contains($0) }
        if phrase.links(.within), !says, phrase.verbs.isEmpty { numberShare?.isVague = true }
    }

    /// "share of trial customers by source": of all trials, or of those of each source.
    private func checkNamedPart() throws {
        guard case .metric(let metric)? = draft.numbers.first, !isStockMetric(metric), isCount(metric),
            let rows = model.metricRows[metric], !rows.conditions.isEmpty,
            let piece = pieces.first(where: { $0.entries.contains { $0.sense == .metric(metric) } }),
            piece.words.count > 1, let last = piece.words.last.map(NameWords.base),
            model.tables.contains(where: { $0.names.contains { $0.words.map(NameWords.base) == [last] } }),
            draft.groups.allSatisfy({ group in
                guard case .column(let column) = group else { return false }
                return model.column(column)?.isNullable == false
            })
        else { return }
        // By its words it may be read as rows and what is said of them.
        throw ReadFailure.unplaced(pieces.indices.filter { pieces[$0].range == piece.range })
    }

    /// False where no condition but the groups' own makes a part, so that the groups are the parts.
    mutating func takeShareOfGroups(_ plan: inout Plan, base: Int) throws -> Bool {
        guard let share = numberShare, plan.measures.count == 1 else { return false }
        let end = min(share.end ?? draft.filters.count, draft.filters.count)
        guard share.start < end else {
            try checkNamedPart()
            return false
        }
        let parts = draft.filters[share.start..<end]
        let isOfGroups = parts.allSatisfy { part in
            Self.columns(part.condition).allSatisfy { draft.groups.contains(.column($0)) }
        }
        if isOfGroups { return false }
        guard !share.isVague, draft.relations.isEmpty,
            parts.allSatisfy({ relations.stepsUp(from: base, to: $0.table) != nil })
        else {
            throw ReadFailure.unsound("It is not said whether the share is taken within each group or of all of them.")
        }
        let conditions = try parts.map { try routed($0.condition, base) }
        draft.filters.removeSubrange(share.start..<end)
        plan.measures = [.ratio(.filtered(plan.measures[0], conditions), plan.measures[0])]
        return true
    }
}
