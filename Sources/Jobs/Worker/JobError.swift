/// What a handler meets when its job is no longer its own.
package struct JobError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        /// The lease ran out or the job was taken over: the result must be discarded.
        case leaseLost
        /// No handler of this process knows the kind.
        case unknownKind
    }

    package var code: Code

    package init(_ code: Code) {
        self.code = code
    }

    package var description: String {
        switch code {
        case .leaseLost: "the job has passed to another worker; its result is discarded"
        case .unknownKind: "no handler is registered for this kind of job"
        }
    }
}
