package import ServiceRuntime

/// A person, as far as Dash needs to know.
package struct SlackUser: Sendable, Equatable {
    package var id: SlackUserID
    package var displayName: String?
    package var timeZone: String?
    package var isBot: Bool

    package init(id: SlackUserID, json: JSONValue) {
        self.id = id
        let names = [
            json["profile"]?["display_name"], json["profile"]?["real_name"], json["real_name"], json["name"],
        ]
        displayName = names.lazy.compactMap { $0?.string }.first { !$0.isEmpty }.map { String($0.prefix(80)) }
        timeZone = json["tz"]?.string
        isBot = json["is_bot"]?.bool ?? false
    }
}
