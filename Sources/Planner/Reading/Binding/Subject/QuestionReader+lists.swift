/// Lists of rows and of distinct values.
extension QuestionReader {
    mutating func assembleList() throws -> Plan {
        if pieces.contains(where: { $0.grammar == .howMuch }), draft.rank == nil, (asked + draft.columns).isEmpty {
            throw ReadFailure.unsound("It is not said of what so much is meant.")
        }
        guard draft.decimals == nil else {
            throw ReadFailure.notSupported("Numbers of single rows are shown as they are, not rounded.")
        }
        let shown = unique(asked + draft.columns)
        guard let subject = draft.subject ?? shown.first.map({ model.columns[$0].table }) else {
            throw ReadFailure.unsound("It is not said what is asked for.")
        }
        if shown.isEmpty, pieces.first?.words.first == "where" {
            // "where do our guides come from": no list of all of them says so.
            throw ReadFailure.unsound("It is not said what of \(model.tables[subject].title) tells where.")
        }
        if draft.isDistribution, let column = shown.first {
            return try distribution(of: column)
        }
        for column in shown where !describes(subject, column) {
            throw ReadFailure.unsound(
                "\(model.tables[subject].title) do not have one \(model.columns[column].title) each.")
        }
        var plan = Plan(recipe: .list, subject: model.tables[subject].id)
        try addConditions(to: &plan, base: subject)
        try addTime(to: &plan, base: subject, numbers: [])
        plan.recipe = showsRows(shown, subject) || isOneRow(plan, subject) ? .list : .distinct
        var columns = shown
        if plan.recipe == .distinct, !draft.isDistinct, !shown.isEmpty,
            shown.allSatisfy({ model.columns[$0].role == .measure && model.columns[$0].table == subject })
        {
            // Equal numbers of several rows are not one number.
            plan.recipe = .list
            columns = try identity(of: subject) + shown
        }
        if shown.isEmpty { columns = usualColumns(plan, subject) }
        if let rank = draft.rankColumn, shown.isEmpty, !columns.contains(rank) { columns.append(rank) }
        plan.columns = try columns.map { try routed($0, subject) }
        // Values that are listed are there.
        if plan.recipe == .distinct, columns.count == 1, let only = columns.first, model.columns[only].isNullable,
            !plan.conditions.contains(where: { Self.columns($0).contains(id(only)) })
        {
            plan.conditions.append(.not(.isEmpty(try routed(only, subject))))
        }
        try orderList(&plan, columns, subject)
        plan.presentation = draft.presentation
        return plan
    }

    /// Whether rows are listed, each for itself, and not the different values that they have.
    private func showsRows(_ shown: [Int], _ subject: Int) -> Bool {
        if draft.rank != nil { return true }
        let isOrderedByOther = draft.order.contains { key in
            if case .column(let column) = key.key { return !shown.contains(column) }
            return false
        }
        if isOrderedByOther { return true }
        guard shown.isEmpty || shown.contains(where: { identifies($0, subject) }) else { return false }
        return !draft.isDistinct || shown.contains { model.tables[subject].key == $0 }
    }

    /// What rows are shown by where nothing is said: what tells them apart, and what the conditions speak of.
    private func usualColumns(_ plan: Plan, _ subject: Int) -> [Int] {
        let table = model.tables[subject]
        var columns = (table.key.map { [$0] } ?? []) + table.labels
        if columns.isEmpty { columns = Array(table.columns.prefix(6)) }
        return unique(columns + conditionColumns(plan, subject))
    }

    /// "the unit price of Dolorin": the condition names one thing.
    private func isOneRow(_ plan: Plan, _ subject: Int) -> Bool {
        plan.conditions.contains { condition in
            switch condition {
            case .oneOf(let column, _), .compare(let column, .equal, _):
                guard let known = model.column(column) else { return false }
                return known.table == subject && (known.role == .key || known.role == .label)
            default: return false
            }
        }
    }

    private func distribution(of column: Int) throws -> Plan {
        let model = model.columns[column]
        var plan = Plan(recipe: .distribution)
        plan.measures = [.count(self.model.tables[model.table].id)]
        let isGraded = model.words.contains { Thesaurus.averaged.contains(NameWords.base($0)) } && model.isWhole
        plan.dimensions = [model.role == .measure && !isGraded ? .range(model.id) : .column(model.id)]
        return plan
    }

    func unique(_ columns: [Int]) -> [Int] {
        var seen: Set<Int> = []
        return columns.filter { seen.insert($0).inserted }
    }

    private func identifies(_ column: Int, _ subject: Int) -> Bool {
        model.columns[column].table == subject
            && (model.tables[subject].key == column || model.tables[subject].labels.contains(column))
    }

    private func conditionColumns(_ plan: Plan, _ subject: Int) -> [Int] {
        var columns = plan.conditions.flatMap(Self.columns)
        if let time = plan.time?.column { columns.append(time) }
        return columns.compactMap { model.column($0) }.filter { $0.table == subject && !$0.isPersonal }.map(\.index)
            .prefix(6)
            .map { $0 }
    }

    /// "the largest invoice": by the one number that invoices have.
    private func onlyMeasure(_ subject: Int) -> Int? {
        let sizes: Set<String> = ["largest", "biggest", "highest", "greatest", "smallest", "lowest"]
        guard
            phrases.contains(where: { phrase in
                phrase.superlative.map { pieces[$0.piece].words.contains(where: sizes.contains) } ?? false
            })
        else { return nil }
        let measures = model.columns(of: subject).filter { $0.role == .measure }
        return measures.count == 1 ? measures.first?.index : nil
    }

    private mutating func orderByOnly(_ column: Int, _ rank: Draft.Rank, _ plan: inout Plan, _ subject: Int) throws {
        let routed = try routed(column, subject)
        if asked.isEmpty, draft.columns.isEmpty, !plan.columns.contains(routed) { plan.columns.append(routed) }
        plan.order.append(
            .init(
                plan.columns.firstIndex(of: routed).map { .column($0) } ?? .hidden(routed),
                isDescending: rank.isDescending))
        assume("It is ordered by \(model.columns[column].title).")
    }

    /// The one number that "largest" or "highest" can mean of the rows.
    func magnitude(of table: Int) -> Int? {
        let said = phrases.compactMap(\.superlative).filter { $0.quality == nil }.flatMap { pieces[$0.piece].words }
        guard said.contains(where: { ["largest", "biggest", "smallest", "highest", "lowest"].contains($0) }) else {
            return nil
        }
        let isHigh = said.contains { ["highest", "lowest"].contains($0) }
        let groups = isHigh ? [["height", "elevation", "altitude"]] : Qualities.magnitudes
        let columns = model.columns(of: table)
        let found = groups.compactMap { Qualities.column([Set($0)], in: columns) }
        return found.count == 1 ? found[0] : nil
    }

    private mutating func orderList(_ plan: inout Plan, _ columns: [Int], _ subject: Int) throws {
        if let rank = draft.rank {
            if let column = draft.rankColumn {
                let routed = try routed(column, subject)
                let key: Plan.Order.Key = plan.columns.firstIndex(of: routed).map { .column($0) } ?? .hidden(routed)
                plan.order.append(.init(key, isDescending: rank.isDescending))
                plan.limit = rank.limit
            } else if rank.limit != nil, draft.order.isEmpty {
                plan.limit = rank.limit
                if let column = magnitude(of: subject) ?? onlyMeasure(subject) {
                    try orderByOnly(column, rank, &plan, subject)
                } else if phrases.contains(where: { $0.superlative != nil }) {
                    throw ReadFailure.unsound("It is not said by what \(model.tables[subject].title) are ranked.")
                }
            } else if draft.order.isEmpty {
                throw ReadFailure.unsound("It is not said by what \(model.tables[subject].title) are ranked.")
            } else {
                plan.limit = rank.limit
            }
        }
        for (key, isDescending) in draft.order {
            switch key {
            case .column(let column):
                guard describes(subject, column) else { throw ReadFailure.unsound("The rows cannot be ordered so.") }
                let routed = try routed(column, subject)
                if plan.recipe == .distinct, !plan.columns.contains(routed) { plan.columns.append(routed) }
                plan.order.append(
                    .init(
                        plan.columns.firstIndex(of: routed).map { .column($0) } ?? .hidden(routed),
                        isDescending: isDescending))
            case .number(let number):
                guard let column = ownColumn(of: number, subject) else {
                    throw ReadFailure.unsound("Rows of a list have no such number to be ordered by.")
                }
                let routed = try routed(column, subject)
                plan.order.append(
                    .init(
                        plan.columns.firstIndex(of: routed).map { .column($0) } ?? .hidden(routed),
                        isDescending: isDescending))
            case .period: throw ReadFailure.unsound("Rows of a list have no periods to be ordered by.")
            }
        }
    }
}
