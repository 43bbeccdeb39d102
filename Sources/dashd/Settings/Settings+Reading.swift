import Dash
import FoundationEssentials
import Glibc
import ServiceRuntime

extension Settings {
    /// The process's settings: its environment over the `.env` file in the working directory.
    ///
    /// Throws `SettingsError` with every problem at once.
    static func current() throws(SettingsError) -> Settings {
        let path = ".env"
        var values: [String: String] = [:]
        if FileManager.default.fileExists(atPath: path) {
            guard let data = FileManager.default.contents(atPath: path),
                let text = String(validating: data, as: UTF8.self)
            else { throw SettingsError(".env cannot be read as UTF-8 text; check its permissions and encoding") }
            values = try EnvironmentFile(parsing: text).values
        }
        values.merge(ProcessInfo.processInfo.environment) { _, environment in environment }
        return try Settings(reading: values, isRoot: geteuid() == 0)
    }

    /// Throws `SettingsError` with every problem at once; a problem names the variable and shows no value.
    init(reading values: [String: String], isRoot: Bool) throws(SettingsError) {
        var reader = SettingsReader(values)
        reader.refuseUnknownNames()

        database = .embedded
        if let server = reader.server(
            host: .databaseHost, port: .databasePort, database: .databaseName, user: .databaseUser,
            password: .databasePassword)
        {
            database = .server(server)
        }
        warehouse = reader.server(
            host: .warehouseHost, port: .warehousePort, database: .warehouseDatabase, user: .warehouseUser,
            password: .warehousePassword)
        serverBinaries = reader.text(.serverBinaries)
        rolePasswords = GivenPasswords(
            app: reader.secret(.appPassword), analyst: reader.secret(.analystPassword),
            engineer: reader.secret(.engineerPassword))
        rolePrefix = reader.identifier(.rolePrefix, default: "dash")
        dataSchemas = reader.list(.dataSchemas, default: ["public"])
        allowedTables = reader.allowedTables()
        autoSetup = reader.flag(.autoSetup, default: true)
        slack = reader.slack()
        model = reader.model()
        fastPath = reader.flag(.fastPath, default: true)
        port = reader.integer(.port, in: 0...65535, default: 8000)
        listenAddress = reader.text(.listenAddress) ?? "0.0.0.0"
        stopDelay = .seconds(reader.integer(.stopDelay, in: 0...30, default: 0))
        home = reader.text(.home) ?? (isRoot ? "/var/lib/dash" : ".dash")
        knowledgeDirectory = reader.text(.knowledgeDirectory) ?? "knowledge"
        timeZone = reader.timeZone(.timeZone)
        maximumRetries = reader.integer(.maximumRetries, in: 0...5, default: 2)
        statementTimeout = .seconds(reader.integer(.statementTimeout, in: 1...3600, default: 30))
        budget = reader.budget()
        usage = reader.usage()
        confirmationLifetime = .seconds(60 * reader.integer(.confirmationMinutes, in: 1...10_080, default: 60))
        costLimit = reader.limit(.costLimit, default: ResultLimits.defaultCost).map(Double.init)
        sampleDatabase = reader.text(.sampleDatabase)
        runtimeEnvironment = reader.choice(.runtimeEnvironment, default: .production)
        logLevel = reader.logLevel()
        unusedSecrets = [SettingName.slackAppToken, .jwtVerificationKey].compactMap(reader.secret)
        notices = reader.notices
        try reader.throwProblems()
        try checkRoleSources()
    }

    /// The roles' passwords must come from somewhere.
    private func checkRoleSources() throws(SettingsError) {
        guard case .server(let server) = database, server.administrator?.password == nil else { return }
        let missing = [
            (rolePasswords.app, SettingName.appPassword), (rolePasswords.analyst, .analystPassword),
            (rolePasswords.engineer, .engineerPassword),
        ].filter { $0.0 == nil }.map(\.1.rawValue)
        guard !missing.isEmpty else { return }
        throw SettingsError(
            "\(missing.joined(separator: ", ")) missing: give them, or DB_USER and DB_PASS of an administrator from "
                + "which they are derived")
    }
}
