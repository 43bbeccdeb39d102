import ServiceRuntime
import Testing

@testable import Planner

@Suite("What people call things")
struct WordingTests {
    private static func table(
        _ name: String, _ columns: [(String, String)], _ keys: [(String, String)] = [],
        descriptions: [String: String] = [:]
    ) -> SemanticSource.Table {
        SemanticSource.Table(
            name: name,
            columns: [("id", "integer")].map { SemanticSource.Column(name: $0.0, type: $0.1, isNullable: false) }
                + columns.map {
                    SemanticSource.Column(name: $0.0, type: $0.1, description: descriptions[$0.0] ?? "")
                },
            primaryKey: ["id"],
            foreignKeys: keys.map {
                SemanticSource.ForeignKey(columns: [$0.0], table: TableID(name: $0.1), referencedColumns: ["id"])
            })
    }

    private static let source = SemanticSource(tables: [
        table(
            "keepers",
            [("first_name", "text"), ("last_name", "text"), ("birth_date", "date"), ("is_active", "boolean")]),
        table(
            "animals",
            [
                ("name", "text"), ("species", "text"), ("weight_kg", "numeric"), ("height", "numeric"),
                ("arrived_on", "date"), ("home_country", "text"), ("breeder", "text"), ("donor", "text"),
                ("keeper_id", "integer"),
            ], [("keeper_id", "keepers")]),
        table(
            "treatments", [("treated_on", "date"), ("cost", "numeric"), ("animal_id", "integer")],
            [("animal_id", "animals")]),
        table("feedings", [("fed_on", "date"), ("animal_id", "integer")], [("animal_id", "animals")]),
    ])

    private static let planner = Planner(
        over: source,
        values: [
            "animals.home_country": ["US", "DE", "FR"],
            "animals.name": ["Bruno", "Mia"],
            "animals.breeder": ["Hagen Farm", "Ibis Trust"],
            "animals.donor": ["Ibis Trust", "Lund Bank"],
            "animals.species": ["lion", "bear"],
        ])

    private func sql(_ question: String) throws -> String? {
        guard case .plan(let planned) = Self.planner.plan(question) else { return nil }
        let day = try #require(Day("2026-05-04"))
        return try PlanCompiler(source: Self.source, clock: DataClock(today: day.date)).compile(planned.plan).sql
    }

    @Test(
        "A wording finds what it means",
        arguments: [
            ("How many animals were treated in 2025?", ["EXISTS", "treatments", "treated_on"]),
            ("How many animals are from the United States?", ["home_country = 'US'"]),
            ("How many German animals are there?", ["home_country = 'DE'"]),
            ("Who is the oldest keeper?", ["ORDER BY", "birth_date", "LIMIT 1"]),
            ("What is the average weight of the animals in kg?", ["avg", "weight_kg"]),
            ("List the names of the animals from heaviest to lightest", ["ORDER BY", "weight_kg DESC"]),
            ("List the treatments from cheapest to most expensive", ["ORDER BY treatments.cost,"]),
            ("How many animals are on record?", ["count(*)"]),
            ("How many inactive keepers are there?", ["NOT"]),
            ("How many animals were bred by Ibis Trust?", ["breeder = 'Ibis Trust'"]),
        ])
    func found(_ question: String, _ parts: [String]) throws {
        let sql = try #require(try sql(question))
        for part in parts { #expect(sql.contains(part), "\(sql)") }
    }

    @Test("Who is oldest was born first")
    func oldest() throws {
        #expect(try sql("Who is the oldest keeper?")?.contains("DESC") == false)
        #expect(try sql("Who is the youngest keeper?")?.contains("DESC") == true)
    }

    @Test(
        "What the data does not tell, or tells in another unit, is declined",
        arguments: [
            "What is the average weight of the animals in pounds?", "How many animals weigh more than 20 pounds?",
            "How many animals were vaccinated in 2025?", "How many animals are from Brazil?",
            "How many animals were insured by Ibis Trust?",
            "How many animals are from California?", "How many visitors were there in 2025?",
        ])
    func declined(_ question: String) throws {
        #expect(try sql(question) == nil)
    }

    @Test(
        "Remarks change nothing",
        arguments: [
            "in the database", "at all", "please", "in our system", "that we know of", "in our records",
        ])
    func remarks(_ remark: String) throws {
        let plain = try #require(try sql("How many animals do we have?"))
        #expect(try sql("How many animals do we have \(remark)?") == plain)
    }

    @Test(
        "Orders are read in every wording",
        arguments: [
            ("in descending order of weight", true), ("sorted by weight from high to low", true),
            ("ordered by weight descending", true), ("sorted by weight in ascending order", false),
            ("ordered by weight from lowest to highest", false), ("sorted in ascending order of weight", false),
            ("sorted by weight with the highest first", true),
        ])
    func orders(_ order: String, _ isDescending: Bool) throws {
        let sql = try #require(try sql("List the names of the animals \(order)"))
        #expect(sql.contains("ORDER BY"))
        #expect(sql.contains("weight_kg"))
        #expect(sql.contains("DESC") == isDescending)
    }

    @Test("No remark or filler hides a name of the schema")
    func nothingHidden() throws {
        let source = SemanticSource(tables: [
            Self.table("items", [("label", "text")]), Self.table("systems", [("label", "text")]),
        ])
        let planner = Planner(model: SemanticModel(source), values: ValueIndex.Builder().build())
        guard case .plan(let items) = planner.plan("How many items are there?") else {
            Issue.record("items are a table")
            return
        }
        #expect(items.plan.measures == [.count(TableID(name: "items"))])
        if case .plan = planner.plan("How many items are there in our system?") {
            Issue.record("a table of that name is no remark")
        }
    }
}
