import Agents
package import Dash
package import SlackAPI

/// An answer as Slack messages, in order. Pure.
///
/// Each message's `text` stands alone: it is what notifications and screen readers get, and what is sent where Slack
/// refuses the blocks.
package enum AnswerRenderer {
    /// Of the words of one message; with the table's text and the provenance they stay below Slack's limit.
    private static let longestWords = 2_800
    private static let mostTables = 3
    /// Nobody reads more in a thread.
    private static let mostMessages = 10

    package static func messages(for answer: Answer) -> [SlackMessage] {
        var parts = Mrkdwn.split(words(of: answer), limit: longestWords)
        if parts.count > mostMessages {
            parts = parts.prefix(mostMessages - 1) + ["_The answer was longer; it has been cut here._"]
        }
        let last = parts.popLast() ?? "…"
        let leading = parts.map { SlackMessage(text: $0, blocks: [.section(text: $0)]) }
        return leading + [checked(final(answer, words: last))]
    }

    /// Headline, meaning, choices, caveats and next steps.
    private static func words(of answer: Answer) -> String {
        var paragraphs = [headline(of: answer)]
        if let meaning = answer.meaning, !meaning.isEmpty { paragraphs.append(Mrkdwn.fromMarkdown(meaning)) }
        paragraphs += bullets(nil, answer.choices)
        paragraphs += bullets(nil, answer.caveats, sign: "⚠️")
        paragraphs += bullets("Next, you could ask:", answer.nextSteps)
        return paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func headline(of answer: Answer) -> String {
        let text = Mrkdwn.trimmed(lines: answer.headline)
        switch answer.kind {
        case .failure: return "\(Mrkdwn.fromMarkdown(text)) (run `\(answer.runID.short)`)"
        case .result, .change:
            guard text.utf16.count <= 300, !text.contains(where: { $0.isNewline || "*_`~".contains($0) }) else {
                return Mrkdwn.fromMarkdown(text)
            }
            return text.isEmpty ? "" : "*\(Mrkdwn.escape(text))*"
        case .message, .clarification, .refusal, .unanswered: return Mrkdwn.fromMarkdown(text)
        }
    }

    private static func bullets(_ title: String?, _ items: [String], sign: String = "•") -> [String] {
        guard !items.isEmpty else { return [] }
        let lines = items.prefix(10).map { "\(sign) \(Mrkdwn.fromMarkdown($0))" }
        return [((title.map { [$0] } ?? []) + lines).joined(separator: "\n")]
    }

    private static func final(_ answer: Answer, words: String) -> SlackMessage {
        var blocks: [SlackBlock] = [.section(text: words)]
        var text = [words]
        let tables = answer.tables.map { ($0, TableRenderer($0)) }.filter(\.1.isWorthShowing)
        var room = SlackLimits.tableCharacters - 500
        for (index, (_, renderer)) in tables.prefix(mostTables).enumerated() {
            let caption = tables.count == 1 ? "Result" : "Result \(index + 1)"
            guard let (block, note) = renderer.block(caption: caption, characters: room / (index == 0 ? 1 : 2)) else {
                continue
            }
            room -= SlackBlock.dataTable(block).characters
            blocks.append(.dataTable(block))
            if let note { blocks.append(.context([note])) }
        }
        if tables.count > mostTables {
            blocks.append(.context(["\(tables.count - mostTables) more results are not shown."]))
        }
        if let (_, renderer) = tables.first {
            let (table, note) = renderer.text()
            text.append(Mrkdwn.fence(table) + (note.map { "\n\($0)" } ?? ""))
        }
        if let chart = answer.chart, let table = answer.tables.first(where: { $0.id == chart.resultID }),
            let block = ChartRenderer.block(chart, of: table)
        {
            blocks.append(.dataVisualization(block))
        }
        if answer.kind == .result || answer.kind == .change || answer.provenance != nil {
            let lines = ProvenanceText.lines(answer)
            blocks.append(.context([lines.joined(separator: "\n")].flatMap { Mrkdwn.split($0, limit: 1_900) }))
            if let statements = ProvenanceText.statements(answer) { blocks.append(.section(text: statements)) }
            text.append(lines.joined(separator: "\n"))
        }
        return SlackMessage(text: shortened(text), blocks: blocks)
    }

    /// The paragraphs that fit, the first ones first.
    private static func shortened(_ paragraphs: [String]) -> String {
        var result = ""
        for paragraph in paragraphs {
            let joined = result.isEmpty ? paragraph : result + "\n\n" + paragraph
            if joined.utf16.count <= SlackLimits.text { result = joined }
        }
        return result
    }

    /// Leaves out what Slack would refuse: first the chart, then the tables, then all blocks.
    private static func checked(_ message: SlackMessage) -> SlackMessage {
        var message = message
        for type in ["data_visualization", "data_table"] {
            if message.violations().isEmpty { return message }
            message.blocks.removeAll { $0.type == type }
        }
        return message.violations().isEmpty ? message : message.plain
    }
}
