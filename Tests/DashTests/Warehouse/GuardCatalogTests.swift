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
            try await client.query("CREATE DOMAIN public.table_names AS regclass[]")
            try await client.query("CREATE TABLE public.people (id int)")
            try await client.query("CREATE FUNCTION public.forget(people) RETURNS int LANGUAGE sql AS 'SELECT 1'")
            let functions = try await client.query(PostgresQuery(unescaped: FunctionCatalog.query)).rows.map { row in
                try FunctionCatalog.Row(
                    schema: row.decode("schema"), name: row.decode("name"), isVolatile: row.decode("is_volatile"),
                    isMachinery: row.decode("is_machinery"), isAboutServer: row.decode("is_about_server"),
                    takesValue: row.decode("takes_value"), takesRow: row.decode("takes_row"),
                    isExtension: row.decode("is_extension"))
            }
            let types = try await client.query(PostgresQuery(unescaped: TypeCatalog.query)).rows.map { row in
                try TypeCatalog.Row(
                    schema: row.decode("schema"), name: row.decode("name"), isEnum: row.decode("is_enum"),
                    base: row["base"])
            }
            let analyst = SQLGuard(
                policy: .analyst(dataSchemas: ["public"]),
                functions: FunctionCatalog(rows: functions, searchPath: ["public"]),
                types: TypeCatalog(rows: types, searchPath: ["public"]))
            for sql in [
                "SELECT upper('a'), sum(1)", "SELECT 'good'::mood, 1::public.money_amount", "SELECT t.text FROM t",
                "SELECT '{good}'::mood[], ('{1}'::text)._money_amount",
                "SELECT t.nextval, t.oid, t.wipe, t.people FROM t",
            ] {
                _ = try await analyst.check(sql)
            }
            for sql in [
                "SELECT lower('A')", "SELECT t.forget FROM t", "SELECT t.wipe FROM upper('') t", "SELECT pg_sleep(1)",
                "SELECT 'a'::table_name",
                "SELECT s.pg_ls_dir FROM upper('/') s", "SELECT regclassin('a')", "SELECT ('a'::text).table_name",
                "SELECT ('{a}'::text)._table_name",
                "SELECT ('{a}'::text).table_names", "SELECT table_name('a')", "SELECT (1)._people",
            ] {
                await #expect(throws: GuardRefusal.self, "\(sql)") { try await analyst.check(sql) }
            }
        }
    }
}
