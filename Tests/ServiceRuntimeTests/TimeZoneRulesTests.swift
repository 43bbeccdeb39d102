import FoundationEssentials
import ServiceRuntime
import Testing

@Suite struct TimeZoneRulesTests {
    /// From another reader of the same database.
    static let known: [(String, Double, Int, String, String)] = [
        ("Europe/Paris", 1_774_745_999, 3600, "CET", "2026-03-29 01:59:59"),
        ("Europe/Paris", 1_774_746_000, 7200, "CEST", "2026-03-29 03:00:00"),
        ("Europe/Paris", 1_792_889_999, 7200, "CEST", "2026-10-25 02:59:59"),
        ("Europe/Paris", 1_792_890_000, 3600, "CET", "2026-10-25 02:00:00"),
        ("America/New_York", 1_772_953_200, -14400, "EDT", "2026-03-08 03:00:00"),
        ("America/New_York", -3_000_000_000, -17762, "LMT", "1874-12-07 13:43:58"),
        ("America/New_York", 4_102_444_800, -18000, "EST", "2099-12-31 19:00:00"),
        ("America/New_York", 4_118_000_000, -14400, "EDT", "2100-06-29 20:53:20"),
        ("Asia/Kolkata", 0, 19800, "IST", "1970-01-01 05:30:00"),
        ("Australia/Lord_Howe", 1_775_314_800, 37800, "+1030", "2026-04-05 01:30:00"),
        ("Australia/Lord_Howe", 1_791_043_200, 39600, "+11", "2026-10-04 03:00:00"),
        ("Europe/Dublin", 1_767_225_600, 0, "GMT", "2026-01-01 00:00:00"),
        ("Europe/Dublin", 1_783_000_000, 3600, "IST", "2026-07-02 14:46:40"),
        ("Pacific/Apia", 1_325_239_199, -36000, "-10", "2011-12-29 23:59:59"),
        ("Pacific/Apia", 1_325_239_200, 50400, "+14", "2011-12-31 00:00:00"),
        ("Africa/Casablanca", 1_784_000_000, 3600, "+01", "2026-07-14 04:33:20"),
        ("Europe/Moscow", 1_400_000_000, 14400, "MSK", "2014-05-13 20:53:20"),
        ("Asia/Tehran", 1_790_000_000, 12600, "+0330", "2026-09-21 17:43:20"),
        ("UTC", 1_790_000_000.75, 0, "UTC", "2026-09-21 14:13:20"),
        ("UTC", -0.25, 0, "UTC", "1969-12-31 23:59:59"),
    ]

    @Test("Offset, letters and clock at an instant", arguments: known)
    func clock(name: String, time: Double, offset: Int, abbreviation: String, local: String) throws {
        let zone = try TimeZoneRules(identifier: name)
        let instant = Date(timeIntervalSince1970: time)
        #expect(zone.offset(at: instant) == offset)
        #expect(zone.abbreviation(at: instant) == abbreviation)
        #expect(zone.civil(at: instant).description == local)
    }

    private func local(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0) throws -> CivilDateTime {
        let date = try #require(CivilDate(year: year, month: month, day: day))
        return try #require(CivilDateTime(date, hour: hour, minute: minute))
    }

    private func instant(_ time: Double) -> Date { Date(timeIntervalSince1970: time) }

    @Test("A skipped hour has no instant, a repeated one has two")
    func transitions() throws {
        let paris = try TimeZoneRules(identifier: "Europe/Paris")
        #expect(try paris.instants(of: local(2026, 3, 29, 2, 30)) == .never(jump: instant(1_774_746_000)))
        #expect(
            try paris.instants(of: local(2026, 10, 25, 2, 30))
                == .twice(first: instant(1_792_888_200), second: instant(1_792_891_800)))
        #expect(try paris.instants(of: local(2026, 10, 25, 3)) == .once(instant(1_792_893_600)))
        #expect(try paris.instants(of: local(2060, 7, 1, 12)) == .once(instant(2_855_901_600)))
        let apia = try TimeZoneRules(identifier: "Pacific/Apia")
        #expect(try apia.instants(of: local(2011, 12, 30, 12)) == .never(jump: instant(1_325_239_200)))
        let saoPaulo = try TimeZoneRules(identifier: "America/Sao_Paulo")
        let day = try #require(CivilDate(year: 2018, month: 11, day: 4))
        #expect(saoPaulo.civil(at: saoPaulo.startOfDay(day)).description == "2018-11-04 01:00:00")
    }

    @Test(
        "What a clock shows leads back to the instant, at any time in any zone",
        arguments: [
            "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Europe/Dublin", "America/Nuuk",
            "Africa/Casablanca", "Asia/Kathmandu", "Asia/Gaza", "Antarctica/Troll", "America/Caracas", "UTC",
        ])
    func roundTrip(name: String) throws {
        let zone = try TimeZoneRules(identifier: name)
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<3000 {
            let time = Date(
                timeIntervalSince1970: Double(Int64.random(in: -3_000_000_000...6_000_000_000, using: &generator)))
            let clock = zone.civil(at: time)
            switch zone.instants(of: clock) {
            case .once(let instant): #expect(instant == time)
            case .twice(let first, let second):
                #expect(first < second && [first, second].contains(time))
            case .never: Issue.record("\(clock) is shown at \(time)")
            }
        }
    }

    @Test(
        "Names that are none are refused, and never leave the folder",
        arguments: [
            "Europe/Nowhere", "", "../../etc/passwd", "/etc/localtime", "Europe", "tzdata.zi", "zone.tab",
            "Europe/Paris\0x",
            "Bogus\nName", String(repeating: "a", count: 1000),
        ])
    func unknownName(name: String) {
        let error = #expect(throws: TimeZoneError.self) { try TimeZoneRules(identifier: name) }
        #expect(error?.code == .unknownName)
    }

    @Test("A missing database is told apart from a wrong name; UTC needs none")
    func missingDatabase() throws {
        let error = #expect(throws: TimeZoneError.self) {
            try TimeZoneRules(identifier: "Europe/Paris", directory: "/nonexistent")
        }
        #expect(error?.code == .databaseMissing)
        #expect(try TimeZoneRules(identifier: "UTC", directory: "/nonexistent").offset(at: .now) == 0)
    }
}
