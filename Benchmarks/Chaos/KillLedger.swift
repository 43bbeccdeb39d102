import BenchmarkSupport
import ServiceRuntime

/// The kills that have happened, each proven, and what ended otherwise than it should.
final class KillLedger: Sendable {
    struct Kill: Sendable {
        var replica: Int
        /// A failpoint's name, or how else.
        var kind: String
        var bornAt: Double
        var diedAt: Double
    }

    private struct State {
        var kills: [Kill] = []
        var gracefulStops = 0
        var wrongEnds: [String] = []
    }

    private let state = Locked(State())

    var kills: [Kill] { state.withLock { $0.kills } }
    var wrongEnds: [String] { state.withLock { $0.wrongEnds } }
    var gracefulStops: Int { state.withLock { $0.gracefulStops } }
    var count: Int { state.withLock { $0.kills.count } }

    func count(of kind: String) -> Int { state.withLock { $0.kills.count { $0.kind == kind } } }

    /// Counts the kill if the process was ended by SIGKILL and, for a failpoint, said before that it met it.
    func note(_ kind: String, _ process: ReplicaProcess, of replica: Int, isFailpoint: Bool) async {
        let ending = await process.end()
        guard ending == .killed(signal: 9) else {
            return wrong("replica \(replica) ended with \(ending) where it was to be killed (\(kind)): \(process.log)")
        }
        let line = "{\"failpoint\":\"\(kind)\"}"
        guard !isFailpoint || process.logText.contains(line) else {
            return wrong("replica \(replica) died without saying that it met \(kind): \(process.log)")
        }
        let kill = Kill(
            replica: replica, kind: kind, bornAt: process.startedAt, diedAt: process.endedAt ?? FakeSlack.now)
        state.withLock { $0.kills.append(kill) }
    }

    func noteGracefulStop() { state.withLock { $0.gracefulStops += 1 } }

    func wrong(_ what: String) { state.withLock { $0.wrongEnds.append(what) } }

    var json: JSONValue {
        .object(Dictionary(grouping: kills, by: \.kind).mapValues { .integer(Int64($0.count)) })
    }
}
