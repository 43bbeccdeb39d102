import Dash

/// A finding of the database checks as lines for a person.
struct FindingText {
    var rendered: String

    init(_ finding: SetupFinding) {
        rendered = (finding.isFatal ? "✗ " : "! ") + finding.message
        if let remedy = finding.remedy { rendered += "\n    remedy: \(remedy)" }
    }
}
