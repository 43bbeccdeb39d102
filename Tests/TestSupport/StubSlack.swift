import HTTP
import RawHTTP
package import ServiceRuntime

/// Slack's Web API on the loopback interface: records calls, keeps messages, and fails as a test says.
///
/// Posts, edits and reading work as in Slack, metadata included; a call whose answer is lost has still been carried out.
package final class StubSlack: Sendable {
    package struct Call: Sendable {
        /// For example `chat.postMessage`.
        package var method: String
        package var arguments: JSONValue
        package var token: String?
    }

    package struct Message: Sendable {
        package var channel: String
        package var ts: String
        package var thread: String?
        package var text: String
        package var blocks: [JSONValue]
        package var metadata: JSONValue?
        /// All texts it has had, the latest last.
        package var history: [String]
        package var user: String
        package var isByBot: Bool
    }

    /// What a call meets.
    package enum Behaviour: Sendable {
        case normal
        case rateLimited(seconds: Int)
        case status500
        case html503
        /// `ok: false` with this error; nothing is done.
        case refused(String)
        /// The connection breaks before anything is done.
        case dropped
        /// It is done, but the answer never arrives.
        case answerLost
        /// No answer until the caller hangs up; nothing is done.
        case silent
        /// Refused with `invalid_blocks` where the call has blocks.
        case blocksRefused
    }

    package struct State: Sendable {
        package var calls: [Call] = []
        package var messages: [Message] = []
        package var statuses: [String] = []
        /// What `users.info` and `conversations.info` say beyond the ordinary, by id.
        var users: [String: [String: JSONValue]] = [:]
        var conversations: [String: [String: JSONValue]] = [:]
        var scripts: [String: [Behaviour]] = [:]
        var modes: [String: Behaviour] = [:]
        var lastTS = 0
        /// Small, so that paging is exercised.
        var pageSize = 2

        package func calls(_ method: String) -> [Call] { calls.filter { $0.method == method } }
    }

    package static let botUser = "UDASH"
    package static let team = "T1"

    private struct Waiter {
        var condition: @Sendable (State) -> Bool
        var continuation: CheckedContinuation<Void, Never>
    }

    private let state = Locked(State())
    private let waiters = Locked<[Int: Waiter]>([:])
    private let nextWaiter = Locked(0)
    private let server: RawHTTPServer
    private let handler: Handler

    private final class Handler: Sendable {
        let handle = Locked<(@Sendable (HTTPRequest, RawHTTPConnection) -> Void)?>(nil)
    }

    package init() throws {
        let handler = Handler()
        self.handler = handler
        server = try RawHTTPServer { request, connection in
            let handle = handler.handle.withLock { $0 }
            handle?(request, connection)
        }
        handler.handle.withLock { handle in
            handle = { [weak self] request, connection in self?.serve(request, connection) }
        }
    }

    deinit { server.stop() }

    package var baseURL: String { "http://127.0.0.1:\(server.port)/api/" }

    package var snapshot: State { state.withLock { $0 } }

    /// The next calls of the method meet these, one each; later ones are normal again.
    package func script(_ method: String, _ behaviours: Behaviour...) {
        state.withLock { $0.scripts[method, default: []] += behaviours }
    }

    /// All calls of the method (`*`: of every method) meet this until it is changed.
    package func setMode(_ behaviour: Behaviour, for method: String = "*") {
        state.withLock { $0.modes[method] = behaviour }
    }

    /// What Slack says about a person from now on, for example `is_restricted`.
    package func setUser(_ id: String, _ members: [String: JSONValue]) {
        state.withLock { $0.users[id] = members }
    }

    /// What Slack says about a channel from now on, for example `is_ext_shared`.
    package func setConversation(_ id: String, _ members: [String: JSONValue]) {
        state.withLock { $0.conversations[id] = members }
    }

    /// The most messages that a page has.
    package func setPageSize(_ size: Int) {
        state.withLock { $0.pageSize = size }
    }

    /// A person's message, as `conversations.replies` shows it.
    package func addMessage(channel: String, ts: String, thread: String?, text: String, user: String = "U1") {
        state.withLock { state in
            state.messages.append(
                Message(
                    channel: channel, ts: ts, thread: thread, text: text, blocks: [], metadata: nil, history: [text],
                    user: user, isByBot: false))
        }
    }

    /// Returns when the condition holds, checked after every call; false where the task was cancelled before.
    @discardableResult
    package func wait(until condition: @escaping @Sendable (State) -> Bool) async -> Bool {
        let id = nextWaiter.withLock { next in
            next += 1
            return next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiters.withLock { $0[id] = Waiter(condition: condition, continuation: continuation) }
                resumeWaiters(cancelled: Task.isCancelled ? id : nil)
            }
        } onCancel: {
            resumeWaiters(cancelled: id)
        }
        return condition(snapshot)
    }

    private func resumeWaiters(cancelled: Int? = nil) {
        let snapshot = snapshot
        let ready = waiters.withLock { waiters in
            let done = waiters.filter { $0.key == cancelled || $0.value.condition(snapshot) }
            for id in done.keys { waiters[id] = nil }
            return done.values.map(\.continuation)
        }
        for continuation in ready { continuation.resume() }
    }

    private func serve(_ request: HTTPRequest, _ connection: RawHTTPConnection) {
        let method = String(request.target.split(separator: "/").last ?? "")
        let arguments = request.slackArguments
        let behaviour = state.withLock { state in
            state.calls.append(Call(method: method, arguments: arguments, token: request.headers["Authorization"]))
            if var script = state.scripts[method], !script.isEmpty {
                let first = script.removeFirst()
                state.scripts[method] = script
                return first
            }
            return state.modes[method] ?? state.modes["*"] ?? .normal
        }
        switch behaviour {
        case .normal: connection.respond(perform(method, arguments))
        case .rateLimited(let seconds):
            var response = Self.refusal("ratelimited", status: 429)
            response.headers["Retry-After"] = "\(seconds)"
            connection.respond(response)
        case .status500: connection.respond(.text("internal error", status: 500))
        case .html503: connection.respond(.html("<html><body>Service Unavailable</body></html>", status: 503))
        case .refused(let error): connection.respond(Self.refusal(error))
        case .dropped: connection.resetOnClose()
        case .answerLost:
            _ = perform(method, arguments)
            connection.resetOnClose()
        case .silent: connection.waitForHangUp()
        case .blocksRefused:
            let hasBlocks = arguments["blocks"]?.array?.isEmpty == false
            connection.respond(hasBlocks ? Self.refusal("invalid_blocks") : perform(method, arguments))
        }
        resumeWaiters()
    }

    static func refusal(_ error: String, status: Int = 200) -> HTTPResponse {
        .json(
            ["ok": false, "error": .string(error), "response_metadata": ["messages": ["[ERROR] stub"]]],
            status: status)
    }

    private func perform(_ method: String, _ arguments: JSONValue) -> HTTPResponse {
        state.withLock { $0.perform(method, arguments) }
    }
}
