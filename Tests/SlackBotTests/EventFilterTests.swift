import Dash
import ServiceRuntime
import SlackAPI
import SlackBot
import Testing

@Suite struct EventFilterTests {
    private static let identity = SlackIdentity(user: "UDASH", botID: "BDASH", team: "T1")

    /// An envelope as Slack sends it; `event` is merged over a channel message by U1.
    static func envelope(
        _ event: JSONValue, authorizations: JSONValue = [["team_id": "T1", "user_id": "UDASH", "is_bot": true]],
        shared: Bool = false
    ) throws -> SlackEnvelope {
        var members: [String: JSONValue] = [
            "type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "ts": "1700000000.000100",
            "event_ts": "1700000000.000100", "team": "T1", "text": "what is MRR?",
            "client_msg_id": "bd2ed218-0000-4000-8000-000000000000",
        ]
        for (name, value) in event.object ?? [:] { members[name] = value == .null ? nil : value }
        return try SlackEnvelope([
            "token": "deprecated", "team_id": "T1", "api_app_id": "A1", "type": "event_callback", "event_id": "Ev1",
            "event_time": 1_700_000_000, "is_ext_shared_channel": .bool(shared), "authorizations": authorizations,
            "event": .object(members),
        ])
    }

    private func decide(_ event: JSONValue, identity: SlackIdentity? = identity) throws -> EventFilter.Decision {
        EventFilter.decide(try Self.envelope(event), identity: identity)
    }

    @Test(
        "Messages to Dash are questions",
        arguments: [
            (["type": "app_mention", "channel_type": nil, "text": "<@UDASH> what is MRR?"], .mention),
            (["text": "<@UDASH> what is MRR?"], .mention), (["text": "so <@UDASH|dash>, what is MRR?"], .mention),
            (["text": "<@UDASH> hi", "channel_type": "group"], .mention),
            (["text": "<@UDASH> hi", "channel_type": "mpim"], .mention),
            (["channel": "D1", "channel_type": "im"], .directMessage),
            (["channel": "D1", "channel_type": nil], .directMessage),
            (["channel": "D1", "channel_type": "im", "thread_ts": "1600000000.000100"], .directMessage),
            (["channel": "D1", "channel_type": "im", "subtype": "file_share"], .directMessage),
            (["channel": "D1", "channel_type": "im", "subtype": "me_message"], .directMessage),
            (["text": "<@UDASH> x", "subtype": "thread_broadcast", "thread_ts": "1600000000.000100"], .mention),
            (["text": "<@UDASH> and <@U2> what?"], .mention),
        ] as [(JSONValue, SlackQuestion.Kind)])
    func questions(_ event: JSONValue, _ kind: SlackQuestion.Kind) throws {
        guard case .question(let question) = try decide(event) else {
            Issue.record("not a question: \(try decide(event))")
            return
        }
        #expect(question.kind == kind)
        #expect(question.team == "T1")
        #expect(question.user == "U1")
    }

    private static func edit(_ before: String, _ after: String, bot: Bool = false) -> JSONValue {
        var message: [String: JSONValue] = [
            "type": "message", "user": "U1", "ts": "1700000000.000100", "text": .string(after),
            "edited": ["user": "U1", "ts": "1700000009.000000"],
        ]
        if bot { message["bot_id"] = "B1" }
        return [
            "subtype": "message_changed", "hidden": true, "user": nil, "text": nil, "ts": "1700000009.000200",
            "message": .object(message), "previous_message": ["text": .string(before)],
        ]
    }

    @Test("Who mentions Dash by an edit asks by it, as of the message")
    func editedIn() throws {
        guard case .question(let question) = try decide(Self.edit("what is MRR?", "<@UDASH> what is MRR?")) else {
            Issue.record("not a question")
            return
        }
        #expect(question.ts == "1700000000.000100")
        #expect(question.kind == .mention)
        #expect(question.text == "<@UDASH> what is MRR?")
    }

    @Test(
        "Other edits ask nothing",
        arguments: [
            edit("<@UDASH> what is MRR?", "<@UDASH> what is ARR?"), edit("talk", "other talk"),
            edit("talk", "<@U2> talk"), edit("talk", "<@UDASH> talk", bot: true),
        ])
    func otherEdits(_ event: JSONValue) throws {
        guard case .ignore = try decide(event) else {
            Issue.record("an edit is taken for a question")
            return
        }
    }

    @Test("A reply in a thread is a question if Dash takes part in it")
    func replies() throws {
        let decision = try decide(["thread_ts": "1600000000.000100", "text": "and by plan?"])
        guard case .reply(let question) = decision else {
            Issue.record("not a reply: \(decision)")
            return
        }
        #expect(question.thread == "1600000000.000100")
        #expect(question.conversation.rawValue == "slack:T1:C1:1600000000.000100")
        #expect(question.answerKey == "slack:T1:C1:1700000000.000100")
        #expect(question.askerID == "slack:T1:U1")
    }

    @Test(
        "Everything else is ignored, for a reason",
        arguments: [
            (["text": "just talking"], .notForDash),
            (["text": "parent", "thread_ts": "1700000000.000100"], .notForDash),
            (["thread_ts": "1600000000.000100", "text": "<@U2> what do you think?"], .forSomebodyElse),
            (["user": "UDASH"], .ownMessage), (["bot_id": "BDASH", "user": "UDASH"], .bot),
            (["bot_id": "B2", "text": "<@UDASH> hi"], .bot), (["bot_profile": ["id": "B2"]], .bot),
            (["subtype": "bot_message"], .subtype), (["user": "USLACKBOT", "channel_type": "im"], .system),
            (["user": "UREVOKEDU", "channel_type": "im"], .system), (["hidden": true, "channel_type": "im"], .hidden),
            (["subtype": "message_changed", "channel_type": "im"], .subtype),
            (["subtype": "message_deleted", "channel_type": "im"], .subtype),
            (["subtype": "channel_join", "text": "<@UDASH> has joined"], .subtype),
            (["subtype": "channel_topic"], .subtype), (["subtype": "channel_name"], .subtype),
            (["subtype": "pinned_item"], .subtype), (["subtype": "tombstone"], .subtype),
            (["subtype": "reminder_add"], .subtype), (["subtype": "something_new"], .subtype),
            (["type": "reaction_added"], .otherType), (["type": "app_home_opened"], .otherType),
            (["type": "member_joined_channel"], .otherType), (["user": nil, "channel_type": "im"], .incomplete),
            (["ts": nil, "channel_type": "im"], .incomplete), (["ts": "now", "channel_type": "im"], .incomplete),
            (["channel": nil, "channel_type": "im"], .incomplete),
            (["thread_ts": "x", "channel_type": "im"], .incomplete),
        ] as [(JSONValue, EventFilter.Reason)])
    func ignored(_ event: JSONValue, _ reason: EventFilter.Reason) throws {
        #expect(try decide(event) == .ignore(reason))
    }

    @Test("While Slack has not said who the token is, the event's own word counts")
    func unknownIdentity() throws {
        #expect(try decide(["user": "UDASH"], identity: nil) == .ignore(.ownMessage))
        guard case .question = try decide(["text": "<@UDASH> hi"], identity: nil) else {
            Issue.record("the mention was not seen")
            return
        }
    }

    @Test("The workspace is the one the event was authorised for")
    func team() throws {
        let authorization: JSONValue = [["team_id": "T9", "enterprise_id": "E1", "user_id": "UDASH"]]
        let envelope = try Self.envelope(["channel_type": "im"], authorizations: authorization)
        guard case .question(let question) = EventFilter.decide(envelope, identity: nil) else {
            Issue.record("not a question")
            return
        }
        #expect(question.team == "T9")
    }

    @Test("What the event says about its writer and its channel stands in the question")
    func provenance() throws {
        let envelope = try Self.envelope(
            ["text": "<@UDASH> what is MRR?", "user_team": "T2"],
            authorizations: [["team_id": "T1", "enterprise_id": "E1", "user_id": "UDASH"]], shared: true)
        guard case .question(let question) = EventFilter.decide(envelope, identity: Self.identity) else {
            Issue.record("not a question")
            return
        }
        #expect(question.userTeam == "T2")
        #expect(question.enterprise == "E1")
        #expect(question.isExternallyShared == true)
    }

    @Test("A secret in a question is gone before anything is kept")
    func secret() throws {
        let event: JSONValue = ["channel_type": "im", "text": "use xoxb-123456789012-abcdefGHIJ to post"]
        guard case .question(let question) = try decide(event) else {
            Issue.record("not a question")
            return
        }
        #expect(question.text == "use [removed: looks like a Slack token] to post")
    }

    @Test("A text beyond the limit is kept just long enough to be refused")
    func tooLong() throws {
        let text = String(repeating: "👍x", count: 20_000)
        guard case .question(let question) = try decide(["channel_type": "im", "text": .string(text)]) else {
            Issue.record("not a question")
            return
        }
        #expect(question.isTooLong)
        #expect(question.text.count == SlackQuestion.longestText + 1)
    }
}
