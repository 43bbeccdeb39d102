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
            let passes = (try? await SQLGuard(policy: policy, functions: GuardCorpus.catalog).check(sql)) != nil
            #expect(passes == isAllowed, "\(policy.role)")
        }
    }

    @Test("The engineer's objects take no name of a listed table")
    func names() async {
        let policy = GuardPolicy.engineer(dataSchemas: ["sales"], allowedTables: Self.tables)
        await #expect(throws: GuardRefusal.self) {
            try await SQLGuard(policy: policy, functions: GuardCorpus.catalog).check(
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
            ("SELECT 'a'::\"char\", 'a'::varchar(3), 'a'::character varying, 1::double precision", true),
        ])
    func types(_ sql: String, _ isAllowed: Bool) async {
        let types = CompanyTypes.types(
            [QualifiedName("public", "mood"), QualifiedName("crm", "mood")], in: ["public"])
        let policy = GuardPolicy.analyst(dataSchemas: ["public"], types: types)
        let passes = (try? await SQLGuard(policy: policy, functions: GuardCorpus.catalog).check(sql)) != nil
        #expect(passes == isAllowed)
    }
}
