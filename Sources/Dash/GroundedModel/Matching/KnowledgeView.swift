/// The knowledge that a search brought up, sorted by kind, best first.
struct KnowledgeView: Sendable {
    struct Query: Sendable {
        var query: ValidatedQuery
        var source: String
    }

    private(set) var queries: [Query] = []
    private(set) var metrics: [Metric] = []
    private(set) var tables: [TableKnowledge] = []
    private var tablesByName: [String: Int] = [:]
    private(set) var gotchas: [Gotcha] = []
    private(set) var rules: [BusinessRule] = []
    private(set) var documents: [Document] = []
    private(set) var profiles: [BusinessProfile] = []

    init(_ entries: [KnowledgeEntry]) {
        for entry in entries { add(entry) }
    }

    mutating func add(_ entry: KnowledgeEntry) {
        switch entry.content {
        // What leaves values open is found with them, by the planner.
        case .query(let query):
            if query.parameters.isEmpty, !queries.contains(where: { $0.query.name == query.name }) {
                queries.append(Query(query: query, source: entry.source))
            }
        case .metric(let metric): if !metrics.contains(where: { $0.name == metric.name }) { metrics.append(metric) }
        case .table(let table):
            guard !tables.contains(where: { $0.name == table.name }) else { return }
            tables.append(table)
            let bare = Phrasebook.unqualified(table.name).lowercased()
            if tablesByName[bare] == nil { tablesByName[bare] = tables.count - 1 }
        case .gotcha(let gotcha): if !gotchas.contains(gotcha) { gotchas.append(gotcha) }
        case .rule(let rule): if !rules.contains(rule) { rules.append(rule) }
        case .document(let document): if !documents.contains(document) { documents.append(document) }
        case .business(let profile): if !profiles.contains(profile) { profiles.append(profile) }
        }
    }

    var isEmpty: Bool {
        queries.isEmpty && metrics.isEmpty && tables.isEmpty && gotchas.isEmpty && rules.isEmpty && documents.isEmpty
            && profiles.isEmpty
    }

    func withoutQueries(where isLeftOut: (ValidatedQuery) -> Bool) -> KnowledgeView {
        var copy = self
        copy.queries.removeAll { isLeftOut($0.query) }
        return copy
    }

    func table(named name: String) -> TableKnowledge? {
        tablesByName[Phrasebook.unqualified(name).lowercased()].map { tables[$0] }
    }

    /// What people call the tables: their names and synonyms.
    func nouns(of names: [String]) -> [[Term]] {
        names.flatMap { name in
            ([Phrasebook.unqualified(name)] + (table(named: name)?.synonyms ?? [])).map(Phrasebook.phrase)
        }
    }
}
