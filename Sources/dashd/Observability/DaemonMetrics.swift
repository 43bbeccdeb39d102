import Dash
import HTTP
import Postgres
import ServiceRuntime

/// `GET /metrics`: everything the parts of the daemon count, and what the database says about the queue.
struct DaemonMetrics: Sendable {
    private enum Pool: String, MetricLabel {
        case app, analyst, engineer, warehouse
        static let name = "pool"
    }

    private enum PoolUse: String, MetricLabel {
        case inUse = "in_use"
        case idle
        static let name = "state"
    }

    private static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let registry: MetricRegistry
    private let probes: ServerProbes
    private let stateIsUp: Gauge
    private let warehouseIsUp: Gauge
    private let jobs: MetricFamily<QueueState.Job, Gauge>
    private let jobAges: MetricFamily<QueueState.Job, Gauge>
    private let messages: MetricFamily<QueueState.Message, Gauge>
    private let messageAges: MetricFamily<QueueState.Message, Gauge>

    /// The registry is the one that the parts were made with.
    init(_ registry: MetricRegistry, probes: ServerProbes, application: Application, health: Health, replica: String) {
        self.registry = registry
        self.probes = probes
        registry.info(
            "dash_build_info", "Which Dash this is.", [("version", Version.current), ("replica", replica)])
        registry.read("dash_ready", "1 while questions are answered, 0 at start and while it stops.", .gauge) {
            health.state == .ready ? 1 : 0
        }
        stateIsUp = registry.gauge("dash_postgres_up", "1 while the PostgreSQL with Dash's own state answers.")
        warehouseIsUp = registry.gauge(
            "dash_warehouse_up", "1 while the PostgreSQL with the company's data answers, where it is another one.")
        jobs = registry.gauges("dash_jobs", "Unfinished jobs, of all replicas.", by: QueueState.Job.self)
        jobAges = registry.gauges(
            "dash_jobs_oldest_seconds", "Age of the oldest unfinished job, of all replicas.", by: QueueState.Job.self)
        messages = registry.gauges(
            "dash_outbox_messages", "Messages that Slack does not have yet, of all replicas.",
            by: QueueState.Message.self)
        messageAges = registry.gauges(
            "dash_outbox_oldest_seconds", "Age of the oldest of these messages, of all replicas.",
            by: QueueState.Message.self)
        Self.addPools(application, registry)
        ProcessMetrics.install(in: registry)
    }

    func install(on router: inout HTTPRouter) {
        router.on(.get, "/metrics") { _ in
            await refresh()
            return HTTPResponse(
                status: 200, headers: ["Content-Type": Self.contentType], body: Array(registry.text.utf8))
        }
    }

    private func refresh() async {
        async let warehouse = probes.warehouse?.outcome()
        let state = await probes.state.outcome()
        if let warehouse = await warehouse { warehouseIsUp.set(warehouse.isAnswer ? 1 : 0) }
        stateIsUp.set(state.isAnswer ? 1 : 0)
        let queue: QueueState? = if case .value(let queue) = state { queue } else { nil }
        for job in QueueState.Job.allCases {
            let depth = queue.map { $0.jobs[job] ?? QueueState.Depth() }
            jobs[job].set(depth.map { Double($0.count) })
            jobAges[job].set(depth?.seconds)
        }
        for message in QueueState.Message.allCases {
            let depth = queue.map { $0.messages[message] ?? QueueState.Depth() }
            messages[message].set(depth.map { Double($0.count) })
            messageAges[message].set(depth?.seconds)
        }
    }

    private static func addPools(_ application: Application, _ registry: MetricRegistry) {
        let connection = application.warehouse
        let isSeparate = application.servers.warehouse != nil
        @Sendable func client(_ pool: Pool) -> PostgresClient? {
            switch pool {
            case .app: application.database
            case .analyst: connection.analyst
            case .engineer: connection.engineer
            case .warehouse: isSeparate ? connection.app : nil
            }
        }
        registry.read(
            "dash_postgres_connections", "Connections of this process.", .gauge,
            by: MetricLabelPair<Pool, PoolUse>.self
        ) { labels in
            client(labels.first).map { pool in
                Double(labels.second == .inUse ? pool.usage.inUse : pool.usage.idle)
            }
        }
        registry.read(
            "dash_postgres_connection_waiters", "Tasks that wait for a connection.", .gauge, by: Pool.self
        ) { client($0).map { Double($0.usage.waiting) } }
        registry.read(
            "dash_sql_abandoned_total", "Statements that went on although they had been cancelled.", .counter
        ) { Double(connection.abandonedStatements) }
        registry.read("dash_sql_abandoned_running", "Those of them that still go on.", .gauge) {
            Double(connection.runningAbandonedStatements)
        }
    }
}

extension SharedProbe.Outcome {
    /// Whether the server said anything but that it is starting, stopping or full.
    fileprivate var isAnswer: Bool {
        switch self {
        case .value: true
        case .failure(let error): (error as? PostgresError).map { !$0.isPassing } ?? false
        case .silence: false
        }
    }
}
