import HTTP
import SlackAPI
import Testing

@Suite struct SlackRequestBodyTests {
    private func body(_ text: String, type: String = "application/json") throws -> SlackRequestBody {
        try SlackRequestBody(
            HTTPRequest(
                method: .post, target: "/slack/events", headers: ["Content-Type": type], body: Array(text.utf8)))
    }

    private static let form = "application/x-www-form-urlencoded"

    @Test("The challenge is read, with or without a content type", arguments: ["application/json", "text/plain", ""])
    func challenge(_ type: String) throws {
        guard
            case .urlVerification("abc 123") = try body(
                #" {"type":"url_verification","challenge":"abc 123","token":"t"}"#, type: type)
        else {
            Issue.record("not a url_verification")
            return
        }
    }

    @Test("A certificate check is recognised")
    func certificateCheck() throws {
        guard case .certificateCheck = try body("token=random&ssl_check=1", type: Self.form) else {
            Issue.record("not a certificate check")
            return
        }
    }

    @Test("A click is read from the form field payload")
    func interaction() throws {
        let payload = """
            %7B%22type%22%3A%22block_actions%22%2C%22team%22%3Anull%2C%22user%22%3A%7B%22id%22%3A%22U1%22%2C%22team_id\
            %22%3A%22T1%22%7D%2C%22channel%22%3A%7B%22id%22%3A%22C1%22%7D%2C%22message%22%3A%7B%22ts%22%3A%221.2%22%7D\
            %2C%22actions%22%3A%5B%7B%22action_id%22%3A%22a+b%22%2C%22value%22%3A%22v%22%7D%5D%7D
            """
        guard case .interaction(let interaction) = try body("payload=\(payload)", type: Self.form) else {
            Issue.record("not an interaction")
            return
        }
        #expect(interaction.type == "block_actions")
        #expect(interaction.team == "T1")
        #expect(interaction.user == "U1")
        #expect(interaction.channel == "C1")
        #expect(interaction.messageTS == "1.2")
        #expect(interaction.actions.first?.actionID == "a b")
    }

    @Test("An event's envelope is read; what is missing or odd is left out")
    func envelope() throws {
        guard
            case .event(let envelope) = try body(
                """
                {"token":"t","team_id":"T2","api_app_id":"A1","type":"event_callback","event_id":"Ev1",
                 "event_time":1769220155,"is_ext_shared_channel":true,"unknown":{"deep":[1]},
                 "authorizations":[{"enterprise_id":null,"team_id":"T1","user_id":"UBOT","is_bot":true}],
                 "event":{"type":"app_mention","user":"U1","ts":"1769220155.940449","text":"<@UBOT> Hello",
                          "team":"T2","channel":"C1","hidden":"odd","thread_ts":17}}
                """)
        else {
            Issue.record("not an event")
            return
        }
        #expect(envelope.eventID == "Ev1")
        #expect(envelope.team == "T1")
        #expect(envelope.senderTeam == "T2")
        #expect(envelope.authorization.user == "UBOT")
        #expect(envelope.isExternallyShared)
        #expect(envelope.event.ts == "1769220155.940449")
        #expect(envelope.event.threadTS == nil)
        #expect(!envelope.event.isHidden)
        #expect(envelope.event.userTeam == "T2")
    }

    @Test(
        "A body that cannot be meant is refused",
        arguments: [
            "", "{", "{\"type\":\"event_callback\"}", "{\"type\":\"event_callback\",\"event_id\":\"E\"}",
            "{\"type\":\"event_callback\",\"event_id\":\"\",\"event\":{}}", "{\"type\":\"url_verification\"}", "\u{FF}",
        ])
    func malformed(_ text: String) {
        #expect(throws: SlackPayloadError.self) { try body(text) }
    }

    @Test(
        "What this version does not know is not an error",
        arguments: [
            ("{\"type\":\"app_rate_limited\"}", "application/json"), ("{}", "application/json"),
            ("command=%2Fdash&text=hi", form), ("x=1", form),
        ])
    func other(_ text: String, _ type: String) throws {
        guard case .other = try body(text, type: type) else {
            Issue.record("recognised")
            return
        }
    }

    @Test("Forms survive encoding and decoding", arguments: ["a=b&c", "ümläut ✓", "100%", "+ +", "", "\u{0}\n"])
    func forms(_ text: String) {
        let form = SlackForm(Array(SlackForm.encode([("text", text), ("x", "1")]).utf8))
        #expect(form["text"] == text)
        #expect(form["x"] == "1")
    }
}
