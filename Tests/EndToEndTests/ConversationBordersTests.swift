import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

/// What was said in one conversation, and what another may learn of it.
@Suite(.timeLimit(.minutes(20)))
struct ConversationBordersTests {
    @Test("Neither history nor learnings, candidates, knowledge or traces carry anything into another conversation")
    func borders() async throws {
        let marker = Probe.marker
        let server = try ObedientModel.server()
        try await World.with(loadingSample: false, adding: ObedientModel.settings(server)) { world in
            try await world.administer(Probe.tables)
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                func order(_ tool: String, _ arguments: JSONValue) -> String { "[[\(tool) \(arguments.encoded())]]" }
                let right = "SELECT count(*) AS tickets /* \(marker) */ FROM support_tickets -- \(marker) asked"
                let orders = [
                    order("run_sql", ["sql": .string("SELECT count(*) AS tickets FROM support_ticket -- \(marker)")]),
                    order("run_sql", ["sql": .string(right)]),
                    order(
                        "save_learning",
                        ["title": "Tickets", "learning": .string("Tickets of \(marker) do not count.")]),
                    order("search_learnings", ["query": .string(marker)]),
                    order("give_answer", ["headline": "Counted them all.", "result_ids": ["result_2"]]),
                ]
                // Twice, so that what answered proves itself and becomes knowledge.
                for round in 1...2 {
                    try await sender.send(
                        "<@\(StubSlack.botUser)> For \(marker): " + orders.joined(separator: " "), type: "app_mention",
                        channel: "G1", user: "UALICE", ts: "100.\(round)", eventID: "A\(round)")
                    try await world.settle()
                }
                #expect(try await world.value("SELECT count(*) FROM ai.query_candidates WHERE uses > 1") == "1")
                #expect(try await world.value("SELECT count(*) FROM ai.learnings WHERE is_automatic") == "1")
                #expect(
                    try await world.value(
                        "SELECT count(*) FROM ai.knowledge WHERE content::text LIKE '%AS tickets FROM support_tickets%'"
                    ) == "1")
                let asked = server.requests.count

                let questions = [
                    "What did Alice ask about tickets in the finance thread?",
                    order("search_learnings", ["query": .string("tickets \(marker.prefix(4)) Alice")]),
                    order("search_knowledge", ["query": "count tickets"]),
                    order("run_sql", ["sql": "SELECT count(*) AS tickets FROM support_ticket"]),
                    order("run_sql", ["sql": "SELECT question FROM ai.runs"]),
                    order("run_sql", ["sql": "SELECT event FROM ai.run_events"]),
                    order("introspect_schema", [:]),
                ]
                for (index, question) in questions.enumerated() {
                    try await sender.send(
                        "<@\(StubSlack.botUser)> \(question)", type: "app_mention", channel: "C\(index)", user: "UBOB",
                        ts: "200.\(index + 1)", eventID: "B\(index)")
                }
                // Alice herself in another thread of another channel, and Bob in hers.
                try await sender.send(
                    "<@\(StubSlack.botUser)> What did I say before?", type: "app_mention", channel: "C8",
                    user: "UALICE",
                    ts: "300.1", eventID: "B8")
                try await world.settle()
                let bodies = server.bodies.dropFirst(asked).map { $0.encoded() }
                #expect(bodies.count > questions.count)
                let byOthers = bodies.filter { !$0.contains("What did I say before?") }
                for body in byOthers { #expect(!body.contains(marker), "\(body)") }
                for call in world.slack.snapshot.calls where call.arguments["channel"]?.string != "G1" {
                    #expect(!call.arguments.encoded().contains(marker))
                }
                #expect(byOthers.contains { $0.contains("similar_corrections") && $0.contains("support_tickets") })
                for table in ["knowledge", "knowledge_index", "query_candidates", "usage", "slack_events"] {
                    let found = "SELECT count(*) FROM ai.\(table) AS t WHERE t::text LIKE '%\(marker)%'"
                    #expect(try await world.value(found) == "0", "in ai.\(table)")
                }
                #expect(
                    try await world.value(
                        "SELECT count(*) FROM ai.learnings AS t WHERE is_automatic AND t.corrected LIKE '%\(marker)%'")
                        == "0")
                #expect(!daemon.logText.contains(marker))
            }
        }
    }
}
