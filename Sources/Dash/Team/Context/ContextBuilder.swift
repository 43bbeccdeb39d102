/// Retrieves what a question needs from the six layers: table usage, annotations, query patterns, institutional
/// knowledge, learnings, live schema.
package struct ContextBuilder: Sendable {
    /// About four characters make a token: a layer stays under 1,500 tokens, so that no layer drowns the others.
    private static let charactersPerLayer = 6_000

    private let knowledge: KnowledgeStore
    private let learnings: LearningStore
    private let introspection: any Introspection

    package init(knowledge: KnowledgeStore, learnings: LearningStore, introspection: any Introspection) {
        self.knowledge = knowledge
        self.learnings = learnings
        self.introspection = introspection
    }

    /// The layers in a fixed order, empty ones included.
    package func layers(for question: Question) async throws -> [ContextLayer] {
        let text = question.text
        async let tables = entries(text, [.table], limit: 5)
        async let notes = entries(text, [.metric, .rule, .gotcha, .business], limit: 10)
        async let queries = entries(text, [.query], limit: 6)
        async let documents = entries(text, [.document], limit: 3)
        async let learned = learnings.search(
            text, asker: question.asker.id, place: question.origin.place, limit: 6)
        async let catalog = introspection.catalog(refresh: false)
        let found = try await (tables, notes, queries, documents)
        let names = Self.relations(found.0 + found.2 + found.1)
        return [
            Self.layer("table usage", found.0.map(KnowledgeText.text)),
            Self.layer("annotations", found.1.map(KnowledgeText.text)),
            Self.layer("query patterns", found.2.map(KnowledgeText.text)),
            Self.layer("institutional knowledge", found.3.map(KnowledgeText.text)),
            Self.layer("learnings", try await learned.map(KnowledgeText.text)),
            Self.layer("live schema", Self.schema(try await catalog, names)),
        ]
    }

    /// As prompts have it: a heading per layer that has something.
    package static func rendered(_ layers: [ContextLayer]) -> String {
        layers.filter { $0.entries > 0 }.map { "## \(title($0.name))\n\($0.text)" }.joined(separator: "\n\n")
    }

    private func entries(
        _ text: String, _ kinds: Set<KnowledgeContent.Kind>, limit: Int
    ) async throws -> [KnowledgeEntry] {
        try await knowledge.search(text, kinds: kinds, limit: limit).map(\.entry)
    }

    /// Names of the relations that the entries speak of, in order.
    private static func relations(_ entries: [KnowledgeEntry]) -> [String] {
        var names: [String] = []
        for entry in entries {
            let more: [String] =
                switch entry.content {
                case .table(let table): [table.name]
                case .query(let query): query.tables.isEmpty ? SQLOutline(query.sql).relations : query.tables
                case .metric(let metric): [metric.firstTable]
                case .gotcha(let gotcha): gotcha.tables
                case .rule, .document, .business: []
                }
            for name in more where !names.contains(name) { names.append(name) }
        }
        return names
    }

    private static func schema(_ catalog: SchemaCatalog, _ names: [String]) -> [String] {
        var relations: [SchemaCatalog.Relation] = []
        for name in names {
            guard let relation = catalog.relation(named: name), !relations.contains(relation) else { continue }
            relations.append(relation)
        }
        // Nothing curated speaks of the question: then at least what there is.
        if relations.isEmpty { relations = Array(catalog.relations.prefix(20)) }
        return relations.map { relation in
            let columns = relation.columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
            let rows = relation.estimatedRows.map { ", about \($0) rows" } ?? ""
            return "\(relation.schema).\(relation.name) (\(relation.kind.rawValue)\(rows)): \(columns)"
        }
    }

    private static func layer(_ name: String, _ texts: [String]) -> ContextLayer {
        var kept: [String] = []
        var size = 0
        for text in texts {
            size += text.utf8.count
            guard size <= charactersPerLayer || kept.isEmpty else { break }
            kept.append(text.utf8.count > charactersPerLayer ? String(text.prefix(charactersPerLayer)) + " …" : text)
        }
        var text = kept.joined(separator: "\n")
        if kept.count < texts.count { text += "\n(\(texts.count - kept.count) more left out for length)" }
        return ContextLayer(name: name, entries: texts.count, text: text)
    }

    private static func title(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }
}
