import Agents
import FoundationEssentials
import Planner
import Testing

@testable import Dash

/// The built-in model on the planner, against a real server.
@Suite struct GroundedRouteTests {
    @Test("Follow-ups edit the plan, whoever of the replicas answers, and the last number can be explained")
    func followUps() async throws {
        try await TeamFixture.with { team in
            try await team.ask("What's our treatment cost?")
            let split = try await team.ask("by ward")
            #expect(split.badge == .verified)
            #expect(split.tables.first?.columns.map(\.name) == ["ward", "treatment_cost"])
            let narrowed = try await team.ask("only emergency")
            #expect(narrowed.provenance?.filters.contains { $0.contains("emergency") } == true)
            #expect(narrowed.tables.first?.rows.count == 3)
            let ranked = try await team.ask("top 2")
            #expect(ranked.tables.first?.rows.count == 2)
            #expect(ranked.headline.hasPrefix("Top 2 by Treatment Cost"))
            let drawn = try await team.ask("as a chart")
            #expect(drawn.chart?.form == .bar)
            let tabled = try await team.ask("as a table")
            #expect(tabled.chart == nil)
            let why = try await team.ask("why that number?")
            #expect(why.kind == .message)
            #expect(why.meaning?.contains("Cost of all stays.") == true)
            #expect(why.meaning?.contains("emergency") == true)
            #expect(why.provenance?.statements == tabled.provenance?.statements)
            // Of the two that are shown, or of all: that is not said.
            let total = try await team.ask("in total")
            #expect(total.badge == .needsInput)
        }
    }

    private static func choice(_ label: String, _ column: String) -> Clarification.Choice {
        Clarification.Choice(
            label: label,
            question: PlannedQuestion(
                plan: Plan(
                    recipe: .breakdown, measures: [.metric("Treatment Cost")],
                    dimensions: [.column(ColumnID(TableID(name: "admissions"), column))])),
            decision: .metricSynonym(phrase: "spending", metric: "Treatment Cost"))
    }

    @Test("A reply takes a choice's plan, and what it decides holds for the conversation alone")
    func choices() async throws {
        try await TeamFixture.with { team in
            let asked = Answer(
                kind: .clarification, runID: RunID(), headline: "Which split?", choices: ["by ward", "by urgency"],
                memory: PlanMemory(offered: [
                    Self.choice("the ward", "ward"), Self.choice("the urgency", "urgency"),
                ]), answeredAt: Date(timeIntervalSince1970: 1_780_000_000))
            try await team.conversations.store(team.question("split spending"), asked, key: "first")
            let answer = try await team.ask("2")
            #expect(answer.kind == .result)
            #expect(answer.tables.first?.columns.first?.name == "urgency")
            let later = try await team.ask("What is our spending?")
            #expect(later.headline.contains("€12,015.00"))
            #expect(try await team.ask("What is our spending?", in: "another").kind != .result)
        }
    }

    @Test("What leans on a question back, and takes none of its choices, leaves them open")
    func leaning() async throws {
        try await TeamFixture.with { team in
            let asked = Answer(
                kind: .clarification, runID: RunID(), headline: "Which split?", choices: ["the ward", "the urgency"],
                memory: PlanMemory(offered: [
                    Self.choice("the ward", "ward"), Self.choice("the urgency", "urgency"),
                ]), answeredAt: Date(timeIntervalSince1970: 1_780_000_000))
            try await team.conversations.store(team.question("split spending"), asked, key: "first")
            let open = try await team.ask("only those with an urgency of planned")
            #expect(open.kind == .clarification)
            #expect(open.choices == ["the ward", "the urgency"])
            #expect(try await team.ask("2").tables.first?.columns.first?.name == "urgency")
        }
    }

    @Test("What a person teaches is proved, applies to them at once, and to others once it is approved")
    func taught() async throws {
        try await TeamFixture.with { team in
            let noted = try await team.ask("No, by expenditure I mean treatment cost")
            #expect(noted.kind == .message)
            #expect(noted.meaning?.contains("“expenditure” means the metric Treatment Cost.") == true)
            let mine = try await team.ask("What is our expenditure?", in: "mine")
            #expect(mine.kind == .result)
            #expect(mine.headline.contains("€12,015.00"))
            #expect(try await team.ask("What is our expenditure?", in: "theirs", by: "local:bob").kind != .result)
            let learning = try #require(try await team.learnings.list().first)
            #expect(learning.teaching?.regression.plan.measures == [.metric("Treatment Cost")])
            _ = try await team.learnings.approve(learning.id, by: "boss")
            #expect(try await team.ask("What is our expenditure?", in: "later", by: "local:bob").kind == .result)
        }
    }

    @Test("A filter that is taught changes the number and is shown; what no question proves stays text")
    func taughtFilter() async throws {
        try await TeamFixture.with { team in
            let noted = try await team.ask("Treatment cost excludes planned stays")
            #expect(noted.meaning?.contains("Treatment Cost counts only rows where") == true)
            let answer = try await team.ask("What's our treatment cost?", in: "next")
            #expect(answer.tables.first?.rows.first?.first != "12015.00")
            #expect(answer.provenance?.filters.contains { $0.contains("planned") } == true)
            let text = try await team.ask("No, stays are never counted twice", in: "text")
            #expect(text.meaning?.contains("beside the number") == true)
        }
    }

    @Test(
        "What was taught goes before a fixed query for the very question, which cannot follow it; what is known is not kept"
    )
    func taughtBeforeQueries() async throws {
        let fixed = ValidatedQuery(
            name: "cost_now", description: "What all stays have cost.",
            sql: "SELECT sum(cost) AS treatment_cost FROM admissions", questions: ["What is our treatment cost?"])
        try await TeamFixture.with(knowledge: TeamFixture.knowledge + [.query(fixed)]) { team in
            let before = try await team.ask("What is our treatment cost?")
            #expect(before.provenance?.validatedQuery == "cost_now")
            try await team.ask("Treatment cost should leave out planned stays")
            let after = try await team.ask("What is our treatment cost?", in: "next")
            #expect(after.provenance?.validatedQuery == nil && after.badge == .derived, "\(after)")
            #expect(after.provenance?.filters.contains { $0.contains("planned") } == true)
            #expect(
                after.caveats.contains { $0.contains("taught") } && !after.caveats.contains { $0.contains("Noted") })
            #expect(
                try await team.ask("What is our treatment cost?", in: "theirs", by: "local:bob").headline
                    == before.headline)
            let again = try await team.ask("Treatment cost should leave out planned stays", in: "again")
            #expect(again.headline == "I read it so already.")
            #expect(try await team.learnings.list().count == 1)
        }
    }

    @Test(
        "A fixed query that has all the words and rows of something else is no answer",
        arguments: ["nights by ward", "Where do the nights come from?", "What day is it?"])
    func otherRows(_ question: String) async throws {
        let nights = ValidatedQuery(
            name: "nights_by_ward_and_bed", description: "Nights stayed by day, by ward and bed; come from where.",
            sql: """
                SELECT * FROM (VALUES ('icu', 'a', 1), ('icu', 'b', 2), ('surgery', 'a', 3)) AS n (ward, bed, nights)
                """,
            questions: ["Show the nights that were stayed"])
        try await TeamFixture.with(knowledge: TeamFixture.knowledge + [.query(nights)]) { team in
            let answer = try await team.ask(question)
            #expect(answer.provenance?.validatedQuery == nil, "\(answer)")
        }
    }

    @Test("A period that the data does not reach has no value, and is no refusal")
    func emptyPeriod() async throws {
        try await TeamFixture.with { team in
            let answer = try await team.ask("Treatment cost in 2024")
            #expect(answer.kind == .result)
            #expect(answer.headline.contains("2024"))
            #expect(answer.headline.contains("no value"))
            #expect(answer.badge == .derived)
        }
    }

    @Test("A view is built from a metric by a declared dimension")
    func metricView() async throws {
        try await TeamFixture.with { team in
            let made = try await team.ask("Create a view for treatment cost by ward")
            #expect(made.kind == .change)
            #expect(made.headline.contains("from the metric Treatment Cost"))
            let dated = try await team.ask("Create a view for treatment cost by ward in 2026", in: "dated")
            #expect(dated.kind == .unanswered)
        }
    }

    @Test("What a fixed query answered is changed by the plan that gives the same, and by no other")
    func fixedAnswers() async throws {
        let longest = ValidatedQuery(
            name: "dearest_wards", description: "Wards with what stays have cost there.",
            sql: "SELECT ward, count(*) AS stays FROM admissions GROUP BY 1 ORDER BY 2 DESC, 1",
            questions: ["How many admissions by ward are there?"])
        let riddle = ValidatedQuery(
            name: "riddles", description: "What cannot be planned.", sql: "SELECT 42 AS riddles",
            questions: ["How many riddles are solved?"])
        try await TeamFixture.with(knowledge: TeamFixture.knowledge + [.query(longest), .query(riddle)]) { team in
            let fixed = try await team.ask("How many admissions by ward are there?")
            #expect(fixed.provenance?.validatedQuery == "dearest_wards", "\(fixed)")
            #expect(fixed.memory?.answered == nil && fixed.memory?.likely.count == 1, "\(fixed)")
            let narrowed = try await team.ask("only emergency")
            #expect(narrowed.kind == .result, "\(narrowed)")
            #expect(narrowed.provenance?.filters.contains { $0.contains("emergency") } == true)
            #expect(narrowed.tables.first?.rows.count == 3)

            _ = try await team.ask("How many riddles are solved?", in: "riddle")
            for text in ["only emergency", "by ward", "top 5", "emergency"] {
                let declined = try await team.ask(text, in: "riddle")
                #expect(declined.kind == .unanswered, "\(declined)")
                #expect(declined.headline.contains("fixed query") && declined.meaning?.contains("riddles") == true)
                #expect(!declined.nextSteps.isEmpty)
            }
        }
    }

    @Test("A query that other definitions contradict is not verified, and both numbers are said")
    func contradiction() async throws {
        try await TeamFixture.with { team in
            let wrong = ValidatedQuery(
                name: "cost_by_ward", description: "Treatment cost by ward.",
                sql: "SELECT ward, sum(cost) + 1 AS treatment_cost FROM admissions GROUP BY 1 ORDER BY 1",
                questions: ["Treatment cost by ward"])
            try await team.knowledge.save(KnowledgeEntry(content: .query(wrong), source: "queries/hospital.sql"))
            let answer = try await team.ask("Treatment cost by ward")
            #expect(answer.provenance?.validatedQuery == "cost_by_ward")
            #expect(answer.badge == .derived)
            #expect(answer.caveats.contains { $0.contains("different numbers") && $0.contains("Neither is verified") })
            let right = ValidatedQuery(
                name: "cost_by_urgency", description: "Treatment cost by urgency.",
                sql: "SELECT urgency, round(sum(cost), 1) AS cost FROM admissions GROUP BY 1 ORDER BY 1",
                questions: ["Treatment cost by urgency"])
            try await team.knowledge.save(KnowledgeEntry(content: .query(right), source: "queries/hospital.sql"))
            let agreed = try await team.ask("Treatment cost by urgency", in: "agreed")
            #expect(agreed.badge == .verified)
            let edited = try await team.ask("only icu", in: "agreed")
            #expect(edited.provenance?.filters.contains { $0.contains("icu") } == true)
        }
    }
}

/// Validated queries with parameters, end to end.
@Suite struct OpenQueryRouteTests {
    private static let stays = ValidatedQuery(
        name: "stay_reasons", description: "How long stays of the ward {ward} last, in days, in {period}.",
        sql: """
            SELECT urgency, count(*) AS stays FROM admissions
            WHERE ward = {ward} AND admitted_at >= {period.start} AND admitted_at < {period.end}
            GROUP BY urgency ORDER BY urgency
            """,
        questions: ["Why do {ward} stays last so long in {period}?"],
        parameters: [
            .init(name: "ward", kind: .value, column: "admissions.ward", example: "icu"),
            .init(name: "period", kind: .period, column: "admissions.admitted_at", example: "last month"),
        ])

    @Test("A question with values of its own runs the validated query that leaves them open, and is verified")
    func parameters() async throws {
        try await TeamFixture.with(knowledge: TeamFixture.knowledge + [.query(Self.stays)]) { team in
            let answer = try await team.ask("Why do maternity stays last so long in March 2026?")
            #expect(answer.kind == .result && answer.badge == .verified, "\(answer)")
            #expect(answer.provenance?.validatedQuery == "stay_reasons")
            #expect(
                answer.provenance?.definitions.first?.text.contains("ward maternity last, in days, in March 2026")
                    == true)
            let sql = try #require(answer.provenance?.statements.first)
            #expect(sql.contains("ward = ('maternity')") && sql.contains("(date '2026-03-01')"))
            let unknown = try await team.ask("Why do oncology stays last so long in March 2026?", in: "another")
            #expect(unknown.kind != .result, "\(unknown)")
        }
    }
}
