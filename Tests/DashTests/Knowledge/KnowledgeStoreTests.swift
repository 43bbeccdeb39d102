import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct KnowledgeStoreTests {
    private func entry(_ content: KnowledgeContent, _ source: String = "business/b.json") -> KnowledgeEntry {
        KnowledgeEntry(content: content, source: source)
    }

    private func rule(_ text: String, _ source: String = "business/b.json") -> KnowledgeEntry {
        entry(.rule(BusinessRule(text: text)), source)
    }

    private func metric(_ name: String, _ definition: String = "d") -> KnowledgeContent {
        .metric(Metric(name: name, definition: definition, table: "t", calculation: "c"))
    }

    @Test("Every kind of entry comes back as it was saved")
    func roundTrip() async throws {
        try await StoreFixture.withKnowledge { store in
            let contents: [KnowledgeContent] = [
                .table(
                    TableKnowledge(
                        name: "visits", description: "d", useCases: ["u"], dataQualityNotes: ["n"],
                        columns: [
                            .init(name: "c", type: "t", synonyms: ["s"], values: ["v"], unit: "kg", isPersonal: true)
                        ],
                        relationships: [.init(column: "c", references: "o.id")], timeColumn: "at", synonyms: ["y"])),
                .query(ValidatedQuery(name: "q", description: "d", sql: "SELECT '\\' || \"x\"", questions: ["?"])),
                .metric(
                    Metric(
                        name: "m", definition: "d", table: "t", calculation: "c", kind: .snapshot(start: "a", end: "b"),
                        goodDirection: .down, minimumImpact: 0.5)),
                .rule(BusinessRule(text: "a rule 🦆")),
                .gotcha(Gotcha(issue: "i", tables: ["t"], solution: "s")),
                .document(Document(title: "t", text: String(repeating: "long ", count: 3_000))),
                .business(BusinessProfile(name: "b", notes: ["n"], fiscalYearStart: 2, weekStart: .sunday)),
            ]
            for content in contents {
                let isNew = try await store.save(entry(content))
                let all = try await store.entries(of: content.kind)
                let one = try await store.entry(kind: content.kind, name: content.name)
                #expect(isNew)
                #expect(all == [entry(content)])
                #expect(one == entry(content))
            }
            #expect(try await store.entries().count == 7)
            #expect(try await store.counts()[.metric] == 1)
        }
    }

    @Test("Saving the same again changes nothing; another text replaces the entry of that kind and name")
    func replaces() async throws {
        try await StoreFixture.withKnowledge { store in
            try await store.save(entry(metric("Net", "first")))
            #expect(try await !store.save(entry(metric("Net", "first"))))
            #expect(try await store.save(entry(metric("Net", "second"), "saved")))
            #expect(try await store.entries(of: .metric) == [entry(metric("Net", "second"), "saved")])
            #expect(try await store.save(entry(.rule(BusinessRule(text: "Net")))))
            try await store.remove(kind: .metric, name: "Net")
            #expect(try await store.entries().map(\.content.kind) == [.rule])
        }
    }

    @Test("A rule may be as long as a page")
    func longName() async throws {
        try await StoreFixture.withKnowledge { store in
            // Random-looking text, which no compression brings below the limit of an index entry.
            let text = (0..<3_000).map { String($0 &* 7_919 % 100_003, radix: 36) }.joined(separator: " ")
            try await store.save(rule(text))
            #expect(try await store.entry(kind: .rule, name: text) != nil)
        }
    }

    @Test("NUL characters are left out, as the database cannot hold them")
    func nul() async throws {
        try await StoreFixture.withKnowledge { store in
            try await store.save(entry(.document(Document(title: "t", text: "a\0b"))))
            #expect(try await store.entries().first?.content == .document(Document(title: "t", text: "ab")))
        }
    }

    @Test("Loading writes what changed and removes what is gone")
    func load() async throws {
        try await StoreFixture.withKnowledge { store in
            let first = KnowledgeFolder.Contents(entries: [rule("a"), rule("b"), entry(metric("M", "old"))])
            let loaded = try await store.load(first)
            #expect(loaded == KnowledgeLoadSummary(added: 3))
            #expect(try await store.load(first) == KnowledgeLoadSummary(unchanged: 3))
            let second = KnowledgeFolder.Contents(entries: [rule("a"), entry(metric("M", "new")), rule("c")])
            #expect(
                try await store.load(second) == KnowledgeLoadSummary(added: 1, changed: 1, unchanged: 1, removed: 1))
            #expect(try await store.entries(of: .rule).map(\.content.name) == ["a", "c"])
        }
    }

    @Test("What agents saved stays through a load; recreating keeps only what is known of built objects")
    func agentsEntries() async throws {
        try await StoreFixture.withKnowledge { store in
            try await store.save(rule("by an agent", KnowledgeEntry.savedSource))
            try await store.save(rule("by the engineer", KnowledgeEntry.engineerSource))
            let contents = KnowledgeFolder.Contents(entries: [rule("from a file")])
            #expect(try await store.load(contents).removed == 0)
            #expect(try await store.entries().count == 3)
            #expect(
                try await store.load(contents, recreating: true)
                    == KnowledgeLoadSummary(added: 1, unchanged: 1, removed: 2))
            let kept = try await store.entries()
            #expect(kept == [rule("by the engineer", KnowledgeEntry.engineerSource), rule("from a file")])
            #expect(try await store.search("file").count == 1)
            #expect(try await store.search("engineer").count == 1)
        }
    }

    @Test("A broken file does not make Dash forget what it said before")
    func brokenFile() async throws {
        try await StoreFixture.withKnowledge { store in
            let good = KnowledgeFolder.Contents(entries: [rule("a", "business/a.json"), rule("b", "business/b.json")])
            try await store.load(good)
            let broken = KnowledgeFolder.Contents(
                entries: [rule("b2", "business/b.json")],
                problems: [KnowledgeProblem(file: "business/a.json", cause: "not valid JSON")])
            #expect(try await store.load(broken) == KnowledgeLoadSummary(added: 1, removed: 1))
            #expect(try await store.entries().map(\.content.name) == ["a", "b2"])
            let notice = KnowledgeFolder.Contents(
                entries: [rule("b2", "business/b.json")],
                problems: [KnowledgeProblem(.notice, file: "business/a.json", cause: "unknown field")])
            #expect(try await store.load(notice).removed == 1)
        }
    }

    @Test("A folder that cannot be found, or a part of it that cannot be read, removes nothing")
    func missingFolder() async throws {
        try await StoreFixture.withKnowledge { store in
            try await store.load(.init(entries: [rule("a"), rule("t", "tables/t.json")]))
            let missing = await KnowledgeFolder(path: "/nonexistent").read()
            #expect(try await store.load(missing).removed == 0)
            let part = KnowledgeFolder.Contents(
                entries: [rule("a")], problems: [KnowledgeProblem(file: "tables", cause: "the folder cannot be read")])
            #expect(try await store.load(part).removed == 0)
            #expect(try await store.entries().count == 2)
        }
    }

    @Test("Replicas that load at once agree")
    func concurrentLoads() async throws {
        try await StoreFixture.withKnowledge { store in
            let contents = KnowledgeFolder.Contents(entries: (1...300).map { rule("rule \($0)") })
            let summaries = try await withThrowingTaskGroup(of: KnowledgeLoadSummary.self) { group in
                for _ in 0..<4 { group.addTask { try await store.load(contents) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(summaries.map(\.added).reduce(0, +) == 300)
            #expect(summaries.map(\.unchanged).reduce(0, +) == 900)
        }
    }

    @Test("Tables are found by name, with their schema or without, in any case")
    func tables() async throws {
        try await StoreFixture.withKnowledge { store in
            for name in ["orders", "sbDailyPrice", "shop.orders", "a_b"] {
                try await store.save(entry(.table(TableKnowledge(name: name, description: "")), "tables/t.json"))
            }
            #expect(try await store.tables(named: ["public.Orders"]).map(\.name) == ["orders"])
            #expect(try await store.tables(named: ["sbdailyprice", "axb"]).map(\.name) == ["sbDailyPrice"])
            #expect(try await store.tables(named: ["shop.orders"]).map(\.name) == ["orders", "shop.orders"])
            #expect(try await store.tables(named: []).isEmpty)
        }
    }

    @Test("An entry in a form this version cannot read is left out, not fatal")
    func unreadable() async throws {
        try await StoreFixture.with { client in
            let store = KnowledgeStore(client: client, logger: PostgresServer.logger)
            try await store.save(rule("one"))
            try await store.save(rule("two"))
            try await client.query("UPDATE ai.knowledge SET content = '{\"hologram\": {}}' WHERE name = 'one'")
            #expect(try await store.entries().map(\.content.name) == ["two"])
        }
    }
}
