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
        case "conversations.history": history(arguments)
        case "users.conversations": conversationList(arguments)
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
        let start = arguments["cursor"]?.string.flatMap { Int($0) } ?? 0
        let page = found.dropFirst(start).prefix(pageSize)
        let next = start + page.count < found.count ? String(start + page.count) : ""
        return .json([
            "ok": true, "messages": .array(page.map(Self.json)),
            "response_metadata": ["next_cursor": .string(next)],
        ])
    }

    /// Newest first, without replies.
    private func history(_ arguments: JSONValue) -> HTTPResponse {
        let oldest = arguments["oldest"]?.string ?? "0"
        let all = messages.filter { $0.channel == arguments["channel"]?.string }
        let found = all.filter { ($0.thread == nil || $0.thread == $0.ts) && $0.ts >= oldest }.sorted { $0.ts > $1.ts }
        let start = arguments["cursor"]?.string.flatMap { Int($0) } ?? 0
        let page = found.dropFirst(start).prefix(pageSize)
        let next = start + page.count < found.count ? String(start + page.count) : ""
        let shown = page.map { message -> JSONValue in
            var members = Self.json(message).object ?? [:]
            if let last = all.filter({ $0.thread == message.ts && $0.ts != message.ts }).map(\.ts).max() {
                members["latest_reply"] = .string(last)
            }
            return .object(members)
        }
        return .json([
            "ok": true, "messages": .array(shown), "response_metadata": ["next_cursor": .string(next)],
        ])
    }

    private func conversationList(_ arguments: JSONValue) -> HTTPResponse {
        let types = Set((arguments["types"]?.string ?? "").split(separator: ",").map(String.init))
        let found = conversations.sorted { $0.key < $1.key }.filter { id, members in
            let type =
                members["is_im"] == true
                ? "im"
                : members["is_mpim"] == true
                    ? "mpim" : members["is_private"] == true ? "private_channel" : "public_channel"
            return types.contains(type)
        }
        let start = arguments["cursor"]?.string.flatMap { Int($0) } ?? 0
        let page = found.dropFirst(start).prefix(pageSize)
        let next = start + page.count < found.count ? String(start + page.count) : ""
        let shown = page.map { id, members in
            JSONValue.object(members.merging(["id": .string(id)]) { _, new in new })
        }
        return .json([
            "ok": true, "channels": .array(shown), "response_metadata": ["next_cursor": .string(next)],
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
