import ServiceRuntime
import SlackAPI
import SlackBot
import Testing

@Suite struct AccessPolicyTests {
    private static func question(
        channel: SlackChannelID = "C1", kind: SlackQuestion.Kind = .mention, enterprise: SlackTeamID? = nil,
        userTeam: SlackTeamID? = "T1", shared: Bool? = false
    ) -> SlackRequester {
        SlackQuestion(
            eventID: "E", kind: kind, team: "T1", channel: channel, ts: "1.1", threadTS: nil, user: "U1", text: "x",
            own: nil, enterprise: enterprise, userTeam: userTeam, isExternallyShared: shared
        ).requester
    }

    private static func user(_ members: JSONValue = ["team_id": "T1"]) -> SlackUser {
        SlackUser(id: "U1", json: members)
    }

    private static func conversation(_ teams: JSONValue) -> SlackConversation {
        SlackConversation(id: "C1", json: ["is_ext_shared": true, "connected_team_ids": teams])
    }

    @Test(
        "By default only members of the own organisation may ask",
        arguments: [
            (["team_id": "T1"], .allowed(isOutsider: false)), ([:], .allowed(isOutsider: false)),
            (["team_id": "T1", "is_restricted": true], .refused(.guest)),
            (["team_id": "T1", "is_ultra_restricted": true], .refused(.guest)),
            (["team_id": "T2"], .refused(.external)), (["team_id": "T1", "is_stranger": true], .refused(.external)),
            (["team_id": "T1", "is_bot": true], .refused(.bot)),
            (["team_id": "T1", "deleted": true], .refused(.deactivated)),
        ] as [(JSONValue, AccessPolicy.Verdict)])
    func defaults(_ members: JSONValue, _ verdict: AccessPolicy.Verdict) {
        #expect(AccessPolicy().verdict(for: Self.question(), by: Self.user(members)) == verdict)
    }

    @Test("The event's word about the writer counts where Slack names no workspace")
    func eventTeam() {
        let question = Self.question(userTeam: "T2", shared: true)
        #expect(AccessPolicy().verdict(for: question, by: Self.user([:])) == .refused(.external))
    }

    @Test("Another workspace of the own organisation is no other organisation")
    func grid() {
        let own: JSONValue = ["team_id": "T9", "enterprise_user": ["enterprise_id": "E1"]]
        let other: JSONValue = ["team_id": "T9", "enterprise_user": ["enterprise_id": "E2"]]
        let question = Self.question(enterprise: "E1", userTeam: "T9")
        #expect(AccessPolicy().verdict(for: question, by: Self.user(own)) == .allowed(isOutsider: false))
        #expect(AccessPolicy().verdict(for: question, by: Self.user(other)) == .refused(.external))
    }

    @Test("A channel that others read gets no data unless it is allowed")
    func shared() {
        let question = Self.question(shared: true)
        var policy = AccessPolicy()
        #expect(policy.verdict(for: question, by: Self.user()) == .refused(.sharedChannel))
        policy.teams = ["T2"]
        #expect(policy.verdict(for: question, by: Self.user()) == .refused(.sharedChannel))
        #expect(
            policy.verdict(for: question, by: Self.user(), in: Self.conversation(["T1", "T2"]))
                == .allowed(isOutsider: false))
        #expect(
            policy.verdict(for: question, by: Self.user(), in: Self.conversation(["T2", "T3"]))
                == .refused(.sharedChannel))
        policy = AccessPolicy()
        policy.channels = ["C1"]
        #expect(policy.verdict(for: question, by: Self.user()) == .allowed(isOutsider: false))
    }

    @Test("Settings let guests, organisations, people and channels in, and nobody else")
    func allowed() {
        let guest = Self.user(["team_id": "T1", "is_restricted": true])
        let external = Self.user(["team_id": "T2"])
        var policy = AccessPolicy()
        policy.allowsGuests = true
        #expect(policy.verdict(for: Self.question(), by: guest) == .allowed(isOutsider: true))
        #expect(policy.verdict(for: Self.question(), by: external) == .refused(.external))
        policy = AccessPolicy()
        policy.teams = ["T2"]
        #expect(policy.verdict(for: Self.question(), by: external) == .allowed(isOutsider: true))
        #expect(policy.verdict(for: Self.question(), by: Self.user(["team_id": "T3"])) == .refused(.external))
        policy = AccessPolicy()
        policy.users = ["U1"]
        #expect(policy.verdict(for: Self.question(), by: guest) == .allowed(isOutsider: true))
        policy.users = ["U2"]
        #expect(policy.verdict(for: Self.question(), by: Self.user()) == .refused(.user))
        // Named for decisions, they need not be listed for questions; the rest holds.
        #expect(
            policy.verdict(for: Self.question(), by: Self.user(), isApprover: true) == .allowed(isOutsider: false))
        #expect(policy.verdict(for: Self.question(), by: guest, isApprover: true) == .refused(.guest))
        #expect(policy.verdict(for: Self.question(), by: external, isApprover: true) == .refused(.external))
        policy = AccessPolicy()
        policy.channels = ["C2"]
        #expect(policy.verdict(for: Self.question(), by: Self.user()) == .refused(.channel))
        #expect(
            policy.verdict(for: Self.question(channel: "D1", kind: .directMessage), by: Self.user())
                == .allowed(isOutsider: false))
        policy = AccessPolicy()
        policy.allowsExternal = true
        #expect(policy.verdict(for: Self.question(shared: true), by: external) == .allowed(isOutsider: true))
    }
}
