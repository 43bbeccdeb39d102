import Testing

@testable import Planner

@Suite struct CountedAnswerTests {
    private static let authors = TableID(name: "authors")
    private static let songs = TableID(name: "songs")

    private static let planner = Planner(
        model: SemanticModel(
            SemanticSource(tables: [
                .init(
                    name: "authors",
                    columns: [
                        .init(name: "id", type: "integer", isNullable: false), .init(name: "name", type: "text"),
                        .init(name: "country", type: "text"),
                    ], primaryKey: ["id"]),
                .init(
                    name: "songs",
                    columns: [
                        .init(name: "id", type: "integer", isNullable: false),
                        .init(name: "author_id", type: "integer"), .init(name: "title", type: "text"),
                        .init(name: "released_on", type: "date"),
                    ], primaryKey: ["id"],
                    foreignKeys: [.init(columns: ["author_id"], table: authors, referencedColumns: ["id"])]),
            ])), values: values)

    private static let values: ValueIndex = {
        var builder = ValueIndex.Builder()
        builder.add(["France", "Spain"], of: ColumnID(authors, "country"))
        return builder.build()
    }()

    private static func plan(_ texts: [String]) -> Plan? {
        if case .plan(let planned)? = planner.outcome(of: texts) { planned.plan } else { nil }
    }

    private static let picked = Plan(
        recipe: .breakdown, measures: [.count(songs)], dimensions: [.column(ColumnID(authors, "id"))],
        having: [.init(measure: .count(songs), comparator: .greater, number: NumberLiteral(10))])

    private static func following(_ text: String, _ plan: Plan) -> Plan? {
        if case .plan(let planned) = planner.plan(text, context: PlanContext(earlier: plan)) {
            planned.plan
        } else {
            nil
        }
    }

    @Test(
        "How many there are behind picked groups is how many groups were shown",
        arguments: ["How many are there?", "how many?", "how many of them are there?", "count them"])
    func groups(_ text: String) {
        let plan = Self.following(text, Self.picked)
        #expect(plan?.measures == [.count(Self.authors)])
        #expect(plan?.conditions == [.counted(CountedRows(Self.songs), .greater, NumberLiteral(10))])
        #expect(plan?.dimensions.isEmpty == true)
    }

    @Test("Groups that no condition can pick again are not counted as what is in them")
    func declined() {
        var few = Self.picked
        few.having[0].comparator = .less
        var cut = Self.picked
        cut.having = []
        cut.limit = 5
        var filtered = Self.picked
        filtered.conditions = [.oneOf(ColumnID(Self.authors, "country"), ["Spain"])]
        for plan in [few, cut, filtered] { #expect(Self.following("how many are there?", plan) == nil) }
    }

    @Test("Values that were listed once each are counted once each")
    func distinct() {
        let column = ColumnID(Self.authors, "country")
        let plan = Plan(recipe: .distinct, subject: Self.authors, columns: [column])
        #expect(Self.following("how many are there?", plan)?.measures == [.countDistinct(column)])
    }

    @Test("Taking the filter back also takes back what groups were picked by")
    func filter() {
        #expect(Self.following("remove the filter", Self.picked)?.having.isEmpty == true)
    }

    @Test(
        "Another order of a ranking that was cut shows the same rows",
        arguments: ["lowest first", "smallest first"])
    func order(_ text: String) {
        var cut = Self.picked
        cut.having = []
        #expect(Self.following(text, cut)?.order.count == 1)
        cut.limit = 10
        let plan = Self.following(text, cut)
        #expect(plan?.limit == 10)
        #expect(plan?.order == cut.order)
        #expect(plan?.reordered == [.init(.measure(0))])
    }

    @Test(
        "A day that no month has is named as the reason",
        arguments: [
            ("songs released on 31 November", "There is no 31 November."),
            ("songs released on 30 February 2024", "There is no 30 February."),
        ])
    func day(_ text: String, _ reason: String) {
        guard case .declined(let decline) = Self.planner.plan(text) else {
            Issue.record("It is declined.")
            return
        }
        #expect(decline.text == reason)
    }
}
