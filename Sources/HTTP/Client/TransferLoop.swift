import CCurl
import ServiceRuntime

/// The thread that drives all transfers. Others reach it through a mailbox only.
final class TransferLoop: Sendable {
    private enum Command: Sendable {
        case add(Transfer)
        case resume(Transfer)
        case abandon(Transfer)
    }

    private enum Phase {
        case idle
        case running
        case stopping(aborting: Bool)
    }

    private struct Mailbox {
        var phase = Phase.idle
        var commands: [Command] = []
        /// Set while the thread lives; only to wake it, under the lock.
        var multi: UnsafeMutableRawPointer?
        var isThreadAlive = false
        var endWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let mailbox = Locked(Mailbox())

    private static let isCurlReady: Bool = {
        CryptoLibrary.initialize()
        UnixSignals.ignoreBrokenPipes()
        return ccurl_global_init() == CURLE_OK
    }()

    /// Hands a transfer over; its pipe tells how it went.
    func add(_ transfer: Transfer) throws(HTTPError) {
        guard Self.isCurlReady else { throw transfer.failure(.connectionFailed, "libcurl cannot be initialised") }
        let (isAccepted, mustStart) = mailbox.withLock { mailbox -> (Bool, Bool) in
            if case .stopping = mailbox.phase { return (false, false) }
            mailbox.commands.append(.add(transfer))
            defer {
                mailbox.phase = .running
                mailbox.isThreadAlive = true
            }
            Self.wake(mailbox)
            return (true, !mailbox.isThreadAlive)
        }
        guard isAccepted else { throw transfer.failure(.connectionFailed, "the daemon is shutting down") }
        // Strong on purpose: the thread ends by `stop`, which the client's `deinit` calls.
        if mustStart { SystemThread.start(name: "http-client") { self.drive() } }
    }

    func resume(_ transfer: Transfer) { post(.resume(transfer)) }

    /// Aborts the transfer if it still runs. Reads of its body throw from now on.
    func abandon(_ transfer: Transfer) {
        transfer.pipe.cancel()
        post(.abandon(transfer))
    }

    func stop(aborting: Bool) {
        mailbox.withLock { mailbox in
            if case .stopping(let wasAborting) = mailbox.phase {
                mailbox.phase = .stopping(aborting: aborting || wasAborting)
            } else {
                mailbox.phase = .stopping(aborting: aborting)
            }
            Self.wake(mailbox)
        }
    }

    /// Waits until a stopped loop's last transfer has ended.
    func end() async {
        await withCheckedContinuation { continuation in
            let isEnded = mailbox.withLock { mailbox in
                if mailbox.isThreadAlive { mailbox.endWaiters.append(continuation) }
                return !mailbox.isThreadAlive
            }
            if isEnded { continuation.resume() }
        }
    }

    private func post(_ command: Command) {
        mailbox.withLock { mailbox in
            guard mailbox.isThreadAlive else { return }
            mailbox.commands.append(command)
            Self.wake(mailbox)
        }
    }

    private static func wake(_ mailbox: Mailbox) {
        if let multi = mailbox.multi { curl_multi_wakeup(multi) }
    }

    // MARK: The thread

    private struct Running {
        var transfer: Transfer
        var easy: UnsafeMutableRawPointer
        var headers: UnsafeMutablePointer<curl_slist>?
    }

    private func drive() {
        guard let multi = curl_multi_init() else { preconditionFailure("libcurl has no memory") }
        // Further transfers wait for a connection, within their own time.
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, 256)
        mailbox.withLock { $0.multi = multi }
        var running: [ObjectIdentifier: Running] = [:]
        while true {
            let (commands, phase) = mailbox.withLock { mailbox in
                defer { mailbox.commands = [] }
                return (mailbox.commands, mailbox.phase)
            }
            for command in commands { Self.perform(command, multi, &running) }
            if case .stopping(let aborting) = phase {
                if aborting {
                    for entry in Array(running.values) {
                        entry.transfer.finish(entry.transfer.failure(.connectionLost, "the daemon is shutting down"))
                        Self.remove(entry.transfer, multi, &running)
                    }
                }
                if running.isEmpty { break }
            }
            var active: Int32 = 0
            curl_multi_perform(multi, &active)
            Self.collectFinished(multi, &running)
            let wait = Self.expireIdle(multi, &running)
            curl_multi_poll(multi, nil, 0, Int32(wait), nil)
        }
        let waiters = mailbox.withLock { mailbox in
            mailbox.multi = nil
            mailbox.isThreadAlive = false
            mailbox.commands = []
            defer { mailbox.endWaiters = [] }
            return mailbox.endWaiters
        }
        curl_multi_cleanup(multi)
        for waiter in waiters { waiter.resume() }
    }

    private static func perform(
        _ command: Command, _ multi: UnsafeMutableRawPointer, _ running: inout [ObjectIdentifier: Running]
    ) {
        switch command {
        case .add(let transfer):
            do {
                let (easy, headers) = try transfer.makeHandle()
                transfer.resumed()
                running[ObjectIdentifier(transfer)] = Running(transfer: transfer, easy: easy, headers: headers)
                curl_multi_add_handle(multi, easy)
            } catch {
                transfer.finish(error)
            }
        case .resume(let transfer):
            guard let entry = running[ObjectIdentifier(transfer)] else { return }
            transfer.resumed()
            curl_easy_pause(entry.easy, CURLPAUSE_CONT)
        case .abandon(let transfer):
            remove(transfer, multi, &running)
        }
    }

    private static func collectFinished(
        _ multi: UnsafeMutableRawPointer, _ running: inout [ObjectIdentifier: Running]
    ) {
        var easy: UnsafeMutableRawPointer?
        var result = CURLE_OK
        while ccurl_next_finished(multi, &easy, &result) {
            guard let entry = running.values.first(where: { $0.easy == easy }) else { continue }
            entry.transfer.finish(result)
            remove(entry.transfer, multi, &running)
        }
    }

    /// Ends what has been silent for too long; returns the milliseconds until the next such check.
    private static func expireIdle(
        _ multi: UnsafeMutableRawPointer, _ running: inout [ObjectIdentifier: Running]
    ) -> Int {
        guard !running.isEmpty else { return 60_000 }
        let now = ContinuousClock.now
        var wait = 1000
        for entry in Array(running.values) {
            guard let deadline = entry.transfer.idleDeadline else { continue }
            if deadline <= now {
                entry.transfer.finishIdle()
                remove(entry.transfer, multi, &running)
            } else {
                wait = min(wait, (deadline - now).inMilliseconds + 1)
            }
        }
        return wait
    }

    private static func remove(
        _ transfer: Transfer, _ multi: UnsafeMutableRawPointer, _ running: inout [ObjectIdentifier: Running]
    ) {
        guard let entry = running.removeValue(forKey: ObjectIdentifier(transfer)) else { return }
        curl_multi_remove_handle(multi, entry.easy)
        curl_easy_cleanup(entry.easy)
        curl_slist_free_all(entry.headers)
    }
}
