import Glibc

/// A signal of the operating system, by number.
package struct UnixSignal: Sendable, Hashable, CustomStringConvertible {
    package let number: Int32

    package init(number: Int32) {
        self.number = number
    }

    package static let terminate = UnixSignal(number: SIGTERM)
    package static let interrupt = UnixSignal(number: SIGINT)
    package static let hangup = UnixSignal(number: SIGHUP)
    package static let user1 = UnixSignal(number: SIGUSR1)
    package static let user2 = UnixSignal(number: SIGUSR2)

    package var description: String {
        switch self {
        case .terminate: "SIGTERM"
        case .interrupt: "SIGINT"
        case .hangup: "SIGHUP"
        case .user1: "SIGUSR1"
        case .user2: "SIGUSR2"
        default: "signal \(number)"
        }
    }
}
