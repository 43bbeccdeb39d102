/// Which words of one text another accounts for.
struct Coverage: Sendable {
    enum Strength: Double, Sendable { case none = 0, weak = 0.4, strong = 0.7, phrase = 1 }

    private(set) var strengths: [Strength]

    /// - Parameters:
    ///   - phrase: the text that counts most.
    ///   - strong: texts that count fully.
    ///   - weak: names of things that may be mentioned without changing the meaning.
    ///   - required: words that a weak text must not account for.
    init(
        of terms: [Term], phrase: [Term], strong: [[Term]] = [], weak: [[Term]] = [], required: [Term] = [],
        phrasebook: Phrasebook
    ) {
        strengths = Array(repeating: .none, count: terms.count)
        cover(terms, with: [phrase], as: .phrase, phrasebook)
        cover(terms, with: strong, as: .strong, phrasebook)
        for index in terms.indices where strengths[index] == .none {
            let isRequired = required.contains { $0.surface == terms[index].surface }
            if !isRequired, weak.contains(where: { $0.contains { $0.matches(terms[index]) } }) {
                strengths[index] = .weak
            }
        }
    }

    /// The same with one text that counts most.
    func raised(_ terms: [Term], by phrase: [Term], phrasebook: Phrasebook) -> Coverage {
        let own = Coverage(of: terms, phrase: phrase, phrasebook: phrasebook)
        var copy = self
        for index in terms.indices where own.strengths[index] == .phrase { copy.strengths[index] = .phrase }
        return copy
    }

    var isFull: Bool { !strengths.contains(.none) }

    var score: Double {
        strengths.isEmpty ? 0 : strengths.reduce(0) { $0 + $1.rawValue } / Double(strengths.count)
    }

    func uncovered(_ terms: [Term]) -> [Term] {
        zip(terms, strengths).filter { $0.1 == .none }.map(\.0)
    }

    private mutating func cover(_ terms: [Term], with texts: [[Term]], as strength: Strength, _ phrasebook: Phrasebook)
    {
        for index in terms.indices where strengths[index] == .none {
            if texts.contains(where: { Self.text($0, has: terms[index]) }) { strengths[index] = strength }
        }
        for length in stride(from: min(4, terms.count), to: 0, by: -1) {
            for start in 0...(terms.count - length) {
                let span = terms[start..<start + length]
                guard strengths[span.indices].contains(.none) else { continue }
                let isKnown = phrasebook.expansions(of: span).contains { phrase in
                    texts.contains { $0.contains(phrase: phrase) }
                }
                if isKnown {
                    for index in span.indices where strengths[index] == .none { strengths[index] = strength }
                }
            }
        }
    }

    private static func text(_ text: [Term], has term: Term) -> Bool {
        text.contains { other in
            other.matches(term) || (term.isTrend && other.isTimeGrain)
        }
    }
}
