import BenchmarkSupport
import Dash
import Postgres
import SQLGuard
import ServiceRuntime

/// Times what stands between an agent's statement and the server: guard, runner, audit log, cancellation; then sends
/// statements that want all of a server through `dashd sql`.
@main
struct StatementsBenchmark {
    static func main() async {
        await Benchmark.main("statements") { world in
            let options = try BenchmarkOptions(
                Array(CommandLine.arguments.dropFirst()),
                defaults: ["checks": "5000", "statements": "2000", "cancellations": "200", "seed": "1", "hungry": "1"])
            let checks = try options.integer("checks", in: 1...1_000_000)
            let statements = try options.integer("statements", in: 1...1_000_000)
            let cancellations = try options.integer("cancellations", in: 1...100_000)
            let seed = try options.integer("seed", in: 0...1_000_000)
            let isHungry = try options.integer("hungry", in: 0...1) == 1
            let dashd = try DashdProgram(options.dashd, home: world.home, slack: nil)
            try await dashd.run("sample", "load")
            let connection = Self.connection(world, costLimit: Double(ResultLimits.defaultCost))
            let unlimited = Self.connection(world, costLimit: nil)
            var report: [String: JSONValue] = [
                "guard": try await GuardFigures(connection, roles: Self.roles).measure(checks: checks),
                "runner": try await RunnerFigures(connection).measure(statements: statements),
                "cancellation": try await CancellationFigures(
                    unlimited, world.home, role: Self.roles.analyst, seed: UInt64(seed)
                ).measure(cancellations),
            ]
            await connection.close()
            await unlimited.close()
            if isHungry { report["hungry"] = try await HungryFigures(options.dashd, world.home).measure() }
            return .object(report)
        }
    }

    private static let roles = RoleNames(prefix: "dash")

    /// As `dashd` opens it on its own server.
    private static func connection(_ world: Benchmark.World, costLimit: Double?) -> WarehouseConnection {
        let administrator = world.home.administrator
        var configuration = WarehouseConnection.Configuration(
            host: administrator.host, port: administrator.port, database: administrator.database, roles: roles,
            passwords: RolePasswords(roles: roles, administrator: administrator.password))
        configuration.limits.cost = costLimit
        return WarehouseConnection(configuration, eventLoop: world.home.eventLoop, logger: world.logger)
    }
}
