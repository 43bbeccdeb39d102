import Agents

/// No statement of an agent runs at the moment, because a right of their roles is too wide. Ends the run: no model can
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
    package static let advice =
        "Whoever runs Dash finds what to do with dashd doctor; then I answer again by myself. "
        + "What a figure means I can still tell you."

    package var description: String {
        let cause = findings.map { $0.message + ($0.remedy.map { ". Remedy: \($0)" } ?? "") }.joined(separator: "\n")
        return "SQL tools are off" + (cause.isEmpty ? "; dashd doctor says why" : ": \(cause)")
    }
}
