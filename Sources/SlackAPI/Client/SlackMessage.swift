package import ServiceRuntime

/// What is posted: text that stands alone, and blocks that show it better where Slack accepts them.
package struct SlackMessage: Sendable, Equatable {
    /// What notifications, screen readers and clients without blocks show.
    package var text: SlackText
    package var blocks: [SlackBlock]
    /// Dash's own words about itself, without company data: may be shown to anybody.
    package var isNotice: Bool

    package init(text: SlackText, blocks: [SlackBlock] = [], isNotice: Bool = false) {
        self.text = text
        self.blocks = blocks
        self.isNotice = isNotice
    }

    /// Reads a message back from `json`.
    package init?(json: JSONValue) {
        guard let text = json["text"]?.string else { return nil }
        self.init(
            text: SlackText(safe: text), blocks: (json["blocks"]?.array ?? []).map(SlackBlock.rendered),
            isNotice: json["is_notice"]?.bool ?? false)
    }

    /// For keeping a message until it is sent.
    package var json: JSONValue {
        var members: [String: JSONValue] = ["text": .string(text.mrkdwn), "blocks": .array(blocks.map(\.json))]
        if isNotice { members["is_notice"] = true }
        return .object(members)
    }

    /// The same content without blocks.
    package var plain: SlackMessage { SlackMessage(text: text, isNotice: isNotice) }

    /// Blocks that repeat what Slack would refuse; empty where the message may be sent.
    package func violations() -> [BlockViolation] {
        var found = blocks.enumerated().flatMap { index, block in
            block.violations().map { BlockViolation("blocks[\(index)].\($0.path)", $0.rule) }
        }
        if text.isEmpty { found.append(BlockViolation("text", "must not be empty")) }
        if text.length > SlackLimits.text {
            found.append(BlockViolation("text", "at most \(SlackLimits.text) characters"))
        }
        if blocks.count > SlackLimits.blocks {
            found.append(BlockViolation("blocks", "at most \(SlackLimits.blocks)"))
        }
        if blocks.reduce(0, { $0 + $1.characters }) > SlackLimits.blockCharacters {
            found.append(BlockViolation("blocks", "at most \(SlackLimits.blockCharacters) characters in all"))
        }
        for (kind, limit) in SlackLimits.blocksOfKind where blocks.count(where: { $0.type == kind }) > limit {
            found.append(BlockViolation("blocks", "at most \(limit) of type \(kind)"))
        }
        func total(_ kinds: Set<String>) -> Int {
            blocks.reduce(0) { $0 + (kinds.contains($1.type) ? $1.characters : 0) }
        }
        if total(["table", "data_table"]) > SlackLimits.tableCharacters {
            found.append(BlockViolation("blocks", "at most \(SlackLimits.tableCharacters) characters in all tables"))
        }
        return found
    }

    func arguments(metadata: SlackMetadata?) -> [String: JSONValue] {
        var arguments: [String: JSONValue] = [
            "text": .string(text.mrkdwn), "unfurl_links": false, "unfurl_media": false, "link_names": false,
            "parse": "none",
        ]
        if !blocks.isEmpty { arguments["blocks"] = .array(blocks.map(\.json)) }
        if let metadata { arguments["metadata"] = metadata.json }
        return arguments
    }
}
