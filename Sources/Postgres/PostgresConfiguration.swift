package import ServiceRuntime

/// Where a server is and as whom to log in.
package struct PostgresConfiguration: Sendable {
    package var host: String
    package var port: Int
    package var database: String
    package var user: String
    package var password: Secret?
    /// Session settings, for example `TimeZone`; sent as start-up options, or SET after connecting where the server or a
    /// pooler refuses options. One that `limits` has as well counts before it.
    package var settings: [String: String]
    /// How long statements may take.
    package var limits: StatementLimits
    package var applicationName: String
    package var connectTimeout: Duration
    /// How long a statement may go on after the server was asked to end it; then its session is given up.
    package var cancelGrace: Duration

    package init(
        host: String, port: Int = 5432, database: String, user: String, password: Secret? = nil,
        settings: [String: String] = [:], limits: StatementLimits = .usual, applicationName: String = "dashd",
        connectTimeout: Duration = .seconds(5),
        cancelGrace: Duration = .seconds(3)
    ) {
        self.host = host
        self.port = port
        self.database = database
        self.user = user
        self.password = password
        self.settings = settings
        self.limits = limits
        self.applicationName = applicationName
        self.connectTimeout = connectTimeout
        self.cancelGrace = cancelGrace
    }

    var sessionSettings: [String: String] { limits.settings.merging(settings) { _, given in given } }
}
