/// "How many offers were accepted, rejected and pending?": a number for each of them.
extension QuestionReader {
    mutating func splitByListed(_ plan: inout Plan) {
        guard plan.measures.count == 1, plan.dimensions.isEmpty, plan.comparison == nil, plan.having.isEmpty,
            part == nil, !draft.isShare, case .count? = plan.measures.first,
            pieces.contains(where: { $0.grammar == .howMany })
        else { return }
        for case .oneOf(let column, let values) in plan.conditions where values.count > 1 {
            guard isListed(values, of: column) else { continue }
            plan.dimensions = [.column(column)]
            return
        }
    }

    /// Whether the values stand behind "were", with commas and "and" between them and nothing else.
    private func isListed(_ values: [String], of column: ColumnID) -> Bool {
        guard var place = pieces.firstIndex(where: { $0.grammar == .be }) else { return false }
        var found: Set<String> = []
        var joints: Set<Grammar> = []
        place += 1
        while place < pieces.count, found.count < values.count {
            let piece = pieces[place]
            place += 1
            if piece.isSilent { continue }
            if let grammar = piece.grammar {
                guard grammar == .and || grammar == .comma else { return false }
                joints.insert(grammar)
                continue
            }
            let named = piece.entries.lazy.compactMap { entry -> [String]? in
                guard case .value(let own, let texts) = entry.sense, id(own) == column else { return nil }
                return texts
            }.first
            guard let named, named.count == 1 else { return false }
            found.formUnion(named)
        }
        return found == Set(values) && joints.contains(.and)
    }
}
