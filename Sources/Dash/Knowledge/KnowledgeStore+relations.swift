/// Entries and the relations they are made of.
extension KnowledgeStore {
    /// The queries and metrics that read one of the relations, given as `schema.name`, in any case. The example that the
    /// Engineer keeps under a relation's own name is no use of it by others.
    package func dependants(on relations: [String]) async throws -> [ProposedAction.Dependant] {
        guard !relations.isEmpty else { return [] }
        let wanted = Set(relations.map { $0.lowercased() })
        return try await (entries(of: .query) + entries(of: .metric)).compactMap { entry in
            guard !Self.relations(of: entry.content).isDisjoint(with: wanted),
                entry.isCurated || !wanted.contains(entry.content.name.lowercased())
            else { return nil }
            return ProposedAction.Dependant(
                name: entry.content.name, kind: "\(entry.content.kind.rawValue) of the knowledge", isLost: false)
        }
    }

    /// Removes what agents noted about relations of schema `dash` that are not there any more, given those that are.
    package func forgetBuilt(except existing: Set<String>) async throws {
        let existing = Set(existing.map { $0.lowercased() })
        for kind in [KnowledgeContent.Kind.table, .document, .query] {
            for entry in try await entries(of: kind) where !entry.isCurated {
                let named = Self.relations(of: entry.content).filter { $0.hasPrefix("dash.") }
                guard !named.isSubset(of: existing) else { continue }
                try await remove(kind: kind, name: entry.content.name)
            }
        }
    }

    private static func relations(of content: KnowledgeContent) -> Set<String> {
        let names: [String] =
            switch content {
            case .query(let query): query.tables + SQLOutline(query.sql).relations
            case .metric(let metric): [metric.table]
            case .table(let table): [table.name]
            case .document(let document): [document.title]
            case .rule, .gotcha, .business: []
            }
        return Set(names.map { $0.filter { $0 != "\"" }.lowercased() })
    }
}
