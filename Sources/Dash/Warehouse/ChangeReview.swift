import Postgres

/// Finds out what a statement of the engineer does by looking before and after it, inside its transaction.
///
/// No text is read for that: what is gone is gone however the statement was written, and a cascade lists what it takes.
struct ChangeReview: Sendable {
    /// Says which entries of the knowledge use relations, given as `schema.name`.
    typealias Users = @Sendable (_ relations: [String]) async throws -> [ProposedAction.Dependant]

    let role: String
    let users: Users

    /// Runs the statement between two looks. Throws `ConfirmationRequired` where it does what a person must agree to and
    /// nobody has; the transaction is then to be rolled back.
    func run<Result>(
        _ sql: String, on connection: PostgresConnection, _ statement: () async throws -> Result
    ) async throws -> Result {
        let before = try await DashInventory.read(connection)
        let result = try await statement()
        let after = try await DashInventory.read(connection)
        let emptied = try await Self.emptied(before, after, connection)
        if let action = try await action(sql, before, after, emptied) { try Approval.require(for: action) }
        return result
    }

    private func action(
        _ sql: String, _ before: DashInventory, _ after: DashInventory, _ emptied: [String]
    ) async throws -> ProposedAction? {
        let dropped = Set(before.relations.keys).subtracting(after.relations.keys)
        let roots = before.roots(of: dropped)
        let changed = before.relations.filter { oid, old in
            after.relations[oid].map { $0.name != old.name || $0.definition != old.definition } ?? false
        }
        let users = try await self.users(
            (dropped.compactMap { before.relations[$0]?.name } + changed.values.map(\.name)).sorted())
        let dependants =
            dropped.subtracting(roots).compactMap { before.relations[$0] }.map {
                ProposedAction.Dependant(name: $0.name, kind: $0.kind, isLost: true)
            }
            + before.relationsUsing(Set(changed.keys)).filter { after.relations[$0] != nil }.compactMap {
                before.relations[$0].map { ProposedAction.Dependant(name: $0.name, kind: $0.kind, isLost: false) }
            }
            + before.others.filter { after.others[$0.key] == nil }.values.map {
                ProposedAction.Dependant(name: $0, kind: "", isLost: true)
            } + users
        var effects: [ProposedAction.Effect] = []
        var lost: [String] = []
        func add(_ kind: ProposedAction.Effect.Kind, _ relation: DashInventory.Relation, suffix: String = "") {
            effects.append(.init(kind, object: relation.name + suffix, objectKind: relation.kind))
        }
        for oid in roots {
            guard let relation = before.relations[oid] else { continue }
            add(.drop, relation)
        }
        for relation in dropped.compactMap({ before.relations[$0] }) where relation.isTable && relation.bytes > 0 {
            lost.append(relation.name)
        }
        for relation in emptied.compactMap({ before.relations[$0] }) {
            add(.empty, relation)
            lost.append(relation.name)
        }
        var hasLostColumn = false
        for (oid, relation) in before.relations where relation.isTable && relation.bytes > 0 {
            guard let now = after.relations[oid] else { continue }
            for (number, column) in relation.columns where now.columns[number] == nil {
                add(.dropColumn, relation, suffix: ".\(column)")
                hasLostColumn = true
            }
        }
        if !dependants.isEmpty {
            for relation in changed.values { add(.replace, relation) }
        }
        let mustAsk = !dependants.isEmpty || !lost.isEmpty || hasLostColumn
        guard mustAsk, !effects.isEmpty else { return nil }
        effects.sort { ($0.object, $0.kind.rawValue) < ($1.object, $1.kind.rawValue) }
        return ProposedAction(
            sentence: Self.sentence(effects, dependants), risk: Self.risk(lost.sorted(), hasLostColumn), role: role,
            sql: sql, effects: effects,
            dependants: dependants.sorted { ($0.isLost ? 0 : 1, $0.name) < ($1.isLost ? 0 : 1, $1.name) })
    }

    /// Tables that had data before and have no row now.
    private static func emptied(
        _ before: DashInventory, _ after: DashInventory, _ connection: PostgresConnection
    ) async throws -> [String] {
        var emptied: [String] = []
        for (oid, old) in before.relations where old.isTable && old.bytes > 0 {
            guard let now = after.relations[oid] else { continue }
            if now.file != old.file, now.bytes == 0 {
                emptied.append(oid)
            } else if now.deletedRows > old.deletedRows {
                let parts = now.name.split(separator: ".", maxSplits: 1).map(String.init)
                let table = parts.map { PostgresQuery.quoted(identifier: $0) }.joined(separator: ".")
                let rows = try await connection.query(PostgresQuery(unescaped: "SELECT FROM \(table) LIMIT 1")).rows
                if rows.isEmpty { emptied.append(oid) }
            }
        }
        return emptied
    }

    // MARK: - Words

    private static func sentence(
        _ effects: [ProposedAction.Effect], _ dependants: [ProposedAction.Dependant]
    ) -> String {
        let parts = effects.prefix(3).map { effect in
            let object = "the \(effect.objectKind) \(effect.object)"
            return switch effect.kind {
            case .drop: "drop \(object)"
            case .replace: "change \(object)"
            case .empty: "delete all rows of \(object)"
            case .dropColumn: "drop the column \(effect.object)"
            case .run: "run a long statement"
            }
        }
        var text = parts.joined(separator: " and ") + (effects.count > 3 ? " and \(effects.count - 3) more" : "")
        let lost = dependants.count(where: \.isLost)
        let kept = dependants.count - lost
        if lost > 0 { text += ", and with it \(lost) that \(lost == 1 ? "depends" : "depend") on it" }
        switch (kept, lost) {
        case (0, _): break
        case (1, 0): text += ", which 1 other uses"
        case (_, 0): text += ", which \(kept) others use"
        default: text += "; \(kept) more use it"
        }
        return text.prefix(1).uppercased() + text.dropFirst() + "."
    }

    private static func risk(_ tables: [String], _ hasLostColumn: Bool) -> String? {
        if !tables.isEmpty {
            let names =
                tables.prefix(5).joined(separator: ", ") + (tables.count > 5 ? " and \(tables.count - 5) more" : "")
            return "The data in \(names) would be lost."
        }
        return hasLostColumn ? "The data in that column would be lost." : nil
    }
}
