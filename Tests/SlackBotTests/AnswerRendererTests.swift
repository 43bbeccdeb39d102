import Agents
import Dash
import ServiceRuntime
import SlackAPI
import SlackBot
import Testing

@Suite struct AnswerRendererTests {
    private func rendered(_ answer: Answer) throws -> SlackMessage {
        let messages = AnswerRenderer.messages(for: answer)
        try #require(messages.count == 1)
        return messages[0]
    }

    @Test("An answer leads with its headline, then means something, then shows where it comes from")
    func order() throws {
        let message = try rendered(
            Answers.answer(tables: [Answers.table()], caveats: ["Trials are left out."], nextSteps: ["MRR by plan?"]))
        #expect(message.violations() == [])
        #expect(message.blocks.map(\.type) == ["section", "data_table", "context", "section"])
        #expect(message.text.mrkdwn.hasPrefix("*MRR is 1,300.*\n\nIt grew by 8 %."))
        for part in [
            "Trials are left out.", "MRR by plan?", "2026-01-01", "1,200.5", "Verified",
            "sum of active &lt;subscriptions&gt;",
            "status = 'active'", "2026-02-20", "current", Answers.runID.short,
        ] {
            #expect(message.text.mrkdwn.contains(part), "the text alone must say \(part)")
        }
    }

    @Test("A single value is not shown as a table")
    func singleValue() throws {
        let message = try rendered(
            Answers.answer(tables: [Answers.table(columns: [("mrr", .decimal)], rows: [["1300"]])]))
        #expect(!message.blocks.contains { $0.type == "data_table" })
    }

    @Test("A table beyond Slack's limits is cut and says so", arguments: [(500, 3), (150, 30), (200, 20), (2, 60)])
    func largeTables(_ rows: Int, _ columns: Int) throws {
        let table = Answers.table(
            columns: (0..<columns).map { ("column_\($0)", .text) },
            rows: (0..<rows).map { row in (0..<columns).map { "value \(row) \($0)" } })
        let message = try rendered(Answers.answer(tables: [table]))
        #expect(message.violations() == [])
        #expect(message.blocks.contains { $0.type == "data_table" })
        let isSaid = message.blocks.contains { block in
            if case .context(let elements) = block {
                elements.contains { $0.mrkdwn.hasPrefix("Shown: the first") }
            } else {
                false
            }
        }
        #expect(isSaid)
        #expect(message.text.mrkdwn.contains("Shown: the first"))
    }

    @Test("A result that was cut by the row cap does not pretend to be whole")
    func truncated() throws {
        let message = try rendered(Answers.answer(tables: [Answers.table(isTruncated: true)]))
        #expect(message.text.mrkdwn.contains("there are more than 2"))
    }

    @Test("Data and model text cannot mention or link, in any part of a message")
    func injection() throws {
        let evil = "<!channel> <@U1> <https://evil.example|click> https://evil.example [x](https://evil.example)"
        let answer = Answers.answer(
            headline: evil, meaning: evil,
            tables: [Answers.table(columns: [(evil, .text), ("b", .text)], rows: [[evil, evil], [nil, ""]])],
            statements: ["SELECT '\(evil)' -- ``` \(evil)"], caveats: [evil], nextSteps: [evil], choices: [evil])
        let message = try rendered(answer)
        #expect(message.violations() == [])
        #expect(!message.text.mrkdwn.contains("<"))
        for block in message.blocks where block.type != "data_table" {
            #expect(!block.json.encoded().contains("<"))
        }
        for block in message.blocks where block.type == "data_table" {
            // Literal cells, which Slack neither formats nor links; and nothing in them could be.
            let json = block.json.encoded()
            for live in ["mrkdwn", "<!", "<@", "<#", "https://", "http://"] { #expect(!json.contains(live)) }
        }
    }

    @Test("A failure is a sentence with the run's id")
    func failure() throws {
        let message = try rendered(Answers.answer(.failure, headline: "The database did not answer.", meaning: nil))
        #expect(message.text.mrkdwn == "The database did not answer. (run `\(Answers.runID.short)`)")
    }

    @Test("A clarification offers its readings")
    func clarification() throws {
        let message = try rendered(
            Answers.answer(.clarification, headline: "Which revenue?", meaning: nil, choices: ["billed", "recurring"]))
        #expect(message.text.mrkdwn == "Which revenue?\n\n1. billed\n2. recurring")
    }

    @Test("A very long text becomes several messages, in order and within the limits")
    func long() {
        let text = (1...600).map { "Sentence number \($0) of a long text." }.joined(separator: " ")
        let messages = AnswerRenderer.messages(for: Answers.answer(.message, headline: text, meaning: nil))
        #expect(messages.count > 1)
        #expect(messages.allSatisfy { $0.violations().isEmpty })
        #expect(messages.map(\.text.mrkdwn).joined() == text)
    }

    @Test("A text without end is cut, and says so")
    func endless() {
        let text = String(repeating: "All work and no play. ", count: 5_000)
        let messages = AnswerRenderer.messages(for: Answers.answer(.message, headline: text, meaning: nil))
        #expect(messages.count == 10)
        #expect(messages.last?.text.mrkdwn.contains("has been cut here") == true)
    }

    @Test("Short SQL is shown, long SQL is not")
    func statements() throws {
        func shows(_ statement: String) throws -> Bool {
            try rendered(Answers.answer(statements: [statement])).blocks.contains {
                $0.json.encoded().contains("How it was")
            }
        }
        #expect(try shows("SELECT 1"))
        #expect(try !shows("SELECT " + String(repeating: "1 + ", count: 1000) + "1"))
    }

    @Test("Whatever an answer holds, Slack would take it", arguments: 0..<60)
    func alwaysValid(_ seed: Int) {
        let size = [0, 1, 40, 400, 1500][seed % 5]
        let evil = String(repeating: ["x", "<&>", "👩‍👩‍👧 ", "```\n", "a\n\n"][seed / 5 % 5], count: size)
        let rows = [0, 1, 5, 250][seed % 4]
        let table = Answers.table(
            columns: [(evil, .text), ("n", .decimal), ("", .boolean)],
            rows: (0..<rows).map { [evil, "\($0).5", nil] })
        let answer = Answers.answer(
            seed.isMultiple(of: 2) ? .result : .message, headline: evil, meaning: evil,
            tables: [table, table, table, table],
            chart: Chart(form: .bar, title: evil, resultID: "result_1", category: evil, values: ["n"]),
            statements: [evil], caveats: [evil, evil], nextSteps: [evil])
        let messages = AnswerRenderer.messages(for: answer)
        #expect(!messages.isEmpty)
        for message in messages { #expect(message.violations() == []) }
    }
}
