package import ServiceRuntime

/// One block of a message.
package enum SlackBlock: Sendable, Equatable {
    case section(text: SlackText?, fields: [SlackText] = [])
    case header(SlackPlainText)
    case context([SlackText])
    case actions([SlackButton])
    case divider
    case table(TableBlock)
    case dataTable(DataTableBlock)
    case dataVisualization(ChartBlock)
    /// A block that was rendered and checked before and has been kept as JSON since.
    case rendered(JSONValue)

    package var type: String {
        switch self {
        case .section: "section"
        case .header: "header"
        case .context: "context"
        case .actions: "actions"
        case .divider: "divider"
        case .table: "table"
        case .dataTable: "data_table"
        case .dataVisualization: "data_visualization"
        case .rendered(let json): json["type"]?.string ?? ""
        }
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = ["type": .string(type)]
        switch self {
        case .section(let text, let fields):
            if let text { members["text"] = Self.mrkdwn(text) }
            if !fields.isEmpty { members["fields"] = .array(fields.map(Self.mrkdwn)) }
            members["expand"] = true
        case .header(let text): members["text"] = ["type": "plain_text", "text": .string(text.text), "emoji": false]
        case .context(let elements): members["elements"] = .array(elements.map(Self.mrkdwn))
        case .actions(let buttons): members["elements"] = .array(buttons.map(\.json))
        case .divider: break
        case .table(let table): members.merge(table.members) { _, new in new }
        case .dataTable(let table): members.merge(table.members) { _, new in new }
        case .dataVisualization(let chart): members.merge(chart.members) { _, new in new }
        case .rendered(let json): return json
        }
        return .object(members)
    }

    /// Rules that Slack would refuse the block for; paths are relative to the block.
    package func violations() -> [BlockViolation] {
        var checks = BlockChecks()
        switch self {
        case .section(let text, let fields):
            checks.require(text != nil || !fields.isEmpty, "text", "text or fields are required")
            if let text { checks.length(text.mrkdwn, in: 1...SlackLimits.section, "text") }
            checks.count(fields.count, in: 0...SlackLimits.sectionFields, "fields")
            for field in fields { checks.length(field.mrkdwn, in: 1...SlackLimits.sectionField, "fields") }
        case .header(let text): checks.length(text.text, in: 1...SlackLimits.header, "text")
        case .context(let elements):
            checks.count(elements.count, in: 1...SlackLimits.contextElements, "elements")
            for element in elements { checks.length(element.mrkdwn, in: 1...SlackLimits.contextElement, "elements") }
        case .actions(let buttons):
            checks.count(buttons.count, in: 1...SlackLimits.actions, "elements")
            checks.require(Set(buttons.map(\.actionID)).count == buttons.count, "elements", "action ids must differ")
            for button in buttons { button.check(&checks) }
        case .divider, .rendered: break
        case .table(let table): table.check(&checks)
        case .dataTable(let table): table.check(&checks)
        case .dataVisualization(let chart): chart.check(&checks)
        }
        return checks.violations
    }

    /// How many characters of a message's total the block takes.
    package var characters: Int {
        switch self {
        case .section(let text, let fields): ([text ?? ""] + fields).reduce(0) { $0 + $1.length }
        case .header(let text): text.length
        case .context(let elements): elements.reduce(0) { $0 + $1.length }
        case .actions(let buttons): buttons.reduce(0) { $0 + $1.text.length }
        case .divider, .rendered: 0
        case .table(let table): table.characters
        case .dataTable(let table): table.characters
        case .dataVisualization(let chart): chart.characters
        }
    }

    /// `verbatim`, so that Slack makes no links and names of its own from data.
    private static func mrkdwn(_ text: SlackText) -> JSONValue {
        ["type": "mrkdwn", "text": .string(text.mrkdwn), "verbatim": true]
    }
}
