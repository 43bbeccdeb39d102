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

    package static func messages(for answer: Answer, links: LinkPolicy = .none) -> [SlackMessage] {
        if let confirmation = answer.confirmation { return [ConfirmationRenderer.open(confirmation)] }
        var parts = words(of: answer, links).split(limit: longestWords)
        if parts.count > mostMessages {
            parts = parts.prefix(mostMessages - 1) + ["_The answer was longer; it has been cut here._"]
        }
        let last = parts.popLast() ?? "…"
        let leading = parts.map { SlackMessage(text: $0, blocks: [.section(text: $0)]) }
        return leading + [checked(final(answer, words: last))]
    }

    /// Headline, meaning, choices, caveats and next steps.
    private static func words(of answer: Answer, _ links: LinkPolicy) -> SlackText {
        var paragraphs = [headline(of: answer, links)]
        if let meaning = answer.meaning, !meaning.isEmpty { paragraphs.append(.markdown(meaning, links: links)) }
        paragraphs += numbered(answer.choices, links)
        paragraphs += bullets(nil, answer.caveats, links, sign: "⚠️")
        paragraphs += bullets("Next, you could ask:", answer.nextSteps, links)
        return paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func headline(of answer: Answer, _ links: LinkPolicy) -> SlackText {
        let text = Mrkdwn.trimmed(lines: answer.headline)
        switch answer.kind {
        case .failure: return "\(SlackText.markdown(text, links: links)) (run \(SlackText.code(answer.runID.short)))"
        case .result, .change:
            guard text.utf16.count <= 300, !text.contains(where: { $0.isNewline || "*_`~".contains($0) }) else {
                return .markdown(text, links: links)
            }
            return .bold(SlackText(text, links: links))
        case .message, .confirmation, .clarification, .refusal, .unanswered: return .markdown(text, links: links)
        }
    }

    /// A reply may take one by its number.
    private static func numbered(_ items: [String], _ links: LinkPolicy) -> [SlackText] {
        guard !items.isEmpty else { return [] }
        let lines = items.prefix(10).enumerated().map { index, item in
            "\(index + 1). \(SlackText.markdown(item, links: links))" as SlackText
        }
        return [lines.joined(separator: "\n")]
    }

    private static func bullets(
        _ title: SlackText?, _ items: [String], _ links: LinkPolicy, sign: SlackText = "•"
    ) -> [SlackText] {
        guard !items.isEmpty else { return [] }
        let lines = items.prefix(10).map { "\(sign) \(SlackText.markdown($0, links: links))" as SlackText }
        return [((title.map { [$0] } ?? []) + lines).joined(separator: "\n")]
    }

    private static func final(_ answer: Answer, words: SlackText) -> SlackMessage {
        var blocks: [SlackBlock] = [.section(text: words)]
        var text = [words]
        let tables = answer.tables.map { ($0, TableRenderer($0)) }.filter(\.1.isWorthShowing)
        var room = SlackLimits.tableCharacters - 500
        for (index, (_, renderer)) in tables.prefix(mostTables).enumerated() {
            let caption: SlackPlainText = tables.count == 1 ? "Result" : "Result \(index + 1)"
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
            text.append(table + (note.map { "\n\($0)" } ?? ""))
        }
        if let chart = answer.chart, let table = answer.tables.first(where: { $0.id == chart.resultID }),
            let block = ChartRenderer.block(chart, of: table)
        {
            blocks.append(.dataVisualization(block))
        }
        if answer.kind == .result || answer.kind == .change || (answer.provenance != nil && !answer.saysItsProvenance) {
            let lines = ProvenanceText.lines(answer)
            blocks.append(.context(lines.joined(separator: "\n").split(limit: 1_900)))
            if let statements = ProvenanceText.statements(answer) { blocks.append(.section(text: statements)) }
            text.append(lines.joined(separator: "\n"))
        }
        return SlackMessage(text: shortened(text), blocks: blocks)
    }

    /// The paragraphs that fit, the first ones first.
    private static func shortened(_ paragraphs: [SlackText]) -> SlackText {
        var result: SlackText = ""
        for paragraph in paragraphs {
            let joined = result.isEmpty ? paragraph : result + "\n\n" + paragraph
            if joined.length <= SlackLimits.text { result = joined }
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
