import Planner
import Testing

@testable import Dash

@Suite struct SemanticSourceBuilderTests {
    private typealias Column = SchemaCatalog.Column

    /// A library's catalog, with names as PostgreSQL folds them.
    private static let catalog = SchemaCatalog(relations: [
        .init(
            schema: "public", name: "loans", kind: .table, comment: "One row per loan.",
            columns: [
                Column(name: "lnid", type: "integer", isNullable: false),
                Column(name: "lnmemberid", type: "integer", isNullable: false),
                Column(name: "lnbranch", type: "text", isNullable: true, comment: "Where it was lent."),
                Column(name: "lnfee", type: "numeric(8,2)", isNullable: true),
                Column(name: "lnat", type: "timestamp with time zone", isNullable: false),
                Column(name: "lnback", type: "timestamp with time zone", isNullable: true),
                Column(name: "lnstate", type: "loan_state", isNullable: false, labels: ["out", "back", "lost"]),
            ], primaryKey: ["lnid"], uniqueKeys: [["lnmemberid", "lnat"]], estimatedRows: 700),
        .init(
            schema: "public", name: "members", kind: .table,
            columns: [
                Column(name: "id", type: "integer", isNullable: false),
                Column(name: "full_name", type: "text", isNullable: false),
                Column(name: "tier", type: "text", isNullable: true),
                Column(name: "branch_id", type: "integer", isNullable: true),
            ], primaryKey: ["id"],
            foreignKeys: [
                .init(
                    columns: ["branch_id"], referencedSchema: "public", referencedTable: "branches",
                    referencedColumns: ["id"]),
                .init(columns: ["id"], referencedSchema: "hidden", referencedTable: "x", referencedColumns: ["id"]),
            ]),
        .init(
            schema: "public", name: "branches", kind: .table,
            columns: [
                Column(name: "id", type: "integer", isNullable: false),
                Column(name: "city", type: "text", isNullable: true),
            ], primaryKey: ["id"]),
        .init(
            schema: "dash", name: "loans_by_month", kind: .view,
            columns: [
                Column(name: "month", type: "date", isNullable: true),
                Column(name: "lnbranch", type: "text", isNullable: true),
            ]),
    ])

    private static let loans = TableKnowledge(
        name: "Loans", description: "Books out of the house.",
        columns: [
            .init(name: "lnBranch", type: "text", description: "The branch.", synonyms: ["library"], isPersonal: false),
            .init(name: "lnFee", type: "numeric", unit: "EUR"), .init(name: "gone", type: "text"),
        ],
        relationships: [
            .init(column: "lnMemberId", references: "members.id"), .init(column: "lnid", references: "gone.id"),
        ], timeColumn: "lnAt", synonyms: ["borrowings"])

    private func source(_ contents: [KnowledgeContent], timeZone: String = "UTC") -> SemanticSource {
        SemanticSourceBuilder(
            entries: contents.map { KnowledgeEntry(content: $0, source: "f.json") }, catalog: Self.catalog,
            timeZone: timeZone
        ).source
    }

    private func computation(_ metric: Metric) -> SemanticSource.Metric.Computation? {
        source([.table(Self.loans), .metric(metric)]).metrics.first?.computation
    }

    private func metric(
        _ expression: String?, filter: String? = nil, kind: Metric.Kind? = nil, table: String = "loans",
        calculation: String = "", time: String? = nil
    ) -> Metric {
        Metric(
            name: "M", definition: "", table: table, calculation: calculation, expression: expression, filter: filter,
            timeColumn: time, kind: kind)
    }

    @Test("A table is the database's, with the files' words and spelling")
    func table() throws {
        let table = try #require(source([.table(Self.loans)]).tables.first)
        #expect(table.name == "loans" && table.schema == "public" && !table.isView)
        #expect(table.description == "Books out of the house.")
        #expect(table.synonyms == ["Loans", "borrowings"])
        #expect(table.timeColumn == "lnat" && table.primaryKey == ["lnid"] && table.estimatedRows == 700)
        #expect(table.columns.map(\.name) == Self.catalog.relations[0].columns.map(\.name))
        let branch = table.columns[2]
        #expect(branch.synonyms == ["lnBranch", "library"] && branch.description == "The branch.")
        #expect(table.columns[3].unit == "EUR")
        #expect(table.columns[6].values == ["out", "back", "lost"])
        #expect(
            table.foreignKeys == [
                .init(
                    columns: ["lnmemberid"], table: TableID(name: "members"), referencedColumns: ["id"],
                    isEnforced: false)
            ])
        #expect(table.uniqueKeys == [["lnmemberid", "lnat"]])
    }

    @Test("A relationship that the database keeps already is one key, and kept")
    func enforced() {
        let members = TableKnowledge(
            name: "members", description: "",
            relationships: [.init(column: "branch_id", references: "branches.id")])
        #expect(
            source([.table(members)]).tables[1].foreignKeys == [
                .init(columns: ["branch_id"], table: TableID(name: "branches"), referencedColumns: ["id"])
            ])
    }

    @Test("Without knowledge the database's comments and keys stand, and personal data is guessed by its name")
    func undescribed() {
        let tables = source([]).tables
        #expect(
            tables[0].description == "One row per loan." && tables[0].columns[2].description == "Where it was lent.")
        #expect(tables[1].columns.map(\.isPersonal) == [false, true, false, false])
        #expect(tables[1].foreignKeys.map(\.table) == [TableID(name: "branches")])
        #expect(tables[3].isView && tables[3].id == TableID(schema: "dash", name: "loans_by_month"))
    }

    @Test("What a file says about personal data decides, for views over the column as well")
    func personal() {
        let known = TableKnowledge(
            name: "members", description: "",
            columns: [.init(name: "full_name", type: "text"), .init(name: "tier", type: "text", isPersonal: true)])
        var loans = Self.loans
        loans.columns[0].isPersonal = true
        let tables = source([.table(known), .table(loans)]).tables
        #expect(tables[1].columns.map(\.isPersonal) == [false, false, true, false])
        #expect(tables[3].columns.map(\.isPersonal) == [false, true])
    }

    @Test(
        "Kinds and expressions say what is computed and whether parts add up",
        arguments: [
            ("SUM(lnfee)", nil, true), ("lnfee", Metric.Kind.sum, true), ("lnfee", .average, false),
            ("lnid", .count, true), ("lnmemberid", .countDistinct, false), ("COUNT(*)", nil, true),
            ("SUM(lnfee) * 12", nil, true), ("AVG(lnfee)", nil, false), ("COUNT(DISTINCT lnmemberid)", .count, false),
        ] as [(String, Metric.Kind?, Bool)])
    func aggregates(expression: String, kind: Metric.Kind?, isAdditive: Bool) {
        guard case .aggregate(let part, isAdditive) = computation(metric(expression, kind: kind)) else {
            Issue.record("\(expression) is no such aggregate")
            return
        }
        #expect(part.table == TableID(name: "loans") && part.timeColumn == "lnat")
        #expect(SQLWords.callsAggregate(part.expression))
    }

    @Test("A calculation alone is taken apart, with the table's name off its columns")
    func calculation() {
        let parsed = computation(
            metric(nil, table: "Loans", calculation: "SUM(loans.lnfee) FROM loans WHERE loans.lnstate = 'lost'"))
        #expect(
            parsed
                == .aggregate(
                    .init(
                        table: TableID(name: "loans"), expression: "SUM(lnfee)", filter: "lnstate = 'lost'",
                        timeColumn: "lnat"), isAdditive: true))
    }

    @Test("A ratio has two parts, each with its own rows")
    func ratio() {
        let same = computation(
            metric(
                nil, filter: "lnfee > 0",
                kind: .ratio(numerator: "COUNT(*) WHERE lnstate = 'lost'", denominator: "COUNT(*)")))
        let table = TableID(name: "loans")
        #expect(
            same
                == .ratio(
                    numerator: .init(
                        table: table, expression: "COUNT(*)", filter: "(lnfee > 0) AND (lnstate = 'lost')",
                        timeColumn: "lnat"),
                    denominator: .init(table: table, expression: "COUNT(*)", filter: "lnfee > 0", timeColumn: "lnat")))
        let apart = computation(
            metric(nil, kind: .ratio(numerator: "COUNT(*) FROM loans", denominator: "COUNT(*) FROM members")))
        #expect(
            apart
                == .ratio(
                    numerator: .init(table: table, expression: "COUNT(*)", timeColumn: "lnat"),
                    denominator: .init(table: TableID(name: "members"), expression: "COUNT(*)")))
    }

    @Test("A snapshot names its columns as the database has them")
    func snapshot() {
        let snapshot = computation(metric("SUM(lnfee)", kind: .snapshot(start: "lnAt", end: "lnBack")))
        #expect(
            snapshot
                == .snapshot(
                    .init(table: TableID(name: "loans"), expression: "SUM(lnfee)", timeColumn: "lnat"), start: "lnat",
                    end: "lnback", isAdditive: true))
    }

    @Test(
        "A definition that fixes its period has no time of its own",
        arguments: [
            ("lnat >= now() - interval '30 days'", nil), ("lnat >= '2025-01-01'", nil),
            ("lnat > (SELECT max(id) FROM members)", nil), ("lnat IS NOT NULL", "lnat"),
            ("lnback > lnat + interval '21 days'", "lnat"), ("lnback < now()", "lnat"),
        ] as [(String, String?)])
    func fixedPeriod(filter: String, time: String?) {
        guard case .aggregate(let part, _) = computation(metric("COUNT(*)", filter: filter)) else {
            Issue.record("no aggregate")
            return
        }
        #expect(part.timeColumn == time)
    }

    @Test(
        "What cannot be taken apart stays one statement, with the tables it reads",
        arguments: [
            (
                "SUM(lnfee) FROM loans l JOIN members m ON m.id = l.lnmemberid WHERE m.tier = 'gold'", "loans, members",
                ["loans", "members"]
            ),
            ("SUM(l.lnfee) FROM loans l", "loans", ["loans"]),
            (
                "COUNT(*) FROM members WHERE NOT EXISTS (SELECT FROM loans WHERE loans.lnmemberid = members.id)",
                "members", ["members", "loans"]
            ),
        ])
    func statements(calculation: String, table: String, tables: [String]) {
        guard case .statement(let sql, let read) = computation(metric(nil, table: table, calculation: calculation))
        else {
            Issue.record("no statement")
            return
        }
        #expect(sql.hasPrefix("SELECT ") && sql.contains(" AS m\nFROM "))
        #expect(read == tables.map { TableID(name: $0) })
    }

    @Test(
        "What cannot be computed says why, and is left out",
        arguments: [
            (Metric(name: "M", definition: "", table: "loans", calculation: "prose"), "no \"expression\""),
            (
                Metric(name: "M", definition: "", table: "loans, members", calculation: "", expression: "SUM(x)"),
                "several tables"
            ),
            (Metric(name: "M", definition: "", table: "loans", calculation: "", expression: "SUM(x"), "do not balance"),
            (
                Metric(
                    name: "M", definition: "", table: "loans", calculation: "", expression: "SUM(x)", filter: "a; b"),
                "semicolon"
            ),
            (Metric(name: "M", definition: "", table: "loans", calculation: "", expression: "lnfee"), "several rows"),
            (
                Metric(name: "M", definition: "", table: "gone", calculation: "", expression: "SUM(x)"),
                "no table or view"
            ),
        ])
    func failures(metric: Metric, cause: String) {
        let builder = SemanticSourceBuilder(entries: [], catalog: Self.catalog)
        let failure = #expect(throws: MetricDefinition.Failure.self) { try MetricDefinition(metric, in: builder) }
        #expect(failure?.cause.contains(cause) == true, "\(failure?.cause ?? "")")
        #expect(source([.metric(metric)]).metrics == [])
    }

    @Test("Dimensions are the table's columns or another's with its table; unknown ones are left out")
    func dimensions() {
        var wanted = metric("COUNT(*)")
        wanted.dimensions = ["lnBranch", "members.Tier", "tier", "loans.lnstate", "nothing"]
        let found = source([.table(Self.loans), .metric(wanted)]).metrics.first?.dimensions
        #expect(found == ["lnbranch", "members.tier", "members.tier", "lnstate"])
    }

    @Test("A metric goes by every part of its name")
    func names() throws {
        var wanted = metric("COUNT(*)")
        wanted.name = "Loans Lent (LL)"
        wanted.synonyms = ["lendings"]
        wanted.goodDirection = .down
        let found = try #require(source([.metric(wanted)]).metrics.first)
        #expect(found.name == "Loans Lent (LL)" && found.synonyms == ["Loans Lent", "LL", "lendings"])
        #expect(found.higherIsBetter == false)
    }

    @Test("The calendar comes from the business files and the setting")
    func calendar() {
        let profile = BusinessProfile(name: "b", fiscalYearStart: 4, weekStart: .sunday)
        let rules = source([.business(BusinessProfile(name: "a")), .business(profile)], timeZone: "Europe/Berlin")
            .calendar
        #expect(rules == CalendarRules(fiscalYearStart: 4, weekStart: 0, timeZone: "Europe/Berlin"))
    }
}
