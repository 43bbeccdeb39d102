/// Numbers of things that belong to many of what they are split by: counted in the table that names both.
extension QuestionReader {
    /// The draft's numbers as they can be taken for its groups, and the table whose rows the first is taken from.
    mutating func countedInFacts(_ numbers: [Draft.Number]) throws -> [Draft.Number] {
        let groups = splitTables()
        if let rank = draft.rankNumber { draft.rankNumber = try counted(rank, by: groups) }
        for index in draft.having.indices {
            draft.having[index].number = try counted(draft.having[index].number, by: groups)
        }
        for index in draft.order.indices {
            if case .number(let number) = draft.order[index].key {
                draft.order[index].key = .number(try counted(number, by: groups))
            }
        }
        var result: [Draft.Number] = []
        for number in numbers {
            let number = try counted(number, by: groups)
            if !result.contains(number) { result.append(number) }
        }
        return result
    }

    /// The table whose rows a number is taken from: a junction where the groups are on its other side.
    func base(of number: Draft.Number) throws -> Int? {
        guard let table = table(of: number) else { return nil }
        guard case .aggregate = number,
            let group = splitTables().first(where: { relations.stepsUp(from: table, to: $0) == nil }),
            relations.stepsUp(from: group, to: table) == nil
        else { return table }
        let pairs = model.tables.indices.filter { holdsPairs($0, table, group) }
        guard pairs.count == 1 else {
            throw ReadFailure.unsound(
                "\(model.tables[table].title) do not belong to one of \(model.tables[group].title) each.")
        }
        return pairs[0]
    }

    /// What the numbers are split by, as far as it is said.
    private func splitTables() -> [Int] {
        var tables =
            draft.entities
            + draft.groups.compactMap { group -> Int? in
                if case .column(let column) = group { return model.column(column)?.table }
                return nil
            } + asked.map { model.columns[$0].table }
        if let subject = draft.subject, draft.entities.isEmpty, draft.groups.isEmpty, draft.grain == nil,
            draft.rank != nil || !draft.having.isEmpty
        {
            tables.append(subject)
        }
        return tables
    }

    /// "How many patients per doctor": counted in the table that names both.
    private func counted(_ number: Draft.Number, by groups: [Int]) throws -> Draft.Number {
        guard case .count(let table) = number else { return number }
        // "members by tools borrowed": by the loans, whatever else leads from tools to members.
        for group in groups where group != table {
            guard let fact = saidFact(between: table, group), let key = keyColumn(of: fact, to: table),
                (relations.stepsUp(from: fact, to: group) ?? 9) <= (relations.stepsUp(from: table, to: group) ?? 9)
            else { continue }
            return .countDistinct(key)
        }
        for group in groups {
            if let fact = membership(of: group, in: table), let key = keyColumn(of: fact, to: table) {
                return .countDistinct(key)
            }
        }
        guard let group = groups.first(where: { relations.stepsUp(from: table, to: $0) == nil }) else { return number }
        let fact = relations.stepsUp(from: group, to: table) != nil ? group : try joining(table, group)
        guard let key = keyColumn(of: fact, to: table) else {
            throw ReadFailure.unsound(
                "How many \(model.tables[table].title) there are of each cannot be counted soundly.")
        }
        return .countDistinct(key)
    }

    /// The table that names both: the one that is spoken of, or that does nothing else, or the only one.
    private func joining(_ left: Int, _ right: Int) throws -> Int {
        let facts = model.tables.indices.filter { table in
            table != left && table != right && !model.tables[table].isView
                && relations.stepsUp(from: table, to: left) == 1 && relations.stepsUp(from: table, to: right) != nil
        }
        let named = facts.filter { mentioned.contains($0) || scope == $0 || draft.relations.map(\.table).contains($0) }
        if named.count == 1 { return named[0] }
        let direct = facts.filter { relations.stepsUp(from: $0, to: right) == 1 && isLink($0) }
        if named.isEmpty, direct.count == 1 { return direct[0] }
        guard facts.count == 1 else { return try between(left, right) }
        return facts[0]
    }

    /// A table of pairs: two keys, and nothing that would be a thing of its own.
    private func isLink(_ table: Int) -> Bool {
        let columns = model.columns(of: table)
        return columns.count(where: { $0.role == .foreignKey }) >= 2
            && columns.count(where: { $0.role != .foreignKey && $0.role != .key }) <= 1
    }

    private func holdsPairs(_ table: Int, _ left: Int, _ right: Int) -> Bool {
        guard relations.stepsUp(from: table, to: left) == 1, relations.stepsUp(from: table, to: right) == 1 else {
            return false
        }
        let sides = [model.tables[left].id, model.tables[right].id]
        let source = model.source.tables[table]
        let keys = Set(source.foreignKeys.filter { sides.contains($0.table) }.flatMap(\.columns))
        let unique = ([source.primaryKey] + source.uniqueKeys).filter { !$0.isEmpty }
        return unique.contains { keys.isSuperset(of: $0) } || source.columns.count == 2 && keys.count == 2
    }
}
