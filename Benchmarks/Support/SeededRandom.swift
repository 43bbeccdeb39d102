import ServiceRuntime

/// Draws for one part of a run: the same for the same seed, whatever the other parts draw.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var base: SplitMix64

    package init(seed: UInt64, part: Int) {
        base = SplitMix64(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(bitPattern: Int64(part)))
        _ = base.next()
    }

    package mutating func next() -> UInt64 { base.next() }

    /// True with the given probability.
    package mutating func chance(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < probability
    }

    /// From a range in seconds.
    package mutating func duration(_ range: ClosedRange<Double>) -> Duration {
        .milliseconds(Int64(Double.random(in: range, using: &self) * 1000))
    }

    package mutating func integer(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }
}
