import Planner
import Testing

@Suite("Ways between tables")
struct JoinGraphTests {
    private static func table(
        _ name: String, _ columns: [String], nullable: Set<String> = [], key: [String] = ["id"],
        _ keys: [(String, String)] = []
    ) -> SemanticSource.Table {
        SemanticSource.Table(
            name: name,
            columns: (["id"] + columns).map {
                SemanticSource.Column(name: $0, type: "integer", isNullable: nullable.contains($0))
            },
            primaryKey: key,
            foreignKeys: keys.map {
                SemanticSource.ForeignKey(columns: [$0.0], table: TableID(name: $0.1), referencedColumns: ["id"])
            })
    }

    private let graph = JoinGraph(tables: [
        table("airports", ["city"]),
        table(
            "flights", ["origin", "destination", "plane"], nullable: ["plane"],
            [("origin", "airports"), ("destination", "airports"), ("plane", "planes")]),
        table("planes", []),
        table("tickets", ["flight", "buyer"], [("flight", "flights"), ("buyer", "people")]),
        table("people", ["boss"], nullable: ["boss"], [("boss", "people")]),
        table("passports", [], key: ["id"], [("id", "people")]),
        table("moons", []),
    ])

    private func id(_ name: String) -> TableID { TableID(name: name) }

    @Test("A foreign key leads from many to one, and back to many")
    func direction() throws {
        let forward = try #require(graph.paths(from: id("tickets"), to: id("flights")).first)
        #expect(forward.isToOne && !forward.isOptional)
        let back = try #require(graph.paths(from: id("flights"), to: id("tickets")).first)
        #expect(!back.isToOne && back.isOptional)
        #expect(graph.isReachableManyToOne(from: id("tickets"), to: id("planes")))
        #expect(!graph.isReachableManyToOne(from: id("planes"), to: id("tickets")))
        #expect(try #require(graph.paths(from: id("tickets"), to: id("planes")).first).isOptional)
    }

    @Test("A foreign key that is the primary key leads to one in both directions")
    func oneToOne() {
        #expect(graph.isReachableManyToOne(from: id("people"), to: id("passports")))
        #expect(graph.isReachableManyToOne(from: id("passports"), to: id("people")))
    }

    @Test("Several keys to one table are told apart by roles, at any distance")
    func roles() throws {
        guard case .ambiguous(let paths) = graph.route(from: id("flights"), to: id("airports")) else {
            Issue.record("two ways must be reported")
            return
        }
        #expect(paths.count == 2)
        #expect(graph.roles(from: id("flights"), to: id("airports")) == ["destination", "origin"])
        #expect(graph.roles(from: id("tickets"), to: id("airports")) == ["destination", "origin"])
        guard case .path(let path) = graph.route(from: id("tickets"), to: id("airports"), role: "origin") else {
            Issue.record("the role chooses")
            return
        }
        #expect(path.edges.map(\.role) == ["flight", "origin"])
        #expect(graph.roles(from: id("tickets"), to: id("people")).isEmpty)
    }

    @Test("A table is itself without a role and its own parent with one")
    func selfReference() {
        #expect(graph.route(from: id("people"), to: id("people")) == .path(JoinPath(edges: [])))
        guard case .path(let path) = graph.route(from: id("people"), to: id("people"), role: "boss") else {
            Issue.record("the boss is reached")
            return
        }
        #expect(path.edges.count == 1 && path.isToOne && path.isOptional)
        #expect(graph.roles(from: id("people"), to: id("people")) == ["boss"])
    }

    @Test(
        "A key of the files leads to one row where the columns it names are unique, or where the table has no key at all",
        arguments: [
            (key: ["code"], unique: [], isToOne: true), (["id"], [["code"]], true),
            (["id"], [["code", "name"]], false),
            (["id"], [], false), ([], [["name"]], false), ([], [], true),
        ] as [(key: [String], unique: [[String]], isToOne: Bool)])
    func curated(_ key: [String], _ unique: [[String]], _ isToOne: Bool) throws {
        let columns = ["id", "code", "name"].map {
            SemanticSource.Column(name: $0, type: "integer", isNullable: false)
        }
        let link = SemanticSource.ForeignKey(
            columns: ["code"], table: id("places"), referencedColumns: ["code"], isEnforced: false)
        let graph = JoinGraph(tables: [
            .init(name: "visits", columns: columns, primaryKey: ["id"], foreignKeys: [link]),
            .init(name: "places", columns: columns, primaryKey: key, uniqueKeys: unique),
        ])
        let path = try #require(graph.paths(from: id("visits"), to: id("places")).first)
        #expect(path.isToOne == isToOne && path.isOptional)
        #expect(!graph.isReachableManyToOne(from: id("places"), to: id("visits")))
    }

    @Test("A unique foreign key leads to one in both directions; the same key said twice is one")
    func unique() {
        let column = SemanticSource.Column(name: "id", type: "integer", isNullable: false)
        let kept = SemanticSource.ForeignKey(columns: ["id"], table: id("people"), referencedColumns: ["id"])
        var said = kept
        said.isEnforced = false
        let graph = JoinGraph(tables: [
            .init(name: "people", columns: [column], primaryKey: ["id"]),
            .init(name: "badges", columns: [column], uniqueKeys: [["id"]], foreignKeys: [kept, said]),
        ])
        #expect(graph.isReachableManyToOne(from: id("people"), to: id("badges")))
        #expect(graph.paths(from: id("badges"), to: id("people")).map(\.isOptional) == [false])
    }

    @Test("What no key connects is not reached")
    func unreachable() {
        #expect(graph.route(from: id("moons"), to: id("people")) == .unreachable)
        #expect(graph.paths(from: id("moons"), to: id("people")).isEmpty)
        #expect(graph.reachableManyToOne(from: id("tickets"))[id("airports")] == 2)
    }
}
