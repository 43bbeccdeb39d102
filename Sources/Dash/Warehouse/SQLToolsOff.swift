import Agents

/// No statement of an agent runs at the moment, because a right of their roles is too wide or nothing can be recorded. Ends the run: no model can
/// mend it.
package struct SQLToolsOff: RunEndingError, CustomStringConvertible {
    /// What is wrong, for whoever runs Dash.
    package var findings: [SetupFinding]

    package init(findings: [SetupFinding]) {
        self.findings = findings
    }

    /// For whoever asked: no names of roles.
    package static let sentence =
        "I can't look anything up in the data right now: my access to it has to be put in order first."
    /// The same where the rights are in order.
    package static let unrecordedSentence =
        "I can't look anything up in the data right now: what I run there cannot be recorded at the moment, and nothing "
        + "may run unrecorded."
    package static let advice =
        "Your administrator finds what to do with dashd doctor; then I answer again by myself. "
        + "What a figure means I can still tell you."

    package var sentence: String {
        let isUnrecorded = !findings.isEmpty && findings.allSatisfy { $0.subject == .audit }
        return isUnrecorded ? Self.unrecordedSentence : Self.sentence
    }

    package var description: String {
        let cause = findings.map { $0.message + ($0.remedy.map { ". Remedy: \($0)" } ?? "") }.joined(separator: "\n")
        return "SQL tools are off" + (cause.isEmpty ? "; dashd doctor says why" : ": \(cause)")
    }
}
