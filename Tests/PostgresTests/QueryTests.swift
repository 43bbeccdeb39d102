import FoundationEssentials
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@Suite struct QueryTests {
    static let nastyTexts = [
        "", " ", "plain", "O'Brien", "''", "\"quoted\"", "back\\slash", "\\'; DROP TABLE x; --", "$1 and $2", "{a,b}",
        "NULL", "null", "a,b", "line\nbreak\ttab\r\n", "näïve ☃ 🧑‍👩‍👧 \u{301}", "\u{1}\u{7f}", "%s %d",
        "e\u{301}\"\\", "'\u{301}", "\"\u{301}", "\\\u{301}", String(repeating: "long 'text' ", count: 20_000),
    ]

    @Test("Bound text comes back as it went in", arguments: nastyTexts)
    func roundTrip(text: String) async throws {
        try await PostgresServer.shared.withClient { client in
            let rows = try await client.query(
                "SELECT \(text)::text AS text, (\([text, "other"])::text[])[1] AS first"
            ).rows
            let row = try #require(rows.first)
            #expect(try row.decode("text", as: String.self).utf8.elementsEqual(text.utf8))
            #expect(try row.decode("first", as: String.self).utf8.elementsEqual(text.utf8))
        }
    }

    @Test("Quoted literals and identifiers mean the text they quote")
    func quoting() async throws {
        try await PostgresServer.shared.withClient { client in
            for text in Self.nastyTexts {
                let literal = PostgresQuery.quoted(literal: text)
                let result = try await client.query(PostgresQuery(unescaped: "SELECT \(literal) AS value"))
                let value = try #require(result.rows.first?["value"])
                #expect(value.utf8.elementsEqual(text.utf8))
            }
            for name in ["plain", "Mixed Case", "quo\"te", "semi;colon", "ünï☃", "\"\u{301}"] {
                let result = try await client.query("SELECT 1 AS \(identifier: name)")
                #expect(result.columns.names == [name])
            }
        }
    }

    @Test("Values of every bindable type arrive as themselves")
    func types() async throws {
        try await PostgresServer.shared.withClient { client in
            let id = UUID()
            let nothing: String? = nil
            let row = try #require(
                try await client.query(
                    """
                    SELECT \(42)::int8 + 1 AS number, \(true)::bool AS flag, \(1.5)::float8 AS fraction,
                           \(nothing)::text AS nothing, \(id)::uuid AS id,
                           \(JSONValue.object(["a": [1, "x\"y"]]))::jsonb AS json,
                           \(Date(timeIntervalSince1970: 1_700_000_000.25))::timestamptz
                               = to_timestamp(1700000000.25) AS time
                    """
                ).rows.first)
            #expect(try row.decode("number", as: Int.self) == 43)
            #expect(try row.decode("flag", as: Bool.self))
            #expect(try row.decode("fraction", as: Double.self) == 1.5)
            #expect(try row.decodeIfPresent("nothing", as: String.self) == nil)
            #expect(try row.decode("id", as: UUID.self) == id)
            #expect(try row.decode("json", as: JSONValue.self) == ["a": [1, "x\"y"]])
            #expect(try row.decode("time", as: Bool.self))
        }
    }

    @Test("A NUL in a parameter is refused, naming the parameter and showing no value")
    func nul() async throws {
        try await PostgresServer.shared.withClient { client in
            let error = await #expect(throws: PostgresError.self) {
                try await client.query("SELECT \("fine")::text, \("se\0cret")::text")
            }
            #expect(error?.message.contains("$2") == true)
            #expect(error?.description.contains("cret") == false)
            let next = try await client.query("SELECT 1 AS one")
            #expect(next.rows.count == 1)
        }
    }

    @Test("More parameters than the protocol carries are refused before anything is sent")
    func tooManyParameters() async throws {
        try await PostgresServer.shared.withClient { client in
            let query = PostgresQuery(unescaped: "SELECT 1", bindings: [String?](repeating: nil, count: 70_000))
            let error = await #expect(throws: PostgresError.self) { try await client.query(query) }
            #expect(error?.sqlState == "54023")
        }
    }

    @Test("An error carries the server's fields, and its description no stored or bound values")
    func errorFields() async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.query("CREATE TABLE people (email text PRIMARY KEY, age integer)")
            try await client.query("INSERT INTO people VALUES (\("ann@example.com"), 1)")
            let duplicate = await #expect(throws: PostgresError.self) {
                try await client.query("INSERT INTO people VALUES (\("ann@example.com"), 2)")
            }
            #expect(duplicate?.code == .queryFailed)
            #expect(duplicate?.sqlState == "23505")
            #expect(duplicate?.detail?.contains("ann@example.com") == true)
            #expect(duplicate?.description.contains("ann@") == false)

            let malformed = await #expect(throws: PostgresError.self) {
                try await client.query("UPDATE people SET age = \("s3cret")::text::integer")
            }
            #expect(malformed?.sqlState == "22P02")
            #expect(malformed.map { "\($0)" }?.contains("s3cret") == false)

            let misspelled = await #expect(throws: PostgresError.self) {
                try await client.query("SELECT emial FROM people")
            }
            #expect(misspelled?.sqlState == "42703")
            #expect(misspelled?.position == 8)
            #expect(misspelled?.hint?.contains("people.email") == true)
        }
    }

    @Test("The extended protocol takes one statement only; a script takes several, all or none of them")
    func statementsAndScripts() async throws {
        try await PostgresServer.shared.withClient { client in
            let error = await #expect(throws: PostgresError.self) { try await client.query("SELECT 1; SELECT 2") }
            #expect(error?.sqlState == "42601")
            try await client.withConnection { connection in
                try await connection.execute(script: "CREATE TABLE a (); CREATE TABLE b ();")
                await #expect(throws: PostgresError.self) {
                    try await connection.execute(script: "CREATE TABLE c (); SELECT 1/0; CREATE TABLE d ();")
                }
                let tables = try await connection.query(
                    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
                #expect(tables.rows.map { $0["tablename"] } == ["a", "b"])
            }
        }
    }

    @Test("A result tells its columns, types, tag and row count")
    func resultFields() async throws {
        try await PostgresServer.shared.withClient { client in
            let created = try await client.query("CREATE TABLE t AS SELECT generate_series(1, 3) AS n")
            #expect(created.affectedRows == 3)
            let result = try await client.query("SELECT n, n::text AS t FROM t WHERE n > \(1) ORDER BY n")
            #expect(result.columns.names == ["n", "t"])
            #expect(result.columns.typeOIDs == [23, 25])
            #expect(result.commandTag == "SELECT 2")
            #expect(result.rows.map(\.cells) == [["2", "2"], ["3", "3"]])
            #expect(try await client.query("").rows.isEmpty)
        }
    }

    @Test("Statements of concurrent tasks on one connection run one after another")
    func serial() async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.withConnection { connection in
                let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 1...50 {
                        group.addTask {
                            try await connection.query("SELECT \(number)::int8 AS n").rows[0].decode("n")
                        }
                    }
                    var sum = 0
                    for try await number in group { sum += number }
                    return sum
                }
                #expect(sum == 1275)
            }
        }
    }

    @Test("Settings are in force from the first statement on, whatever characters they hold")
    func settings() async throws {
        try await PostgresServer.shared.withDatabase { configuration in
            var configuration = configuration
            configuration.settings = ["statement_timeout": "1234ms", "search_path": #""a b", "c\d", public"#]
            let connection = try await PostgresConnection.connect(
                configuration, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            #expect(try await connection.query("SHOW statement_timeout").rows.first?.cells == ["1234ms"])
            #expect(try await connection.query("SHOW search_path").rows.first?.cells == [#""a b", "c\d", public"#])
        }
    }

    @Test("A setting the server does not know as a start-up option does not keep us out")
    func unknownSetting() async throws {
        try await PostgresServer.shared.withDatabase { configuration in
            var configuration = configuration
            configuration.settings = ["no_such_timeout": "1s", "statement_timeout": "1234ms"]
            let client = PostgresClient(
                configuration: configuration, eventLoop: PostgresServer.eventLoop,
                logger: Logger(label: "test", handler: { _, _, _, _ in }))
            for _ in 0..<2 {
                let result = try await client.query("SHOW statement_timeout")
                #expect(result.rows.first?.cells == ["1234ms"])
            }
        }
    }

    @Test("A wrong password and an unreachable port are connection failures that show no password")
    func refusedLogin() async throws {
        try await PostgresServer.shared.withDatabase { configuration in
            var wrong = configuration
            wrong.password = Secret("not-the-password")
            var elsewhere = configuration
            elsewhere.port = 1
            for broken in [wrong, elsewhere] {
                let error = await #expect(throws: PostgresError.self) {
                    _ = try await PostgresConnection.connect(
                        broken, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
                }
                #expect(error?.code == .connectionFailed)
                #expect(error?.description.contains("not-the-password") == false)
            }
        }
    }
}
