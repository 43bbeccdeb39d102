package import ServiceRuntime

/// How a request leaves.
package struct HTTPDispatch: Sendable {
    /// It is not begun after this moment, however long this process was held up on the way: it fails with
    /// `connectionFailed` then. nil: at any time within the time-out.
    package var notAfter: ContinuousClock.Instant?
    /// Passed when the whole request has been written and nothing of a response has been read.
    package var whenSent: Failpoint?

    package init(notAfter: ContinuousClock.Instant? = nil, whenSent: Failpoint? = nil) {
        self.notAfter = notAfter
        self.whenSent = whenSent
    }
}
