import FoundationEssentials
import Glibc
package import ServiceRuntime

/// One life of a program, from its start to its end, however that comes.
package final class ReplicaProcess: Sendable {
    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    private struct State {
        var ending: Ending?
        var endedAt: Double?
        var waiting: [CheckedContinuation<Ending, Never>] = []
    }

    package let pid: Int32
    package let log: String
    package let startedAt: Double
    private let state: Locked<State>

    /// Starts the program with its output and errors in the log.
    package init(_ command: Command, log: String) throws {
        let output = open(log, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0o600)
        let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer {
            close(output)
            close(input)
        }
        startedAt = FakeSlack.now
        let pid = try command.spawn(input: input, output: output, error: output, group: .own)
        let state = Locked(State())
        (self.pid, self.log, self.state) = (pid, log, state)
        SystemThread.start(name: "wait", stackBytes: 128 << 10) { Self.await(pid, state) }
    }

    private static func await(_ pid: Int32, _ state: Locked<State>) {
        var info = siginfo_t()
        // Left as it is, so that nobody else gets its number before the state is written.
        while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        let (waiting, ending) = state.withLock { state in
            var status: Int32 = 0
            let ending: Ending
            if waitpid(pid, &status, 0) == pid {
                ending = status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: status & 0x7F)
            } else {
                ending = .exited(-1)
            }
            state.ending = ending
            state.endedAt = FakeSlack.now
            defer { state.waiting = [] }
            return (state.waiting, ending)
        }
        for continuation in waiting { continuation.resume(returning: ending) }
    }

    package var ending: Ending? { state.withLock { $0.ending } }
    package var isRunning: Bool { ending == nil }
    /// In seconds since 1970.
    package var endedAt: Double? { state.withLock { $0.endedAt } }

    /// Waits for its end, whatever becomes of the task.
    package func end() async -> Ending {
        await withCheckedContinuation { continuation in
            let ending: Ending? = state.withLock { state in
                if state.ending == nil { state.waiting.append(continuation) }
                return state.ending
            }
            if let ending { continuation.resume(returning: ending) }
        }
    }

    /// Nil where it has not ended within the time.
    package func end(within limit: Duration) async -> Ending? {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline, !Task.isCancelled {
            if let ending { return ending }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return ending
    }

    /// False where it had ended before.
    @discardableResult
    package func signal(_ number: Int32) -> Bool {
        state.withLock { state in
            guard state.ending == nil else { return false }
            return Glibc.kill(pid, number) == 0
        }
    }

    /// Kills it and what it has started.
    package func killGroup() {
        state.withLock { state in
            guard state.ending == nil else { return }
            _ = Glibc.kill(-pid, SIGKILL)
        }
    }

    package var logText: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }
}
