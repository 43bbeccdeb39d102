/// What goes wrong with calls of a fake Slack, as shares of all calls.
package struct SlackFaults: Sendable {
    /// What one call meets.
    package enum Fault: String, Sendable, CaseIterable {
        case none
        /// 429, nothing is done.
        case rateLimited
        /// 500, nothing is done.
        case refused
        /// 500, and yet it is done.
        case failedAfter
        /// The connection breaks before anything is done.
        case dropped
        /// It is done, and the connection breaks before the answer.
        case answerLost
        /// It is done later, also where the caller has gone meanwhile.
        case slow
    }

    package var rateLimited = 0.0
    package var refused = 0.0
    package var failedAfter = 0.0
    package var dropped = 0.0
    package var answerLost = 0.0
    package var slow = 0.0
    /// How long a slow call waits before it is carried out, in seconds.
    package var slowness = 0.2...0.9
    /// How long every other call takes, in seconds.
    package var ordinary = 0.002...0.02

    package init() {}

    package static let none = SlackFaults()

    /// About one call in four meets something.
    package static let many: SlackFaults = {
        var faults = SlackFaults()
        (faults.rateLimited, faults.refused, faults.failedAfter) = (0.04, 0.02, 0.02)
        (faults.dropped, faults.answerLost, faults.slow) = (0.02, 0.03, 0.15)
        return faults
    }()

    func draw(writes: Bool, _ random: inout SeededRandom) -> Fault {
        var rest = Double.random(in: 0..<1, using: &random)
        let shares: [(Fault, Double)] = [
            (.rateLimited, writes ? rateLimited : rateLimited / 4), (.refused, writes ? refused : refused / 2),
            (.failedAfter, writes ? failedAfter : 0), (.dropped, dropped), (.answerLost, writes ? answerLost : 0),
            (.slow, slow),
        ]
        for (fault, share) in shares {
            if rest < share { return fault }
            rest -= share
        }
        return .none
    }
}
