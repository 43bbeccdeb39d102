import FoundationEssentials
import Testing

@testable import ServiceRuntime

@Suite struct TZifTests {
    @Test(
        "A rule for all years is read, or refused as a whole",
        arguments: [
            ("UTC0", true), ("<+03>-3", true), ("CET-1CEST,M3.5.0,M10.5.0/3", true),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", true),
            ("EST5EDT4:30,J60,300/-1:30:15", true), ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", true),
            ("", false), ("CE-1", false), ("CET", false), ("CET-1CEST", false), ("CET-1CEST,M3.5.0", false),
            ("CET-1CEST,M13.5.0,M10.5.0", false), ("CET-1CEST,M3.6.0,M10.5.0", false), ("CET-1x", false),
            ("<+03-3", false),
            ("CET-99", false), ("CET-1CEST,J0,J1", false), ("CET-1CEST,M3.5.0,M10.5.0/3 ", false),
        ])
    func posix(rule: String, isValid: Bool) {
        #expect((PosixTimeZone(rule) != nil) == isValid)
    }

    @Test("The days of the leap year differ between the two ways of counting")
    func dayNumbers() throws {
        let zone = try #require(PosixTimeZone("AAA0BBB,J60/0,60/0"))
        // March 1 by the first rule; day 60 counted from 0 is March 1 in a leap year and March 2 in others.
        let changes: [(Int64, Int)] = [
            (1_677_628_799, 0), (1_677_628_800, 3600), (1_677_711_599, 3600), (1_677_711_600, 0),
            (1_709_251_199, 0), (1_709_251_200, 3600),
        ]
        for (time, offset) in changes { #expect(zone.offset(at: time) == offset, "at \(time)") }
    }

    @Test("Any damage to a file is refused or read, never a crash")
    func fuzz() throws {
        let original = Array(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Paris")))
        #expect(TZif(original) != nil)
        for count in 0..<original.count { #expect(TZif(Array(original[..<count])) == nil) }
        var generator = SplitMix64(seed: 3)
        for _ in 0..<3000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let file = TZif(bytes) else { continue }
            let zone = TimeZoneRules(identifier: "Damaged", file: file)
            let time = Date(timeIntervalSince1970: Double.random(in: -1e12...1e12, using: &generator))
            _ = zone.civil(at: time)
        }
    }
}
