import Planner

/// What earlier turns say about the question at hand.
struct ConversationMemory: Sendable, Codable, Equatable {
    /// The latest answer that had numbers, as far as it can be explained.
    struct Explained: Sendable, Codable, Equatable {
        var headline: String
        var provenance: Provenance
    }

    /// The plan of the latest answer with numbers; nil where a plan did not give them.
    var earlier: PlannedQuestion?
    /// Plans that may give what a fixed query has answered, where one did.
    var likely: [PlannedQuestion]?
    /// The readings that the latest answer offered, where it was a question back.
    var offered: [Clarification.Choice] = []
    /// What choices have decided so far, oldest first.
    var decisions: [Adjustment] = []
    var explained: Explained?
    /// The latest questions, latest first.
    var questions: [String] = []
    private static let mostDecisions = 20

    init() {}

    /// - Parameter turns: oldest first.
    init(_ turns: [Turn]) {
        let answers = turns.reversed().compactMap { turn in
            if case .answer(let answer) = turn.content { answer } else { nil }
        }
        questions = turns.reversed().compactMap { turn in
            if case .question(let text, _) = turn.content { text } else { nil }
        }.prefix(3).map(\.self)
        // What was not understood leaves the choices before it open, once.
        let asking = answers.first.map { $0.kind == .unanswered ? answers.dropFirst().first ?? $0 : $0 }
        if let asking, asking.kind == .clarification { offered = asking.memory?.offered ?? [] }
        decisions = answers.lazy.compactMap(\.memory).first?.decisions ?? []
        let latest = answers.first { $0.kind == .result || $0.memory?.answered != nil }
        earlier = latest?.memory?.answered
        likely = latest?.memory?.likely
        explained = answers.first { $0.kind == .result }.flatMap { answer in
            answer.provenance.map { Explained(headline: answer.headline, provenance: $0) }
        }
    }

    /// The choice that a reply takes: by its number ("2", "the first one"), by its label, or by words that only one label has.
    func choice(for reply: String) -> Clarification.Choice? {
        let words = Words.plain(reply)
        guard !offered.isEmpty, let last = words.last, words.count <= 12 else { return nil }
        let bare = words.filter { !Self.filling.contains($0) }
        if bare.count <= 1, let number = Int(bare.first ?? last) ?? Self.ordinals[bare.first ?? last] {
            return offered.indices.contains(number - 1) ? offered[number - 1] : nil
        }
        let labels = offered.map { Set(Words.plain($0.label)) }
        let said = Set(bare)
        if let same = labels.firstIndex(where: { $0.subtracting(Self.filling) == said }) { return offered[same] }
        // "by plan" goes on with another question.
        guard !said.isEmpty, words.first.map(Self.continuing.contains) == false else { return nil }
        let fitting = labels.indices.filter { said.isSubset(of: labels[$0]) }
        return fitting.count == 1 ? offered[fitting[0]] : nil
    }

    func deciding(_ new: [Adjustment]) -> [Adjustment] {
        var all = decisions
        for decision in new {
            all.removeAll { $0 == decision }
            all.append(decision)
        }
        return Array(all.suffix(Self.mostDecisions))
    }

    private static let filling: Set<String> = [
        "the", "a", "an", "number", "option", "choice", "one", "please", "i", "mean", "meant", "of", "in", "no", "yes",
        "want", "take", "it", "s", "is", "was", "that", "this",
    ]
    private static let ordinals = ["first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5]
    private static let continuing: Set<String> = [
        "by", "per", "only", "and", "what", "which", "how", "who", "when", "where", "why", "show", "give", "list",
        "same", "also", "then", "now", "with", "without", "top",
    ]
}
