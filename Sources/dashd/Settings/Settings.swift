import Agents
import Dash
import FoundationEssentials
import ServiceRuntime
import SlackBot

/// What the environment and the `.env` file say, checked and typed.
struct Settings: Sendable {
    enum Database: Sendable, Equatable {
        /// Dash starts and keeps a server of its own in the home folder.
        case embedded
        case server(Server)
    }

    struct Server: Sendable, Equatable {
        var host: String
        var port: Int
        var database: String
        /// The administrator; nil where somebody else has set the roles up.
        var administrator: Administrator?
    }

    struct Administrator: Sendable, Equatable {
        var user: String
        var password: Secret?
    }

    struct GivenPasswords: Sendable, Equatable {
        var app: Secret?
        var analyst: Secret?
        var engineer: Secret?
    }

    enum Model: Sendable, Equatable {
        case builtIn
        case openAI(model: String, key: Secret, baseURL: String)
    }

    enum RuntimeEnvironment: String, Sendable, CaseIterable {
        case production = "prd"
        case development = "dev"
    }

    var database: Database
    /// The folder with `initdb` and `postgres` for the embedded server; found when nil.
    var serverBinaries: String?
    /// Where the company's data lives when not beside Dash's own state.
    var warehouse: Server?
    var rolePasswords: GivenPasswords
    var rolePrefix: String
    var dataSchemas: [String]
    var allowedTables: AllowedTables
    var autoSetup: Bool
    var slack: SlackConfiguration?
    var model: Model
    var fastPath: Bool
    var port: Int
    /// The address that the HTTP server listens on.
    var listenAddress: String
    /// How long the daemon goes on serving once it says that it stops.
    var stopDelay: Duration
    var home: String
    var knowledgeDirectory: String
    var timeZone: TimeZoneRules
    var maximumRetries: Int
    var statementTimeout: Duration
    /// Hard limits of one question.
    var budget: RunBudget
    var usage: UsageLimits
    /// How long a person may take to confirm something.
    var confirmationLifetime: Duration
    /// In the planner's units; nil where everything may run.
    var costLimit: Double?
    /// The given database into which `sample load` may write without being told its name again.
    var sampleDatabase: String?
    var runtimeEnvironment: RuntimeEnvironment
    /// nil where nobody chose: the daemon tells more than a command that a person watches.
    var logLevel: Logger.Level?
    /// Accepted without effect, and secret all the same.
    var unusedSecrets: [Secret]
    /// Settings that were accepted and mean nothing here, to be told once.
    var notices: [String]
}
