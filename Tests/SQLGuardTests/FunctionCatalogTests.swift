import SQLGuard
import SQLGuardTestSupport
import Testing

@Suite struct FunctionCatalogTests {
    private func passes(_ call: String, _ catalog: FunctionCatalog = GuardCorpus.catalog) async -> Bool {
        let guarded = SQLGuard(policy: .analyst(dataSchemas: ["public"]), functions: catalog, types: GuardCorpus.types)
        return (try? await guarded.check("SELECT \(call)")) != nil
    }

    @Test("Most of what PostgreSQL 15 computes with is allowed, everything else is not")
    func counts() async {
        var allowed = 0
        for row in GuardCorpus.builtInFunctions {
            guard await passes("pg_catalog.\"\(row.name)\"()") else { continue }
            allowed += 1
            #expect(!row.isMachinery, "\(row.name)")
            let isHarmless = ["random", "clock_timestamp", "timeofday", "gen_random_uuid"].contains(row.name)
            #expect(!row.isVolatile || isHarmless, "\(row.name)")
            #expect(!row.name.hasPrefix("pg_") || !row.isVolatile, "\(row.name)")
        }
        #expect((1_200...1_700).contains(allowed), "\(allowed) of \(GuardCorpus.builtInFunctions.count)")
    }

    @Test(
        "Functions of everyday queries are allowed",
        arguments: [
            "abs", "avg", "sum", "count", "min", "max", "round", "date_trunc", "to_char", "generate_series",
            "regexp_replace", "regexp_matches", "regr_slope", "split_part", "string_agg", "array_agg", "jsonb_agg",
            "unnest",
            "age", "now", "percentile_cont", "row_number", "lag", "lower", "length", "format", "to_tsvector", "md5",
            "jsonb_path_query", "random", "pg_size_pretty", "int8", "text", "date", "width_bucket",
            "repeat",
            "array_length", "concat_ws",
        ])
    func everyday(_ name: String) async {
        #expect(await passes("\"\(name)\"(1)"))
    }

    @Test("A function of the company beside a built-in one must not be called by mistake")
    func shadowed() async {
        let rows = GuardCorpus.builtInFunctions + [GuardCorpus.function("lower")]
        let catalog = FunctionCatalog(rows: rows, searchPath: ["public"])
        #expect(await !passes("lower('A')", catalog))
        #expect(await passes("pg_catalog.lower('A')", catalog))
        #expect(await passes("upper('A')", catalog))
    }

    @Test("A function outside of the path, or of an extension, is in nobody's way")
    func notShadowed() async {
        let rows =
            GuardCorpus.builtInFunctions + [
                GuardCorpus.function("lower", schema: "elsewhere"), GuardCorpus.function("sum", isExtension: true),
            ]
        let catalog = FunctionCatalog(rows: rows, searchPath: ["public"])
        #expect(await passes("lower('A'), sum(1)", catalog))
        #expect(await !passes("elsewhere.lower('A')", catalog))
        #expect(await passes("c.sum, c.lower FROM customers c", catalog))
    }

    @Test("Columns with the names of functions that cannot be called so are columns")
    func columns() async {
        #expect(await passes("c.version, c.current_user, c.count, c.name, c.random FROM customers c"))
        #expect(await passes("c.system, c.oid, c.xml, c.text, c.date FROM customers c"))
        #expect(await !passes("(c.a).nextval FROM customers c"))
        #expect(await !passes("c.nextval FROM lower('s') c"))
        #expect(await passes("c.nextval FROM customers c"))
        #expect(await !passes("c.forget FROM customers c"))
        #expect(await passes("forget FROM customers c"))
    }

    @Test("An empty catalog allows no call at all")
    func empty() async {
        let catalog = FunctionCatalog(rows: [], searchPath: [])
        #expect(await !passes("lower('A')", catalog))
        #expect(await passes("1 + 1", catalog))
    }
}
