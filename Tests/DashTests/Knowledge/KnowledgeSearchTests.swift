import Postgres
import TestSupport
import Testing

@testable import Dash

/// A library: nothing here is about the sample company.
@Suite struct KnowledgeSearchTests {
    private static let entries: [KnowledgeContent] = [
        .table(
            TableKnowledge(
                name: "book_loans", description: "Each time a reader borrows a book",
                columns: [
                    .init(name: "borrowedAt", type: "timestamptz", description: "When it was taken home"),
                    .init(name: "branch_code", type: "text", values: ["north", "harbour"]),
                ], synonyms: ["borrowings", "checkouts"])),
        .table(
            TableKnowledge(
                name: "readers", description: "People with a card",
                columns: [.init(name: "joined_on", type: "date", description: "Day the card was issued")])),
        .table(TableKnowledge(name: "shelf_audits", description: "Counts of what stands where")),
        .metric(
            Metric(
                name: "Overdue rate", definition: "Loans brought back late, of all loans", table: "book_loans",
                calculation: "c",
                synonyms: ["late returns", "tardiness"])),
        .metric(
            Metric(
                name: "Active readers", definition: "Readers with a loan in the last 90 days", table: "readers",
                calculation: "c")),
        .query(
            ValidatedQuery(
                name: "loans_by_branch", description: "Number of loans per branch",
                sql: "SELECT branch_code, count(*) FROM book_loans GROUP BY 1",
                questions: ["Which branch is the busiest?"])),
        .query(
            ValidatedQuery(
                name: "monthly_fines", description: "Fines collected each month", sql: "SELECT sum(fine) FROM payments")
        ),
        .rule(BusinessRule(text: "Renewals do not count as new loans")),
        .gotcha(Gotcha(issue: "Duplicate barcodes", tables: ["book_loans"], solution: "Take the latest scan")),
        .document(Document(title: "Opening hours", text: "The harbour branch opens at noon on Sundays.")),
    ]

    /// One database for a whole table of questions: making one takes longer than asking them all.
    private func withLibrary(_ body: @Sendable (KnowledgeStore) async throws -> Void) async throws {
        try await StoreFixture.withKnowledge { store in
            try await store.load(.init(entries: Self.entries.map { KnowledgeEntry(content: $0, source: "f") }))
            try await body(store)
        }
    }

    private static let best: [(question: String, name: String)] = [
        ("What is our overdue rate?", "Overdue rate"),
        ("how bad is tardiness this year", "Overdue rate"),
        ("Late return numbers please", "Overdue rate"),
        ("checkouts", "book_loans"),
        ("table book_loans", "book_loans"),
        ("bookLoans", "book_loans"),
        ("bookloans", "book_loans"),
        ("shelf audit", "shelf_audits"),
        ("which branch is busiest", "loans_by_branch"),
        ("loan by branches", "loans_by_branch"),
        ("active raeders", "Active readers"),
        ("overdeu rate", "Overdue rate"),
        ("does a renewal count?", "Renewals do not count as new loans"),
        ("barcodes", "Duplicate barcodes"),
        ("when do you open? opening hours", "Opening hours"),
        ("fine per month", "monthly_fines"),
    ]

    @Test("The entry a question is about comes first")
    func best() async throws {
        try await withLibrary { store in
            for (question, name) in Self.best {
                let found = try await store.search(question).map(\.entry.content.name)
                #expect(found.first == name, "\(question): \(found)")
            }
        }
    }

    @Test("Columns, values and texts are found too")
    func body() async throws {
        try await withLibrary { store in
            for (question, name) in [
                ("borrowed_at", "book_loans"), ("harbour", "book_loans"), ("noon", "Opening hours"),
            ] {
                let found = try await store.search(question).map(\.entry.content.name)
                #expect(found.contains(name), "\(question): \(found)")
            }
        }
    }

    private static let unrelated = [
        "", "   ", "?!", "the of and", "What is the weather in Paris?", "Tell me a joke about penguins",
        "xyzzy", "total revenue per quarter of the mining division", "'; DROP TABLE ai.knowledge; --",
    ]

    @Test("Where nothing fits, nothing comes back")
    func nothing() async throws {
        try await withLibrary { store in
            for question in Self.unrelated {
                let found = try await store.search(question).map(\.entry.content.name)
                #expect(found.isEmpty, "\(question)")
            }
        }
    }

    @Test("Only the kinds asked for, and no more than the limit")
    func kinds() async throws {
        try await withLibrary { store in
            let queries = try await store.search("loans", kinds: [.query]).map(\.entry.content.name)
            #expect(queries == ["loans_by_branch"])
            #expect(try await store.search("loans", kinds: []).isEmpty)
            #expect(try await store.search("loans of readers", limit: 2).count == 2)
            #expect(try await store.search("loans", limit: 0).isEmpty)
        }
    }

    @Test("Scores fall, and the same question gives the same order")
    func stable() async throws {
        try await withLibrary { store in
            let first = try await store.search("late loans of active readers by branch")
            let again = try await store.search("late loans of active readers by branch")
            #expect(first.count > 2)
            #expect(first == again)
            #expect(first.map(\.score) == first.map(\.score).sorted(by: >))
        }
    }

    @Test("Removed entries are no longer found, changed ones by their new words only")
    func changes() async throws {
        try await StoreFixture.withKnowledge { store in
            let old = Metric(
                name: "Footfall", definition: "Visitors", table: "t", calculation: "c", synonyms: ["stampede"])
            var new = old
            new.synonyms = ["crowd"]
            try await store.save(KnowledgeEntry(content: .metric(old), source: "f"))
            #expect(try await store.search("stampede").count == 1)
            try await store.save(KnowledgeEntry(content: .metric(new), source: "f"))
            #expect(try await store.search("stampede").isEmpty)
            #expect(try await store.search("crowd").count == 1)
            try await store.remove(kind: .metric, name: "Footfall")
            #expect(try await store.search("crowd").isEmpty)
        }
    }

    @Test("Beyond the limit of exact counting the named entry is still first")
    func many() async throws {
        try await StoreFixture.withKnowledge { store in
            let words = ["amber", "birch", "cedar", "dune", "ember", "fjord", "grove", "heath", "inlet", "juniper"]
            var entries = (0..<4_500).map { index in
                let name = (0..<4).map { words[(index / [1, 10, 100, 1_000][$0] + $0) % 10] }.joined(separator: "_")
                return KnowledgeEntry(
                    content: .query(
                        ValidatedQuery(
                            name: "\(name)_\(index)", description: "About \(words[index % 10])", sql: "SELECT 1")),
                    source: "f")
            }
            entries.append(
                KnowledgeEntry(
                    content: .metric(
                        Metric(
                            name: "Amber density", definition: "Of amber and birch", table: "t", calculation: "c",
                            synonyms: ["sap thickness"])),
                    source: "f"))
            try await store.load(.init(entries: entries))
            #expect(try await store.search("sap thickness of amber").first?.entry.content.name == "Amber density")
            #expect(try await store.search("what is the amber density").first?.entry.content.name == "Amber density")
            #expect(try await store.search("amber birch cedar dune").count == 10)
            #expect(try await store.search("quicksilver").isEmpty)
        }
    }
}
