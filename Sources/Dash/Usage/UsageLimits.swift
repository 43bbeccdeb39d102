/// How much may be asked, over all replicas. Zero is no limit.
package struct UsageLimits: Sendable, Equatable {
    /// Questions of one person within an hour.
    package var questionsPerUser = 60
    /// Questions in one channel within an hour.
    package var questionsPerChannel = 300
    /// Tokens of all questions within a day.
    package var tokensPerDay = 10_000_000

    package init() {}
}
