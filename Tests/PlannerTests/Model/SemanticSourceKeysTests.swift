import Planner
import Testing

@Suite("Keys that only files declare")
struct SemanticSourceKeysTests {
    private static func table(
        _ name: String, _ columns: [String], key: [String] = [], _ keys: [(String, String)] = []
    ) -> SemanticSource.Table {
        SemanticSource.Table(
            name: name, columns: columns.map { SemanticSource.Column(name: $0, type: "text") }, primaryKey: key,
            foreignKeys: keys.map { column, table in
                SemanticSource.ForeignKey(
                    columns: [column], table: TableID(name: table), referencedColumns: [column], isEnforced: false)
            })
    }

    /// Where a shop is, written down the wrong way round: a town has several shops.
    private let source = SemanticSource(tables: [
        table("towns", ["town", "county"], [("town", "shops")]), table("shops", ["code", "town"]),
        table("sales", ["code", "amount"], [("code", "shops")]),
    ])

    private let town = (
        towns: ColumnID(TableID(name: "towns"), "town"), shops: ColumnID(TableID(name: "shops"), "town")
    )
    private let code = (
        shops: ColumnID(TableID(name: "shops"), "code"), sales: ColumnID(TableID(name: "sales"), "code")
    )

    private func leads(_ source: SemanticSource, _ start: String, _ end: String) -> Bool {
        JoinGraph(tables: source.tables).isReachableManyToOne(from: TableID(name: start), to: TableID(name: end))
    }

    @Test("Both columns of such a key are looked at, but not where the database keeps what is named unique")
    func doubtful() {
        #expect(
            source.doubtfulKeys == [
                TableID(name: "towns"): ["town"], TableID(name: "shops"): ["town", "code"],
                TableID(name: "sales"): ["code"],
            ])
        var kept = source
        kept.tables[1].primaryKey = ["code"]
        #expect(kept.doubtfulKeys[TableID(name: "sales")] == nil)
        #expect(kept.doubtfulKeys[TableID(name: "shops")] == ["town"])
    }

    @Test("A key written down the wrong way round is turned, once")
    func turned() {
        let seen = source.observing([town.towns: true, town.shops: false, code.shops: true, code.sales: false])
        #expect(leads(seen, "shops", "towns") && !leads(seen, "towns", "shops"))
        #expect(leads(seen, "sales", "towns"))
        #expect(seen.tables[0].foreignKeys.isEmpty && seen.tables[1].foreignKeys.count == 1)
    }

    @Test("Where several rows are named on both sides, neither way leads to one")
    func several() {
        let seen = source.observing([town.towns: false, town.shops: false])
        #expect(!leads(seen, "shops", "towns") && !leads(seen, "towns", "shops"))
    }

    @Test(
        "A table with another key is reached by a column that was seen to be unique, and not by one that was not",
        arguments: [true, false])
    func other(isUnique: Bool) {
        var keyed = source
        keyed.tables[1].columns.append(.init(name: "id", type: "integer"))
        keyed.tables[1].primaryKey = ["id"]
        #expect(!leads(keyed, "sales", "shops"))
        #expect(leads(keyed.observing([code.shops: isUnique, code.sales: false]), "sales", "shops") == isUnique)
    }

    @Test("What nobody looked at stays as the files have it")
    func unseen() {
        #expect(source.observing([:]) == source)
        #expect(source.observing([code.sales: true]) == source)
        #expect(leads(source, "sales", "shops"))
    }
}
