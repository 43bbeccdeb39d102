import FoundationEssentials
import HTTP
import Postgres
import ServiceRuntime
import SlackAPI
import SlackBot
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct SlackEventsRouteTests {
    @Test("The challenge comes back, but only to Slack")
    func challenge() async throws {
        try await SlackBench.with { bench in
            let body = #"{"type":"url_verification","challenge":"abc123","token":"t"}"#
            let response = try await bench.send(SlackBench.request(body))
            #expect(response.status == 200)
            #expect(try JSONValue(parsing: response.body) == ["challenge": "abc123"])
            #expect(try await bench.send(SlackBench.request(body, secret: Secret("wrong"))).status == 401)
        }
    }

    @Test("A certificate check must be signed as well")
    func certificateCheck() async throws {
        try await SlackBench.with { bench in
            var request = SlackBench.request("token=random&ssl_check=1")
            request.headers["Content-Type"] = "application/x-www-form-urlencoded"
            let good = try await bench.send(request)
            #expect(good.status == 200)
            #expect(good.body.isEmpty)
            var bad = SlackBench.request("token=random&ssl_check=1", at: Date(timeIntervalSince1970: 0))
            bad.headers[SlackSignature.signatureHeader] = "v0=invalid"
            #expect(try await bench.send(bad).status == 401)
        }
    }

    @Test("Every refusal looks the same, and nothing is written")
    func refusals() async throws {
        try await SlackBench.with { bench in
            let body = JSONValue.object(["type": "event_callback"]).encoded()
            var requests = [
                SlackBench.request(body, secret: Secret("wrong")),
                SlackBench.request(body, at: Date(timeIntervalSinceNow: -301)),
                SlackBench.request(body, at: Date(timeIntervalSinceNow: 400)),
            ]
            for header in [SlackSignature.signatureHeader, SlackSignature.timestampHeader] {
                var missing = SlackBench.request(body)
                missing.headers[header] = nil
                var doubled = SlackBench.request(body)
                doubled.headers.append(header, doubled.headers[header] ?? "")
                requests += [missing, doubled]
            }
            var compressed = SlackBench.request(body)
            compressed.headers["Content-Encoding"] = "gzip"
            requests.append(compressed)
            for request in requests {
                let response = try await bench.send(request)
                #expect(response.status == 401)
                #expect(String(decoding: response.body, as: UTF8.self) == #"{"error":"invalid request"}"#)
            }
            let jobs = try await bench.count("jobs")
            #expect(jobs == 0)
        }
    }

    @Test(
        "A signed body that is no event is a bad request", arguments: ["", "{", "[]{", #"{"type":"event_callback"}"#])
    func unreadable(_ body: String) async throws {
        try await SlackBench.with { bench in
            let response = try await bench.send(SlackBench.request(body))
            #expect(response.status == 400)
        }
    }

    @Test("The route takes no more than a mebibyte")
    func bodyLimit() async throws {
        try await SlackBench.with { bench in
            #expect(bench.router.routes(for: SlackEventsRoute.path)?[.post]?.maximumBodyBytes == 1 << 20)
        }
    }

    @Test("The same event three times, and under other ids, is one job")
    func duplicates() async throws {
        try await SlackBench.with { bench in
            for _ in 0..<3 { #expect(try await bench.deliver(SlackBench.mention("MRR?"), id: "Ev1") == 200) }
            #expect(try await bench.deliver(SlackBench.mention("MRR?"), id: "Ev2") == 200)
            try await bench.untilQuiet()
            let jobs = try await bench.count("jobs")
            #expect(jobs == 1)
            #expect(bench.slack.snapshot.messages.count == 1)
        }
    }

    @Test("A mention that arrives twice, in either order or at once, is one job", arguments: [false, true])
    func twins(_ mentionFirst: Bool) async throws {
        try await SlackBench.with { bench in
            let types = mentionFirst ? ["app_mention", "message"] : ["message", "app_mention"]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for type in types {
                    group.addTask { _ = try await bench.deliver(SlackBench.mention("MRR?", type: type)) }
                }
                try await group.waitForAll()
            }
            try await bench.untilQuiet()
            let jobs = try await bench.count("jobs")
            #expect(jobs == 1)
        }
    }

    @Test("A retry is taken like a first delivery, which may never have arrived", arguments: ["1", "2", "3"])
    func retries(_ number: String) async throws {
        try await SlackBench.with { bench in
            let envelope: JSONValue = [
                "type": "event_callback", "team_id": "T1", "event_id": "Ev1",
                "authorizations": [["team_id": "T1", "user_id": "UDASH", "is_bot": true]],
                "event": SlackBench.mention("MRR?"),
            ]
            for _ in 0..<2 {
                var request = SlackBench.request(envelope.encoded())
                request.headers["X-Slack-Retry-Num"] = number
                request.headers["X-Slack-Retry-Reason"] = "http_timeout"
                #expect(try await bench.send(request).status == 200)
            }
            try await bench.untilQuiet()
            #expect(bench.slack.snapshot.messages.map(\.text) == ["You asked: MRR?"])
        }
    }

    @Test("What is not for Dash gets its 200 and leaves no trace")
    func notForDash() async throws {
        try await SlackBench.with { bench in
            let talk: JSONValue = [
                "type": "message", "channel_type": "channel", "channel": "C1", "user": "U1",
                "ts": "1700000000.000200", "text": "just talking",
            ]
            #expect(try await bench.deliver(talk) == 200)
            #expect(
                try await bench.deliver(SlackBench.reply("hm", ts: "1700000000.000300", thread: "1600000000.000001"))
                    == 200)
            #expect(try await bench.deliver(["type": "reaction_added", "user": "U1"]) == 200)
            let events = try await bench.count("slack_events")
            let jobs = try await bench.count("jobs")
            let threads = try await bench.count("slack_threads")
            #expect(events + jobs + threads == 0)
        }
    }

    @Test("When the question cannot be stored, Slack is told so, and the thread as well, once")
    func outage() async throws {
        try await SlackBench.with { bench in
            try await bench.postgres.query("ALTER TABLE ai.slack_events RENAME TO slack_events_away")
            for _ in 0..<3 {
                #expect(try await bench.deliver(SlackBench.mention("MRR?"), id: "Ev1") == 503)
            }
            await bench.slack.wait { $0.messages.contains { $0.text.contains("cannot reach my own database") } }
            try await bench.postgres.query("ALTER TABLE ai.slack_events_away RENAME TO slack_events")
            #expect(try await bench.deliver(SlackBench.mention("MRR?"), id: "Ev1") == 200)
            try await bench.untilQuiet()
            let texts = bench.slack.snapshot.messages.map(\.text)
            #expect(texts.count(where: { $0.contains("cannot reach") }) == 1)
            #expect(texts.contains("You asked: MRR?"))
        }
    }

    @Test("During rotation of the secret both are accepted")
    func rotation() async throws {
        try await SlackBench.with(adjust: { $0.previousSigningSecret = Secret("old") }) { bench in
            let body = #"{"type":"url_verification","challenge":"c"}"#
            let old = try await bench.send(SlackBench.request(body, secret: Secret("old")))
            let new = try await bench.send(SlackBench.request(body))
            #expect([old.status, new.status] == [200, 200])
        }
    }
}
