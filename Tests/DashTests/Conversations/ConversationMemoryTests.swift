import Agents
import FoundationEssentials
import Planner
import ServiceRuntime
import Testing

@testable import Dash

@Suite struct ConversationMemoryTests {
    private static func planned(_ name: String) -> PlannedQuestion {
        PlannedQuestion(plan: Plan(recipe: .value, measures: [.metric(name)]))
    }

    private static let choices = ["Net revenue", "Gross revenue", "Revenue of the plan Basic"].map { label in
        Clarification.Choice(
            label: label, question: planned(label), decision: .metricSynonym(phrase: "revenue", metric: label))
    }

    private static func turn(_ kind: Answer.Kind, _ memory: PlanMemory? = nil) -> Turn {
        Turn(
            content: .answer(
                Answer(
                    kind: kind, runID: RunID(), headline: "H", provenance: kind == .result ? Provenance() : nil,
                    memory: memory, answeredAt: Date(timeIntervalSince1970: 0))),
            time: Date(timeIntervalSince1970: 0))
    }

    @Test(
        "A reply takes a choice by its number, its label or words that only it has",
        arguments: [
            ("2", "Gross revenue"), ("the first one", "Net revenue"), ("option 3", "Revenue of the plan Basic"),
            ("net", "Net revenue"), ("I mean gross revenue", "Gross revenue"), ("4", nil), ("revenue", nil),
            ("by plan", nil), ("basic plan", "Revenue of the plan Basic"), ("something else", nil),
            ("only basic", nil),
        ] as [(String, String?)])
    func choice(_ reply: String, _ expected: String?) {
        let memory = ConversationMemory([Self.turn(.clarification, PlanMemory(offered: Self.choices))])
        #expect(memory.choice(for: reply)?.label == expected)
    }

    @Test("What was not understood leaves the choices before it open once, and no longer")
    func openChoices() {
        let asked = Self.turn(.clarification, PlanMemory(offered: Self.choices))
        #expect(ConversationMemory([asked, Self.turn(.unanswered)]).choice(for: "2")?.label == "Gross revenue")
        #expect(
            ConversationMemory([asked, Self.turn(.unanswered), Self.turn(.unanswered)]).choice(for: "2") == nil)
        #expect(ConversationMemory([asked, Self.turn(.result)]).choice(for: "2") == nil)
    }

    @Test("Only the latest answer's choices can be taken")
    func latestChoices() {
        let memory = ConversationMemory([
            Self.turn(.clarification, PlanMemory(offered: Self.choices)), Self.turn(.message),
        ])
        #expect(memory.choice(for: "2") == nil)
    }

    @Test("The plan that follow-ups edit survives what was not answered, and no answer of a fixed query")
    func earlier() {
        let answered = PlanMemory(answered: Self.planned("MRR"))
        #expect(
            ConversationMemory([Self.turn(.result, answered), Self.turn(.unanswered), Self.turn(.message)]).earlier
                == Self.planned("MRR"))
        #expect(ConversationMemory([Self.turn(.result, answered), Self.turn(.result)]).earlier == nil)
        #expect(ConversationMemory([]).earlier == nil)
    }

    @Test("What was decided is carried on with every answer, the latest decision last and once")
    func decisions() throws {
        let first = Adjustment.excludedWord("roughly")
        let second = Adjustment.excludedWord("about")
        let memory = ConversationMemory([
            Self.turn(.result, PlanMemory(decisions: [first, second])), Self.turn(.failure),
        ])
        #expect(memory.decisions == [first, second])
        #expect(memory.deciding([first]) == [second, first])
        let many = (0..<50).map { Adjustment.excludedWord("w\($0)") }
        #expect(memory.deciding(many).count == 20)
    }

    @Test("A memory of another version costs the answer nothing but the memory")
    func unreadable() throws {
        var answer = Answer(
            kind: .result, runID: RunID(), headline: "H", memory: PlanMemory(answered: Self.planned("MRR")),
            answeredAt: Date(timeIntervalSince1970: 0))
        answer.memory?.decisions = [.excludedWord("roughly")]
        let text = try JSONValue(encoding: answer).encoded().replacing("\"recipe\":\"value\"", with: "\"recipe\":\"x\"")
        let read: Answer = try #require(StoredJSON.decode(text))
        #expect(read.headline == "H")
        #expect(read.memory?.answered == nil)
        #expect(read.memory?.decisions == [.excludedWord("roughly")])
    }
}
