import SQLGuard
import SQLGuardTestSupport
import ServiceRuntime
import Testing

@Suite struct GuardFuzzTests {
    @Test("Any bytes are decided about", arguments: [1, 2, 3] as [UInt64])
    func bytes(_ seed: UInt64) async {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<1_000 {
            let count = Int.random(in: 0..<200, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            await decide(bytes, as: .analyst)
        }
    }

    @Test("Any sequence of words is decided about", arguments: [1, 2, 3] as [UInt64])
    func words(_ seed: UInt64) async {
        var generator = SplitMix64(seed: seed)
        let words = Set((GuardCorpus.attacks + GuardCorpus.benign).flatMap { SQLPiece.split($0.sql).map(\.text) })
            .filter { $0.utf8.count < 100 }.sorted()
        for _ in 0..<2_000 {
            let count = Int.random(in: 1..<30, using: &generator)
            let text = (0..<count).compactMap { _ in words.randomElement(using: &generator) }.joined(separator: " ")
            await decide(Array(text.utf8), as: Bool.random(using: &generator) ? .analyst : .engineer)
        }
    }

    @Test("Statements with parts of others in them are decided about", arguments: [1, 2, 3] as [UInt64])
    func splices(_ seed: UInt64) async {
        var generator = SplitMix64(seed: seed)
        let pieces = (GuardCorpus.attacks + GuardCorpus.benign).map { SQLPiece.split($0.sql) }
        for _ in 0..<2_000 {
            guard var first = pieces.randomElement(using: &generator), !first.isEmpty,
                let second = pieces.randomElement(using: &generator), !second.isEmpty
            else { continue }
            let start = Int.random(in: 0..<second.count, using: &generator)
            let part = second[start..<min(second.count, start + Int.random(in: 1..<12, using: &generator))]
            let place = Int.random(in: 0..<first.count, using: &generator)
            first.replaceSubrange(place..<min(first.count, place + 2), with: part)
            let text = first.map(\.text).joined()
            await decide(Array(text.utf8), as: Bool.random(using: &generator) ? .analyst : .engineer)
        }
    }

    /// A statement that passes touches nothing that it must not, whatever it consists of.
    private func decide(_ bytes: [UInt8], as role: SQLRole) async {
        do throws(GuardRefusal) {
            let summary = try await GuardCorpus.sqlGuard(role).check(utf8: bytes)
            for relation in summary.relations {
                #expect([nil, "public", "dash", "information_schema"].contains(relation.schema))
                #expect(relation.access == .reads || relation.schema == "dash")
            }
            #expect(role == .engineer || !summary.changes)
        } catch {
            #expect(!error.refused.isEmpty && !error.reason.isEmpty && !error.advice.isEmpty)
        }
    }
}
