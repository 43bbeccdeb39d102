import CSystem
import Glibc

/// One run of a command: feeds and reads its pipes on the calling thread until it has ended.
final class CommandRun: Sendable {
    private enum State {
        case notStarted
        case running(pid_t)
        /// Ended and reaped: its number may belong to another process by now.
        case over
        /// Cancelled before it was started.
        case forbidden
    }

    private let command: Command
    private let deadline: ContinuousClock.Instant
    private let outputLimit: Int
    private let state = Locked(State.notStarted)

    init(_ command: Command, deadline: ContinuousClock.Instant, outputLimit: Int) {
        self.command = command
        self.deadline = deadline
        self.outputLimit = outputLimit
    }

    /// Kills the program and its process group, whether it has been started or not.
    func kill() {
        state.withLock { state in
            switch state {
            case .notStarted: state = .forbidden
            case .running(let pid): _ = Glibc.kill(-pid, SIGKILL)
            case .over, .forbidden: break
            }
        }
    }

    /// Blocks until the program has ended. Nil when it had to be killed at the deadline.
    func perform() throws -> Command.Outcome? {
        let input = try Pipe()
        let output = try Pipe()
        let error = try Pipe()
        let pid: pid_t? = try state.withLock { state in
            guard case .notStarted = state else { return nil }
            let pid = try command.spawn(
                input: input.reading, output: output.writing, error: error.writing, group: .own)
            state = .running(pid)
            return pid
        }
        guard let pid else { return nil }
        input.closeReading()
        output.closeWriting()
        error.closeWriting()
        return exchange(pid, input, output, error)
    }

    private func exchange(_ pid: pid_t, _ input: Pipe, _ output: Pipe, _ error: Pipe) -> Command.Outcome? {
        let ended = csystem_pidfd_open(pid)
        defer { if ended >= 0 { close(ended) } }
        var unsent = command.input[...]
        var written = Command.Outcome(ending: .exited(0), output: [], errorOutput: [])
        var wasKilled = false
        while true {
            if unsent.isEmpty { input.closeWriting() }
            var waits = [
                pollfd(fd: ended, events: Int16(POLLIN), revents: 0),
                pollfd(fd: output.reading, events: Int16(POLLIN), revents: 0),
                pollfd(fd: error.reading, events: Int16(POLLIN), revents: 0),
                pollfd(fd: input.writing, events: Int16(POLLOUT), revents: 0),
            ]
            poll(&waits, nfds_t(waits.count), timeout(knowsEnd: ended >= 0, wasKilled))
            output.read(into: &written.output, limit: outputLimit)
            error.read(into: &written.errorOutput, limit: outputLimit)
            input.write(&unsent)
            if let ending = reap(pid) {
                // What it wrote last came before its end.
                output.read(into: &written.output, limit: outputLimit)
                error.read(into: &written.errorOutput, limit: outputLimit)
                written.ending = ending
                return wasKilled ? nil : written
            }
            if !wasKilled, ContinuousClock.now >= deadline {
                wasKilled = true
                kill()
            }
        }
    }

    private func timeout(knowsEnd: Bool, _ wasKilled: Bool) -> Int32 {
        // Old kernels have no descriptor for a process: look every few milliseconds.
        guard knowsEnd else { return 10 }
        guard !wasKilled else { return 1000 }
        return Int32(min(max(ContinuousClock.now.duration(to: deadline).inMilliseconds + 1, 0), 60_000))
    }

    private func reap(_ pid: pid_t) -> Command.Outcome.Ending? {
        state.withLock { state in
            var exited: Int32 = 0
            var status: Int32 = 0
            let result = csystem_reap(pid, &exited, &status)
            guard result != 0 else { return nil }
            state = .over
            // Reaped by someone else: the status is lost.
            guard result > 0 else { return .exited(-1) }
            return exited != 0 ? .exited(status) : .killed(signal: status)
        }
    }
}
