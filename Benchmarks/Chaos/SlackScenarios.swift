import BenchmarkSupport
import ServiceRuntime

/// Slack is away or slow: answers wait in the outbox.
let slackScenarios = [
    Scenario(name: "slack-away", drain: 180) { stage in
        let proxy = stage.world.slackProxy
        proxy.set(.refuse)
        proxy.cut()
        try await stage.pause(Double(stage.options.outage) / 2)
        proxy.set(.blackHole)
        try await stage.pause(Double(stage.options.outage) / 2)
        let healthy = try await stage.requireHealthy(within: 5)
        proxy.set(.pass)
        return [
            "away_s": .count(stage.options.outage), "healthy_meanwhile_s": healthy,
            "answers_after_s": try await stage.requireAnswers(),
        ]
    },
    Scenario(
        name: "slow-slack", drain: 240,
        prepare: { world, traffic, _ in
            // A call takes five seconds: its time-out is a third of this.
            world.settings["DASH_RECONCILE_AFTER"] = "30"
            world.faults = .none
            traffic.talkers = 4
        },
        play: { stage in
            stage.world.slackProxy.set(.latency(.milliseconds(2500)))
            try await stage.pause(Double(max(stage.options.outage, 20)))
            stage.world.slackProxy.set(.pass)
            return ["answers_after_s": try await stage.requireAnswers()]
        }),
]
