import Agents
package import Dash
package import SlackAPI

/// Where an answer comes from, in short lines of escaped `mrkdwn`.
package enum ProvenanceText {
    private static let longestLine = 400
    private static let longestStatements = 1_200

    package static func badge(_ badge: Badge) -> SlackText {
        switch badge {
        case .verified: "✅ *Verified*: a checked query or definition"
        case .derived: "☑️ *Derived* from known definitions"
        case .generated: "🧪 *Generated*: a model wrote the SQL; it ran and was checked"
        case .needsInput: "❓ *Needs input*"
        }
    }

    package static func lines(_ answer: Answer) -> [SlackText] {
        var lines: [SlackText] = []
        if let badge = answer.badge { lines.append(self.badge(badge)) }
        if let provenance = answer.provenance {
            lines += answer.shownDefinitions.prefix(3).map { line("Definition", $0) }
            lines += list("Filters", provenance.filters)
            if let period = provenance.period { lines.append(line("Period", period)) }
            lines += list("Tables", provenance.tables.map(Provenance.short))
            lines += list(
                "Data up to", provenance.freshness.map { "\($0.latest) (\(Provenance.short($0.table)).\($0.column))" })
            if let query = provenance.validatedQuery { lines.append(line("Query", query)) }
        }
        lines.append("Run: \(SlackText.code(answer.runID.short))")
        return lines
    }

    /// The SQL as a fenced block where it is short enough to be read in a thread.
    package static func statements(_ answer: Answer) -> SlackText? {
        guard let statements = answer.provenance?.statements, !statements.isEmpty else { return nil }
        let text = statements.map { Mrkdwn.trimmed(lines: $0) }.joined(separator: "\n\n")
        guard text.utf16.count <= longestStatements else { return nil }
        return "*How it was computed*\n\(SlackText.fence(text))"
    }

    private static func list(_ name: SlackText, _ values: [String]) -> [SlackText] {
        values.isEmpty ? [] : [line(name, values.prefix(8).joined(separator: "; "))]
    }

    private static func line(_ name: SlackText, _ text: String) -> SlackText {
        let flat = String(text.map { $0.isNewline ? " " : $0 })
        let short = flat.count > longestLine ? flat.prefix(longestLine - 1) + "…" : flat
        return "\(name): \(short)"
    }
}

extension Mrkdwn {
    /// Without empty lines at its ends.
    static func trimmed(lines text: String) -> String {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
        while lines.first?.allSatisfy(\.isWhitespace) == true { lines.removeFirst() }
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
