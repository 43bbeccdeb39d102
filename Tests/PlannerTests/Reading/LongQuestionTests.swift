import ServiceRuntime
import Testing

@testable import Planner

@Suite("What is no question any more ends soon")
struct LongQuestionTests {
    /// Readings of stretches that are found for one token at most, whatever stands around it.
    private static let mostPerToken = 24

    private static let texts: [String] = {
        var random = SplitMix64(seed: 3)
        let junk = String(decoding: (0..<10_000).map { _ in UInt8(33 + random.next() % 90) }, as: UTF8.self)
        let names = Zoo.source.tables.flatMap { $0.columns.map(\.name) }
        let words = [
            "how many animals", "by species", "in the last 3 months", "top 5", "average weight", "of the", "north",
        ]
        return [
            (0..<500).map { names[$0 % names.count] }.joined(separator: " "),
            Array(repeating: "weight", count: 500).joined(separator: " and "),
            Array(repeating: "name of the", count: 120).joined(separator: " "),
            Array(repeating: "north or south", count: 130).joined(separator: ", "),
            (0..<2_000).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined(separator: " "),
            junk, String(repeating: "a", count: 10_000), String(repeating: "'b ", count: 3_000),
            String(repeating: "1,", count: 5_000), String(repeating: "is_", count: 3_000),
        ]
    }()

    @Test("However long a text is, few readings are found for each of its words", arguments: texts.indices)
    func candidates(text: Int) {
        let tokens = Array(Tokenizer.tokens(of: Self.texts[text]).prefix(400))
        let finder = PieceFinder(
            of: tokens, model: Zoo.model, values: Zoo.values, overlay: Overlay([], model: Zoo.model))
        #expect(finder.candidateCount >= tokens.count)
        #expect(finder.candidateCount <= Self.mostPerToken * tokens.count)
        var end = 0
        for piece in finder.pieces() {
            #expect(piece.range.lowerBound == end)
            end = piece.range.upperBound
        }
        #expect(end == tokens.count)
    }

    @Test("A text that is longer than a question has no plan", arguments: texts.indices)
    func noPlan(text: Int) {
        let outcome = Zoo.planner.plan(Self.texts[text])
        if case .plan(let question) = outcome { Issue.record("\(question.plan)") }
    }

    @Test("A name is left out of the cover where it is asked to be, and nowhere else")
    func without() throws {
        let tokens = Tokenizer.tokens(of: "average phone number of keepers")
        let finder = PieceFinder(
            of: tokens, model: Zoo.model, values: Zoo.values, overlay: Overlay([], model: Zoo.model))
        let whole = try #require(finder.pieces().first { $0.range.count == 2 && !$0.entries.isEmpty })
        let parts = finder.pieces(without: [whole.range])
        #expect(!parts.contains { $0.range == whole.range && !$0.entries.isEmpty })
        #expect(finder.pieces().map(\.range).contains(whole.range))
        #expect(parts.last?.range == finder.pieces().last?.range)
    }

    @Test("Whatever is asked, it is answered in the same way again", arguments: 0..<100)
    func anything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let names = ["animals", "keepers", "weight", "enclosure", "north", "species", "name"]
        let text = (0..<5).map { _ in
            names[Int(random.next() % UInt64(names.count))] + " " + RandomText.make(&random)
        }.joined(separator: " ")
        #expect(Zoo.planner.plan(text) == Zoo.planner.plan(text))
    }
}
