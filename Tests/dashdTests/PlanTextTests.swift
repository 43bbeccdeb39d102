import Planner
import Testing

@testable import Dash
@testable import dashd

@Suite struct PlanTextTests {
    private static let ferries = TableID(name: "ferries")

    private static func reading(_ label: String? = nil) -> PlanPreview.Reading {
        var planned = PlannedQuestion(plan: Plan(recipe: .value, measures: [.count(ferries)]))
        planned.evidence = [.init(words: "ferries", meaning: "rows of ferries", source: .table, score: 1)]
        planned.unused = ["please\u{1B}[31m"]
        planned.assumptions = ["Taken so."]
        var reading = PlanPreview.Reading(label: label, hash: planned.plan.hash, planned: planned)
        reading.sql = "SELECT count(*) FROM ferries"
        reading.tables = ["public.ferries"]
        reading.filters = ["harbour = 'Dover'"]
        reading.period = "June 2026"
        return reading
    }

    private static func preview(_ outcome: PlanPreview.Outcome, _ readings: [PlanPreview.Reading]) -> PlanPreview {
        PlanPreview(question: "ferries?", outcome: outcome, readings: readings, microseconds: 7)
    }

    private func text(_ preview: PlanPreview) -> String { PlanText(preview, page: TextPage(width: 80)).rendered }

    @Test("A plan shows what each word is taken for, then plan, period, filters, tables and statement")
    func plan() {
        let text = text(Self.preview(.plan, [Self.reading()]))
        let parts = [
            "words", "ferries", "rows of ferries", "table", "1.00", "Plan    value, hash", "Period  June 2026",
            "Filters harbour = 'Dover'", "Tables  public.ferries", "Unused", "Assumed Taken so.",
            "SELECT count(*) FROM ferries;",
        ]
        var rest = text[...]
        for part in parts {
            guard let range = rest.firstRange(of: part) else {
                Issue.record("\(part) is not in its place in\n\(text)")
                return
            }
            rest = rest[range.upperBound...]
        }
        #expect(!text.contains("\u{1B}"))
    }

    @Test("Readings are numbered as a reply names them, and a reading without a statement says why")
    func choices() {
        var failing = Self.reading("the owner")
        failing.sql = nil
        failing.failure = "No sound way."
        var preview = Self.preview(.clarify, [Self.reading("the harbour"), failing])
        preview.text = "Which one?"
        let text = text(preview)
        #expect(text.contains("Could mean: Which one?") && text.contains("1. the harbour"))
        #expect(text.contains("2. the owner") && text.contains("No SQL  No sound way."))
    }

    @Test("What is not planned says why, which words are not known, and what is near")
    func declined() {
        var preview = Self.preview(.declined, [])
        (preview.text, preview.unknown, preview.suggestions) = ("Not known.", ["zodiac"], ["ferries by harbour"])
        (preview.validatedQuery, preview.querySQL) = ("idle", "SELECT 1")
        let text = text(preview)
        #expect(text.contains("Answered by the validated query idle") && text.contains("SELECT 1;"))
        #expect(text.contains("No plan: Not known.") && text.contains("Not known: zodiac"))
        #expect(text.contains("Near it") && text.contains("ferries by harbour"))
    }
}
