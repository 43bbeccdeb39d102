/// Why a statement does not reach the database, for whoever wrote it: what, why and what to do instead.
///
/// Names objects of the statement, never the value of a literal.
package struct GuardRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Rule: String, Sendable, Codable, CaseIterable {
        /// About the text.
        case empty, encoding, length, syntax, nesting, oneStatement
        /// About what is done.
        case statement, construct, changes, locks, parameters, option
        /// About what is named.
        case relation, function, type, `operator`, fieldCall
        /// About the engineer's objects.
        case target, objectName, reference
    }

    package let rule: Rule
    /// What was refused, as a noun: `function pg_sleep`.
    package let refused: String
    package let reason: String
    package let advice: String
    /// Character of the statement, counted from 1.
    package let position: Int?

    init(_ rule: Rule, _ refused: String, because reason: String, instead advice: String, position: Int? = nil) {
        self.rule = rule
        self.refused = refused
        self.reason = reason
        self.advice = advice
        self.position = position
    }

    package var message: String { "\(refused) is refused: \(reason)" }
    package var description: String { "\(message). \(advice)" }
}
