/// "The heaviest animal of each species": in every group the rows with its greatest or smallest value.
extension QuestionReader {
    /// Nil where something else is asked for.
    mutating func assembleExtremes() throws -> Plan? {
        guard let rank = draft.rank, draft.rankNumber == nil, draft.numbers.isEmpty,
            draft.having.isEmpty, draft.grain == nil, draft.cycle == nil, draft.comparison == nil, !draft.isShare,
            let subject = draft.subject
        else { return nil }
        guard let column = draft.rankColumn ?? magnitude(of: subject), model.columns[column].table == subject else {
            guard isOfSize(subject), !draft.groups.isEmpty || draft.entities.contains(where: { $0 != subject }) else {
                return nil
            }
            throw ReadFailure.unsound("It is not said by what \(model.tables[subject].title) are ranked.")
        }
        let entities = draft.entities.filter { $0 != subject }
        guard !draft.groups.isEmpty || !entities.isEmpty else { return nil }
        guard rank.limit ?? 1 == 1, draft.order.isEmpty else {
            throw ReadFailure.notSupported("The first few of each group are not computed.")
        }
        let (within, shown) = try groupColumns(entities, of: subject)
        for column in asked + draft.columns where !describes(subject, column) {
            throw ReadFailure.unsound(
                "\(model.tables[subject].title) do not have one \(model.columns[column].title) each.")
        }
        var plan = Plan(recipe: .list, subject: model.tables[subject].id)
        try addConditions(to: &plan, base: subject)
        for key in entities.compactMap({ optionalKey(of: $0, from: subject) }) {
            // Rows of no such group are no group.
            plan.conditions.append(.not(.isEmpty(try routed(key, subject))))
        }
        try addTime(to: &plan, base: subject, numbers: [])
        plan.conditions.append(
            .extreme(
                try routed(column, subject), rank.isDescending ? .maximum : .minimum,
                within: try within.map { try routed($0, subject) }))
        let own = asked + draft.columns
        let columns = unique(shown + (own.isEmpty ? try identity(of: subject) : own) + [column])
        plan.columns = try columns.map { try routed($0, subject) }
        plan.order = shown.indices.map { .init(.column($0), isDescending: false) }
        plan.presentation = draft.presentation
        return plan
    }

    /// The columns that tell the groups apart, and those they are shown by.
    private func groupColumns(_ entities: [Int], of subject: Int) throws -> (within: [Int], shown: [Int]) {
        var within: [Int] = []
        var shown: [Int] = []
        for entity in entities {
            guard let key = model.tables[entity].key, describes(subject, key) else {
                throw ReadFailure.unsound("Nothing tells the \(model.tables[entity].title) apart.")
            }
            within.append(key)
            shown += model.tables[entity].labels.isEmpty ? [key] : model.tables[entity].labels
        }
        for group in draft.groups {
            guard case .column(let id) = group, let known = model.column(id), describes(subject, known.index) else {
                throw ReadFailure.notSupported("The first of each group are found by columns only.")
            }
            within.append(known.index)
            shown.append(known.index)
        }
        return (within, shown)
    }

    /// The entity's key, where a row of the subject need not have one.
    private func optionalKey(of entity: Int, from subject: Int) -> Int? {
        let isOptional = relations.graph.edges(from: model.tables[subject].id).contains {
            $0.to == model.tables[entity].id && $0.isForward && $0.isOptional
        }
        return isOptional ? model.tables[entity].key : nil
    }

    /// "the largest batch": a row is asked for, and not the group with the most of them.
    private func isOfSize(_ table: Int) -> Bool {
        phrases.contains { phrase in
            guard let superlative = phrase.superlative, superlative.quality == nil, phrase.count == nil,
                pieces[superlative.piece].words.contains(
                    where: ["largest", "biggest", "smallest", "greatest"].contains),
                let last = phrase.terms.last
            else { return false }
            return pieces[last].entries.first?.sense == .table(table)
        }
    }
}
