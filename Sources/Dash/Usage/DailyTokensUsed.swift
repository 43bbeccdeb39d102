import Agents

/// The day's tokens are gone: no model that costs any is asked before tomorrow.
struct DailyTokensUsed: RunEndingError, Sendable {
    var refusal: UsageRefusal
}
