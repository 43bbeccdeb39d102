import BenchmarkSupport
import Dash
import ServiceRuntime

/// What the searches of one kind took and found.
struct SearchFigures {
    let kind: SearchQuestion.Kind
    private var latencies = Latencies()
    private var answered = 0
    private var wanted = 0
    private var first = 0
    private var found = 0
    private var slowest: (time: Duration, text: String) = (.zero, "")

    init(kind: SearchQuestion.Kind) {
        self.kind = kind
    }

    mutating func add(_ time: Duration, _ question: SearchQuestion, _ hits: [KnowledgeStore.Hit]) {
        latencies.add(time)
        if time > slowest.time { slowest = (time, question.text) }
        if !hits.isEmpty { answered += 1 }
        guard let name = question.wanted else { return }
        wanted += 1
        if hits.first?.entry.content.name == name { first += 1 }
        if hits.contains(where: { $0.entry.content.name == name }) { found += 1 }
    }

    /// With the share of searches that found anything, and that found the entry they were made from.
    var summary: JSONValue {
        var summary: [String: JSONValue] = [
            "latency": latencies.summary, "with_hits": share(answered, of: latencies.count),
            "slowest": .string(slowest.text),
        ]
        if wanted > 0 {
            summary["wanted_first"] = share(first, of: wanted)
            summary["wanted_among_hits"] = share(found, of: wanted)
        }
        return .object(summary)
    }

    private func share(_ part: Int, of whole: Int) -> JSONValue {
        .number((Double(part) / Double(max(whole, 1)) * 1000).rounded() / 1000)
    }
}
