import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct SandboxCursorTests {
    @Test(
        "A statement is cut where it ends, whatever its comments and literals say",
        arguments: [
            ("SELECT 'x' AS a; -- one; two", "x"), ("SELECT 'x' AS a -- a;b;c;d;e;f;g;h;i;j;k", "x"),
            ("SELECT 'x' AS a /* ; */ ; /* /* ; */ ; */ ;", "x"), ("SELECT 'x; -- y' AS a;", "x; -- y"),
            ("SELECT $q$x; /* y$q$ AS a; -- z", "x; /* y"), (#"SELECT E'x\'; -- y' AS a;"#, "x'; -- y"),
            ("SELECT 'x' AS \"a; -- b\"; --", "x"),
        ])
    func endings(sql: String, expected: String) async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.withConnection { connection in
                try await connection.query(PostgresQuery(unescaped: SandboxCursor.begin))
                let excerpt = try await SandboxCursor(connection: connection, limits: ResultLimits()).run(sql)
                #expect(excerpt.rows == [[expected]])
                try await connection.query("ROLLBACK")
            }
        }
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
