import Testing

@testable import Dash

@Suite struct SeededGeneratorTests {
    @Test("A stream is given by its seed and number alone")
    func isReproducible() {
        var first = SeededGenerator(seed: 42, stream: 7)
        var second = SeededGenerator(seed: 42, stream: 7)
        #expect((0..<100).map { _ in first.next() } == (0..<100).map { _ in second.next() })
        var starts: Set<UInt64> = []
        for stream in 0..<1_000 {
            var generator = SeededGenerator(seed: 42, stream: stream)
            starts.insert(generator.next())
        }
        var otherSeed = SeededGenerator(seed: 43, stream: 0)
        starts.insert(otherSeed.next())
        #expect(starts.count == 1_001)
    }

    @Test("Integers cover their range evenly and never leave it", arguments: [1...1, 0...1, -3...3, 10...99])
    func drawsIntegers(range: ClosedRange<Int>) {
        var generator = SeededGenerator(seed: 1, stream: 1)
        var counts: [Int: Int] = [:]
        let draws = 2_000 * range.count
        for _ in 0..<draws { counts[generator.integer(in: range), default: 0] += 1 }
        #expect(Set(counts.keys) == Set(range))
        #expect(counts.values.allSatisfy { (1_700...2_300).contains($0) })
    }

    @Test("Weighted choices come as often as their weights say")
    func weighsChoices() {
        var generator = SeededGenerator(seed: 2, stream: 1)
        var counts: [String: Int] = [:]
        for _ in 0..<10_000 {
            counts[generator.element(of: [("often", 3), ("seldom", 1), ("never", 0)]), default: 0] += 1
        }
        #expect(counts["never"] == nil)
        #expect((7_300...7_700).contains(counts["often", default: 0]))
    }

    @Test("A sample has different elements in order, at most as many as there are")
    func samples() {
        var generator = SeededGenerator(seed: 3, stream: 1)
        for count in 0...12 {
            let sample = generator.sample(count, of: 5..<15)
            #expect(sample.count == min(count, 10))
            #expect(sample == Set(sample).sorted())
            #expect(sample.allSatisfy { (5..<15).contains($0) })
        }
    }
}
