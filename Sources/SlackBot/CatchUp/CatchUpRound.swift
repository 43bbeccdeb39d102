import ServiceRuntime
import SlackAPI

/// One round over the conversations of a workspace.
struct CatchUpRound: Sendable {
    let team: SlackTeamID
    let client: SlackClient
    let identity: SlackIdentity
    let round: CatchUpStore.Round
    let kinds: [SlackConversation.Kind]
    let calls: CatchUpCalls
    let store: CatchUpStore
    let events: EventStore
    let options: CatchUpOptions
    let logger: Logger

    /// So many conversations that fail in one round, and Slack is away.
    private static let toleratedFailures = 3
    /// Rounds that a conversation without activity leaves to the others.
    private static let patience = 12.0

    /// Throws where Slack or the database is away; what one conversation refuses does not keep the others.
    func run() async throws {
        var failures = 0
        do {
            let known = try await store.places(in: team)
            for conversation in try await conversations(known) {
                do {
                    try await read(conversation, known[conversation.id])
                } catch let error as SlackError {
                    logger.debug(
                        "a conversation cannot be read for missed questions",
                        ["channel": conversation.id.rawValue, "error": "\(error)"])
                    // It waits for its turn again, as far read as it was.
                    try await store.note(conversation.id, of: team, readUntil: round.since)
                    failures += error.reaction == .retry ? 1 : 0
                    guard failures < Self.toleratedFailures else { throw error }
                }
            }
        } catch is CatchUpCalls.Spent {
            logger.info("there is more history than a round reads; the next one goes on")
            if round.isThorough { try await store.repeatThorough(team, since: round.thoroughSince) }
        }
    }

    /// Those that have waited longest first; where nobody has asked of late may wait for some rounds more.
    private func conversations(_ known: [SlackChannelID: CatchUpStore.Place]) async throws -> [SlackConversation] {
        var found: [SlackChannelID: SlackConversation] = [:]
        if !kinds.isEmpty {
            var cursor: String?
            repeat {
                let page = try await calls.make { [cursor] in try await client.conversations(of: kinds, cursor: cursor)
                }
                for conversation in page.conversations { found[conversation.id] = conversation }
                cursor = page.nextCursor
            } while cursor != nil
        }
        if !kinds.contains(.directMessage) {
            // Who has written before is known without the right to list direct messages.
            for channel in known.keys where channel.isDirectMessage {
                found[channel] = SlackConversation(id: channel, json: [:])
            }
        }
        func turn(_ conversation: SlackConversation) -> Double {
            let place = known[conversation.id]
            return (place?.readAt ?? 0) + (place?.activeAt == nil ? Self.patience * options.interval.inSeconds : 0)
        }
        return found.values.sorted { turn($0) < turn($1) }
    }

    private func read(_ conversation: SlackConversation, _ place: CatchUpStore.Place?) async throws {
        let floor = max(
            (place?.readUntil ?? round.since) - options.overlap.inSeconds, round.since,
            round.now - options.ageLimit.inSeconds)
        // Rounds in between do not read threads that were begun long before.
        let threadFloor =
            round.isThorough
            ? max(
                (round.thoroughSince ?? round.since) - options.overlap.inSeconds, round.since,
                round.now - options.ageLimit.inSeconds)
            : floor
        let lookback = round.isThorough ? options.lookback.inSeconds : 0
        let channel = conversation.id
        let messages = try await pages { cursor in
            try await client.history(
                of: channel, oldest: Self.timestamp(min(floor, threadFloor) - lookback), cursor: cursor)
        }
        for message in messages { try await accept(message.event, in: conversation, after: floor) }
        var threads = messages.filter { ($0.latestReply?.seconds ?? 0) > threadFloor }.compactMap(\.event.ts)
        if round.isThorough {
            let seen = Set(messages.compactMap(\.event.ts))
            threads += try await store.threads(in: channel, of: team).filter { !seen.contains($0) }
        }
        for thread in threads {
            let replies = try await pages { cursor in
                try await client.replies(
                    in: channel, thread: thread, oldest: Self.timestamp(threadFloor), cursor: cursor)
            }
            for reply in replies where reply.event.ts != thread {
                try await accept(reply.event, in: conversation, after: threadFloor)
            }
        }
        try await store.note(channel, of: team, readUntil: round.now - options.settling.inSeconds)
    }

    /// All messages, oldest first.
    private func pages(
        _ page: (String?) async throws -> SlackReplyPage
    ) async throws -> [SlackReplyPage.Message] {
        var messages: [SlackReplyPage.Message] = []
        var cursor: String?
        for _ in 0..<options.maximumPages {
            let found = try await calls.make { [cursor] in try await page(cursor) }
            messages += found.messages
            cursor = found.nextCursor
            if cursor == nil { break }
        }
        if cursor != nil { logger.notice("a conversation has more messages than are read for missed questions") }
        return messages.sorted { ($0.event.ts ?? "0") < ($1.event.ts ?? "0") }
    }

    /// Takes a message that was addressed to Dash and never arrived, through the same door as a delivery.
    private func accept(
        _ event: SlackEvent, in conversation: SlackConversation, after floor: Double
    ) async throws {
        guard let ts = event.ts, let seconds = ts.seconds, seconds > floor,
            seconds <= round.now - options.settling.inSeconds
        else { return }
        var event = event
        event.channel = conversation.id
        let envelope = SlackEnvelope(
            eventID: "catch-up:\(team):\(conversation.id):\(ts)", team: team, enterprise: identity.enterprise,
            own: identity.user, isExternallyShared: conversation.isExternallyShared, event: event)
        var question: SlackQuestion
        switch EventFilter.decide(envelope, identity: identity) {
        case .question(let found): question = found
        case .reply(let found):
            guard try await events.knewThread(of: found) else { return }
            question = found
        case .ignore, .withdrawn: return
        }
        question.isRecovered = true
        if try await events.accept(question) {
            logger.notice(
                "a question was found whose event never came",
                ["channel": conversation.id.rawValue, "seconds": "\(Int(round.now - seconds))"])
        }
    }

    private static func timestamp(_ seconds: Double) -> SlackTimestamp {
        SlackTimestamp(rawValue: "\(Int(max(seconds, 0))).000000")
    }
}
