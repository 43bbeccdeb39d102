/// An id that Slack hands out; opaque to us apart from its spelling.
package protocol SlackIdentifier: RawRepresentable, Hashable, Sendable, Codable, ExpressibleByStringLiteral,
    CustomStringConvertible
where RawValue == String {
    init(rawValue: String)
}

extension SlackIdentifier {
    package init(stringLiteral value: String) { self.init(rawValue: value) }
    package var description: String { rawValue }
}

/// A workspace, `T…`, or an organisation, `E…`.
package struct SlackTeamID: SlackIdentifier {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// A channel `C…`, a group `G…` or a direct message `D…`.
package struct SlackChannelID: SlackIdentifier {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

extension SlackChannelID {
    package var isDirectMessage: Bool { rawValue.hasPrefix("D") }
}

/// A person or a bot user, `U…` or `W…`.
package struct SlackUserID: SlackIdentifier {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// Identity of a message within its channel: seconds, a dot and a counter, for example `1700000000.000100`.
package struct SlackTimestamp: SlackIdentifier, Comparable {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// Seconds since 1970; nil where the text is not a time stamp.
    package var seconds: Double? {
        guard rawValue.utf8.count <= 32, rawValue.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }),
            let first = rawValue.utf8.first, first != 46
        else { return nil }
        return Double(rawValue)
    }

    package static func < (left: SlackTimestamp, right: SlackTimestamp) -> Bool {
        left.sortKey.lexicographicallyPrecedes(right.sortKey)
    }

    /// Whole seconds and counter as numbers: a `Double` would lose the counter's last digit.
    private var sortKey: [UInt64] {
        rawValue.split(separator: ".", maxSplits: 1).map { UInt64($0) ?? 0 }
    }
}
