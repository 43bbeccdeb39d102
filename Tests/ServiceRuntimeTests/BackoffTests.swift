import ServiceRuntime
import Testing

@Suite struct BackoffTests {
    @Test(
        "Waits double up to the cap and are spread over their upper half",
        arguments: [
            (0, 200), (1, 200), (2, 400), (3, 800), (6, 6400), (7, 10_000), (60, 10_000), (Int.max, 10_000),
        ])
    func growth(attempt: Int, milliseconds: Int) {
        let backoff = Backoff(initial: .milliseconds(200), maximum: .seconds(10))
        var generator = SplitMix64(seed: 1)
        let waits = (0..<200).map { _ in backoff.delay(afterAttempt: attempt, using: &generator) }
        let full = Duration.milliseconds(milliseconds)
        #expect(waits.allSatisfy { $0 >= full / 2 && $0 <= full })
        #expect(Set(waits).count > 100)
    }

    @Test("A cap below the first step holds at once")
    func lowCap() {
        var generator = SplitMix64(seed: 1)
        let backoff = Backoff(initial: .seconds(5), maximum: .seconds(1))
        #expect(backoff.delay(afterAttempt: 1, using: &generator) <= .seconds(1))
    }
}
