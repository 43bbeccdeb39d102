import FoundationEssentials
import ServiceRuntime
import SlackBot
import Testing

@Suite struct ManifestTests {
    private static func manifest(_ name: String) throws -> JSONValue {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../manifests/\(name)")
        return try JSONValue(parsing: String(decoding: try Data(contentsOf: url), as: UTF8.self))
    }

    private static func texts(_ value: JSONValue?) -> [String] { value?.array?.compactMap(\.string) ?? [] }

    @Test("A manifest keeps Slack's limits", arguments: ["dash.manifest.json", "dash.manifest.socket.json"])
    func keepsLimits(name: String) throws {
        let manifest = try Self.manifest(name)
        let display = try #require(manifest["display_information"])
        #expect(try #require(display["name"]?.string).count <= 35)
        #expect(try #require(display["description"]?.string).count <= 140)
        #expect((175...4_000).contains(try #require(display["long_description"]?.string).count))
        #expect(try #require(manifest["features"]?["bot_user"]?["display_name"]?.string).count <= 80)
    }

    @Test(
        "A manifest asks for what Dash uses and nothing else",
        arguments: ["dash.manifest.json", "dash.manifest.socket.json"])
    func asksForLittle(name: String) throws {
        let manifest = try Self.manifest(name)
        let scopes = Self.texts(manifest["oauth_config"]?["scopes"]?["bot"])
        let optional = Self.texts(manifest["oauth_config"]?["scopes"]?["bot_optional"])
        #expect(Set(scopes) == SingleInstallation.requiredScopes.union(optional))
        #expect(SingleInstallation.requiredScopes.isDisjoint(with: optional))
        // Every event has the scope that Slack wants for it.
        let scopeOfEvent = [
            "app_mention": "app_mentions:read", "message.im": "im:history", "message.channels": "channels:history",
            "message.groups": "groups:history", "message.mpim": "mpim:history",
        ]
        let events = Self.texts(manifest["settings"]?["event_subscriptions"]?["bot_events"])
        #expect(Set(events) == Set(scopeOfEvent.keys))
        #expect(Set(scopeOfEvent.values).isSubset(of: scopes))
        #expect(manifest["settings"]?["interactivity"]?["is_enabled"]?.bool == true)
        #expect(manifest["features"]?["slash_commands"] == nil)
    }

    @Test("Both manifests are the same app but for the way events come")
    func differInDelivery() throws {
        let http = try Self.manifest("dash.manifest.json")
        let socket = try Self.manifest("dash.manifest.socket.json")
        for part in ["display_information", "features", "oauth_config"] {
            #expect(http[part] == socket[part])
        }
        let url = try #require(http["settings"]?["event_subscriptions"]?["request_url"]?.string)
        #expect(url.hasPrefix("https://") && url.hasSuffix("/slack/events"))
        let clicks = try #require(http["settings"]?["interactivity"]?["request_url"]?.string)
        #expect(clicks.hasPrefix("https://") && clicks.hasSuffix(SlackEventsRoute.interactionsPath))
        #expect(socket["settings"]?["interactivity"]?["request_url"] == nil)
        #expect(http["settings"]?["socket_mode_enabled"]?.bool == false)
        #expect(socket["settings"]?["socket_mode_enabled"]?.bool == true)
        #expect(socket["settings"]?["event_subscriptions"]?["request_url"] == nil)
    }
}
