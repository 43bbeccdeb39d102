package import ServiceRuntime

/// An Events API delivery. Fields that Slack may leave out are optional; unknown ones are ignored.
package struct SlackEnvelope: Sendable {
    /// For whom the event was delivered.
    package struct Authorization: Sendable, Equatable {
        package var team: SlackTeamID?
        package var enterprise: SlackTeamID?
        /// The app's own bot user in that workspace.
        package var user: SlackUserID?
    }

    package var eventID: String
    package var appID: String?
    /// The workspace of the sender; with Slack Connect it may be another organisation's.
    package var senderTeam: SlackTeamID?
    package var authorization: Authorization
    package var isExternallyShared: Bool
    /// Seconds since 1970.
    package var eventTime: Int?
    package var event: SlackEvent

    /// The workspace whose installation the event belongs to.
    package var team: SlackTeamID? { authorization.team ?? authorization.enterprise ?? senderTeam }

    package init(_ json: JSONValue) throws(SlackPayloadError) {
        guard let id = json["event_id"]?.string, !id.isEmpty, id.utf8.count <= 255 else {
            throw SlackPayloadError("event_callback without an event_id")
        }
        guard let event = json["event"], event.object != nil else {
            throw SlackPayloadError("event_callback without an event")
        }
        eventID = id
        appID = json["api_app_id"]?.string
        senderTeam = json["team_id"]?.identifier()
        let first = json["authorizations"]?[0]
        authorization = Authorization(
            team: first?["team_id"]?.identifier(), enterprise: first?["enterprise_id"]?.identifier(),
            user: first?["user_id"]?.identifier())
        isExternallyShared = json["is_ext_shared_channel"]?.bool ?? false
        eventTime = json["event_time"]?.integer
        self.event = SlackEvent(event)
    }
}

extension JSONValue {
    /// The text as an id; nil for anything that is no short, non-empty text.
    func identifier<ID: SlackIdentifier>(as type: ID.Type = ID.self) -> ID? {
        guard let text = string, !text.isEmpty, text.utf8.count <= 64 else { return nil }
        return ID(rawValue: text)
    }
}

extension SlackEnvelope {
    /// For messages that were read instead of delivered.
    package init(
        eventID: String, team: SlackTeamID, enterprise: SlackTeamID?, own: SlackUserID, isExternallyShared: Bool,
        event: SlackEvent
    ) {
        self.init(
            eventID: eventID, appID: nil, senderTeam: team,
            authorization: Authorization(team: team, enterprise: enterprise, user: own),
            isExternallyShared: isExternallyShared, eventTime: nil, event: event)
    }

    private init(
        eventID: String, appID: String?, senderTeam: SlackTeamID?, authorization: Authorization,
        isExternallyShared: Bool, eventTime: Int?, event: SlackEvent
    ) {
        self.eventID = eventID
        self.appID = appID
        self.senderTeam = senderTeam
        self.authorization = authorization
        self.isExternallyShared = isExternallyShared
        self.eventTime = eventTime
        self.event = event
    }
}
