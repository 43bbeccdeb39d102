import FoundationEssentials
import ServiceRuntime
import Testing

@Suite struct TimeZoneRulesTests {
    /// From another reader of the same database.
    static let known: [(String, Double, String)] = [
        ("Europe/Paris", 1_774_745_999, "2026-03-29 01:59:59"),
        ("Europe/Paris", 1_774_746_000, "2026-03-29 03:00:00"),
        ("Europe/Paris", 1_792_889_999, "2026-10-25 02:59:59"),
        ("Europe/Paris", 1_792_890_000, "2026-10-25 02:00:00"),
        ("America/New_York", 1_772_953_200, "2026-03-08 03:00:00"),
        ("America/New_York", -3_000_000_000, "1874-12-07 13:43:58"),
        ("America/New_York", 4_102_444_800, "2099-12-31 19:00:00"),
        ("America/New_York", 4_118_000_000, "2100-06-29 20:53:20"),
        ("Asia/Kolkata", 0, "1970-01-01 05:30:00"),
        ("Australia/Lord_Howe", 1_775_314_800, "2026-04-05 01:30:00"),
        ("Australia/Lord_Howe", 1_791_043_200, "2026-10-04 03:00:00"),
        ("Europe/Dublin", 1_767_225_600, "2026-01-01 00:00:00"),
        ("Europe/Dublin", 1_783_000_000, "2026-07-02 14:46:40"),
        ("Pacific/Apia", 1_325_239_199, "2011-12-29 23:59:59"),
        ("Pacific/Apia", 1_325_239_200, "2011-12-31 00:00:00"),
        ("Africa/Casablanca", 1_784_000_000, "2026-07-14 04:33:20"),
        ("Europe/Moscow", 1_400_000_000, "2014-05-13 20:53:20"),
        ("Asia/Tehran", 1_790_000_000, "2026-09-21 17:43:20"),
        ("Europe/Paris", 2_855_901_600, "2060-07-01 12:00:00"),
        ("America/Sao_Paulo", 1_541_300_400, "2018-11-04 01:00:00"),
        ("UTC", 1_790_000_000.75, "2026-09-21 14:13:20"),
        ("UTC", -0.25, "1969-12-31 23:59:59"),
    ]

    @Test("What a clock shows at an instant", arguments: known)
    func clock(name: String, time: Double, local: String) throws {
        let zone = try TimeZoneRules(identifier: name)
        let instant = Date(timeIntervalSince1970: time)
        #expect(zone.civil(at: instant).description == local)
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
        #expect(try TimeZoneRules(identifier: "UTC", directory: "/nonexistent") == TimeZoneRules.utc)
    }
}
