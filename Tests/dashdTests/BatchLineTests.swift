import Agents
import Dash
import FoundationEssentials
import Planner
import ServiceRuntime
import Testing

@testable import dashd

@Suite struct BatchLineTests {
    private static let members: Set<String> = [
        "id", "outcome", "badge", "headline", "meaning", "sql", "columns", "rows", "row_count", "plan", "unused",
        "choices", "caveats", "ms",
    ]

    @Test(
        "A line asks a question, in a conversation where it names one; its id comes back as it was",
        arguments: [
            (#"{"id": 1, "question": " How many? "}"#, nil, "1"),
            (#"{"question": "How many?", "session": "a", "other": 1}"#, "a", "null"),
            (#"{"id": [1], "question": "How many?", "session": null}"#, nil, "[1]"),
        ] as [(String, String?, String)])
    func lines(text: String, session: String?, id: String) throws {
        let line = try BatchLine(text)
        #expect(line.question == "How many?" && line.session == session)
        #expect(line.id == (try JSONValue(parsing: id)))
    }

    @Test(
        "A line that asks nothing is answered with its number and the reason",
        arguments: [
            ("How many?", "null", "not JSON"), ("[]", "null", "no object"), (#"{"id": 5}"#, "5", "no text"),
            (#"{"id": 5, "question": 7}"#, "5", "no text"), (#"{"id": 5, "question": " "}"#, "5", "empty"),
            (#"{"id": 5, "question": "a", "session": 1}"#, "5", "session"),
            (#"{"id": 5, "question": "\#(String(repeating: "a", count: 8_001))"}"#, "5", "longer"),
        ])
    func malformed(text: String, id: String, reason: String) throws {
        let error = try #require(#expect(throws: BatchLine.Malformed.self) { try BatchLine(text) })
        let reply = BatchReply(error, line: 3).json
        #expect(reply["id"] == (try JSONValue(parsing: id)))
        #expect(reply["outcome"] == "failed")
        let headline = reply["headline"]?.string ?? ""
        #expect(headline.hasPrefix("line 3: ") && headline.contains(reason), "\(headline)")
        #expect(Set(try #require(reply.object).keys) == Self.members)
    }

    @Test("A result comes with its columns, and with numbers as numbers where nothing is lost")
    func result() throws {
        let table = ResultTable(
            id: "result_1", sql: "SELECT 1",
            columns: [
                .init(name: "plan", type: .text), .init(name: "n", type: .integer), .init(name: "x", type: .decimal),
                .init(name: "ok", type: .boolean), .init(name: "day", type: .date),
            ],
            rows: [
                ["a", "3", "12.50", "t", "2026-01-01"], [nil, nil, "1234567890123456.78", "f", nil],
                ["b", "9", "NaN", nil, nil],
            ], isTruncated: false, milliseconds: 1)
        let plan = Plan(recipe: .breakdown, measures: [.metric("M")])
        let answer = Answer(
            kind: .result, runID: RunID(), headline: "h", tables: [table], badge: .derived, caveats: ["c", "c"],
            unused: ["nice"],
            memory: PlanMemory(
                answered: PlannedQuestion(plan: plan, unused: ["nice"], assumptions: ["It is so."])), answeredAt: .now)
        let reply = try BatchReply(id: 1, answer, milliseconds: 12).json
        #expect(Set(try #require(reply.object).keys) == Self.members)
        #expect(reply["outcome"] == "answered" && reply["badge"] == "derived" && reply["sql"] == "SELECT 1")
        #expect(reply["columns"] == ["plan", "n", "x", "ok", "day"])
        #expect(
            reply["rows"] == [
                ["a", 3, 12.5, true, "2026-01-01"], [.null, .null, "1234567890123456.78", false, .null],
                ["b", 9, "NaN", .null, .null],
            ])
        #expect(reply["row_count"] == 3 && reply["ms"] == 12)
        #expect(reply["plan"]?["hash"]?.string == plan.hash && reply["plan"]?["recipe"] == "breakdown")
        #expect(reply["unused"] == ["nice"] && reply["caveats"] == ["c", "It is so."])
    }

    @Test(
        "A number stays a number as long as it says the same",
        arguments: [
            ("12.50", 12.5), ("-0.10", -0.1), ("0", 0), ("0.000", 0), ("0.30000000000000004", 0.30000000000000004),
            ("1e+20", 1e20), ("123456789012345.678", nil), ("33.3333333333333333", nil),
            ("0.00000000000000000001", 1e-20),
            ("90071992547409.92", 90_071_992_547_409.92), ("NaN", nil), ("Infinity", nil), ("", nil), ("12,5", nil),
            (".5", 0.5), ("99999999999999999999", nil), ("100000000000000000000", 1e20),
        ] as [(String, Double?)])
    func exact(text: String, number: Double?) { #expect(ExactNumber.value(of: text) == number) }

    @Test(
        "The kind of answer is the outcome",
        arguments: [
            (Answer.Kind.message, "answered"), (.change, "answered"), (.clarification, "clarify"),
            (.refusal, "refused"),
            (.unanswered, "refused"), (.confirmation, "refused"), (.failure, "failed"),
        ])
    func outcomes(kind: Answer.Kind, outcome: String) throws {
        let answer = Answer(kind: kind, runID: RunID(), headline: "h", choices: ["a", "b"], answeredAt: .now)
        let reply = try BatchReply(id: .null, answer, milliseconds: 0).json
        #expect(reply["outcome"]?.string == outcome)
        #expect(reply["choices"] == ["a", "b"] && reply["plan"] == .null && reply["sql"] == .null)
    }
}
