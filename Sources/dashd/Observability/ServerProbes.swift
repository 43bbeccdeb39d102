import Dash
import Postgres
import ServiceRuntime

/// What the PostgreSQL servers say about themselves, for `/health` and `/metrics`; asked every few seconds at most.
struct ServerProbes: Sendable {
    /// The server that holds Dash's state.
    let state: SharedProbe<QueueState>
    /// The one with the company's data, where it is another one.
    let warehouse: SharedProbe<Bool>?
    private let clients: [PostgresClient]

    /// Over a connection of its own to each server: that all others are busy is no reason to turn people away.
    init(_ application: Application, eventLoop: EventLoop, logger: Logger) {
        func client(like other: PostgresClient) -> PostgresClient {
            var configuration = other.configuration
            configuration.connectTimeout = Self.limit
            configuration.cancelGrace = .seconds(1)
            return PostgresClient(
                configuration: configuration, maximumConnections: 1, leaseTimeout: Self.limit, eventLoop: eventLoop,
                logger: logger)
        }
        let stateClient = client(like: application.database)
        state = SharedProbe {
            try await withTimeout(Self.limit) { try await QueueState.read(stateClient) }
        }
        guard application.servers.warehouse != nil else {
            warehouse = nil
            clients = [stateClient]
            return
        }
        let warehouseClient = client(like: application.warehouse.app)
        warehouse = SharedProbe {
            try await withTimeout(Self.limit) { _ = try await warehouseClient.query("SELECT 1") }
            return true
        }
        clients = [stateClient, warehouseClient]
    }

    private static let limit = Duration.seconds(3)

    var services: [any Service] { clients + [state] + [warehouse].compactMap { $0 } }
}
