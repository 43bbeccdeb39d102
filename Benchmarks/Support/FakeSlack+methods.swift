import HTTP
import ServiceRuntime

extension FakeSlack.State {
    /// Slack lets a channel have a second post at once, then one a second.
    private static let burst = 2.0

    /// What Slack would do.
    mutating func perform(_ method: String, _ arguments: JSONValue) -> HTTPResponse {
        switch method {
        case "auth.test": authTest()
        case "chat.postMessage": post(arguments)
        case "chat.update": update(arguments)
        case "conversations.replies": replies(arguments)
        case "conversations.history": history(arguments)
        case "conversations.list", "users.conversations": conversations()
        case "conversations.info":
            .json(["ok": true, "channel": Self.conversation(arguments["channel"]?.string ?? "")])
        case "users.info": userInfo(arguments)
        case "assistant.threads.setStatus", "reactions.add", "reactions.remove": .json(["ok": true])
        case "chat.postEphemeral": .json(["ok": true, "message_ts": "1900000001.000001"])
        default: FakeSlack.refusal("unknown_method")
        }
    }

    /// Keeps a message under the next time stamp, which is later than all before.
    @discardableResult
    mutating func add(_ message: FakeSlack.Message, text: String) -> String {
        let now = FakeSlack.now
        lastMicroseconds = max(lastMicroseconds + 1, Int64(now * 1_000_000))
        var message = message
        let fraction = String(lastMicroseconds % 1_000_000)
        message.ts =
            "\(lastMicroseconds / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
        message.versions = [.init(text: text, at: now, isMarked: message.key != nil)]
        let index = messages.count
        messages.append(message)
        byChannel[message.channel, default: []].append(index)
        byThread["\(message.channel) \(message.thread ?? message.ts)", default: []].append(index)
        byTS["\(message.channel) \(message.ts)"] = index
        return message.ts
    }

    private func authTest() -> HTTPResponse {
        var response = HTTPResponse.json([
            "ok": true, "user_id": .string(FakeSlack.botUser), "bot_id": "BDASH", "team_id": .string(FakeSlack.team),
            "url": "https://chaos.slack.com/",
        ])
        response.headers["x-oauth-scopes"] = """
            app_mentions:read,chat:write,im:history,im:read,channels:history,groups:history,mpim:history,channels:read,\
            groups:read,mpim:read,users:read
            """
        return response
    }

    // MARK: - Writing

    private mutating func post(_ arguments: JSONValue) -> HTTPResponse {
        guard let channel = arguments["channel"]?.string, let text = arguments["text"]?.string, !text.isEmpty else {
            return FakeSlack.refusal("no_text")
        }
        guard takePlace(in: channel) else {
            tooFast += 1
            return FakeSlack.tooMany()
        }
        let mark = arguments["metadata"]?["event_payload"]
        let key = mark?["answer_key"]?.string
        let seq = mark?["seq"]?.integer
        let ts = add(
            FakeSlack.Message(
                channel: channel, ts: "", thread: arguments["thread_ts"]?.string, user: FakeSlack.botUser, key: key,
                seq: seq, metadata: arguments["metadata"], versions: []), text: text)
        // Place 0 of an answer is its placeholder.
        if let key, let seq, seq > 0, finals[key] == nil { finals[key] = FakeSlack.now }
        return .json(["ok": true, "channel": .string(channel), "ts": .string(ts)])
    }

    private mutating func takePlace(in channel: String) -> Bool {
        let now = FakeSlack.now
        let last = places[channel] ?? (Self.burst, now)
        let tokens = min(Self.burst, last.tokens + now - last.at)
        guard tokens >= 1 else { return false }
        places[channel] = (tokens - 1, now)
        return true
    }

    private mutating func update(_ arguments: JSONValue) -> HTTPResponse {
        guard let text = arguments["text"]?.string, !text.isEmpty, text.utf16.count <= 4000 else {
            return FakeSlack.refusal("msg_too_long")
        }
        guard let index = byTS["\(arguments["channel"]?.string ?? "") \(arguments["ts"]?.string ?? "")"],
            messages[index].isOwn
        else { return FakeSlack.refusal("message_not_found") }
        let mark = arguments["metadata"]?["event_payload"]
        messages[index].versions.append(.init(text: text, at: FakeSlack.now, isMarked: mark != nil))
        if let metadata = arguments["metadata"] {
            messages[index].metadata = metadata
            if let key = mark?["answer_key"]?.string, finals[key] == nil { finals[key] = FakeSlack.now }
        }
        return .json(["ok": true, "ts": .string(messages[index].ts)])
    }

    // MARK: - Reading

    private func replies(_ arguments: JSONValue) -> HTTPResponse {
        let channel = arguments["channel"]?.string ?? ""
        let found = (byThread["\(channel) \(arguments["ts"]?.string ?? "")"] ?? []).map { messages[$0] }
        return page(of: found.sorted { $0.ts < $1.ts }, arguments)
    }

    /// What stands in the channel itself, the latest first.
    private func history(_ arguments: JSONValue) -> HTTPResponse {
        let channel = arguments["channel"]?.string ?? ""
        let found = (byChannel[channel] ?? []).map { messages[$0] }.filter { $0.thread == nil || $0.thread == $0.ts }
        return page(of: found.sorted { $0.ts > $1.ts }, arguments)
    }

    private func page(of all: [FakeSlack.Message], _ arguments: JSONValue) -> HTTPResponse {
        func text(_ name: String) -> String? { arguments[name]?.string ?? arguments[name]?.integer.map { "\($0)" } }
        let oldest = text("oldest") ?? "0"
        let latest = text("latest") ?? "9"
        let found = all.filter { $0.ts >= oldest && $0.ts <= latest }
        // Small pages, so that paging is exercised.
        let limit = min(max(text("limit").flatMap { Int($0) } ?? 100, 1), 20)
        let start = text("cursor").flatMap { Int($0) } ?? 0
        let shown = found.dropFirst(start).prefix(limit)
        let next = start + shown.count < found.count ? String(start + shown.count) : ""
        return .json([
            "ok": true, "messages": .array(shown.map(json)), "has_more": .bool(!next.isEmpty),
            "response_metadata": ["next_cursor": .string(next)],
        ])
    }

    private func json(_ message: FakeSlack.Message) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "message", "user": .string(message.user), "ts": .string(message.ts), "text": .string(message.text),
            "team": .string(FakeSlack.team),
        ]
        let replies = message.thread == nil ? byThread["\(message.channel) \(message.ts)"] ?? [] : []
        if let thread = message.thread {
            members["thread_ts"] = .string(thread)
        } else if replies.count > 1 {
            members["thread_ts"] = .string(message.ts)
            members["reply_count"] = .integer(Int64(replies.count - 1))
            members["latest_reply"] = .string(replies.map { messages[$0].ts }.max() ?? message.ts)
        }
        if message.isOwn { members["bot_id"] = "BDASH" }
        if let metadata = message.metadata { members["metadata"] = metadata }
        return .object(members)
    }

    private static func conversation(_ id: String) -> JSONValue {
        let isDirect = id.hasPrefix("D")
        return [
            "id": .string(id), "name": .string(id.lowercased()), "is_im": .bool(isDirect),
            "is_channel": .bool(!isDirect), "is_member": .bool(!isDirect), "is_archived": false,
            "is_ext_shared": false, "is_shared": false, "is_private": .bool(isDirect),
        ]
    }

    private func conversations() -> HTTPResponse {
        .json([
            "ok": true, "channels": .array(byChannel.keys.sorted().map(Self.conversation)),
            "response_metadata": ["next_cursor": ""],
        ])
    }

    private func userInfo(_ arguments: JSONValue) -> HTTPResponse {
        let user = arguments["user"]?.string ?? ""
        return .json([
            "ok": true,
            "user": [
                "id": .string(user), "name": "ada", "tz": "Europe/Berlin", "is_bot": false,
                "team_id": .string(FakeSlack.team), "profile": ["display_name": .string("Ada \(user)")],
            ],
        ])
    }
}
