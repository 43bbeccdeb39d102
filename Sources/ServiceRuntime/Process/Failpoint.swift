import Glibc

/// A place in the program where a debug build can be made to die, so that a test can prove what survives a crash there.
///
/// The environment variable `DASH_FAILPOINT` names one, with the passage that kills: `claim.after:3` dies at the third.
/// An optimised build has none of it. The names are declared beside the code that passes them.
package struct Failpoint: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }

    package static let environmentName = "DASH_FAILPOINT"

    /// Whether the environment names this one: what it costs to reach some places is spent only then.
    package var isArmed: Bool {
        #if DEBUG
            Self.armed?.name == rawValue
        #else
            false
        #endif
    }

    /// Ends the process as SIGKILL does where this is the failpoint the environment names; otherwise does nothing.
    package func pass() {
        #if DEBUG
            guard let armed = Self.armed, armed.name == rawValue else { return }
            let passages = Self.passages.withLock { passages in
                passages += 1
                return passages
            }
            guard passages == armed.passage else { return }
            // The one line that says that the kill happened here and was no other one.
            let line = Array("{\"failpoint\":\"\(rawValue)\"}\n".utf8)
            _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            kill(getpid(), SIGKILL)
        #endif
    }

    #if DEBUG
        private static let passages = Locked(0)

        private static let armed: (name: String, passage: Int)? = {
            guard let value = getenv(environmentName) else { return nil }
            let parts = String(cString: value).split(separator: ":", maxSplits: 1).map(String.init)
            guard let name = parts.first else { return nil }
            return (name, parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
        }()
    #endif
}
