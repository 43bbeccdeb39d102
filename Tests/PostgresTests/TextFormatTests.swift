import FoundationEssentials
import Postgres
import TestSupport
import Testing

@Suite struct TextFormatTests {
    @Test(
        "Times are read with their fraction and offset",
        arguments: [
            ("1970-01-01 00:00:00+00", 0), ("2023-11-14 22:13:20.25+00", 1_700_000_000.25),
            ("2023-11-15 03:43:20+05:30", 1_700_000_000), ("2023-11-14 17:13:20-05", 1_700_000_000),
            ("1969-12-31 23:59:59.5+00", -0.5), ("2024-02-29T12:00:00Z", 1_709_208_000),
            ("0001-01-01 00:00:00+00", -62_135_596_800), ("1890-01-01 00:00:00-00:01:15", -2_524_521_525),
        ] as [(String, Double)])
    func times(text: String, seconds: Double) {
        #expect(Date(postgresText: text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(
        "What is no point in time is refused",
        arguments: ["", "infinity", "2023-11-14", "2023-11-14 22:13:20", "2023-11-14 22:13:20+00 BC", "22:13:20+00"])
    func noTimes(text: String) {
        #expect(Date(postgresText: text) == nil)
    }

    @Test("The server reads the times we write as we mean them, and we its own")
    func timesRoundTrip() async throws {
        try await PostgresServer.shared.withClient { client in
            for seconds in [0, -0.000001, 1_700_000_000.123456, -62_135_596_800, 253_402_300_799, 0.1, 1e9] {
                let date = Date(timeIntervalSince1970: seconds)
                let row = try #require(
                    try await client.query(
                        """
                        SELECT \(date)::timestamptz AS time,
                               round(extract(epoch FROM \(date)::timestamptz) * 1000000)::int8 AS micros
                        """
                    ).rows.first)
                let micros: Int = try row.decode("micros")
                #expect(micros == Int((seconds * 1_000_000).rounded()))
                let read: Date = try row.decode("time")
                #expect(abs(read.timeIntervalSince1970 - seconds) < 0.000_01)
            }
        }
    }

    @Test(
        "Arrays are read element by element",
        arguments: [
            ("{}", []), ("{a}", ["a"]), ("{a,b c}", ["a", "b c"]),
            (#"{"a,b","c\"d","e\\f",""}"#, ["a,b", "c\"d", "e\\f", ""]),
            (#"{"NULL"}"#, ["NULL"]), (#"{"{}"}"#, ["{}"]),
        ] as [(String, [String])])
    func arrays(text: String, elements: [String]) {
        #expect([String](postgresText: text) == elements)
    }

    @Test(
        "What is no array of values is refused",
        arguments: ["", "a", "{", "{a", "{a,}", "{,a}", "{NULL}", "{{a},{b}}", #"{"a}"#, #"{"a"b}"#, #"{a\}"#])
    func noArrays(text: String) {
        #expect([String](postgresText: text) == nil)
    }

    @Test("Arrays of nasty texts come back as they went in")
    func arraysRoundTrip() async throws {
        try await PostgresServer.shared.withClient { client in
            let row = try #require(
                try await client.query(
                    "SELECT \(QueryTests.nastyTexts)::text[] AS texts, \([1, -2])::int8[] AS numbers"
                )
                .rows.first)
            let texts: [String] = try row.decode("texts")
            #expect(texts == QueryTests.nastyTexts)
            #expect(zip(texts, QueryTests.nastyTexts).allSatisfy { $0.utf8.elementsEqual($1.utf8) })
            let numbers: [Int] = try row.decode("numbers")
            #expect(numbers == [1, -2])
        }
    }

    @Test("Decimals are read exactly, and what is none is refused")
    func decimals() {
        #expect(Decimal(postgresText: "-12345678901234567890.123") == Decimal(string: "-12345678901234567890.123"))
        #expect(Decimal(postgresText: "NaN") == nil)
        #expect(Decimal(postgresText: "1 2") == nil)
    }
}
