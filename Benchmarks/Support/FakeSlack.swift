import FoundationEssentials
import Glibc
import HTTP
import RawHTTP
package import ServiceRuntime

/// Slack's Web API on the loopback interface, with what goes wrong there: it keeps every message, enforces its pace,
/// fails, answers late or not at all, and carries out what it has received also where the caller has died.
package final class FakeSlack: Sendable {
    package static let botUser = "UDASH"
    package static let team = "TCHAOS"

    /// A text that a message has had.
    package struct Version: Sendable {
        package var text: String
        /// When Slack took it, in seconds since 1970.
        package var at: Double
        /// Sent with the answer's mark: the placeholder or the answer, not an edit that shows progress.
        package var isMarked: Bool
    }

    package struct Message: Sendable {
        package var channel: String
        package var ts: String
        package var thread: String?
        package var user: String
        /// The answer it belongs to and its place there, as its metadata say.
        package var key: String?
        package var seq: Int?
        package var metadata: JSONValue?
        package var versions: [Version]

        package var isOwn: Bool { user == FakeSlack.botUser }
        package var text: String { versions.last?.text ?? "" }
    }

    package struct State: Sendable {
        package var messages: [Message] = []
        package var calls: [String: Int] = [:]
        package var faults: [String: Int] = [:]
        /// Posts that came too fast for their channel.
        package var tooFast = 0
        /// The longest time from receiving a call to having carried it out, in seconds.
        package var longestProcessing = 0.0
        /// The keys of answers whose final text has been taken, and when.
        package var finals: [String: Double] = [:]
        var policy = SlackFaults.none
        var random: SeededRandom
        var lastMicroseconds: Int64 = 0
        var places: [String: (tokens: Double, at: Double)] = [:]
        /// Where the messages of a channel and those of a thread are, and a message by channel and time stamp.
        var byThread: [String: [Int]] = [:]
        var byChannel: [String: [Int]] = [:]
        var byTS: [String: Int] = [:]
    }

    let state: Locked<State>
    private let server: RawHTTPServer

    package init(faults: SlackFaults, seed: UInt64) throws {
        var initial = State(random: SeededRandom(seed: seed, part: 1))
        initial.policy = faults
        let state = Locked(initial)
        self.state = state
        server = try RawHTTPServer { request, connection in Self.serve(request, connection, state) }
    }

    package func stop() { server.stop() }

    package var port: Int { server.port }
    package var snapshot: State { state.withLock { $0 } }
    package func set(_ faults: SlackFaults) { state.withLock { $0.policy = faults } }

    package func isAnswered(_ key: String) -> Bool { state.withLock { $0.finals[key] != nil } }
    package var answered: Int { state.withLock { $0.finals.count } }

    /// A person writes; returns the message's time stamp.
    package func say(_ text: String, by user: String, in channel: String, thread: String?) -> String {
        state.withLock { state in
            state.add(Message(channel: channel, ts: "", thread: thread, user: user, versions: []), text: text)
        }
    }

    package static var now: Double { Date.now.timeIntervalSince1970 }

    // MARK: - Calls

    private static func serve(_ request: HTTPRequest, _ connection: RawHTTPConnection, _ state: Locked<State>) {
        let arrival = now
        let method = String(request.target.split(separator: "/").last ?? "")
        let arguments = request.slackArguments
        let isWriting = method == "chat.postMessage" || method == "chat.update"
        let (fault, seconds) = state.withLock { state in
            state.calls[method, default: 0] += 1
            let fault = state.policy.draw(writes: isWriting, &state.random)
            if fault != .none { state.faults[fault.rawValue, default: 0] += 1 }
            let range = fault == .slow ? state.policy.slowness : state.policy.ordinary
            return (fault, Double.random(in: range, using: &state.random))
        }
        usleep(UInt32(seconds * 1_000_000))
        func perform() -> HTTPResponse {
            state.withLock { state in
                let response = state.perform(method, arguments)
                if isWriting { state.longestProcessing = max(state.longestProcessing, now - arrival) }
                return response
            }
        }
        switch fault {
        case .none, .slow: connection.respond(perform())
        case .rateLimited: connection.respond(tooMany())
        case .refused: connection.respond(.text("internal error", status: 500))
        case .failedAfter:
            _ = perform()
            connection.respond(.text("internal error", status: 500))
        case .dropped: connection.resetOnClose()
        case .answerLost:
            _ = perform()
            connection.resetOnClose()
        }
    }

    static func refusal(_ error: String, status: Int = 200) -> HTTPResponse {
        .json(["ok": false, "error": .string(error)], status: status)
    }

    static func tooMany() -> HTTPResponse {
        var response = refusal("ratelimited", status: 429)
        response.headers["Retry-After"] = "1"
        return response
    }
}
