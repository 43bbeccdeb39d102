import CSystem
import Glibc

/// An advisory lock between processes (`flock`); the system releases it when its holder ends, however that happens.
package final class FileLock: Sendable {
    package enum Mode: Sendable {
        case shared, exclusive
    }

    private let descriptor: Int32

    /// Opens the lock's file, which is created (0600) and never removed; takes nothing yet.
    package init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SystemError(call: "opening \(path)") }
    }

    deinit {
        close(descriptor)
    }

    /// Takes the lock or changes its mode without waiting. When that fails, a lock held before is lost.
    package func tryLock(_ mode: Mode) -> Bool {
        flock(descriptor, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0
    }

    /// Takes the lock, trying until the deadline. False when others held it all the time.
    package func lock(_ mode: Mode, until deadline: ContinuousClock.Instant) async throws -> Bool {
        while !tryLock(mode) {
            guard ContinuousClock.now < deadline else { return false }
            try await Task.sleep(for: .milliseconds(20))
        }
        return true
    }

    package func unlock() {
        flock(descriptor, LOCK_UN)
    }
}
