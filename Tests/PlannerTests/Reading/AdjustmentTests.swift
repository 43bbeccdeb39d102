import Planner
import Testing

@Suite struct AdjustmentTests {
    private func plan(_ question: String, _ adjustments: Adjustment...) -> PlannedQuestion? {
        guard case .plan(let planned) = Zoo.planner.plan(question, context: PlanContext(remembered: adjustments)) else {
            return nil
        }
        return planned
    }

    @Test("A taught synonym means the metric, table, column or value")
    func synonyms() throws {
        let species = ColumnID(TableID(name: "zo_animals"), "species")
        let zone = ColumnID(TableID(name: "zo_enclosures"), "enc_zone")
        #expect(plan("wonga by channel") == nil)
        let money = plan("wonga by channel", .metricSynonym(phrase: "wonga", metric: "Gate Revenue (GR)"))
        #expect(money?.plan.measures == [.metric("Gate Revenue (GR)")])
        let beasts = plan(
            "How many beasts are there?", .tableSynonym(phrase: "beasts", table: TableID(name: "zo_animals")))
        #expect(beasts?.plan.measures == [.count(TableID(name: "zo_animals"))])
        let taxa = plan("number of animals by taxon", .columnSynonym(phrase: "taxon", column: species))
        #expect(taxa?.plan.dimensions == [.column(species)])
        let wet = plan("animals in the wet part", .valueAlias(phrase: "wet part", column: zone, value: "aquarium"))
        #expect(wet?.plan.conditions == [.oneOf(zone, ["aquarium"])])
    }

    @Test("A default filter holds unless the question speaks of the column, and is said")
    func defaults() throws {
        let table = TableID(name: "zo_feedings")
        let status = ColumnID(table, "status")
        let filter = Adjustment.defaultFilter(metric: nil, table: table, condition: .oneOf(status, ["done"]))
        let planned = try #require(plan("How many feedings were there?", filter))
        #expect(planned.plan.conditions == [.oneOf(status, ["done"])])
        #expect(!planned.assumptions.isEmpty)
        let said = plan("How many feedings were skipped?", filter)
        #expect(said?.plan.conditions == [.oneOf(status, ["skipped"])])
    }

    @Test("What is taught of a metric holds for it however it is called, and for no number beside it")
    func metricDefaults() throws {
        let condition = Condition.oneOf(ColumnID(TableID(name: "zo_ticket_sales"), "channel"), ["web"])
        let filter = Adjustment.defaultFilter(metric: "Gate Revenue (GR)", table: nil, condition: condition)
        #expect(plan("takings by month", filter)?.plan.conditions == [condition])
        let both = try #require(plan("takings and refund rate", filter)?.plan)
        #expect(both.conditions.isEmpty)
        #expect(both.measures == [.filtered(.metric("Gate Revenue (GR)"), [condition]), .metric("Refund Rate")])
        #expect(plan("refund rate", filter)?.plan == Zoo.plan("refund rate"))
    }

    @Test("A word that was taught to change nothing is passed over")
    func excluded() {
        #expect(plan("jolly animals") == nil)
        #expect(plan("jolly animals", .excludedWord("jolly"))?.plan == Zoo.plan("animals"))
    }
}
