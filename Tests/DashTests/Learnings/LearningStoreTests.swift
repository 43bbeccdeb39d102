import Planner
import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct LearningStoreTests {
    private func withStore(_ body: @Sendable (LearningStore, PostgresClient) async throws -> Void) async throws {
        try await StoreFixture.with { client in
            try await body(
                LearningStore(client: client, warehouseID: "w1", logger: PostgresServer.logger), client)
        }
    }

    private func correction(_ number: Int = 1) -> Learning.Correction {
        Learning.Correction(
            original: "SELECT count(*) FROM loan_\(number)", error: "relation \"loan_\(number)\" does not exist",
            corrected: "SELECT count(*) FROM loans_\(number)")
    }

    @Test("A person's correction applies to that person at once, to others only when approved")
    func approval() async throws {
        try await withStore { store, _ in
            let id = try await store.save(
                title: "Loans exclude renewals", text: "Do not count renewals.", author: "ada")
            let own = try await store.search("How many loans?", asker: "ada")
            #expect(own.map(\.id) == [id])
            #expect(own.first?.scope == .asker)
            #expect(own.first?.state == .proposed)
            #expect(try await store.search("How many loans?", asker: "bob").isEmpty)
            #expect(try await store.approve(id, by: "eve"))
            let others = try await store.search("How many loans?", asker: "bob")
            #expect(others.map(\.id) == [id])
            #expect(others.first?.scope == .everyone)
            #expect(others.first?.state == .active)
        }
    }

    @Test("Approved for a channel, a correction applies to everybody there and to nobody elsewhere")
    func channel() async throws {
        try await withStore { store, _ in
            let id = try await store.save(
                title: "Loans exclude renewals", text: "t", author: "ada", place: "slack:T1:C1")
            #expect(try await store.search("loans", asker: "bob", place: "slack:T1:C1").isEmpty)
            #expect(try await store.approve(id, for: .channel, by: "eve"))
            let found = try await store.search("loans", asker: "bob", place: "slack:T1:C1")
            #expect(found.map(\.scope) == [.channel])
            #expect(found.map(\.place) == ["slack:T1:C1"])
            #expect(try await store.search("loans", asker: "bob", place: "slack:T1:C2").isEmpty)
            #expect(try await store.search("loans", asker: "bob").isEmpty)
            #expect(try await store.search("loans", asker: "ada").map(\.id) == [id])
            #expect(try await store.approve(id, by: "eve"))
            #expect(try await store.search("loans", asker: "bob").map(\.scope) == [.everyone])
        }
    }

    @Test("What was said in no channel cannot be approved for one")
    func noChannel() async throws {
        try await withStore { store, _ in
            let id = try await store.save(title: "Loans exclude renewals", text: "t", author: "ada")
            #expect(try await !store.approve(id, for: .channel, by: "eve"))
            #expect(try await store.list().map(\.state) == [.proposed])
        }
    }

    @Test("A reverted learning is out of use, stays listed, and keeps who decided")
    func revert() async throws {
        try await withStore { store, _ in
            let id = try await store.save(title: "Loans exclude renewals", text: "t", author: "ada")
            let isApproved = try await store.approve(id, by: "eve")
            let isReverted = try await store.revert(id, by: "mallory")
            #expect(isApproved && isReverted)
            #expect(try await store.search("loans", asker: "ada").isEmpty)
            #expect(try await store.list().isEmpty)
            #expect(try await store.list(includingReverted: true).map(\.state) == [.reverted])
            let decisions = try #require(try await store.decisions(on: [id])[id])
            #expect(decisions.map(\.kind) == [.approved, .reverted])
            #expect(decisions.map(\.person) == ["eve", "mallory"])
        }
    }

    @Test("Ids that are unknown, or of another warehouse, change nothing")
    func unknown() async throws {
        try await withStore { store, client in
            let other = LearningStore(client: client, warehouseID: "w2", logger: PostgresServer.logger)
            let id = try await store.save(title: "Loans exclude renewals", text: "t", author: "ada")
            #expect(try await !store.approve(999, by: "eve"))
            #expect(try await !other.approve(id, by: "eve"))
            #expect(try await !other.revert(id, by: "eve"))
            #expect(try await other.search("loans", asker: "ada").isEmpty)
            #expect(try await other.list(includingReverted: true).isEmpty)
            #expect(try await other.decisions(on: [id]).isEmpty)
            #expect(try await store.decisions(on: [id]).isEmpty)
        }
    }

    @Test("The same correction from the same person is kept once")
    func savedTwice() async throws {
        try await withStore { store, _ in
            let first = try await store.save(title: "T", text: "x", author: "ada")
            let again = try await store.save(title: "T", text: "x", author: "ada")
            let other = try await store.save(title: "T", text: "x", author: "bob")
            #expect(first == again)
            #expect(first != other)
        }
    }

    @Test("What a correction teaches applies to its author, to a channel or to everybody, as it was approved")
    func teachings() async throws {
        try await withStore { store, _ in
            func teaching(_ word: String) -> Teaching {
                Teaching(
                    adjustment: .excludedWord(word),
                    regression: .init(question: "\(word) loans", plan: Plan(recipe: .value)))
            }
            let own = try await store.save(
                title: "a", text: "ignore the word a", teaching: teaching("a"), author: "ada", place: "slack:T:C")
            _ = try await store.save(title: "b", text: "ignore the word b", teaching: teaching("b"), author: "bob")
            _ = try await store.save(title: "c", text: "c", author: "ada")
            #expect(try await store.adjustments(asker: "ada") == [.excludedWord("a")])
            #expect(try await store.adjustments(asker: "eve", place: "slack:T:C").isEmpty)
            _ = try await store.approve(own, for: .channel, by: "boss")
            #expect(try await store.adjustments(asker: "eve", place: "slack:T:C") == [.excludedWord("a")])
            #expect(try await store.adjustments(asker: "eve").isEmpty)
            _ = try await store.approve(own, by: "boss")
            #expect(try await store.adjustments(asker: "bob") == [.excludedWord("a"), .excludedWord("b")])
            _ = try await store.revert(own, by: "boss")
            #expect(try await store.adjustments(asker: "bob") == [.excludedWord("b")])
        }
    }

    @Test("Every taught question is asked again, with what applied when it was taught")
    func replay() async throws {
        try await withStore { store, _ in
            let old = Plan(recipe: .value, measures: [.metric("A")])
            for (word, author) in [("a", "ada"), ("b", "bob"), ("c", "ada")] {
                _ = try await store.save(
                    title: word, text: word,
                    teaching: Teaching(
                        adjustment: .excludedWord(word), regression: .init(question: word, plan: old)),
                    author: author)
            }
            let learnings = try await store.list()
            let problems = LearningReplay.problems(learnings) { question, applying in
                #expect(applying.last == .excludedWord(question))
                return switch question {
                case "a": .plan(PlannedQuestion(plan: old))
                case "b": .plan(PlannedQuestion(plan: Plan(recipe: .list)))
                default: .declined(Decline(reason: .unknownWords, text: "Nothing is called c."))
                }
            }
            #expect(problems.count == 2)
            #expect(problems.contains { $0.text.contains("another plan") })
            #expect(problems.contains { $0.text.contains("Nothing is called c.") })
        }
    }

    @Test("A fixed error helps everybody with errors like it, and only those")
    func corrections() async throws {
        try await withStore { store, _ in
            try await store.record(correction())
            let similar = try await store.corrections(
                similarTo: "SELECT max(id) FROM loan_1", error: "relation \"loan_1\" does not exist")
            #expect(similar == [correction()])
            let unlike = try await store.corrections(similarTo: "SELECT 1/0", error: "division by zero")
            #expect(unlike.isEmpty)
            let found = try await store.search("how many loans are there", asker: "anybody")
            #expect(found.map(\.correction) == [correction()])
        }
    }

    @Test("The same error fixed again replaces what was kept; a statement that did not change teaches nothing")
    func sameError() async throws {
        try await withStore { store, _ in
            try await store.record(correction())
            var better = correction()
            better.original = "SELECT  count(*)\n FROM loan_1;"
            better.corrected = "SELECT count(*) FROM lending"
            try await store.record(better)
            var unchanged = correction(7)
            unchanged.corrected = " SELECT count(*)  FROM loan_7 ;"
            try await store.record(unchanged)
            #expect(try await store.list().map(\.correction?.corrected) == ["SELECT count(*) FROM lending"])
        }
    }

    @Test("What a person reverted does not come back when the error happens again")
    func revertedForGood() async throws {
        try await withStore { store, _ in
            try await store.record(correction())
            let id = try #require(try await store.list().first?.id)
            let isReverted = try await store.revert(id, by: "eve")
            #expect(isReverted)
            try await store.record(correction())
            #expect(try await store.list().isEmpty)
        }
    }

    @Test("Beyond 200 the one used longest ago gives way, marked and not deleted, and may come back")
    func eviction() async throws {
        try await withStore { store, _ in
            for number in 1...200 { try await store.record(correction(number)) }
            let used = try await store.corrections(
                similarTo: "SELECT count(*) FROM loan_1", error: "relation \"loan_1\" does not exist", limit: 1)
            #expect(used == [correction(1)])
            try await store.record(correction(201))
            let kept = try await store.list()
            #expect(kept.count == 200)
            let originals = Set(kept.compactMap(\.correction?.original))
            #expect(originals.contains(correction(1).original))
            #expect(!originals.contains(correction(2).original))
            let all = try await store.list(includingReverted: true)
            #expect(all.count == 201)
            let gone = try #require(all.first { $0.state == .reverted })
            #expect(try await store.decisions(on: [gone.id])[gone.id]?.map(\.kind) == [.evicted])
            try await store.record(correction(2))
            #expect(try await store.list().contains { $0.id == gone.id })
            #expect(try await store.decisions(on: [gone.id])[gone.id]?.map(\.kind) == [.evicted, .returned])
        }
    }

    @Test("What a person approved is never evicted")
    func approvedStays() async throws {
        try await withStore { store, _ in
            try await store.record(correction(0))
            let id = try #require(try await store.list().first?.id)
            let isApproved = try await store.approve(id, by: "eve")
            #expect(isApproved)
            for number in 1...201 { try await store.record(correction(number)) }
            let kept = try await store.list()
            #expect(kept.count == 201)
            #expect(kept.contains { $0.id == id })
        }
    }

    @Test("A statement is promoted once, when it answers again, under what it says itself")
    func promotion() async throws {
        try await withStore { store, _ in
            let first = try await store.recordSuccess(sql: "SELECT branch\nFROM loans", tables: ["public.loans"])
            let second = try await store.recordSuccess(sql: "SELECT  branch FROM loans ;", tables: ["public.loans"])
            let third = try await store.recordSuccess(sql: "SELECT branch FROM loans", tables: ["public.loans"])
            #expect(first == nil)
            #expect(third == nil)
            let query = try #require(second)
            #expect(query.name.hasPrefix("branch_of_loans_"))
            #expect(query.questions == ["Branch of loans"])
            #expect(query.tables == ["public.loans"])
            #expect(query.sql == "SELECT  branch FROM loans ;" || query.sql == "SELECT branch\nFROM loans")
        }
    }

    @Test("What stands in a statement's comments is shared with nobody")
    func comments() async throws {
        try await withStore { store, client in
            let sql = "SELECT branch /* for ada */ FROM loans -- ada asked"
            _ = try await store.recordSuccess(sql: sql, tables: [])
            let promoted = try await store.recordSuccess(sql: sql, tables: [])
            #expect(promoted?.sql == "SELECT branch FROM loans")
            try await store.record(
                Learning.Correction(original: "SELECT brunch FROM loans -- ada", error: "no brunch", corrected: sql))
            for table in ["learnings", "query_candidates"] {
                let kept = try await client.query(
                    "SELECT count(*) AS n FROM ai.\(identifier: table) AS t WHERE t::text LIKE '%ada%'")
                #expect(try kept.rows[0].decode("n", as: Int.self) == 0)
            }
        }
    }

    @Test("White space inside of quotes tells statements apart")
    func quotes() async throws {
        try await withStore { store, _ in
            let first = try await store.recordSuccess(sql: "SELECT a FROM t WHERE b = 'x y'", tables: [])
            let second = try await store.recordSuccess(sql: "SELECT a FROM t WHERE b = 'x  y'", tables: [])
            #expect(first == nil)
            #expect(second == nil)
        }
    }

    @Test(
        "A statement that compares with somebody's name, address or number becomes nobody else's",
        arguments: [
            "contact = 'bob@example.com'", "contact = '4915112345678'", "contact = E'bob@example.com'",
            "name = 'Bob Smith'", "l.customer_name ILIKE '%smith%'", "lower(full_name) IN ('bob smith', 'x')",
            "last_name <> 'Smith'", "name NOT LIKE E'Bob%'",
        ])
    func personalStatements(condition: String) async throws {
        try await withStore { store, client in
            let sql = "SELECT count(*) FROM loans l WHERE \(condition)"
            for _ in 1...2 { #expect(try await store.recordSuccess(sql: sql, tables: []) == nil) }
            try await store.record(
                Learning.Correction(
                    original: sql.split(separator: "loans").joined(separator: "loan"), error: "no table loan",
                    corrected: sql))
            #expect(try await client.query("SELECT FROM ai.query_candidates").rows.isEmpty)
            #expect(try await client.query("SELECT FROM ai.learnings").rows.isEmpty)
        }
    }

    @Test("At most 500 candidates are kept, the one used longest ago goes first")
    func candidateLimit() async throws {
        try await withStore { store, client in
            for number in 1...500 {
                _ = try await store.recordSuccess(sql: "SELECT a\(number) FROM t", tables: [])
            }
            _ = try await store.recordSuccess(sql: "SELECT a1 FROM t", tables: [])
            _ = try await store.recordSuccess(sql: "SELECT a501 FROM t", tables: [])
            let rows = try await client.query("SELECT sql FROM ai.query_candidates").rows
            let kept = Set(rows.compactMap { $0["sql"] })
            #expect(kept.count == 500)
            #expect(kept.contains("SELECT a1 FROM t"))
            #expect(!kept.contains("SELECT a2 FROM t"))
        }
    }

    @Test(
        "Statements are compared by their text outside of white space",
        arguments: [
            ("SELECT 1;", "SELECT 1"), ("  SELECT\n\t1 ; ", "SELECT 1"), ("SELECT 'a  b'", "SELECT 'a  b'"),
            ("SELECT \"a  b\"  ,1", "SELECT \"a  b\" ,1"), ("", ""), ("SELECT 'it''s  x'", "SELECT 'it''s  x'"),
            ("SELECT 1 -- one\n, 2", "SELECT 1 , 2"), ("SELECT $a$x  y$a$", "SELECT $a$x  y$a$"),
            ("SELECT E'it\\'s  x', 1", "SELECT E'it\\'s  x', 1"),
        ])
    func normalisedSQL(text: String, expected: String) {
        #expect(NormalisedText.sql(text) == expected)
    }

    @Test("Questions are compared without case, punctuation and white space")
    func normalisedQuestion() {
        #expect(NormalisedText.question("  What's our\nMRR?! ") == NormalisedText.question("what s our mrr"))
        #expect(NormalisedText.question("over 5%") != NormalisedText.question("over 5"))
    }
}
