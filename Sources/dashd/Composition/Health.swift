import ServiceRuntime

/// What the daemon says about itself on `/health` and on its page.
final class Health: Sendable {
    enum State: Sendable, Equatable {
        /// Not ready yet, with what it waits for.
        case starting(String)
        case ready
    }

    private struct Content {
        var state: State = .starting("starting")
        var warnings: [String] = []
    }

    private let content = Locked(Content())

    var state: State { content.withLock(\.state) }
    var warnings: [String] { content.withLock(\.warnings) }

    func set(_ state: State) {
        content.withLock { $0.state = state }
    }

    func set(warnings: [String]) {
        content.withLock { $0.warnings = warnings }
    }
}
