import Planner

/// A word of a question or of curated text, comparable across inflections.
struct Term: Sendable, Hashable {
    /// As written, in lower case.
    var surface: String
    /// The base forms the word may stand for; two terms match when they share one.
    var variants: [String]
    /// True behind "without", "not", "excluding" and the like, up to the end of the clause.
    var isNegated: Bool

    init(_ word: String, isNegated: Bool = false) {
        surface = word
        variants = Stemmer.variants(of: EnglishWords.canonical[word] ?? word)
        self.isNegated = isNegated
    }

    func matches(_ other: Term) -> Bool {
        isNegated == other.isNegated && sharesForm(with: other)
    }

    func sharesForm(with other: Term) -> Bool {
        variants.contains { other.variants.contains($0) }
    }

    var isNumber: Bool { surface.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E } }

    /// Carries no constraint of its own in either direction.
    var isSoft: Bool { variants.contains { EnglishWords.soft.contains($0) } }

    /// Says that a number is meant, not which.
    var isQuantifier: Bool { variants.contains { EnglishWords.quantifiers.contains($0) } }

    var isTimeGrain: Bool { variants.contains { EnglishWords.units.contains($0) } }
    var isTrend: Bool { variants.contains("trend") }

    /// Asks for a change, which is a measure of its own: "growth", "increase".
    var isChange: Bool { variants.contains { EnglishWords.changes.contains($0) } }
    var isAverage: Bool { variants.contains("average") }
    /// A part of something rather than an amount: "rate", "percent".
    var isRate: Bool { variants.contains { EnglishWords.relative.contains($0) } }
    /// Says that a sum is meant: "total", "amount".
    var isAmountWord: Bool { variants.contains("total") || surface == "amount" }
}

extension [Term] {
    /// Whether `phrase` occurs as neighbours, in order.
    func contains(phrase: some Collection<Term>) -> Bool {
        guard let first = phrase.first, phrase.count <= count else { return false }
        for start in 0...(count - phrase.count) where self[start].matches(first) {
            if zip(self[start...], phrase).allSatisfy({ $0.matches($1) }) { return true }
        }
        return false
    }
}
