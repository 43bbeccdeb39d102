package import ServiceRuntime

/// What is posted: text that stands alone, and blocks that show it better where Slack accepts them.
package struct SlackMessage: Sendable, Equatable {
    /// `mrkdwn`, escaped. What notifications, screen readers and clients without blocks show.
    package var text: String
    package var blocks: [SlackBlock]

    package init(text: String, blocks: [SlackBlock] = []) {
        self.text = text
        self.blocks = blocks
    }

    /// Reads a message back from `json`.
    package init?(json: JSONValue) {
        guard let text = json["text"]?.string else { return nil }
        self.init(text: text, blocks: (json["blocks"]?.array ?? []).map(SlackBlock.rendered))
    }

    /// For keeping a message until it is sent.
    package var json: JSONValue { ["text": .string(text), "blocks": .array(blocks.map(\.json))] }

    /// The same content without blocks.
    package var plain: SlackMessage { SlackMessage(text: text) }

    /// Blocks that repeat what Slack would refuse; empty where the message may be sent.
    package func violations() -> [BlockViolation] {
        var found = blocks.enumerated().flatMap { index, block in
            block.violations().map { BlockViolation("blocks[\(index)].\($0.path)", $0.rule) }
        }
        if text.isEmpty { found.append(BlockViolation("text", "must not be empty")) }
        if text.utf16.count > SlackLimits.text {
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
        if total(["markdown"]) > SlackLimits.markdown {
            found.append(BlockViolation("blocks", "at most \(SlackLimits.markdown) characters of markdown in all"))
        }
        return found
    }

    func arguments(metadata: SlackMetadata?) -> [String: JSONValue] {
        var arguments: [String: JSONValue] = [
            "text": .string(text), "unfurl_links": false, "unfurl_media": false, "link_names": false, "parse": "none",
        ]
        if !blocks.isEmpty { arguments["blocks"] = .array(blocks.map(\.json)) }
        if let metadata { arguments["metadata"] = metadata.json }
        return arguments
    }
}
