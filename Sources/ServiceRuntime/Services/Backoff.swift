/// Waiting times between attempts: doubled each time up to a cap, and spread at random so that clients do not come back
/// together.
package struct Backoff: Sendable, Equatable {
    package var initial: Duration
    package var maximum: Duration

    package init(initial: Duration = .milliseconds(200), maximum: Duration = .seconds(30)) {
        self.initial = initial
        self.maximum = maximum
    }

    /// The wait after the given number of failed attempts (1 for the first): between half and all of the doubled step.
    package func delay(afterAttempt attempt: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        step(afterAttempt: attempt) * Double.random(in: 0.5...1, using: &generator)
    }

    package func delay(afterAttempt attempt: Int) -> Duration {
        // The system's generator has no size: the thread sanitizer takes its address, which all share, for a variable.
        step(afterAttempt: attempt) * Double.random(in: 0.5...1)
    }

    private func step(afterAttempt attempt: Int) -> Duration {
        var step = min(initial, maximum)
        var doublings = max(0, attempt - 1)
        while doublings > 0 && step < maximum {
            step = min(step * 2, maximum)
            doublings -= 1
        }
        return step
    }
}
