import Planner
import ServiceRuntime
import Testing

@Suite("Periods as days")
struct PeriodResolverTests {
    /// Saturday, 21 November 2026.
    private static let today = day("2026-11-21")

    private static func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(daysSinceEpoch: 0) }

    private static func resolver(
        today: String = "2026-11-21", newest: String? = nil, fiscalYearStart: Int = 1, weekStart: Int = 1
    ) -> PeriodResolver {
        PeriodResolver(
            rules: CalendarRules(fiscalYearStart: fiscalYearStart, weekStart: weekStart), today: day(today),
            newest: newest.map(day))
    }

    private static func written(_ period: ResolvedPeriod) -> String {
        "\(period.start?.description ?? "")/\(period.last?.description ?? "")"
    }

    @Test(
        "Weeks begin and years end where the company says",
        arguments: [
            (Period.calendar(.week, offset: 0, isFiscal: false), 0, 1, "2026-11-15/2026-11-21"),
            (.calendar(.week, offset: 0, isFiscal: false), 1, 1, "2026-11-16/2026-11-22"),
            (.calendar(.week, offset: -1, isFiscal: false), 6, 1, "2026-11-14/2026-11-20"),
            (.calendar(.year, offset: 0, isFiscal: true), 1, 4, "2026-04-01/2027-03-31"),
            (.calendar(.quarter, offset: -1, isFiscal: true), 1, 2, "2026-08-01/2026-10-31"),
            (.named(year: 2026, unit: .quarter(1), isFiscal: true), 1, 10, "2025-10-01/2025-12-31"),
            (.named(year: nil, unit: .year, isFiscal: true), 1, 7, "2026-07-01/2027-06-30"),
            (.named(year: 2026, unit: .month(2), isFiscal: true), 1, 10, "2026-02-01/2026-02-28"),
            (.named(year: 2021, unit: .week(1), isFiscal: false), 0, 1, "2021-01-04/2021-01-10"),
            (.named(year: 2020, unit: .week(53), isFiscal: false), 0, 1, "2020-12-28/2021-01-03"),
        ] as [(Period, Int, Int, String)])
    func calendars(period: Period, weekStart: Int, fiscalYearStart: Int, expected: String) {
        let resolver = Self.resolver(fiscalYearStart: fiscalYearStart, weekStart: weekStart)
        #expect(Self.written(resolver.resolve(period)) == expected)
    }

    @Test(
        "People read which days are meant",
        arguments: [
            (Period.calendar(.month, offset: -1, isFiscal: false), "October 2026"),
            (.calendar(.month, offset: 0, isFiscal: false), "November 2026 so far"),
            (.rolling(count: 30, .day), "past 30 days, 22 Oct – 21 Nov 2026"),
            (.complete(count: 6, .month, isFiscal: false), "last 6 months, 1 May – 31 Oct 2026"),
            (.calendar(.quarter, offset: -1, isFiscal: false), "Q3 2026"),
            (.calendar(.week, offset: -1, isFiscal: false), "the week 9–15 November 2026"),
            (.toDate(.year, isFiscal: false), "year to date, 1 Jan – 21 Nov 2026"),
            (.days(from: Day("2026-03-01"), through: nil), "since 1 March 2026"),
            (.days(from: Day("2025-12-30"), through: Day("2026-01-02")), "30 Dec 2025 – 2 Jan 2026"),
        ] as [(Period, String)])
    func labels(period: Period, expected: String) {
        #expect(Self.resolver().resolve(period).label == expected)
    }

    @Test(
        "Periods without any data count from the newest day where that is old, and say so",
        arguments: [
            (Period.rolling(count: 30, .day), "2025-06-30", "2025-05-31/2025-06-30", true),
            (.calendar(.month, offset: -1, isFiscal: false), "2025-06-30", "2025-05-01/2025-05-31", true),
            (.complete(count: 6, .month, isFiscal: false), "2025-06-30", "2024-12-01/2025-05-31", true),
            (.named(year: nil, unit: .month(8), isFiscal: false), "2025-06-30", "2024-08-01/2024-08-31", true),
            (.calendar(.day, offset: -1, isFiscal: false), "2026-11-15", "2026-11-14/2026-11-14", true),
            (.calendar(.day, offset: -1, isFiscal: false), "2026-11-19", "2026-11-20/2026-11-20", false),
            (.rolling(count: 30, .day), "2026-11-10", "2026-10-22/2026-11-21", false),
            (.calendar(.month, offset: 0, isFiscal: false), "2026-10-31", "2026-11-01/2026-11-30", false),
            (.named(year: 2026, unit: .month(8), isFiscal: false), "2025-06-30", "2026-08-01/2026-08-31", false),
            (.calendar(.month, offset: 1, isFiscal: false), "2025-06-30", "2026-12-01/2026-12-31", false),
            (.rolling(count: 30, .day), "2027-06-30", "2026-10-22/2026-11-21", false),
        ] as [(Period, String, String, Bool)])
    func anchors(period: Period, newest: String, expected: String, isShifted: Bool) {
        let resolved = Self.resolver(newest: newest).resolve(period)
        #expect(Self.written(resolved) == expected)
        #expect(resolved.note?.contains("counted from there") ?? false == isShifted)
    }

    @Test("Where the data ends within a period, a note says when")
    func dataEnds() {
        let period = Period.rolling(count: 30, .day)
        #expect(Self.resolver(newest: "2026-11-10").resolve(period).note == "The newest data is of 10 November 2026.")
        #expect(Self.resolver(newest: "2026-11-20").resolve(period).note == nil)
        #expect(Self.resolver().resolve(period).note == nil)
    }

    @Test(
        "Partial periods are compared over the same days, clamped where a month is shorter",
        arguments: [
            (
                Period.calendar(.month, offset: 0, isFiscal: false), "2026-11-21", Plan.Comparison.previousPeriod,
                "2026-11-01/2026-11-21", "2026-10-01/2026-10-21"
            ),
            (
                .toDate(.month, isFiscal: false), "2026-03-31", .previousPeriod, "2026-03-01/2026-03-31",
                "2026-02-01/2026-02-28"
            ),
            (
                .calendar(.month, offset: 0, isFiscal: false), "2026-03-30", .previousPeriod,
                "2026-03-01/2026-03-30", "2026-02-01/2026-02-28"
            ),
            (
                .toDate(.year, isFiscal: false), "2028-02-29", .yearBefore, "2028-01-01/2028-02-29",
                "2027-01-01/2027-02-28"
            ),
            (
                .calendar(.quarter, offset: 0, isFiscal: false), "2026-11-21", .previousPeriod,
                "2026-10-01/2026-11-21", "2026-07-01/2026-08-21"
            ),
            (
                .calendar(.week, offset: 0, isFiscal: false), "2026-11-18", .previousPeriod,
                "2026-11-16/2026-11-18", "2026-11-09/2026-11-11"
            ),
            (
                .calendar(.month, offset: -1, isFiscal: false), "2026-11-21", .previousPeriod,
                "2026-10-01/2026-10-31", "2026-09-01/2026-09-30"
            ),
            (
                .calendar(.month, offset: -1, isFiscal: false), "2025-03-10", .yearBefore,
                "2025-02-01/2025-02-28", "2024-02-01/2024-02-29"
            ),
            (
                .rolling(count: 30, .day), "2026-11-21", .previousPeriod, "2026-10-22/2026-11-21",
                "2026-09-21/2026-10-21"
            ),
            (
                .complete(count: 6, .month, isFiscal: false), "2026-11-21", .previousPeriod,
                "2026-05-01/2026-10-31", "2025-11-01/2026-04-30"
            ),
            (
                .named(year: 2024, unit: .year, isFiscal: false), "2026-11-21", .previousPeriod,
                "2024-01-01/2024-12-31", "2023-01-01/2023-12-31"
            ),
            (
                .days(from: Day("2024-01-01"), through: Day("2024-03-31")), "2026-11-21", .previousPeriod,
                "2024-01-01/2024-03-31", "2023-10-01/2023-12-31"
            ),
            (
                .days(from: Day("2024-03-05"), through: Day("2024-03-09")), "2026-11-21", .previousPeriod,
                "2024-03-05/2024-03-09", "2024-02-29/2024-03-04"
            ),
        ] as [(Period, String, Plan.Comparison, String, String)])
    func comparisons(
        period: Period, today: String, comparison: Plan.Comparison, current: String, compared: String
    ) throws {
        let both = try #require(Self.resolver(today: today).comparison(of: period, comparison))
        #expect([Self.written(both.current), Self.written(both.compared)] == [current, compared])
    }

    @Test("A stretch without an end has nothing to be compared with")
    func openEnded() {
        #expect(Self.resolver().comparison(of: .days(from: Day("2026-03-01"), through: nil), .previousPeriod) == nil)
    }

    @Test(
        "How one period stands to another",
        arguments: [
            (
                Period.calendar(.month, offset: 0, isFiscal: false),
                Period.calendar(.month, offset: -1, isFiscal: false),
                Plan.Comparison.previousPeriod
            ),
            (.calendar(.month, offset: 0, isFiscal: false), .calendar(.year, offset: -1, isFiscal: false), .yearBefore),
            (
                .named(year: 2024, unit: .quarter(1), isFiscal: false),
                .named(year: 2023, unit: .quarter(1), isFiscal: false),
                .yearBefore
            ),
            (
                .named(year: 2024, unit: .quarter(1), isFiscal: false),
                .named(year: 2023, unit: .quarter(4), isFiscal: false),
                .previousPeriod
            ),
            (
                .named(year: 2024, unit: .year, isFiscal: false), .named(year: 2023, unit: .year, isFiscal: false),
                .previousPeriod
            ),
            (.named(year: 2023, unit: .year, isFiscal: false), .named(year: 2024, unit: .year, isFiscal: false), nil),
            (
                .days(from: Day("2024-03-01"), through: Day("2024-03-31")),
                .days(from: Day("2024-02-01"), through: Day("2024-02-29")), .previousPeriod
            ),
            (.rolling(count: 30, .day), .calendar(.month, offset: -1, isFiscal: false), nil),
        ] as [(Period, Period, Plan.Comparison?)])
    func relations(period: Period, other: Period, expected: Plan.Comparison?) {
        #expect(period.comparison(with: other) == expected)
    }

    @Test("Any period has at least one day, adjoins the one before it, and its spine covers it", arguments: 0..<500)
    func properties(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let today = CivilDate(daysSinceEpoch: Int.random(in: 10_000...30_000, using: &random))
        let rules = CalendarRules(
            fiscalYearStart: Int.random(in: 1...12, using: &random), weekStart: Int.random(in: 0...6, using: &random))
        let resolver = PeriodResolver(rules: rules, today: today)
        let period = Self.period(&random)
        let days = resolver.resolve(period)
        let start = try #require(days.start)
        let end = try #require(days.end)
        #expect(start < end)
        let before = try #require(resolver.comparison(of: period, .previousPeriod))
        let comparedStart = try #require(before.compared.start)
        let comparedEnd = try #require(before.compared.end)
        #expect(comparedStart < comparedEnd)
        #expect(before.current.isPartial ? comparedEnd <= start : comparedEnd == start)
        for grain in TimeGrain.allCases {
            let spine = resolver.spine(from: start, to: end, by: grain, limit: 100_000)
            let first = try #require(spine.first)
            let last = try #require(spine.last)
            #expect(first <= start && last < end)
            for (first, next) in zip(spine, spine.dropFirst()) {
                #expect(resolver.start(of: grain, holding: next.adding(days: -1)) == first)
                #expect(resolver.start(of: grain, holding: next) == next)
            }
            #expect(resolver.start(of: grain, holding: end.adding(days: -1)) == last)
        }
    }

    private static func period(_ random: inout SplitMix64) -> Period {
        let grains: [TimeGrain] = [.day, .week, .month, .quarter, .year]
        let grain = grains[Int(random.next() % 5)]
        let count = Int.random(in: 1...40, using: &random)
        let isFiscal = random.next() % 2 == 0
        let units: [Period.NamedUnit] = [
            .year, .half(1 + count % 2), .quarter(1 + count % 4), .month(1 + count % 12), .week(1 + count),
            .day(month: 1 + count % 12, day: 1 + count % 28),
        ]
        let unit = units[Int(random.next() % 6)]
        switch random.next() % 7 {
        case 0: return .calendar(grain, offset: 2 - count, isFiscal: isFiscal)
        case 1: return .complete(count: count, grain, isFiscal: isFiscal)
        case 2: return .rolling(count: count, grain)
        case 3: return .toDate(grain, isFiscal: isFiscal)
        case 4: return .named(year: random.next() % 2 == 0 ? nil : 2_020, unit: unit, isFiscal: isFiscal)
        case 5: return .part(unit, yearOffset: -(count % 5), isFiscal: isFiscal)
        default: return .weekday(count % 7, includesToday: isFiscal)
        }
    }
}
