import HTTP
import ServiceRuntime

extension StubSlack.State {
    /// What Slack would do.
    mutating func perform(_ method: String, _ arguments: JSONValue) -> HTTPResponse {
        switch method {
        case "auth.test": authTest()
        case "chat.postMessage": post(arguments)
        case "chat.postEphemeral": .json(["ok": true, "message_ts": "1900000001.000001"])
        case "chat.update": update(arguments)
        case "conversations.replies": replies(arguments)
        case "users.info": userInfo(arguments)
        case "conversations.info": conversationInfo(arguments)
        case "assistant.threads.setStatus": setStatus(arguments)
        default: StubSlack.refusal("unknown_method")
        }
    }

    private func authTest() -> HTTPResponse {
        var response = HTTPResponse.json([
            "ok": true, "user_id": .string(StubSlack.botUser), "bot_id": "BDASH", "team_id": .string(StubSlack.team),
            "url": "https://stub.slack.com/",
        ])
        response.headers["x-oauth-scopes"] =
            "app_mentions:read,chat:write,im:history,channels:history,channels:read,groups:read,mpim:read,users:read"
        return response
    }

    private mutating func post(_ arguments: JSONValue) -> HTTPResponse {
        guard let channel = arguments["channel"]?.string, let text = arguments["text"]?.string, !text.isEmpty else {
            return StubSlack.refusal("no_text")
        }
        lastTS += 1
        let digits = String(lastTS)
        let ts = "1900000000." + String(repeating: "0", count: 6 - digits.count) + digits
        messages.append(
            StubSlack.Message(
                channel: channel, ts: ts, thread: arguments["thread_ts"]?.string, text: text,
                blocks: arguments["blocks"]?.array ?? [], metadata: arguments["metadata"], history: [text],
                user: StubSlack.botUser, isByBot: true))
        return .json(["ok": true, "channel": .string(channel), "ts": .string(ts)])
    }

    private mutating func update(_ arguments: JSONValue) -> HTTPResponse {
        guard let text = arguments["text"]?.string, text.utf16.count <= 4000 else {
            return StubSlack.refusal("msg_too_long")
        }
        guard
            let index = messages.firstIndex(where: {
                $0.isByBot && $0.ts == arguments["ts"]?.string && $0.channel == arguments["channel"]?.string
            })
        else { return StubSlack.refusal("message_not_found") }
        messages[index].text = text
        messages[index].history.append(text)
        if let blocks = arguments["blocks"]?.array { messages[index].blocks = blocks }
        if let metadata = arguments["metadata"] { messages[index].metadata = metadata }
        return .json(["ok": true, "ts": .string(messages[index].ts)])
    }

    private func replies(_ arguments: JSONValue) -> HTTPResponse {
        let thread = arguments["ts"]?.string
        let oldest = arguments["oldest"]?.string ?? "0"
        let found = messages.filter {
            $0.channel == arguments["channel"]?.string && ($0.thread == thread || $0.ts == thread) && $0.ts >= oldest
        }
        // Two to a page, so that paging is exercised.
        let start = arguments["cursor"]?.string.flatMap { Int($0) } ?? 0
        let page = found.dropFirst(start).prefix(2)
        let next = start + page.count < found.count ? String(start + page.count) : ""
        return .json([
            "ok": true, "messages": .array(page.map(Self.json)),
            "response_metadata": ["next_cursor": .string(next)],
        ])
    }

    private static func json(_ message: StubSlack.Message) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "message", "user": .string(message.user), "ts": .string(message.ts), "text": .string(message.text),
            "team": .string(StubSlack.team),
        ]
        if let thread = message.thread { members["thread_ts"] = .string(thread) }
        if message.isByBot { members["bot_id"] = "BDASH" }
        if let metadata = message.metadata { members["metadata"] = metadata }
        return .object(members)
    }

    private func userInfo(_ arguments: JSONValue) -> HTTPResponse {
        let user = arguments["user"]?.string ?? ""
        var members: [String: JSONValue] = [
            "id": .string(user), "name": "ada", "tz": "Europe/Berlin", "is_bot": false,
            "team_id": .string(StubSlack.team),
            "profile": ["display_name": .string("Ada \(user)")],
        ]
        members.merge(users[user] ?? [:]) { _, new in new }
        return .json(["ok": true, "user": .object(members)])
    }

    private func conversationInfo(_ arguments: JSONValue) -> HTTPResponse {
        let channel = arguments["channel"]?.string ?? ""
        var members: [String: JSONValue] = ["id": .string(channel), "is_ext_shared": false]
        members.merge(conversations[channel] ?? [:]) { _, new in new }
        return .json(["ok": true, "channel": .object(members)])
    }

    private mutating func setStatus(_ arguments: JSONValue) -> HTTPResponse {
        statuses.append(arguments["status"]?.string ?? "")
        return .json(["ok": true])
    }
}
