import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct SandboxCursorTests {
    @Test(
        "The readings of a text without its end start with the whole and drop one semicolon after the other",
        arguments: [
            ("SELECT 1", ["SELECT 1"]), ("SELECT 1 ; \n;", ["SELECT 1"]),
            ("SELECT 1; -- a; b", ["SELECT 1; -- a; b", "SELECT 1; -- a", "SELECT 1"]),
        ])
    func endings(sql: String, expected: [String]) {
        #expect(SandboxCursor.withoutEnd(sql).map(String.init) == expected)
    }

    @Test("The number of readings is bounded")
    func bound() {
        #expect(SandboxCursor.withoutEnd(String(repeating: "x;", count: 1000)).count == 8)
    }

    @Test("What was set for the transaction stays in force while the end of a statement is looked for")
    func settings() async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.withConnection { connection in
                try await connection.query(PostgresQuery(unescaped: SandboxCursor.begin))
                try await connection.query("SELECT set_config('statement_timeout', '12345', true)")
                let excerpt = try await SandboxCursor(connection: connection, limits: ResultLimits()).run(
                    "SELECT 'x' AS a, current_setting('statement_timeout') AS b; -- one; two")
                #expect(excerpt.rows == [["x", "12345ms"]])
                let left = try await connection.query("SELECT current_setting('statement_timeout') AS t").rows
                #expect(left.first?["t"] == "12345ms")
                try await connection.query("ROLLBACK")
            }
        }
    }
}
