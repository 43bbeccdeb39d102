/// Which of several keys leads from rows to the ones they name: who handled an adoption, or whose it is.
extension QuestionReader {
    /// The foreign key; nil where only one leads there.
    func role(from base: Int, to table: Int) throws -> String? {
        let roles = relations.graph.roles(from: model.tables[base].id, to: model.tables[table].id)
        guard roles.count > 1 else { return nil }
        if let said = roleHints[table], roles.contains(said) { return said }
        if let own = ownKey(among: roles, of: base, to: table) { return own }
        throw ReadFailure.unsound(
            "\(model.tables[base].title) lead to \(model.tables[table].title) in several ways: "
                + roles.joined(separator: ", ") + ".")
    }

    /// The key that is called as the table is, beside others that are called by what they are for.
    private func ownKey(among roles: [String], of base: Int, to table: Int) -> String? {
        let keys = model.columns(of: base).filter { roles.contains($0.id.name) && $0.targets.contains(table) }
        guard keys.count == roles.count, let noun = model.tables[table].words.last.map(NameWords.base) else {
            return nil
        }
        let named = keys.filter { Self.words(of: $0).contains(noun) }
        guard named.count == 1, let own = named.first, Self.words(of: own).count == 1 else { return nil }
        return own.id.name
    }

    private static func words(of key: ColumnModel) -> [String] {
        key.words.filter { !Thesaurus.keyTails.contains($0) }.map(NameWords.base)
    }

    /// "handled" leads to the handler, "sponsored" to the sponsor, "departed" to the place of departure.
    mutating func noteRole(_ verb: Int) {
        guard let word = pieces[verb].words.first, pieces[verb].words.count == 1 else { return }
        let keys = WordFamily.keys(of: word)
        guard !keys.isEmpty else { return }
        var found: [ColumnModel] = []
        for table in mentioned {
            for column in model.columns(of: table)
            where column.targets.count == 1 && column.targets.first != table && column.role == .foreignKey {
                let isSaid = Self.words(of: column).contains { noun in
                    !WordFamily.deeds(of: noun).isDisjoint(with: keys)
                        || !WordFamily.keys(of: noun).isDisjoint(with: keys)
                }
                if isSaid { found.append(column) }
            }
        }
        guard found.count == 1, let key = found.first, let target = key.targets.first, roleHints[target] == nil else {
            return
        }
        roleHints[target] = key.id.name
    }

    private static let origins: Set<String> = [
        "origin", "orig", "source", "from", "departure", "start", "pickup", "sender", "payer", "previous", "old",
        "prior",
        "former",
    ]
    private static let ends: Set<String> = [
        "destination", "dest", "target", "to", "arrival", "end", "dropoff", "delivery", "receiver", "recipient",
        "payee",
        "new", "next",
    ]

    /// "from Leeds to York": each preposition picks the key on its side.
    func directed(_ filters: [Draft.Filter], _ phrase: Phrase) -> [Draft.Filter] {
        let isFrom = phrase.links(.from)
        guard isFrom || phrase.links(.to), let base = scope ?? draft.subject ?? base else { return filters }
        return filters.map { filter in
            let roles = relations.graph.roles(from: model.tables[base].id, to: model.tables[filter.table].id)
            guard roles.count > 1 else { return filter }
            let side = model.columns(of: base).filter { column in
                roles.contains(column.id.name)
                    && Self.words(of: column).contains(where: (isFrom ? Self.origins : Self.ends).contains)
            }
            guard side.count == 1, let key = side.first else { return filter }
            var filter = filter
            filter.condition = filter.condition.mapColumns { ColumnID($0.table, $0.name, role: key.id.name) }
            return filter
        }
    }

    /// "to Lyon", where the rows have a place of departure and one of arrival: the value is of such a place.
    mutating func readDirected(_ phrase: Phrase, isNegated: Bool, isOr: Bool) -> Bool {
        guard phrase.links(.from) || phrase.links(.to), phrase.terms.count == 1, !phrase.hasDeterminer,
            phrase.quantity == nil, !isOr, let base = scope ?? draft.subject ?? base
        else { return false }
        let piece = phrase.terms[0]
        var found: [Draft.Filter] = []
        for entry in pieces[piece].entries where entry.quality >= 0.95 {
            guard case .value(let column, let values) = entry.sense else { continue }
            let table = model.columns[column].table
            if table == base, isOneSide(column, phrase) {
                found.append(Draft.Filter(table: table, condition: .oneOf(id(column), values)))
                continue
            }
            guard relations.stepsUp(from: base, to: table) == 1 else { continue }
            let plain = Draft.Filter(table: table, condition: .oneOf(id(column), values))
            let routed = directed([plain], phrase)
            if routed != [plain] { found += routed }
        }
        guard found.count == 1, let filter = found.first else { return false }
        use(piece, "\(filter.condition.columns.map { title(model.index(of: $0) ?? 0) }.joined()) by its key", .value)
        add([filter], isNegated: isNegated, isOr: false)
        return true
    }

    /// "from basic to gold", where a row has the tier before and the one after: two columns of the same values.
    private func isOneSide(_ column: Int, _ phrase: Phrase) -> Bool {
        let own = model.columns[column]
        let (side, other) = phrase.links(.from) ? (Self.origins, Self.ends) : (Self.ends, Self.origins)
        guard own.role != .foreignKey, own.words.contains(where: side.contains) else { return false }
        let rest = own.words.filter { !side.contains($0) }
        return model.columns(of: own.table).contains { twin in
            twin.index != column && twin.words.contains(where: other.contains)
                && twin.words.filter { !other.contains($0) } == rest
        }
    }

    /// "operators that belong to Albion": rows of the same table that a key of their own leads to.
    func belonging(_ filters: [Draft.Filter], _ phrase: Phrase) throws -> [Draft.Filter] {
        guard let base = scope ?? draft.subject ?? base else { return filters }
        let own = model.columns(of: base).filter { $0.targets.contains(base) }
        let isSame = filters.contains { filter in
            filter.table == base && Self.columns(filter.condition).contains { model.column($0)?.role == .label }
        }
        guard !own.isEmpty, isSame, phrase.links(.to) || phrase.links(.by) || phrase.links(.from) else {
            return filters
        }
        let verbs = phrase.verbs.flatMap { pieces[$0].words }
        guard own.count == 1, filters.count == 1, phrase.links(.to),
            verbs.contains(where: ["belong", "belongs", "belonging", "belonged", "report", "reports"].contains)
        else { throw ReadFailure.unsound("How \(model.tables[base].title) belong to one another is not said.") }
        return filters.map { filter in
            var filter = filter
            filter.condition = filter.condition.mapColumns {
                ColumnID($0.table, $0.name, role: own[own.startIndex].id.name)
            }
            return filter
        }
    }
}
