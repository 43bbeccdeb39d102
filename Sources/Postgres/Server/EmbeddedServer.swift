import FoundationEssentials
import Glibc
package import ServiceRuntime

/// A PostgreSQL server of our own in one folder, shared by all processes that use the folder.
///
/// It listens on the loopback interface only, on a free port kept in the folder, with a generated administrator password.
/// Every process holds a shared lock while it uses the server; the one that leaves last stops it. A server whose user
/// was killed is joined by the next one.
package final class EmbeddedServer: Service {
    package static let administrator = "postgres"
    private static let patience = Duration.seconds(90)

    private struct Held {
        /// Held shared as long as we use the server.
        var users: FileLock
        var configuration: PostgresConfiguration
    }

    private let folder: ServerFolder
    private let database: String
    private let binaries: String?
    private let accountName: String
    private let settings: [String: String]
    private let eventLoop: EventLoop
    private let logger: Logger
    private let held = Locked<Held?>(nil)

    /// - Parameters:
    ///   - folder: made when it does not exist; `<DASH_HOME>/postgres`.
    ///   - database: created when it does not exist.
    ///   - binaries: the folder with `initdb` and `pg_ctl`; found when nil.
    ///   - account: the account to run the server under when we are root.
    ///   - settings: server settings over our own, for example `fsync`.
    package init(
        folder: String, database: String = "dash", binaries: String? = nil, account: String = "postgres",
        settings: [String: String] = [:], eventLoop: EventLoop, logger: Logger
    ) {
        self.folder = ServerFolder(folder)
        self.database = database
        self.binaries = binaries
        accountName = account
        self.settings = settings
        self.eventLoop = eventLoop
        self.logger = logger
    }

    /// Joins the folder's server or starts it, initialising the folder the first time. Returns the administrator's
    /// connection. May be called again; until `stop()` it keeps the server from being stopped by others.
    package func start() async throws -> PostgresConfiguration {
        let account = try ServerAccount.resolve(accountName)
        try folder.create(for: account)
        try await account.checkAccess(to: folder.run)
        return try await withStartLock {
            let users = try held.withLock(\.?.users) ?? FileLock(path: folder.usersLock)
            guard users.tryLock(.shared) else {
                throw ServerError("\(folder.usersLock) is locked by a process that is no dashd; end it and try again")
            }
            let configuration = try await ensureRunning(account, users)
            held.withLock { $0 = Held(users: users, configuration: configuration) }
            return configuration
        }
    }

    /// Leaves the server, and stops it when no other process uses it.
    package func stop() async throws {
        let users = held.withLock { held in
            defer { held = nil }
            return held?.users
        }
        guard let users else { return }
        try await withStartLock {
            // Under the start lock nobody can join between the look and the stop.
            guard users.tryLock(.exclusive) else { return }
            defer { users.unlock() }
            guard Postmaster.running(on: folder.data) != nil else { return }
            let binaries = try ServerBinaries.find(given: binaries, version: folder.dataVersion)
            let stop = try await ServerAccount.resolve(accountName).command(
                binaries.path("pg_ctl"), ["stop", "-D", folder.data, "-m", "fast", "-w", "-t", "60", "-s"]
            ).run(timeout: .seconds(70))
            guard stop.isSuccess else {
                throw ServerError("the embedded PostgreSQL did not stop: \(Self.oneLine(stop.errorText))")
            }
            logger.info("stopped the embedded PostgreSQL")
        }
    }

    /// Keeps the server up: starts it, and again whenever it has died; stops using it on graceful shutdown.
    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await self.supervise() }
        } catch is CancellationError {
            // Leaving must be finished even when we are being cancelled.
            try await Task { try await self.stop() }.value
        }
    }

    private func supervise() async throws {
        _ = try await start()
        let backoff = Backoff(initial: .seconds(1), maximum: .seconds(30))
        var failures = 0
        while true {
            try await Task.sleep(for: failures == 0 ? .seconds(1) : backoff.delay(afterAttempt: failures))
            guard Postmaster.running(on: folder.data) == nil else { continue }
            logger.warning("the embedded PostgreSQL is gone, starting it again")
            do {
                _ = try await start()
                failures = 0
            } catch let error where !(error is CancellationError) {
                failures += 1
                logger.error("the embedded PostgreSQL does not start", ["error": "\(error)"])
            }
        }
    }

    private func withStartLock<Result>(_ body: () async throws -> Result) async throws -> Result {
        let lock: FileLock
        do {
            lock = try FileLock(path: folder.startLock)
        } catch let error as SystemError where error.code == EACCES {
            throw ServerError(
                "\(folder.path) belongs to another user: run dashd as that user, or set DASH_HOME elsewhere")
        }
        guard try await lock.lock(.exclusive, until: .now + Self.patience) else {
            throw ServerError(
                "another process has been starting or stopping the PostgreSQL in \(folder.path) for \(Self.patience)")
        }
        defer { lock.unlock() }
        return try await body()
    }

    private func ensureRunning(_ account: ServerAccount, _ users: FileLock) async throws -> PostgresConfiguration {
        let password = try folder.password()
        let binaries = try ServerBinaries.find(given: binaries, version: folder.dataVersion)
        if folder.dataVersion == nil { try await initialise(binaries, account, password) }
        let deadline = ContinuousClock.now + Self.patience
        while true {
            if let postmaster = Postmaster.running(on: folder.data) {
                let configuration = configuration(port: postmaster.port, password)
                if postmaster.isReady, try await isAnswering(configuration) { return configuration }
                guard ContinuousClock.now < deadline else {
                    throw ServerError(
                        "the PostgreSQL in \(folder.path) runs but does not answer: \(folder.logTail)")
                }
                try await Task.sleep(for: .milliseconds(50))
            } else {
                try await launch(binaries, account, users)
            }
        }
    }

    private func initialise(_ binaries: ServerBinaries, _ account: ServerAccount, _ password: Secret) async throws {
        logger.info("initialising the embedded PostgreSQL", ["folder": folder.path])
        folder.removeLeftovers()
        let name = Hex.encode(RandomBytes.generate(6))
        let fresh = "\(folder.path)/data.new-\(name)"
        let passwordFile = "\(folder.run)/password-\(name)"
        try folder.makeOwned(fresh, by: account)
        try folder.write(password.reveal() + "\n", to: passwordFile)
        defer { unlink(passwordFile) }
        try account.own(passwordFile)
        var arguments = [
            "-D", fresh, "--username=\(Self.administrator)", "--auth=scram-sha-256", "--pwfile=\(passwordFile)",
            "--encoding=UTF8", "--locale=C.UTF-8",
        ]
        let version = try await account.command(binaries.path("initdb"), ["--version"]).run(timeout: .seconds(10))
        if Self.majorVersion(in: version.outputText) >= 18 { arguments.append("--no-data-checksums") }
        if settings["fsync"] == "off" { arguments.append("--no-sync") }
        let result = try await account.command(binaries.path("initdb"), arguments).run(timeout: .seconds(120))
        guard result.isSuccess else {
            folder.removeLeftovers()
            throw ServerError("initdb failed: \(Self.oneLine(result.errorText))")
        }
        guard rename(fresh, folder.data) == 0 else { throw SystemError(call: "rename \(fresh)") }
    }

    /// Address space of each server process, in KiB: no setting of PostgreSQL bounds what one statement takes, and a
    /// process that reaches this fails its statement instead of being killed with all others.
    private static let processMemory = 2 << 20

    private func launch(_ binaries: ServerBinaries, _ account: ServerAccount, _ users: FileLock) async throws {
        try removeForeignProcessFile(users)
        if folder.logSize > 10 << 20 {
            _ = try await account.command("/usr/bin/truncate", ["-s", "0", folder.log]).run(timeout: .seconds(10))
        }
        for attempt in 1... {
            try await account.endOrphans(in: folder.data)
            let port = try choosePort()
            let result = try await account.command(
                "/bin/sh",
                [
                    "-c", "ulimit -v \(Self.processMemory) 2>/dev/null; exec \"$@\"", "sh", binaries.path("pg_ctl"),
                    "start", "-D", folder.data, "-l", folder.log, "-w", "-t", "60", "-s", "-o", options(port: port),
                ]
            ).run(timeout: .seconds(70))
            if result.isSuccess {
                logger.info("started the embedded PostgreSQL", ["port": "\(port)", "folder": folder.path])
                return
            }
            // Someone may have taken the port meanwhile, or processes of a killed server are still ending.
            guard attempt < 5 else {
                throw ServerError(
                    "the embedded PostgreSQL does not start: \(folder.logTail) (log: \(folder.log))")
            }
            try await Task.sleep(for: .milliseconds(200 * attempt))
        }
    }

    /// After a restart of the machine or container the number in a file left behind may belong to another process of
    /// the same account, which PostgreSQL would take for its own. With other users present we cannot be sure.
    private func removeForeignProcessFile(_ users: FileLock) throws {
        guard let stale = Postmaster.staleProcessID(in: folder.data), kill(stale, 0) == 0 else { return }
        guard users.tryLock(.exclusive) else {
            _ = users.tryLock(.shared)
            return
        }
        unlink(folder.data + "/postmaster.pid")
        guard users.tryLock(.shared) else { throw SystemError(call: "flock \(folder.usersLock)") }
    }

    private func choosePort() throws -> Int {
        if let kept = folder.port, FreePort.isFree(kept) { return kept }
        guard let port = FreePort.find() else { throw SystemError(call: "finding a free port") }
        try folder.keep(port: port)
        return port
    }

    /// The server's command line: pg_ctl hands it to a shell.
    private func options(port: Int) -> String {
        let own = [
            "port": "\(port)", "listen_addresses": "127.0.0.1", "unix_socket_directories": "",
            "max_connections": "100", "max_prepared_transactions": "0", "shared_buffers": "64MB",
            "maintenance_work_mem": "32MB", "work_mem": "8MB", "effective_cache_size": "512MB", "huge_pages": "off",
            "max_wal_size": "512MB", "password_encryption": "scram-sha-256", "timezone": "UTC", "log_timezone": "UTC",
            "log_checkpoints": "off", "log_min_messages": "log", "log_min_error_statement": "panic",
        ]
        return own.merging(settings) { _, given in given }.sorted { $0.key < $1.key }.map { name, value in
            let quoted = value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
            return "-c \(name)='\(quoted)'"
        }.joined(separator: " ")
    }

    private func configuration(port: Int, _ password: Secret) -> PostgresConfiguration {
        PostgresConfiguration(
            host: "127.0.0.1", port: port, database: database, user: Self.administrator, password: password)
    }

    /// Whether the server lets us in; makes the database the first time.
    private func isAnswering(_ configuration: PostgresConfiguration) async throws -> Bool {
        var maintenance = configuration
        maintenance.database = "postgres"
        maintenance.limits = .long
        do {
            let connection = try await PostgresConnection.connect(maintenance, eventLoop: eventLoop, logger: logger)
            let known = try await connection.query("SELECT 1 FROM pg_database WHERE datname = \(database)")
            if known.rows.isEmpty { try await connection.query("CREATE DATABASE \(identifier: database)") }
            return true
        } catch let error as PostgresError where error.code == .connectionFailed || error.code == .connectionLost {
            // Starting up or shutting down; refused for good when the password does not fit, which the deadline shows.
            logger.debug("the embedded PostgreSQL does not answer yet", ["reason": error.message])
            return false
        }
    }

    private static func majorVersion(in text: String) -> Int {
        text.split(separator: " ").compactMap { Int($0.prefix { $0.isNumber }) }.first ?? 0
    }

    private static func oneLine(_ text: String) -> String {
        text.split(separator: "\n").suffix(5).joined(separator: " | ")
    }
}
