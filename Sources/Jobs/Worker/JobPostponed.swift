/// What a handler throws where it has to wait for something outside that is away: the job is repeated later, and nothing
/// is counted against it.
package struct JobPostponed: Error, Sendable, CustomStringConvertible {
    package var delay: Duration
    package var description: String

    package init(for delay: Duration, because cause: String) {
        self.delay = delay
        description = cause
    }
}
