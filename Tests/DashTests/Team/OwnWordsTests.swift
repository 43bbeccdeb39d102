import Agents
import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

/// What a model says by itself, without `give_answer`.
@Suite struct OwnWordsTests {
    @Test(
        "Numbers that state nothing about the data need no source",
        arguments: [
            "Hi! Ask me anything.", "I see 2 tables: orders and people.", "There are 3 different ways to read that.",
            "Two steps:\n1. Look at plans\n2) Compare them", "**1.** First\n- 2. Second", "As of 2026-05-28 I know it.",
            "Data begins in 2024 and ends on March 3rd.", "From 2023 to 2025.", "Until May 3 and no longer",
            "Since 2024, plans have names.",
            "on the 3rd of May, at 14:30",
            "It was 21 November 2026.", "Today is May 28, 2026.", "In Q3 B2B grew.", "You asked for the top 7 wards.",
        ])
    func harmless(_ text: String) {
        #expect(OwnWords([], heard: ["the top 7 wards, please"]).unknown(in: text) == [])
    }

    @Test(
        "Numbers about the data do",
        arguments: [
            ("Our MRR is $5,000,000.", ["5,000,000"]), ("We have 3 customers.", ["3"]), ("It rose 12%.", ["12%"]),
            ("We had 2000 customers in May.", ["2000"]), ("Revenue of 2024 million", ["2024 million"]),
            ("You have 41 tables' worth.", ["41"]), ("2 times higher", ["2"]), ("1. MRR is 9", ["9"]),
            ("in 2024 customers", ["2024"]), ("In March 20 customers left", ["20"]), ("It grew to 2024.", ["2024"]),
            ("5M", ["5M"]), ("up 3 points", ["3"]), ("MRR: 5000 in 2024.", ["5000"]),
        ])
    func loose(_ text: String, _ unknown: [String]) {
        #expect(OwnWords([], heard: ["a question"]).unknown(in: text) == unknown)
    }

    private func ask(_ team: TeamFixture, _ text: String, _ turns: ScriptedModel.Turn...) async throws -> Answer {
        try await team.ask(text, models: TeamModels(model: ScriptedModel(turns), usesFastPath: false))
    }

    @Test("The leader's own number is not posted where no statement ran")
    func leader() async throws {
        try await TeamFixture.with { team in
            let answer = try await ask(team, "What is our MRR?", .text("Our MRR is $5,000,000."))
            #expect(answer.kind == .unanswered)
            #expect(answer.badge == .needsInput)
            #expect(answer.headline == "I could not ground this in your data.")
            #expect(answer.meaning?.contains("Ask for one measure") == true)
            #expect(!"\(answer)".contains("5,000,000"))
        }
    }

    @Test("Small talk, the person's own numbers, the conversation's and knowledge's may be said")
    func said() async throws {
        try await TeamFixture.with { team in
            let texts = [
                ("Hello, I plan 120 stays", "120 stays? I can look at 2 tables for that."),
                ("And how did I say?", "You said 120 stays."),
                ("How many beds has surgery?", "The handbook says surgery has 12 beds."),
            ]
            for (question, reply) in texts {
                let answer = try await ask(team, question, .text(reply))
                #expect(answer.kind == .message)
                #expect(answer.headline == reply)
            }
        }
    }

    @Test("What follows from a statement that ran may be said")
    func counted() async throws {
        try await TeamFixture.with { team in
            let answer = try await ask(
                team, "Count stays please",
                .calls(ToolCall(id: "1", name: "delegate", arguments: ["agent": "analyst", "task": "count stays"])),
                .calls(
                    ToolCall(id: "2", name: "run_sql", arguments: ["sql": "SELECT count(*) AS stays FROM admissions"])),
                .text("There are 60 stays."), .text("There are 60 stays."))
            #expect(answer.kind == .result)
            #expect(answer.badge == .generated)
            #expect(answer.headline == "There are 60 stays.")
        }
    }

    @Test("A refusal and a report of something built are checked as well; what was built is told all the same")
    func others() async throws {
        try await TeamFixture.with { team in
            let refused = try await ask(
                team, "Tell me", .text("No, though MRR is 4711.", finishReason: .refused))
            #expect(refused.kind == .refusal)
            #expect(refused.headline == "I can't help with that.")
            let built = try await ask(
                team, "Create a view of stays",
                .calls(ToolCall(id: "1", name: "delegate", arguments: ["agent": "engineer", "task": "view of stays"])),
                .calls(
                    ToolCall(
                        id: "2", name: "run_sql",
                        arguments: ["sql": "CREATE VIEW dash.all_stays AS SELECT id, ward FROM admissions"])),
                .text("Built dash.all_stays with 4711 rows."), .text("Built dash.all_stays with 4711 rows."))
            #expect(built.kind == .change)
            #expect(built.headline == "I changed schema dash; the statements show how.")
            #expect(built.provenance?.statements.first?.contains("all_stays") == true)
        }
    }
}
