import Agents
import LanguageModels
import ServiceRuntime

/// `search_knowledge`: curated tables, metrics, validated queries, rules, traps and documents that fit a text.
struct SearchKnowledgeTool: Tool {
    let run: Run
    let knowledge: KnowledgeStore
    /// UTF-8 bytes of one answer, below what the loop would cut.
    private static let longestOutput = 90_000

    var definition: ToolDefinition {
        ToolDefinition(
            name: ToolName.searchKnowledge,
            description: """
                Finds curated knowledge: validated queries with their SQL, metric definitions, table descriptions, business \
                rules, known traps, documents. An empty query lists what there is.
                """,
            parameters: .schema(
                [
                    "query": .property("string", "What to look for, in the person's words."),
                    "kinds": [
                        "type": "array",
                        "items": [
                            "type": "string",
                            "enum": .array(KnowledgeContent.Kind.allCases.map { .string($0.rawValue) }),
                        ],
                        "description": "Only these kinds; all where left out.",
                    ],
                    "limit": .property("integer", "At most so many of a kind, 1 to 40; 8 where left out."),
                ], required: ["query"]))
    }

    func call(_ arguments: JSONValue) async throws -> ToolOutput {
        let text = arguments["query"]?.string ?? ""
        let limit = arguments.count("limit", default: 8, in: 1...40)
        let named = arguments["kinds"]?.array?.compactMap { $0.string.flatMap(KnowledgeContent.Kind.init) } ?? []
        let kinds = named.isEmpty ? KnowledgeContent.Kind.allCases : named
        var entries =
            arguments.text("query") == nil
            ? try await list(kinds, limit) : try await found(text, Set(kinds), limit)
        entries = try await withTables(entries, limit)
        run.saw(entries)

        var records: [JSONValue] = []
        var size = 0
        for entry in entries {
            let record = try KnowledgeRecord.json(entry)
            size += record.encoded().utf8.count
            guard size <= Self.longestOutput else { break }
            records.append(record)
        }
        var members: [String: JSONValue] = ["entries": .array(records)]
        if records.count < entries.count { members["left_out"] = .integer(Int64(entries.count - records.count)) }
        return ToolOutput(content: JSONValue.object(members).encoded(), summary: "\(records.count) entries")
    }

    /// Each kind of its own, so that many hits of one do not hide another.
    private func found(
        _ text: String, _ kinds: Set<KnowledgeContent.Kind>, _ limit: Int
    ) async throws -> [KnowledgeEntry] {
        async let queries = search(text, kinds.intersection([.query]), limit)
        async let metrics = search(text, kinds.intersection([.metric]), limit)
        async let others = search(text, kinds.subtracting([.query, .metric]), limit)
        return try await queries + metrics + others
    }

    private func search(
        _ text: String, _ kinds: Set<KnowledgeContent.Kind>, _ limit: Int
    ) async throws -> [KnowledgeEntry] {
        kinds.isEmpty ? [] : try await knowledge.search(text, kinds: kinds, limit: limit).map(\.entry)
    }

    private func list(_ kinds: [KnowledgeContent.Kind], _ limit: Int) async throws -> [KnowledgeEntry] {
        var entries: [KnowledgeEntry] = []
        for kind in kinds { entries += try await knowledge.entries(of: kind).prefix(limit) }
        return entries
    }

    /// The descriptions of the tables that found queries and metrics read: their synonyms and units belong to them.
    private func withTables(_ entries: [KnowledgeEntry], _ limit: Int) async throws -> [KnowledgeEntry] {
        var names: [String] = []
        for entry in entries {
            switch entry.content {
            case .query(let query):
                names += query.tables.isEmpty ? SQLOutline.curated(query.sql).relations : query.tables
            case .metric(let metric): names += metric.table.split(separator: ",").map { SourceText.trimmed($0) }
            default: break
            }
        }
        let known = Set(entries.compactMap { if case .table(let table) = $0.content { table.name } else { nil } })
        var wanted: [String] = []
        for name in names where !wanted.contains(name) && !known.contains(Phrasebook.unqualified(name)) {
            wanted.append(name)
        }
        guard !wanted.isEmpty else { return entries }
        let tables = try await knowledge.tables(named: Array(wanted.prefix(limit))).filter { !known.contains($0.name) }
        return entries + tables.map { KnowledgeEntry(content: .table($0), source: "tables") }
    }
}
