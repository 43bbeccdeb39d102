import HTTP
import ServiceRuntime
import SlackAPI

/// One attempt at one message.
struct OutboxDelivery: Sendable {
    /// The most pages of a thread that are searched for a message.
    private static let maximumPages = 50
    /// Seconds.
    private static let clockDifference = 600

    let row: OutboxRow
    let installation: SlackInstallation?
    let access: AccessCheck
    let store: OutboxStore
    let options: OutboxOptions

    /// Throws only where the database is away or the message has passed to another sender.
    func outcome() async throws -> OutboxOutcome {
        let isOverdue = row.age >= (row.isApology ? options.apologyTime : options.giveUpAfter).inSeconds
        if isOverdue, !row.isInDoubt { return overdue }
        guard let client = installation?.client else {
            if isOverdue { return overdue }
            return .later(OutboxWait(time: options.retry.maximum), error: "no installation for this workspace")
        }
        var intent = row.intent
        if row.isInDoubt {
            do {
                if let found = try await find(with: client) { return .posted(found) }
            } catch let error as SlackError {
                switch error.reaction {
                // Without the right to read the thread nobody can tell; a lost answer is worse than a doubled one.
                case .mendScopes: break
                case .leaveTarget where !isOverdue: return .gaveUp(error: error.description)
                default: if !isOverdue { return .later(wait(error), error: error.description) }
                }
            }
            if isOverdue { return overdue }
            intent = try await store.renewIntent(row)
        }
        let message: SlackMessage
        do {
            switch try await shown() {
            case .message(let shown): message = shown
            case .nothing(let reason): return .gaveUp(error: reason)
            }
        } catch let error as SlackError {
            // Nothing is sent while nobody knows who would read it.
            return .later(wait(error), error: error.description)
        }
        // Asking who reads the channel may have taken long.
        if ContinuousClock.now > intent + options.sendWithin / 2 { intent = try await store.renewIntent(row) }
        do {
            return .posted(try await send(message, with: client, notAfter: intent + options.sendWithin))
        } catch let error as SlackError {
            return outcome(of: error)
        } catch is TargetMissing {
            return .anew(error: "there is no message to update")
        }
    }

    private var overdue: OutboxOutcome { ended("it could not be sent in time", isRefused: false) }

    /// Nobody waits for a placeholder whose answer comes by itself, and an edit of what was posted leaves that standing.
    private func ended(_ error: String, isRefused: Bool) -> OutboxOutcome {
        guard !row.isApology, row.seq == 1 || row.seq > 1 && row.step == .post else { return .gaveUp(error: error) }
        return .undeliverable(SlackTexts.undelivered(isRest: row.seq > 1, isRefused: isRefused), error: error)
    }

    private struct TargetMissing: Error {}

    private enum Shown {
        case message(SlackMessage)
        case nothing(because: String)
    }

    /// The message, or a sentence in its place where others read the channel by now or nobody knows who does; nothing for
    /// further parts.
    private func shown() async throws -> Shown {
        guard !row.message.isNotice, let installation else { return .message(row.message) }
        let sentence: SlackMessage
        let reason: String
        switch try await access.showing(in: row.destination, installation) {
        case .allowed: return .message(row.message)
        case .shared:
            (sentence, reason) = (SlackTexts.sharedSinceAsked, "the channel is shared with another organisation")
        case .unknown(let error):
            (sentence, reason) = (
                SlackTexts.unknownReaders(error), "Slack does not say who reads the channel: \(error)"
            )
        }
        return row.seq <= 1 || row.step != .post ? .message(sentence) : .nothing(because: reason)
    }

    private func send(
        _ message: SlackMessage, with client: SlackClient, notAfter: ContinuousClock.Instant
    ) async throws -> SlackTimestamp {
        let dispatch = HTTPDispatch(notAfter: notAfter, whenSent: .afterRequest)
        switch row.step {
        case .post:
            return try await client.postMessage(
                message, to: row.destination.channel, thread: row.destination.thread, metadata: row.metadata,
                timeout: options.callTimeout, dispatch: dispatch)
        case .update:
            guard let target = row.target else { throw TargetMissing() }
            try await client.update(
                message, in: row.destination.channel, ts: target, metadata: row.metadata,
                timeout: options.callTimeout, dispatch: dispatch)
            return target
        }
    }

    private func outcome(of error: SlackError) -> OutboxOutcome {
        let text = error.description
        if case .rateLimited(let wait) = error.code { return .rateLimited(wait, error: text) }
        if case .post = row.step, !error.isCertainlyNotDone { return .inDoubt(error: text) }
        switch error.reaction {
        case .retry: return .certainlyLater(wait(error), error: text)
        case .mendToken, .mendScopes: return .certainlyLater(OutboxWait(time: options.retry.maximum), error: text)
        case .simplify: return row.message.blocks.isEmpty ? ended(text, isRefused: true) : .plain(error: text)
        case .postAnew: return row.step == .post ? .gaveUp(error: text) : .anew(error: text)
        case .leaveTarget: return .gaveUp(error: text)
        case .giveUp:
            // An error this version does not know may pass; one that stays ends with the message's time.
            return .certainlyLater(OutboxWait(time: options.retry.delay(afterAttempt: row.tries + 3)), error: text)
        }
    }

    private func wait(_ error: SlackError) -> OutboxWait {
        if case .rateLimited(let wait) = error.code { return OutboxWait(time: wait) }
        return OutboxWait(
            time: options.retry.delay(afterAttempt: row.tries), isForSlack: error.reaction == .retry)
    }

    /// Looks for the message in its thread, which Slack pages oldest first, from before the first attempt on: the
    /// database's clock and Slack's need not agree.
    private func find(with client: SlackClient) async throws -> SlackTimestamp? {
        let oldest = SlackTimestamp(rawValue: "\(Int(row.firstIntent) - Self.clockDifference).000000")
        var cursor: String?
        for _ in 0..<Self.maximumPages {
            let page = try await client.replies(
                in: row.destination.channel, thread: row.destination.thread, oldest: oldest, cursor: cursor,
                timeout: options.callTimeout)
            if let message = page.messages.first(where: { row.isMarked(by: $0.metadata) }) { return message.event.ts }
            cursor = page.nextCursor
            if cursor == nil { return nil }
        }
        return nil
    }
}
