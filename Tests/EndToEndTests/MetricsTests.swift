import HTTP
import ServiceRuntime
import TestSupport
import Testing

/// What the daemon counts, read by Prometheus's own library.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled("python3-prometheus-client is missing: deploy/install test", PrometheusText.isReadable))
struct MetricsTests {
    @Test("Before anything has happened everything is there, at 0")
    func beginning() async throws {
        try await World.with(loadingSample: false) { world in
            try await world.dashd.serving { daemon in
                let metrics = try await daemon.metrics(world.http)
                for name in [
                    "dash_slack_requests_total", "dash_runs_total", "dash_sql_statements_total",
                    "dash_model_calls_total", "dash_model_tokens_total", "dash_job_attempts_total",
                    "dash_job_lease_losses_total", "dash_outbox_attempts_total", "dash_jobs",
                    "dash_jobs_oldest_seconds",
                    "dash_outbox_messages", "dash_outbox_oldest_seconds", "dash_answer_seconds_count",
                    "dash_postgres_connection_waiters", "dash_sql_abandoned_total", "dash_sql_abandoned_running",
                ] {
                    #expect(metrics.value(name) != nil, "\(name) is missing")
                    #expect(metrics.total(name) == 0, "\(name) is not 0")
                }
                #expect(metrics.value("dash_postgres_up") == 1)
                #expect(metrics.value("dash_ready") == 1)
                #expect(metrics.value("dash_warehouse_up") == nil)
                #expect(metrics.value("process_start_time_seconds") ?? 0 > 1_700_000_000)
                let info = metrics.family("dash_build_info")?.samples.first?.labels
                #expect(info?["replica"]?.hasSuffix("-\(daemon.processID)") == true)
                #expect(info?["version"]?.isEmpty == false)
            }
        }
    }

    @Test("A question, its twin, something for others and a forgery move what they should, and no name is in it")
    func movement() async throws {
        try await World.with { world in
            try await world.dashd.serving { daemon in
                var sender = SlackSender(daemon: daemon, http: world.http)
                let question = "<@\(StubSlack.botUser)> What's our current MRR?"
                for _ in 0..<2 {
                    try await sender.send(
                        question, type: "app_mention", channel: "CMARKED7", user: "UMARKED7", ts: "100.1",
                        eventID: "EvMARKED7")
                }
                try await sender.send(
                    "hi all", channel: "CMARKED7", channelType: "channel", ts: "101.1", eventID: "Ev2")
                sender.signingSecret = "another"
                #expect(try await sender.post(["type": "event_callback"]) == 401)
                try await world.settle()

                let response = try await daemon.page("/metrics", world.http)
                let text = String(decoding: response.body, as: UTF8.self)
                #expect(!text.contains("MARKED7"))
                #expect(!text.contains(StubSlack.team))
                #expect(!text.lowercased().contains("mrr"))
                let metrics = try await daemon.metrics(world.http)
                let requests = "dash_slack_requests_total"
                #expect(metrics.value(requests, ["outcome": "accepted"]) == 1)
                #expect(metrics.value(requests, ["outcome": "duplicate"]) == 1)
                #expect(metrics.value(requests, ["outcome": "ignored"]) == 1)
                #expect(metrics.value(requests, ["outcome": "refused"]) == 1)
                #expect(metrics.value("dash_slack_acknowledgement_seconds_count") == 4)
                #expect(metrics.value("dash_runs_total", ["outcome": "result"]) == 1)
                #expect(metrics.total("dash_runs_total") == 1)
                #expect(metrics.value("dash_run_seconds_count") == 1)
                #expect(metrics.value("dash_run_seconds_sum") ?? 0 > 0)
                #expect(metrics.value("dash_answer_seconds_count") == 1)
                let ran = metrics.value("dash_sql_statements_total", ["role": "analyst", "verdict": "ran"]) ?? 0
                #expect(ran >= 1)
                #expect(metrics.value("dash_sql_statement_seconds_count", ["role": "analyst"]) ?? 0 >= ran)
                #expect(metrics.value("dash_job_attempts_total", ["outcome": "done"]) ?? 0 >= 1)
                #expect(metrics.value("dash_job_attempts_total", ["outcome": "failed"]) == 0)
                #expect(metrics.value("dash_outbox_attempts_total", ["outcome": "sent", "step": "post"]) ?? 0 >= 1)
                let posted = ["method": "chat.postMessage", "outcome": "ok"]
                #expect(metrics.value("dash_slack_calls_total", posted) ?? 0 >= 1)
                #expect(metrics.value("dash_slack_call_seconds_count", ["method": "chat.postMessage"]) ?? 0 >= 1)
                for state in ["waiting", "scheduled", "running", "abandoned"] {
                    #expect(metrics.value("dash_jobs", ["state": state]) != nil)
                }
                #expect(metrics.total("dash_outbox_messages") == 0)
                #expect(metrics.value("dash_postgres_connections", ["pool": "app"]) != nil)
            }
        }
    }

    @Test("Slack's 429 and the tokens of a language model are counted")
    func outside() async throws {
        let server = try ObedientModel.server()
        try await World.with(adding: ObedientModel.settings(server)) { world in
            world.slack.script("chat.postMessage", .rateLimited(seconds: 1))
            try await world.dashd.serving { daemon in
                try await SlackSender(daemon: daemon, http: world.http).send(
                    "Tell me anything", channel: "D1", channelType: "im", ts: "200.1", eventID: "Ev1")
                try await world.settle()
                let metrics = try await daemon.metrics(world.http)
                let limited = ["method": "chat.postMessage", "outcome": "rate_limited"]
                #expect(metrics.value("dash_slack_calls_total", limited) == 1)
                #expect(metrics.value("dash_outbox_attempts_total", ["outcome": "rate_limited"]) == 1)
                let calls = metrics.value("dash_model_calls_total", ["provider": "openai", "outcome": "answered"]) ?? 0
                #expect(calls >= 1)
                // As the service counts them: 10 in and 5 out for each turn.
                #expect(
                    metrics.value("dash_model_tokens_total", ["provider": "openai", "direction": "in"]) == calls * 10)
                #expect(
                    metrics.value("dash_model_tokens_total", ["provider": "openai", "direction": "out"]) == calls * 5)
                #expect(metrics.value("dash_model_call_seconds_count", ["provider": "openai"]) == calls)
            }
        }
    }
}
