/// Why a job will not run again.
package enum JobFailure: Sendable {
    /// Its last attempt threw this.
    case failed(any Error)
    /// Its process died too often while it ran alone or had just begun.
    case crashed
    /// Somebody cancelled it.
    case cancelled

    var isCancellation: Bool {
        if case .cancelled = self { return true }
        return false
    }
}
