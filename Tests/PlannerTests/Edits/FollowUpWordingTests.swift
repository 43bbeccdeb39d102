import Planner
import ServiceRuntime
import Testing

@Suite struct FollowUpWordingTests {
    @Test(
        "A follow-up says what it changes, and nothing else is changed",
        arguments: [
            (["number of sales by region", "only unpaid"], "number of sales by region · not is_paid"),
            (["number of sales by region", "just the unpaid ones"], "number of sales by region · not is_paid"),
            (["number of sales by region", "without unpaid"], "number of sales by region · is_paid"),
            (["grist by flour", "only US bakeries"], "grist by flour · region=US"),
            (["grist by flour", "only retail bakeries"], "grist by flour · trade=retail"),
            (["number of sales", "only US sales"], "number of sales · region=US"),
            (["number of bakeries", "only the retail ones"], "number of bakeries · trade=retail"),
            (["grist", "just retail"], "grist · trade=retail"),
            (["grist", "just for retail"], "grist · trade=retail"),
            (["grist", "only bakeries in the US"], "grist · region=US"),
            (["grist", "without retail in the US"], "grist · not trade=retail · region=US"),
            (["grist", "without retail and export"], "grist · not trade=retail · not trade=export"),
            (["grist", "only retail", "not retail"], "grist · not trade=retail"),
            (["grist", "not retail", "only retail"], "grist · trade=retail"),
            (["grist", "only retail and export", "without export"], "grist · trade=retail"),
            (["grist", "all but rye"], "grist · not flour=rye"),
            (["grist by flour last month", "only annual"], "grist by flour last month · rhythm=annual"),
            (["grist", "only rye", "also spelt"], "grist · flour=rye,spelt"),
            (["grist", "only rye", "and spelt?"], "grist · flour=spelt"),
            (["grist", "only rye", "remove the filter"], "grist"),
            (["grist", "only rye", "only US", "remove the filter on flour"], "grist · region=US"),
            (["grist", "only rye", "all flours"], "grist"),
            (["grist by flour last month", "by quarter"], "grist by quarter,flour"),
            (["grist by flour", "and by month"], "grist by month,flour"),
            (["grist by flour", "by month and region"], "grist by month,region"),
            (["grist by flour", "by month instead"], "grist by month"),
            (["grist by month", "by flour instead of by month"], "grist by flour"),
            (["grist by flour", "mean load instead of grist"], "mean load by flour"),
            (["grist", "same for US"], "grist · region=US"),
            (["grist in 2024", "what about last year"], "grist last year"),
            (["grist by flour", "top 2", "all of them"], "ranking"),
            (["grist by flour", "in total"], "grist"),
            (["grist by flour", "overall"], "grist"),
            (["grist", "by flour", "only US", "in 2024", "as a table"], "grist by flour in 2024 · region=US · table"),
        ])
    func changes(texts: [String], expected: String) throws {
        let plan = try #require(Mill.plan(texts), "\(texts) → \(String(describing: Mill.outcome(texts)))")
        #expect(Self.sketch(plan) == expected || plan.recipe.rawValue == expected && plan.limit == nil, "\(texts)")
    }

    @Test(
        "A follow-up that is not understood as a whole is declined with a sentence",
        arguments: [
            ["grist", "only purple"], ["grist", "only retail zebras"], ["number of bakeries", "only US sales"],
            ["grist", "by zebra"], ["grist", "without 2023"], ["grist", "only"], ["grist", "and"],
            ["grist", "by"], ["grist", "also rye"], ["grist", "top 3"], ["grist", "what about"],
            ["grist by flour", "remove the region"], ["grist by flour", "rye instead of region"],
            ["grist", "remove the split by zebra"],
        ])
    func declines(texts: [String]) throws {
        guard case .declined(let decline)? = Mill.outcome(texts) else {
            Issue.record("\(texts) → \(String(describing: Mill.outcome(texts)))")
            return
        }
        #expect(!decline.text.isEmpty)
    }

    private static let starts = [
        "grist", "grist in 2024", "grist last month", "number of sales", "number of bakeries", "grist only rye",
        "grist by month", "number of sales by month", "mean load", "grist this month vs last month", "total sacks",
    ]

    private static let follows = [
        "by flour", "by region", "by month", "only rye", "only US", "not retail", "without rye", "last year", "in 2023",
        "top 2", "bottom 3", "as a table", "as a chart", "in total", "remove the split", "and mean load", "only unpaid",
        "remove the filters", "and by region", "by bakery", "all of them", "mean load instead", "vs last year",
    ]

    @Test("A split that is taken back leaves the plan as it was, after any edits")
    func isUndone() {
        var random = SplitMix64(seed: 77)
        func pick(_ texts: [String]) -> String { texts[Int(random.next() % UInt64(texts.count))] }
        var taken = 0
        for _ in 0..<300 {
            var texts = [pick(Self.starts)]
            for _ in 0..<Int(random.next() % 4) { texts.append(pick(Self.follows)) }
            let split = texts + [pick(["by flour", "by region", "by trade", "by bakery", "per rhythm"])]
            guard let first = Mill.plan(texts), first.dimensions.allSatisfy(\.isOfTime), let plan = Mill.plan(split),
                plan.limit == first.limit
            else { continue }
            #expect(plan != first)
            #expect(Mill.plan(split + ["remove the split"]) == first, "\(split)")
            taken += 1
        }
        #expect(taken > 100, "only \(taken)")
    }

    @Test("Edits over many turns compile, or are declined with a sentence", arguments: 0..<300)
    func composes(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        func pick(_ texts: [String]) -> String { texts[Int(random.next() % UInt64(texts.count))] }
        let today = try #require(CivilDate(year: 2024, month: 5, day: 17))
        let compiler = PlanCompiler(
            source: Mill.source, clock: DataClock(today: today, newest: [:]))
        var plan = try #require(Mill.plan([pick(Self.starts)]))
        for _ in 0..<5 {
            let text = pick(Self.follows)
            switch Mill.planner.plan(text, context: PlanContext(earlier: plan)) {
            case .plan(let planned): plan = planned.plan
            case .clarify(let clarification): #expect(clarification.choices.count > 1)
            case .declined(let decline): #expect(!decline.text.isEmpty)
            }
            #expect(!Self.compiled(plan, compiler).isEmpty)
        }
    }

    /// The statement, or the sentence why there is none.
    private static func compiled(_ plan: Plan, _ compiler: PlanCompiler) -> String {
        do {
            return try compiler.compile(plan).sql
        } catch {
            return error.description
        }
    }

    // MARK: Plans in few words

    private static func sketch(_ plan: Plan) -> String {
        var text = plan.measures.map { measure in
            switch measure {
            case .metric(let name): name.lowercased()
            case .count(let table): "number of \(table.name)"
            default: "\(measure)"
            }
        }.joined(separator: ",")
        if !plan.dimensions.isEmpty { text += " by " + plan.dimensions.map(sketch).joined(separator: ",") }
        if let time = plan.time {
            let phrase = time.period.phrase
            text += (phrase.allSatisfy(\.isNumber) ? " in " : " ") + phrase
        }
        for condition in plan.conditions { text += " · " + sketch(condition) }
        if plan.presentation != .automatic { text += " · \(plan.presentation.rawValue)" }
        return text
    }

    private static func sketch(_ dimension: Dimension) -> String {
        switch dimension {
        case .column(let column): column.name
        case .time(_, let grain): grain.rawValue
        default: "\(dimension)"
        }
    }

    private static func sketch(_ condition: Condition) -> String {
        switch condition {
        case .oneOf(let column, let values): "\(column.name)=\(values.joined(separator: ","))"
        case .isTrue(let column): column.name
        case .not(let inner): "not \(sketch(inner))"
        default: "\(condition)"
        }
    }
}

extension Dimension {
    fileprivate var isOfTime: Bool {
        if case .time = self { return true }
        return false
    }
}
