/// What checks of results may ask the warehouse for.
///
/// Their statements are guarded, recorded and bounded as any other one, and are not taken from the question's budget.
package struct ProbeLimits: Sendable {
    /// For one result.
    package var perResult = 5
    /// For all results of a question.
    package var perRun = 20
    /// How long one may take; a check whose probe takes longer says nothing.
    package var time: Duration = .milliseconds(400)

    package init() {}

    /// Distinct values of a column that are looked at.
    static let values = 5_000
    /// Longer statements are not checked with the help of others.
    static let longestStatement = 16_384
}
