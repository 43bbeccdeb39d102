import Agents
import FoundationEssentials
import LanguageModels
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

/// What becomes of confirmations that nobody decides, and of old ones.
@Suite(.timeLimit(.minutes(20))) struct ConfirmationSweepTests {
    private let store: @Sendable (TeamFixture) -> ConfirmationStore = {
        ConfirmationStore(client: $0.client, logger: PostgresServer.logger)
    }

    /// A run that waits for a person, and its confirmation.
    private func waiting(_ team: TeamFixture, in conversation: String = "test") async throws -> Dash.Confirmation {
        _ = try? await team.warehouse.engineer.run("CREATE TABLE dash.kept AS SELECT 1 AS n", keepingAs: "r")
        let asked = try await team.ask("drop the table dash.kept", in: conversation)
        return try #require(asked.confirmation, "\(asked.headline)")
    }

    private func age(_ confirmation: Dash.Confirmation, _ column: String, by interval: String, _ team: TeamFixture)
        async throws
    {
        try await team.client.query(
            """
            UPDATE ai.confirmations SET \(identifier: column) = clock_timestamp() - \(interval)::interval
            WHERE id = \(confirmation.id.rawValue)
            """)
    }

    private func count(_ condition: String, _ team: TeamFixture) async throws -> Int {
        try await team.client.query(
            "SELECT count(*) AS n FROM ai.confirmations WHERE \(unescaped: condition)"
        ).rows[0].decode("n")
    }

    @Test("A run about which nobody decides in time ends with that sentence, without asking a model")
    func expiry() async throws {
        try await TeamFixture.with { team in
            let confirmation = try await waiting(team)
            let store = store(team)
            let early = try await team.client.withConnection { try await store.expire(confirmation.id, on: $0) }
            #expect(early == nil, "it was closed before its time")
            try await age(confirmation, "expires_at", by: "1 second", team)
            let first = try await team.client.withConnection { try await store.expire(confirmation.id, on: $0) }
            #expect(first?.decision == .expired)
            let second = try await team.client.withConnection { try await store.expire(confirmation.id, on: $0) }
            #expect(second == nil)
            // A model without a turn fails the test when it is asked.
            let silent = TeamModels(model: ScriptedModel([]), usesFastPath: false)
            let answer = try await team.runner(silent).resume(confirmation.id)
            #expect(answer.kind == .refusal)
            #expect(answer.headline == "Nobody decided in time, so it was not done.")
            #expect(answer.meaning?.contains("dash.kept") == true)
            let stored = try await RunStore(client: team.client, logger: PostgresServer.logger).run(confirmation.runID)
            #expect(stored?.isFinished == true)
            #expect(stored?.answer?.kind == .refusal)
            let turns = try await team.conversations.turns(in: confirmation.conversation)
            #expect(turns.count == 2)
            guard case .answer(let last) = turns.last?.content else {
                Issue.record("the conversation does not end with an answer")
                return
            }
            #expect(last.kind == .refusal)
            #expect(try await count("state IS NOT NULL", team) == 0)
            #expect(try await team.runner().resume(confirmation.id).headline == answer.headline)
            #expect(try await team.warehouse.introspection.catalog(refresh: true).relation(named: "dash.kept") != nil)
        }
    }

    @Test("What no surface closed is closed by the sweep and its run ends; what is open stays open")
    func forgotten() async throws {
        try await TeamFixture.with { team in
            let forgotten = try await waiting(team, in: "forgotten")
            let open = try await waiting(team, in: "open")
            let justOver = try await waiting(team, in: "just over")
            try await age(forgotten, "expires_at", by: "61 minutes", team)
            // Its surface may be about to close it, and to say so.
            try await age(justOver, "expires_at", by: "1 minute", team)
            let sweeper = ConfirmationSweeper(store: store(team), runner: team.runner(), logger: PostgresServer.logger)
            for _ in 0..<2 { try await sweeper.sweep() }
            #expect(try await count("decision = 'expired' AND state IS NULL", team) == 1)
            #expect(try await count("decision IS NULL AND state IS NOT NULL", team) == 2)
            let runs = RunStore(client: team.client, logger: PostgresServer.logger)
            #expect(try await runs.run(forgotten.runID)?.answer?.kind == .refusal)
            #expect(try await runs.run(open.runID)?.answer?.kind == .confirmation)
            _ = try await store(team).decide(open.id, .approved, by: "local:ada")
            #expect(try await team.runner().resume(open.id).kind == .change)
        }
    }

    @Test("What a run found that never went on is forgotten after a week, who decided what after 90 days")
    func old() async throws {
        try await TeamFixture.with { team in
            let weekOld = try await waiting(team, in: "a")
            let young = try await waiting(team, in: "b")
            let old = try await waiting(team, in: "c")
            for confirmation in [weekOld, young, old] {
                _ = try await store(team).decide(confirmation.id, .approved, by: "local:ada")
            }
            try await age(weekOld, "decided_at", by: "8 days", team)
            try await age(young, "decided_at", by: "6 days", team)
            try await age(old, "created_at", by: "91 days", team)
            let sweeper = ConfirmationSweeper(store: store(team), runner: team.runner(), logger: PostgresServer.logger)
            try await sweeper.sweep()
            #expect(try await store(team).confirmation(old.id) == nil)
            #expect(try await store(team).confirmation(weekOld.id)?.decision == .approved)
            // An approval of long ago is not carried out any more.
            #expect(try await team.runner().resume(weekOld.id).kind == .refusal)
            #expect(try await team.runner().resume(young.id).kind == .change)
        }
    }
}
