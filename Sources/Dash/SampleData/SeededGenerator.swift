import ServiceRuntime

/// A reproducible stream of draws. Never for secrets.
///
/// The draws are written out here because the standard library does not promise that `Int.random(in:using:)` maps the same
/// bits to the same value in every release.
struct SeededGenerator: Sendable {
    private var bits: SplitMix64

    /// Streams of one seed are independent: a change in one customer's life does not move another's.
    init(seed: UInt64, stream: Int) {
        bits = SplitMix64(seed: seed)
        bits = SplitMix64(seed: bits.next() ^ (UInt64(truncatingIfNeeded: stream) &* 0xD1B5_4A32_D192_ED03))
        _ = bits.next()
    }

    mutating func next() -> UInt64 { bits.next() }

    mutating func integer(in range: ClosedRange<Int>) -> Int {
        let width = UInt64(range.upperBound - range.lowerBound + 1)
        return range.lowerBound + Int(next().multipliedFullWidth(by: width).high)
    }

    /// 0 up to, not including, 1.
    mutating func fraction() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    mutating func number(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * fraction()
    }

    mutating func chance(_ probability: Double) -> Bool {
        fraction() < probability
    }

    /// The choices must not be empty.
    mutating func element<Element>(of choices: [Element]) -> Element {
        choices[integer(in: 0...choices.count - 1)]
    }

    /// The choices must not be empty; weights need not add up to 1.
    mutating func element<Element>(of choices: [(value: Element, weight: Double)]) -> Element {
        var rest = fraction() * choices.reduce(0) { $0 + $1.weight }
        for choice in choices {
            rest -= choice.weight
            if rest < 0 { return choice.value }
        }
        return choices[choices.count - 1].value
    }

    /// That many different integers of the range, ascending.
    mutating func sample(_ count: Int, of range: Range<Int>) -> [Int] {
        var pool = Array(range)
        let wanted = min(count, pool.count)
        for index in 0..<wanted {
            pool.swapAt(index, integer(in: index...pool.count - 1))
        }
        return pool[..<wanted].sorted()
    }
}
