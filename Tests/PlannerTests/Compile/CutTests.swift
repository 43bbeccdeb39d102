import Planner
import Testing

@Suite("Compiled: rows that are cut off")
struct CutTests {
    private static func compiled(_ plan: Plan) throws -> CompiledPlan { try Shop.compile(plan) }

    private static func ranking(_ limit: Int?) -> Plan {
        Plan(
            recipe: .ranking, measures: [.count(Shop.orders)],
            dimensions: [.column(ColumnID(Shop.customers, "country"))],
            order: [.init(.measure(0), isDescending: true)], limit: limit)
    }

    @Test("The last row and those behind it are what tells a tie at the cut")
    func cut() throws {
        let plan = try Self.compiled(Self.ranking(5))
        let cut = try #require(plan.cut)
        #expect(cut.sql == plan.sql.replacing("LIMIT 5", with: "LIMIT 21\nOFFSET 4"))
        #expect(cut.column == 1 && cut.name == "number_of_orders" && cut.rows == 5)
    }

    @Test("What follows a page is behind it as well")
    func offset() throws {
        var plan = Self.ranking(5)
        plan.offset = 10
        #expect(try Self.compiled(plan).cut?.sql.hasSuffix("LIMIT 21\nOFFSET 14") == true)
    }

    @Test("Nothing is cut without a limit or an order of its own")
    func none() throws {
        #expect(try Self.compiled(Self.ranking(nil)).cut == nil)
        let list = Plan(recipe: .list, subject: Shop.orders, columns: [ColumnID(Shop.orders, "id")], limit: 5)
        #expect(try Self.compiled(list).cut == nil)
    }

    @Test("Rows that were picked are put in another order around their statement")
    func reordered() throws {
        var plan = Self.ranking(5)
        plan.reordered = [.init(.dimension(0))]
        let sql = try Self.compiled(plan).sql
        #expect(sql.hasPrefix("SELECT country, number_of_orders\nFROM (SELECT"))
        #expect(sql.contains("LIMIT 5) AS results\nORDER BY country"))
        #expect(try Self.compiled(plan).cut == Self.compiled(Self.ranking(5)).cut)
    }

    @Test("An earlier period is one before, and not the same one")
    func earlier() {
        let plan = Plan(
            recipe: .comparison, measures: [.metric("Revenue")], time: Shop.october,
            comparison: .with(.calendar(.month, offset: -1, isFiscal: false)))
        #expect(throws: CompileError.self) { try Self.compiled(plan) }
    }
}
