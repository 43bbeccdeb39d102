import ServiceRuntime

/// Every setting Dash reads, spelled as in the environment. Documented in example.env.
enum SettingName: String, CaseIterable, Sendable {
    case openAIKey = "OPENAI_API_KEY"
    case openAIBaseURL = "OPENAI_BASE_URL"
    case slackToken = "SLACK_TOKEN"
    case slackSigningSecret = "SLACK_SIGNING_SECRET"
    case slackSigningSecretPrevious = "SLACK_SIGNING_SECRET_PREVIOUS"
    case slackAppToken = "SLACK_APP_TOKEN"
    case slackAPIURL = "SLACK_API_URL"
    case databaseHost = "DB_HOST"
    case databasePort = "DB_PORT"
    case databaseUser = "DB_USER"
    case databasePassword = "DB_PASS"
    case databaseName = "DB_DATABASE"
    case appPassword = "DB_APP_PASS"
    case analystPassword = "DB_ANALYST_PASS"
    case engineerPassword = "DB_ENGINEER_PASS"
    case warehouseHost = "WAREHOUSE_HOST"
    case warehousePort = "WAREHOUSE_PORT"
    case warehouseDatabase = "WAREHOUSE_DATABASE"
    case warehouseUser = "WAREHOUSE_USER"
    case warehousePassword = "WAREHOUSE_PASS"
    case serverBinaries = "PG_BIN"
    case port = "PORT"
    case listenAddress = "DASH_LISTEN"
    case stopDelay = "DASH_STOP_DELAY"
    case runtimeEnvironment = "RUNTIME_ENV"
    case jwtVerificationKey = "JWT_VERIFICATION_KEY"
    case home = "DASH_HOME"
    case model = "DASH_MODEL"
    case fastPath = "DASH_FAST_PATH"
    case knowledgeDirectory = "DASH_KNOWLEDGE_DIR"
    case timeZone = "DASH_TIME_ZONE"
    case autoSetup = "DASH_AUTO_SETUP"
    case rolePrefix = "DASH_ROLE_PREFIX"
    case dataSchemas = "DASH_DATA_SCHEMAS"
    case allowedTables = "DASH_ALLOWED_TABLES"
    case maximumRetries = "DASH_MAX_RETRIES"
    case statementTimeout = "DASH_STATEMENT_TIMEOUT"
    case linkHosts = "DASH_LINK_HOSTS"
    case allowedTeams = "DASH_ALLOWED_TEAMS"
    case allowedUsers = "DASH_ALLOWED_USERS"
    case allowedChannels = "DASH_ALLOWED_CHANNELS"
    case allowGuests = "DASH_ALLOW_GUESTS"
    case allowExternal = "DASH_ALLOW_EXTERNAL"
    case maximumModelCalls = "DASH_MAX_MODEL_CALLS"
    case maximumToolCalls = "DASH_MAX_TOOL_CALLS"
    case maximumStatements = "DASH_MAX_STATEMENTS"
    case maximumTokens = "DASH_MAX_TOKENS"
    case maximumSeconds = "DASH_MAX_SECONDS"
    case userQuestionsPerHour = "DASH_USER_QUESTIONS_PER_HOUR"
    case channelQuestionsPerHour = "DASH_CHANNEL_QUESTIONS_PER_HOUR"
    case tokensPerDay = "DASH_TOKENS_PER_DAY"
    case lease = "DASH_LEASE"
    case catchUpHours = "DASH_CATCH_UP_HOURS"
    case reconcileAfter = "DASH_RECONCILE_AFTER"
    case crashLimit = "DASH_CRASH_LIMIT"
    case approvers = "DASH_APPROVERS"
    case confirmationMinutes = "DASH_CONFIRMATION_MINUTES"
    case costLimit = "DASH_COST_LIMIT"
    case sampleDatabase = "DASH_SAMPLE_DATABASE"
    case logLevel = "DASH_LOG_LEVEL"

    /// Settings of the published Dash that mean nothing here.
    static let ignored: Set<String> = ["AGENTOS_URL", "DB_DRIVER"]

    /// For crash tests of debug builds; the released program refuses it like any other name it does not know.
    static func isForTests(_ name: String) -> Bool {
        #if DEBUG
            name == Failpoint.environmentName
        #else
            false
        #endif
    }

    /// Whether the orchestrator made the name up: Kubernetes and compose inject such variables for a service `dash`.
    static func isInjected(_ name: String) -> Bool {
        name == "DASH_PORT" || name.hasPrefix("DASH_PORT_") || name.hasPrefix("DASH_SERVICE_")
            || name.hasPrefix("DASH_") && (name.hasSuffix("_PORT") || name.contains("_PORT_"))
    }
}
