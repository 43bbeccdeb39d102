import SQLGuard
import SQLGuardTestSupport
import Testing

@Suite struct GuardPolicyTests {
    private static let tables: Set<QualifiedName> = [
        QualifiedName("sales", "orders"), QualifiedName("crm", "people"), QualifiedName("crm", "orders"),
    ]

    @Test(
        "Only listed tables are read; without a schema, those of the first one",
        arguments: [
            ("SELECT * FROM orders", true), ("SELECT * FROM sales.orders", true), ("SELECT * FROM crm.people", true),
            ("SELECT * FROM people", false), ("SELECT * FROM sales.people", false), ("SELECT * FROM secrets", false),
            ("SELECT * FROM dash.anything", true), ("SELECT * FROM anything", false),
            ("SELECT * FROM information_schema.columns", true),
            ("WITH people AS (SELECT 1) SELECT * FROM people", true),
            ("SELECT * FROM public.orders", false),
        ] as [(String, Bool)])
    func allowedTables(_ sql: String, _ isAllowed: Bool) async {
        let policies: [GuardPolicy] = [
            .analyst(dataSchemas: ["sales", "crm"], allowedTables: Self.tables),
            .engineer(dataSchemas: ["sales", "crm"], allowedTables: Self.tables),
        ]
        for policy in policies {
            let passes =
                (try? await SQLGuard(policy: policy, functions: GuardCorpus.catalog, types: GuardCorpus.types).check(
                    sql)) != nil
            #expect(passes == isAllowed, "\(policy.role)")
        }
    }

    @Test("The engineer's objects take no name of a listed table")
    func names() async {
        let policy = GuardPolicy.engineer(dataSchemas: ["sales"], allowedTables: Self.tables)
        await #expect(throws: GuardRefusal.self) {
            try await SQLGuard(policy: policy, functions: GuardCorpus.catalog, types: GuardCorpus.types).check(
                "CREATE VIEW dash.people AS SELECT 1")
        }
    }

    @Test(
        "Enums and domains of the company are allowed types, others are not",
        arguments: [
            ("SELECT 'a'::mood", true), ("SELECT 'a'::public.mood", true), ("SELECT '{a}'::mood[]", true),
            ("SELECT 'a'::crm.mood", false), ("SELECT 'a'::mood2", false), ("SELECT 'a'::pg_catalog.mood", false),
            ("SELECT mood 'a'", true), ("SELECT NULL::customers", false), ("SELECT 1::numeric(10, 2)", true),
            ("SELECT '1'::pg_catalog.int4", true), ("SELECT '1'::public.int4", false), ("SELECT 'a'::oid", false),
            ("SELECT 1::amount, 1::public.amount", true), ("SELECT 'a'::object", false),
            ("SELECT 'a'::public.objects", false), ("SELECT '<a/>'::document", false), ("SELECT 'a'::geometry", false),
            ("SELECT 'a'::text, text 'a'", true), ("SELECT 'a'::public.text", false),
            ("SELECT 'a'::\"integer\"", false),
            ("SELECT 'a'::integer", true), ("SELECT ('a'::text).mood, ('{a}'::text)._mood, (1).amount", true),
            ("SELECT ('a'::text).object", false), ("SELECT objects('{a}')", false), ("SELECT o.geometry FROM o", true),
            ("SELECT 'a'::\"char\", 'a'::varchar(3), 'a'::character varying, 1::double precision", true),
        ])
    func types(_ sql: String, _ isAllowed: Bool) async {
        let types = TypeCatalog(
            rows: GuardCorpus.builtInTypes + [
                TypeCatalog.Row(schema: "public", name: "mood", isEnum: true),
                TypeCatalog.Row(schema: "public", name: "_mood", isEnum: true),
                TypeCatalog.Row(schema: "crm", name: "mood", isEnum: true),
                TypeCatalog.Row(schema: "public", name: "amount", base: "numeric"),
                TypeCatalog.Row(schema: "public", name: "object", base: "regclass"),
                TypeCatalog.Row(schema: "public", name: "objects", base: "_regclass"),
                TypeCatalog.Row(schema: "public", name: "document", base: "xml"),
                TypeCatalog.Row(schema: "public", name: "geometry"),
                TypeCatalog.Row(schema: "public", name: "text", base: "regclass"),
                TypeCatalog.Row(schema: "public", name: "integer", base: "regclass"),
            ], searchPath: ["public"])
        let guarded = SQLGuard(
            policy: .analyst(dataSchemas: ["public"]), functions: GuardCorpus.catalog, types: types)
        let passes = (try? await guarded.check(sql)) != nil
        #expect(passes == isAllowed)
    }
}
