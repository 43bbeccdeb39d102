/// Finds what speaks of time among the tokens of a question.
package enum PeriodParser {
    /// In the order of the question, without overlaps.
    package static func spans(in tokens: [Token]) -> [TimeSpan] { [] }
}
