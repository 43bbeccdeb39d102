import ServiceRuntime

/// What the daemon says about itself on `/health` and on its page.
final class Health: Sendable {
    enum State: Sendable, Equatable {
        /// Not ready yet, with what it waits for.
        case starting(String)
        case ready
        /// For good: nothing follows.
        case stopping

        /// Anybody may read what is said here.
        fileprivate var withoutSecrets: State {
            if case .starting(let cause) = self { .starting(SecretScan.process.clean(cause)) } else { self }
        }
    }

    private struct Content {
        var state: State = .starting("starting")
        var findings = 0
    }

    private let content = Locked(Content())

    var state: State { content.withLock(\.state) }
    /// A sentence where the roles' rights are not as they should be. Anybody may read it: what and where is the doctor's
    /// to say.
    var warnings: [String] {
        let count = content.withLock(\.findings)
        guard count > 0 else { return [] }
        return ["\(count) finding\(count == 1 ? "" : "s") about roles and rights: see dashd doctor"]
    }

    func set(_ state: State) {
        content.withLock { content in
            if content.state != .stopping { content.state = state.withoutSecrets }
        }
    }

    func stop() { set(.stopping) }

    func set(findings: Int) {
        content.withLock { $0.findings = findings }
    }
}
