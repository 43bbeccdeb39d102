import Agents
import Dash
import Jobs
import ServiceRuntime
import SlackAPI
import SlackBot
import Testing

@testable import dashd

@Suite struct SettingsTests {
    private func read(_ values: [String: String]) throws -> Settings {
        try Settings(reading: values, isRoot: false)
    }

    @Test("Nothing set: a database of our own, the built-in model, Slack off")
    func defaults() throws {
        let settings = try read([:])
        #expect(settings.database == .embedded)
        #expect(settings.model == .builtIn)
        #expect(settings.slack == nil)
        #expect(settings.port == 8000)
        #expect(settings.maximumRetries == 2)
        #expect(settings.statementTimeout == .seconds(30))
        #expect(settings.dataSchemas == ["public"])
    }

    @Test("An empty value counts as not set, as in a copied example file")
    func emptyValues() throws {
        let settings = try read(["OPENAI_API_KEY": "", "SLACK_TOKEN": "  ", "PORT": ""])
        #expect(settings.model == .builtIn)
        #expect(settings.slack == nil)
    }

    @Test("The published Dash's environment is understood")
    func publishedEnvironment() throws {
        let settings = try read([
            "OPENAI_API_KEY": "sk-1", "DB_HOST": "db", "DB_USER": "ai", "DB_PASS": "ai", "DB_DATABASE": "ai",
            "DB_DRIVER": "postgresql+psycopg", "AGENTOS_URL": "http://127.0.0.1:8000", "SLACK_TOKEN": "xoxb-1",
            "SLACK_SIGNING_SECRET": "s",
        ])
        guard case .server(let server) = settings.database else {
            Issue.record("a given host is a given server")
            return
        }
        #expect(server.port == 5432)
        #expect(settings.slack?.token == Secret("xoxb-1"))
        #expect(settings.notices.count == 2)
    }

    @Test("Who may ask, which hosts are linked and how much may be used are settings")
    func limits() throws {
        let settings = try read([
            "SLACK_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "DASH_ALLOWED_TEAMS": "T2, E3",
            "DASH_ALLOWED_USERS": "U1,W2", "DASH_ALLOWED_CHANNELS": "C1", "DASH_ALLOW_GUESTS": "on",
            "DASH_LINK_HOSTS": "dash.example.com,*.example.org", "DASH_MAX_MODEL_CALLS": "5",
            "DASH_USER_QUESTIONS_PER_HOUR": "30", "DASH_TOKENS_PER_DAY": "0",
        ])
        let access = try #require(settings.slack?.questions.access)
        #expect(access.teams == ["T2", "E3"])
        #expect(access.users == ["U1", "W2"])
        #expect(access.channels == ["C1"])
        #expect(access.allowsGuests && !access.allowsExternal)
        #expect(settings.slack?.questions.links == LinkPolicy(hosts: ["dash.example.com", "*.example.org"]))
        #expect(settings.budget.modelCalls == 5)
        #expect(settings.budget.statements == RunBudget().statements)
        #expect(settings.usage.questionsPerUser == 30)
        #expect(settings.usage.tokensPerDay == 0)
    }

    @Test(
        "Names do not pass for ids, and addresses not for hosts",
        arguments: [
            ("DASH_ALLOWED_USERS", "@ada"), ("DASH_ALLOWED_CHANNELS", "#finance"), ("DASH_ALLOWED_TEAMS", "acme"),
            ("DASH_LINK_HOSTS", "https://dash.example.com"),
        ])
    func wrongIDs(_ name: String, _ value: String) throws {
        let error = #expect(throws: SettingsError.self) {
            try read(["SLACK_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", name: value])
        }
        #expect(error?.description.contains(name) == true)
        #expect(error?.description.contains(value) == false)
    }

    @Test(
        "A problem names its variable and shows no value",
        arguments: [
            (["PORT": "secret-70000"], "PORT"),
            (["PORT": "70000"], "PORT"),
            (["DASH_MAX_RETRIES": "6"], "DASH_MAX_RETRIES"),
            (["DASH_ALLOWED_TABLES": "secret table"], "DASH_ALLOWED_TABLES"),
            (["DASH_MAX_SECONDS": "0"], "DASH_MAX_SECONDS"),
            (["DASH_TOKENS_PER_DAY": "-1"], "DASH_TOKENS_PER_DAY"),
            (Self.slack.merging(["DASH_LEASE": "31"]) { $1 }, "DASH_LEASE"),
            (Self.slack.merging(["DASH_CATCH_UP_HOURS": "721"]) { $1 }, "DASH_CATCH_UP_HOURS"),
            (Self.slack.merging(["DASH_RECONCILE_AFTER": "3"]) { $1 }, "DASH_RECONCILE_AFTER"),
            (Self.slack.merging(["DASH_CRASH_LIMIT": "0"]) { $1 }, "DASH_CRASH_LIMIT"),
            (["DASH_FAST_PATH": "secret-maybe"], "DASH_FAST_PATH"),
            (["DASH_TIME_ZONE": "Mars/secret-base"], "DASH_TIME_ZONE"),
            (["DASH_MODEL": "secret-model"], "DASH_MODEL"),
            (["DASH_MODEL": "openai:x"], "OPENAI_API_KEY"),
            (["DASH_ROLE_PREFIX": "Robert'); --secret-"], "DASH_ROLE_PREFIX"),
            (["RUNTIME_ENV": "secret-staging"], "RUNTIME_ENV"),
            (["OPENAI_BASE_URL": "ftp://secret-host"], "OPENAI_BASE_URL"),
            (["DB_USER": "secret-user"], "DB_HOST"),
            (["DB_PORT": "5432"], "DB_HOST"),
            (["DB_HOST": "secret-host", "DB_USER": "a", "DB_PASS": "b"], "DB_DATABASE"),
            (["DB_HOST": "h", "DB_DATABASE": "d"], "DB_APP_PASS"),
            (["SLACK_TOKEN": "secret-xoxb"], "SLACK_SIGNING_SECRET"),
            (["SLACK_SIGNING_SECRET": "secret-s"], "SLACK_TOKEN"),
            (["DASH_KNOWLEGE_DIR": "secret-dir"], "DASH_KNOWLEDGE_DIR"),
        ])
    func problem(values: [String: String], variable: String) {
        let error = #expect(throws: SettingsError.self) { try read(values) }
        #expect(error?.description.contains(variable) == true)
        #expect(error?.description.contains("secret-") == false)
    }

    private static let slack = ["SLACK_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"]

    @Test("Half a minute without a setting; a call to Slack ends well before its outcome is looked for")
    func durability() throws {
        let usual = try #require(try read(Self.slack).slack)
        #expect(usual.worker.lease == .seconds(30))
        #expect(usual.worker.crashLimit == 3)
        #expect(usual.outbox.reconcileAfter == .seconds(30))
        #expect(usual.outbox.callTimeout == .seconds(10))
        #expect(usual.catchUp.ageLimit == .seconds(86_400))
        let short = try #require(
            try read(
                Self.slack.merging(["DASH_LEASE": "3", "DASH_RECONCILE_AFTER": "4", "DASH_CRASH_LIMIT": "1000"]) { $1 }
            ).slack)
        #expect(short.worker.lease == .seconds(3))
        #expect(short.worker.crashLimit == 1000)
        #expect(short.outbox.callTimeout <= .milliseconds(1_334))
        #expect(short.outbox.longestProcessing >= .milliseconds(1_999))
    }

    @Test("All problems are told at once")
    func allProblems() {
        let error = #expect(throws: SettingsError.self) { try read(["PORT": "x", "DASH_MAX_RETRIES": "x"]) }
        #expect(error?.problems.count == 2)
    }

    @Test(
        "Names that Kubernetes and compose inject are left alone",
        arguments: [
            "DASH_SERVICE_HOST", "DASH_SERVICE_PORT", "DASH_PORT", "DASH_PORT_8000_TCP", "DASH_API_PORT",
            "DASH_DB_PORT_5432_TCP_ADDR",
        ])
    func injected(name: String) throws {
        _ = try read([name: "tcp://10.0.0.1:8000"])
    }

    @Test("Two signing secrets are accepted during a rotation, the current one first")
    func rotation() throws {
        let settings = try read([
            "SLACK_TOKEN": "t", "SLACK_SIGNING_SECRET": "new", "SLACK_SIGNING_SECRET_PREVIOUS": "old",
        ])
        #expect(settings.slack?.signingSecret == Secret("new"))
        #expect(settings.slack?.previousSigningSecret == Secret("old"))
    }

    @Test("Who may confirm for others, and for how long, can be set")
    func confirmations() throws {
        let slack = ["SLACK_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"]
        let none = try read(slack)
        #expect(none.slack?.approvers.isEmpty == true)
        #expect(none.confirmationLifetime == .seconds(3600))
        let some = try read(
            slack.merging(["DASH_APPROVERS": "U1A, W2B", "DASH_CONFIRMATION_MINUTES": "5"]) { $1 })
        #expect(some.slack?.approvers.count == 2)
        #expect(some.confirmationLifetime == .seconds(300))
        let error = #expect(throws: SettingsError.self) {
            _ = try read(slack.merging(["DASH_APPROVERS": "ada"]) { $1 })
        }
        #expect(error?.problems.first?.contains("DASH_APPROVERS") == true)
    }
}
