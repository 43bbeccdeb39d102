import Planner
import Testing

@testable import Dash

@Suite struct ProfileRequestTests {
    private static let columns: [SemanticSource.Column] = [
        .init(name: "id", type: "bigint"), .init(name: "tier", type: "character varying(20)"),
        .init(name: "email", type: "text", isPersonal: true), .init(name: "Note", type: "text"),
        .init(name: "state", type: "loan_state", values: ["out", "back"]), .init(name: "tags", type: "text[]"),
        .init(name: "made_at", type: "timestamp with time zone"), .init(name: "born", type: "date"),
    ]

    private func request(_ facts: RelationFacts?) -> ProfileRequest {
        ProfileRequest(
            SemanticSource.Table(name: "members", columns: Self.columns),
            SchemaCatalog.Relation(
                schema: "public", name: "members", kind: .table,
                columns: Self.columns.map { .init(name: $0.name, type: $0.type, isNullable: true) }), facts)
    }

    private func facts(
        bytes: Int?, rows: Int? = nil, _ columns: [String: RelationFacts.Column] = [:]
    ) -> RelationFacts {
        RelationFacts(bytes: bytes, rows: rows, changes: 1, isSampled: bytes != nil, columns: columns)
    }

    @Test("Texts and enumerations are wanted, and days; personal data, numbers and lists are not")
    func columns() {
        let request = request(facts(bytes: 8_192))
        #expect(request.texts == ["tier", "Note", "state"])
        #expect(request.times == ["made_at", "born"])
    }

    @Test("A small table is read whole, in one statement")
    func small() throws {
        let sql = try #require(request(facts(bytes: 8_192)).sql())
        #expect(sql.contains("SELECT DISTINCT \"Note\"::text") && sql.contains("max(\"born\")::date"))
        #expect(!sql.contains("TABLESAMPLE") && !sql.contains("RECURSIVE") && !sql.contains("email"))
    }

    @Test("Whether a column holds each value once is asked of a small table only")
    func keys() throws {
        let table = SemanticSource.Table(name: "members", columns: Self.columns)
        let relation = SchemaCatalog.Relation(schema: "public", name: "members", kind: .table, columns: [])
        let small = ProfileRequest(table, relation, facts(bytes: 8_192), keys: ["tier"])
        #expect(try #require(small.sql()).contains("SELECT 'u', 0,"))
        #expect(small.columns != request(facts(bytes: 8_192)).columns)
        let big = ProfileRequest(table, relation, facts(bytes: 1 << 40, rows: 1_000_000_000), keys: ["tier"])
        #expect(big.sql()?.contains("'u'") != true)
    }

    @Test("Of a big table an index is walked, other columns are sampled, and what has too many values is left out")
    func big() throws {
        let request = request(
            facts(
                bytes: 1 << 40, rows: 1_000_000_000,
                [
                    "tier": .init(distinctEstimate: 5, width: 6, isIndexed: true),
                    "Note": .init(distinctEstimate: -0.9, width: 40, isIndexed: false),
                    "state": .init(distinctEstimate: 2, width: 4, isIndexed: false),
                    "made_at": .init(distinctEstimate: -1, width: 8, isIndexed: true),
                ]))
        let sql = try #require(request.sql())
        #expect(sql.contains("RECURSIVE") && sql.contains("\"tier\" > step.v"))
        #expect(sql.contains("\"state\"::text AS v FROM \"public\".\"members\" TABLESAMPLE SYSTEM (0.005)"))
        #expect(!sql.contains("Note") && !sql.contains("born") && sql.contains("max(\"made_at\")"))
        #expect(request.isComplete("tier") && !request.isComplete("state"))
    }

    @Test("Long texts are no vocabulary, and a view is computed once, and no further than some rows")
    func others() {
        let long = request(facts(bytes: 1, ["Note": .init(distinctEstimate: 3, width: 900, isIndexed: false)]))
        #expect(long.sql()?.contains("Note") == false)
        let view = request(facts(bytes: nil))
        #expect(view.sql()?.contains("LIMIT 20000") == true && view.sql()?.contains("max(") == false)
        #expect(request(nil).sql()?.contains("LIMIT 20000") == true)
    }
}
