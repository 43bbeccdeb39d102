import Planner
import ServiceRuntime
import Testing

@testable import Dash

@Suite struct PlanPreviewTests {
    private static let ferries = TableID(name: "ferries")

    private static let state: PlanningState = {
        var values = ValueIndex.Builder()
        values.add(["Calais", "Dover"], of: ColumnID(ferries, "harbour"))
        values.add(["Dover", "Hook"], of: ColumnID(ferries, "owner"))
        let source = SemanticSource(
            tables: [
                .init(
                    name: "ferries",
                    columns: [
                        .init(name: "id", type: "integer"), .init(name: "harbour", type: "text"),
                        .init(name: "owner", type: "text"), .init(name: "fare", type: "numeric"),
                        .init(name: "left_at", type: "date"),
                    ], primaryKey: ["id"], timeColumn: "left_at")
            ],
            metrics: [
                .init(
                    name: "Fares", definition: "Money taken.",
                    computation: .aggregate(
                        .init(table: ferries, expression: "SUM(fare)", timeColumn: "left_at"), isAdditive: true),
                    dimensions: ["harbour"])
            ])
        let query = ValidatedQuery(
            name: "idle", description: "Ferries of {harbour} that lie idle.",
            sql: "SELECT count(*) FROM ferries WHERE harbour = {harbour}",
            questions: ["Which {harbour} ferries lie idle?"],
            parameters: [.init(name: "harbour", kind: .value, column: "ferries.harbour", example: "Calais")])
        return PlanningState(source: source, values: values.build(), newest: [:], queries: [query])
    }()

    private func preview(_ question: String) throws -> PlanPreview {
        Self.state.preview(question, today: try #require(CivilDate(year: 2026, month: 7, day: 15)))
    }

    @Test("A question's plan is shown with statement, tables, period and badge, and nothing is run")
    func plan() throws {
        let preview = try preview("fares by harbour last month")
        #expect(preview.outcome == .plan && preview.readings.count == 1 && preview.text == nil)
        let reading = try #require(preview.readings.first)
        #expect(reading.hash == reading.planned.plan.hash && reading.label == nil && reading.failure == nil)
        #expect(reading.sql?.contains("SUM(fare)") == true && reading.tables == ["public.ferries"])
        #expect(reading.period == "June 2026" && reading.isCurated)
        #expect(preview.validatedQuery == nil && preview.microseconds >= 0)
        #expect(try self.preview("fares by owner").readings.first?.isCurated == false)
    }

    @Test("A value of two columns is shown as the readings to choose from")
    func choices() throws {
        let preview = try preview("number of ferries for Dover")
        #expect(preview.outcome == .clarify, "\(preview)")
        #expect(preview.readings.count == 2 && preview.readings.allSatisfy { $0.label != nil && $0.sql != nil })
        #expect(preview.text?.contains("Dover") == true)
    }

    @Test("What has no plan is shown with its reason and the words that nothing knows")
    func declined() throws {
        let preview = try preview("fares by zodiac")
        #expect(preview.outcome == .declined && preview.readings.isEmpty && preview.unknown.contains("zodiac"))
        #expect(preview.text?.isEmpty == false)
    }

    @Test("The validated query that answers it is named, with its values")
    func query() throws {
        let preview = try preview("Which Calais ferries lie idle?")
        #expect(preview.validatedQuery == "idle")
        #expect(preview.querySQL?.contains("'Calais'") == true)
    }
}
