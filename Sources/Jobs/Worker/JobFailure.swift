/// Why a job will not run again.
package enum JobFailure: Sendable {
    /// Its last attempt threw this.
    case failed(any Error)
    /// It was running when its process died, as often as it has attempts.
    case crashed
    /// Somebody cancelled it.
    case cancelled

    var isCancellation: Bool {
        if case .cancelled = self { return true }
        return false
    }
}
