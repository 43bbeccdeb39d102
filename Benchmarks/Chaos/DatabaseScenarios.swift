import BenchmarkSupport
import ServiceRuntime

/// The server itself dies.
let databaseScenarios = [
    Scenario(name: "postgres-restart") { stage in
        for _ in 0..<3 {
            try await stage.world.server.stopImmediately()
            try await stage.world.server.start()
            try await stage.pause(2)
        }
        return [
            "healthy_after_s": try await stage.requireHealthy(), "answers_after_s": try await stage.requireAnswers(),
        ]
    },
    Scenario(
        name: "postgres-outage",
        prepare: { _, traffic, options in
            // Slack goes on delivering until after the outage.
            traffic.retryDelays += Array(repeating: .seconds(10), count: options.outage / 10)
        },
        play: { stage in
            let refused = stage.traffic.statuses["503"] ?? 0
            try await stage.world.server.stopImmediately()
            let noticed = try await stage.requireUnhealthy()
            try await stage.pause(Double(stage.options.outage))
            let still = try await stage.requireUnhealthy(within: 1)
            try await stage.world.server.start()
            let healthy = try await stage.requireHealthy(within: 20)
            let answers = try await stage.requireAnswers()
            let refusals = (stage.traffic.statuses["503"] ?? 0) - refused
            stage.expect(refusals > 0, "no delivery was answered with 503")
            return [
                "outage_s": .count(stage.options.outage), "unhealthy_after_s": noticed, "unhealthy_at_end_s": still,
                "healthy_after_s": healthy, "answers_after_s": answers, "refused_deliveries": .count(refusals),
            ]
        }),
]
