import HTTP
import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

/// What a model that repeats everything brings into Slack: no live mention, no foreign link, nothing that unfolds.
@Suite(.timeLimit(.minutes(20)))
struct ObeyedOutputTests {
    private static let evil =
        "<!channel> <!here> <@U2> <https://evil.example/?q=1|click> ![x](https://evil.example/a.png) @here www.evil.example"

    private static func reply(_ body: JSONValue) -> ScriptedChatServer.Reply {
        let asked = body["messages"]?.array?.last { $0["role"]?.string == "user" }?["content"]?.string ?? ""
        if asked.contains("stream it") {
            return .text("Look: <!cha", "nnel> <", "!here> <htt", "ps://evil.exam", "ple|x> @he", "re <@", "U2>")
        }
        if asked.contains("break it") {
            return .status(400, ["error": ["message": .string("no: " + evil), "type": "invalid_request_error"]])
        }
        return ObedientModel.reply(to: body)
    }

    @Test("Rows, errors, streams and titles hold nothing alive once they are in Slack")
    func output() async throws {
        let server = try ScriptedChatServer { request in
            Self.reply((try? JSONValue(parsing: request.body)) ?? .null)
        }
        try await World.with(loadingSample: false, adding: ObedientModel.settings(server)) { world in
            let text = JSONValue.string(Self.evil)
            try await world.administer(
                Probe.tables + [
                    "UPDATE support_tickets SET company_name = '\(Self.evil)', category = '\(Self.evil)' WHERE id < 5",
                    "COMMENT ON TABLE support_tickets IS '\(Self.evil)'",
                ])
            let rows = #"[[run_sql {"sql":"SELECT company_name, hours FROM support_tickets WHERE id < 5"}]]"#
            func answer(_ members: [String: JSONValue]) -> String {
                rows + " [[give_answer \(JSONValue.object(members).encoded())]]"
            }
            let questions = [
                rows, "[[run_sql {\"sql\":\"SELECT '<!here> https://evil.example'::integer AS n\"}]]",
                "[[run_sql {\"sql\":\"SELECT 1 AS \\\"<!channel> https://evil.example\\\"\"}]]",
                "[[run_sql {\"sql\":\"SELECT \\\"<@U2> <!here>\\\" FROM support_tickets\"}]]",
                #"[[introspect_schema {"table":"support_tickets"}]]"#, "Please stream it", "Please break it",
                Self.evil, "[[leader.<!here> {}]]",
                answer([
                    "headline": text, "meaning": text, "result_ids": ["result_1"], "caveats": [text],
                    "chart": [
                        "form": "bar", "title": text, "result_id": "result_1", "category": "company_name",
                        "values": ["hours"],
                    ],
                ]),
                answer(["kind": "clarification", "headline": text, "choices": [text, "<!channel>"], "result_ids": []]),
                answer(["kind": "unanswered", "headline": text, "meaning": text, "result_ids": []]),
            ]
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                world.slack.setUser("U1", ["profile": ["display_name": text]])
                for (index, question) in questions.enumerated() {
                    try await sender.send(
                        question, channel: "D\(index)", channelType: "im", ts: "100.\(index + 1)", eventID: "Ev\(index)"
                    )
                }
                try await world.settle()
            }
            let answers = world.slack.snapshot.messages.filter(\.isByBot)
            #expect(Set(answers.map(\.channel)).count == questions.count)
            #expect(answers.allSatisfy { $0.text != "Looking into it…" })
            // The words themselves arrive, or the test would prove nothing.
            #expect(answers.filter { $0.text.contains("evil") || "\($0.blocks)".contains("evil") }.count > 4)
            for call in world.slack.snapshot.calls where call.method != "conversations.replies" {
                let sent = call.arguments.encoded()
                for live in ["<!", "<@", "<#", "<http", "https://", "http://", "@here", "@channel", "image_url"] {
                    #expect(!sent.contains(live), "\(live) in \(sent)")
                }
                guard call.method.hasPrefix("chat.") else { continue }
                #expect(call.arguments["unfurl_links"] == false)
                #expect(call.arguments["unfurl_media"] == false)
                #expect(call.arguments["link_names"] == false)
                #expect(call.arguments["parse"] == "none")
            }
        }
    }
}
