import Postgres
import SQLGuard
import TestSupport
import Testing

@Suite struct GuardCatalogTests {
    @Test("The server says which functions and types there are")
    func catalog() async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.query("CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT ''x'''")
            try await client.query("CREATE FUNCTION public.wipe(text) RETURNS text LANGUAGE sql AS 'SELECT ''x'''")
            try await client.query("CREATE TYPE public.mood AS ENUM ('good')")
            try await client.query("CREATE DOMAIN public.money_amount AS numeric")
            try await client.query("CREATE DOMAIN public.table_name AS regclass")
            let functions = try await client.query(PostgresQuery(unescaped: FunctionCatalog.query)).rows.map { row in
                try FunctionCatalog.Row(
                    schema: row.decode("schema"), name: row.decode("name"), isVolatile: row.decode("is_volatile"),
                    isMachinery: row.decode("is_machinery"), isAboutServer: row.decode("is_about_server"),
                    takesValue: row.decode("takes_value"), isExtension: row.decode("is_extension"))
            }
            let types = try await client.query(PostgresQuery(unescaped: CompanyTypes.query)).rows.map { row in
                try QualifiedName(row.decode("schema"), row.decode("name"))
            }
            let analyst = SQLGuard(
                policy: .analyst(dataSchemas: ["public"], types: CompanyTypes.types(types, in: ["public"])),
                functions: FunctionCatalog(rows: functions, searchPath: ["public"]))
            for sql in [
                "SELECT upper('a'), sum(1)", "SELECT 'good'::mood, 1::public.money_amount", "SELECT t.text FROM t",
            ] {
                _ = try await analyst.check(sql)
            }
            for sql in [
                "SELECT lower('A')", "SELECT t.wipe FROM t", "SELECT pg_sleep(1)", "SELECT 'a'::table_name",
                "SELECT s.pg_ls_dir FROM upper('/') s", "SELECT regclassin('a')",
            ] {
                await #expect(throws: GuardRefusal.self, "\(sql)") { try await analyst.check(sql) }
            }
        }
    }
}
