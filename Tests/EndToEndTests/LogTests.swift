import FoundationEssentials
import HTTP
import ServiceRuntime
import TestSupport
import Testing

/// What the daemon writes down about questions.
@Suite(.timeLimit(.minutes(20)))
struct LogTests {
    private static let value = "value" + Hex.encode(RandomBytes.generate(8))
    private static let text = "text" + Hex.encode(RandomBytes.generate(8))

    /// What fails with the value in the server's own words, and what does not.
    private static let statements = [
        "SELECT note FROM notes WHERE note = '\(value)'",
        "SELECT note::integer AS n FROM notes",
        "SELECT '\(value)'::date",
        "SELECT 1/0 AS \(value) FROM notes WHERE note <> '\(value)'",
        "SELECT \(value) FROM notes",
        "SELECT * FROM ai.turns WHERE text = '\(value)'",
        "SELECT set_config('work_mem', '\(value)', false)",
    ]

    @Test("At every level a line has its replica, about a question its lane and run, and never a text or a value of it")
    func lines() async throws {
        let server = try ObedientModel.server()
        let settings = ObedientModel.settings(server).merging(["DASH_LOG_LEVEL": "trace"]) { _, new in new }
        try await World.with(loadingSample: false, adding: settings) { world in
            try await world.dashd.serving { daemon in
                try await world.administer([
                    "CREATE TABLE public.notes (id integer PRIMARY KEY, note text NOT NULL)",
                    "INSERT INTO public.notes VALUES (1, '\(Self.value)'), (2, '\(Self.value)2')",
                    "GRANT SELECT ON public.notes TO PUBLIC",
                ])
                // Trouble makes lines.
                world.slack.script("users.info", .status500)
                for method in ["chat.postMessage", "chat.update"] {
                    world.slack.script(method, .status500, .rateLimited(seconds: 1), .refused("invalid_blocks"))
                }
                let sender = SlackSender(daemon: daemon, http: world.http)
                for (number, statement) in Self.statements.enumerated() {
                    let call = JSONValue.object(["sql": .string(statement)]).encoded()
                    try await sender.send(
                        "Please \(Self.text) look [[run_sql \(call)]] [[engineer.run_sql \(call)]]", channel: "DLANE",
                        channelType: "im", ts: "10\(number).1", eventID: "Ev\(number)")
                }
                // Not to be stored while nothing can be: the error names the statement that failed.
                try await world.administer(["ALTER TABLE ai.slack_events RENAME TO away"])
                let status = try await sender.send(
                    "Where is \(Self.text)?", channel: "DLANE", channelType: "im", ts: "200.1",
                    eventID: "Ev\(Self.text)")
                #expect(status == 503)
                try await world.administer(["ALTER TABLE ai.away RENAME TO slack_events"])
                try await world.settle()

                let lines = daemon.logLines
                let replica = lines.first?["replica"]?.string
                #expect(replica?.hasSuffix("-\(daemon.processID)") == true)
                for line in lines {
                    #expect(line.object != nil, "no JSON: \(line)")
                    #expect(line["replica"]?.string == replica)
                    #expect(["time", "level", "logger", "message"].allSatisfy { line[$0]?.string?.isEmpty == false })
                    if line["job"] != nil { #expect(line["lane"]?.string?.contains("DLANE") == true, "\(line)") }
                    if line["run"] != nil, line["job"] == nil { #expect(line["lane"] != nil, "\(line)") }
                }
                let begun = lines.filter { $0["message"]?.string == "answering a question" }
                #expect(begun.count >= Self.statements.count)
                #expect(begun.allSatisfy { $0["run"]?.string?.hasPrefix("r-") == true && $0["lane"] != nil })
                let sent = lines.filter { $0["message"]?.string == "a message was sent" }
                #expect(!sent.isEmpty)
                #expect(sent.allSatisfy { $0["lane"]?.string?.contains("DLANE") == true && $0["key"] != nil })
                #expect(sent.contains { $0["run"]?.string?.hasPrefix("r-") == true })
                let log = daemon.logText
                #expect(!log.contains(Self.value))
                #expect(!log.contains(Self.text))
                #expect(server.requests.count > Self.statements.count)
            }
        }
    }
}
