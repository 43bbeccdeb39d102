import Agents
import Dash
import FoundationEssentials
import Jobs
import ServiceRuntime
import SlackAPI
import SlackBot

/// Reads typed settings from names and texts and collects what is wrong. An empty value counts as not set.
struct SettingsReader {
    private let values: [String: String]
    private(set) var notices: [String] = []
    private var problems: [String] = []

    init(_ values: [String: String]) {
        self.values = values.filter { !$0.value.allSatisfy(\.isWhitespace) }
    }

    func throwProblems() throws(SettingsError) {
        guard problems.isEmpty else { throw SettingsError(problems: problems) }
    }

    /// Only names that claim to be Dash's are refused: the environment is full of others.
    mutating func refuseUnknownNames() {
        for name in values.keys.sorted() {
            if SettingName.ignored.contains(name) {
                notices.append("\(name) is accepted and ignored: it has no meaning here")
            } else if name.hasPrefix("DASH_"), SettingName(rawValue: name) == nil, !SettingName.isInjected(name),
                !SettingName.isForTests(name)
            {
                let near = SettingName.allCases.map(\.rawValue).filter { $0.hasPrefix("DASH_") }
                    .min { $0.editDistance(to: name) < $1.editDistance(to: name) }
                problems.append("\(name) is not a setting" + (near.map { "; did you mean \($0)?" } ?? ""))
            }
        }
    }

    func text(_ name: SettingName) -> String? { values[name.rawValue] }

    func secret(_ name: SettingName) -> Secret? { text(name).map { Secret($0) } }

    mutating func integer(_ name: SettingName, in range: ClosedRange<Int>, default fallback: Int) -> Int {
        guard let text = text(name) else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            problems.append("\(name.rawValue) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return fallback
        }
        return value
    }

    /// Nil for `off` and 0, which switch the limit off.
    mutating func limit(_ name: SettingName, default fallback: Int) -> Int? {
        guard let text = text(name) else { return fallback }
        guard text.lowercased() != "off" else { return nil }
        guard let value = Int(text), (0...1_000_000_000_000_000).contains(value) else {
            problems.append("\(name.rawValue) must be a whole number, or off")
            return fallback
        }
        return value == 0 ? nil : value
    }

    mutating func flag(_ name: SettingName, default fallback: Bool) -> Bool {
        switch text(name)?.lowercased() {
        case nil: return fallback
        case "on", "true", "yes", "1": return true
        case "off", "false", "no", "0": return false
        default:
            problems.append("\(name.rawValue) must be on or off")
            return fallback
        }
    }

    mutating func choice<Value: RawRepresentable & CaseIterable>(
        _ name: SettingName, default fallback: Value
    ) -> Value where Value.RawValue == String {
        guard let text = text(name) else { return fallback }
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: " or ")
            problems.append("\(name.rawValue) must be \(known)")
            return fallback
        }
        return value
    }

    mutating func identifier(_ name: SettingName, default fallback: String) -> String {
        guard let text = text(name) else { return fallback }
        guard text.count <= 40, text.first?.isLetter == true,
            text.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") })
        else {
            problems.append("\(name.rawValue) must be lower-case letters, digits and underscores, at most 40")
            return fallback
        }
        return text
    }

    func list(_ name: SettingName, default fallback: [String]) -> [String] {
        guard let text = text(name) else { return fallback }
        let items = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        return items.isEmpty ? fallback : items
    }

    mutating func allowedTables() -> AllowedTables {
        guard let text = text(.allowedTables) else { return .everything }
        do {
            return try AllowedTables(parsing: text)
        } catch {
            problems.append(
                "\(SettingName.allowedTables.rawValue) must be tables as in SQL, separated by commas: orders, crm.contacts"
            )
            return .everything
        }
    }

    /// UTC where it is not set.
    mutating func timeZone(_ name: SettingName) -> TimeZoneRules {
        guard let text = text(name) else { return .utc }
        guard let zone = try? TimeZoneRules(identifier: text) else {
            problems.append(
                "\(name.rawValue) is not an IANA time zone such as Europe/Paris (or tzdata is not installed)")
            return .utc
        }
        return zone
    }

    mutating func logLevel() -> Logger.Level? {
        guard let text = text(.logLevel) else { return nil }
        guard let level = Logger.Level.allCases.first(where: { $0.name == text.lowercased() }) else {
            let known = Logger.Level.allCases.map(\.name).joined(separator: ", ")
            problems.append("\(SettingName.logLevel.rawValue) must be one of \(known)")
            return nil
        }
        return level
    }

    mutating func server(
        host: SettingName, port: SettingName, database: SettingName, user: SettingName, password: SettingName
    ) -> Settings.Server? {
        guard let hostName = text(host) else {
            for name in [port, user] where text(name) != nil {
                problems.append("\(name.rawValue) is set but \(host.rawValue) is not: set both or neither")
            }
            return nil
        }
        guard let databaseName = text(database) else {
            problems.append("\(database.rawValue) is missing: name the database on \(host.rawValue)")
            return nil
        }
        for name in [host, database, user] { refusePassword(in: name, besides: password) }
        if text(password) != nil, text(user) == nil {
            problems.append("\(user.rawValue) is missing beside \(password.rawValue)")
        }
        let administrator = text(user).map { Settings.Administrator(user: $0, password: secret(password)) }
        return Settings.Server(
            host: hostName, port: integer(port, in: 1...65535, default: 5432), database: databaseName,
            administrator: administrator)
    }

    /// Names are shown in errors, by us and by psql: none may be a connection string.
    private mutating func refusePassword(in name: SettingName, besides password: SettingName) {
        guard let text = text(name), text.contains("://") || SecretScan().clean(text) != text else { return }
        problems.append(
            "\(name.rawValue) must be a plain name, no connection string: host, port, database, user and password "
                + "(\(password.rawValue)) have a setting each")
    }

    mutating func slack() -> SlackConfiguration? {
        guard let token = secret(.slackToken) else {
            for name in [SettingName.slackSigningSecret, .slackAppToken] where text(name) != nil {
                problems.append("\(name.rawValue) is set but SLACK_TOKEN is not: both are on the app's pages in Slack")
            }
            return nil
        }
        guard let signingSecret = secret(.slackSigningSecret) else {
            problems.append(
                "SLACK_SIGNING_SECRET is missing beside SLACK_TOKEN: it is under Basic Information, App Credentials")
            return nil
        }
        if let apiURL = text(.slackAPIURL) { checkURL(apiURL, name: .slackAPIURL) }
        var questions = QuestionJob.Options()
        questions.links = links()
        questions.access = access()
        var worker = JobWorkerOptions()
        worker.lease = .seconds(integer(.lease, in: 3...30, default: 30))
        worker.crashLimit = integer(.crashLimit, in: 2...1000, default: worker.crashLimit)
        let outbox = OutboxOptions(reconcileAfter: .seconds(integer(.reconcileAfter, in: 4...300, default: 30)))
        var configuration = SlackConfiguration(
            token: token, signingSecret: signingSecret, previousSigningSecret: secret(.slackSigningSecretPrevious),
            apiURL: text(.slackAPIURL), approvers: Set(slackIDs(.approvers, "UW", "people, such as U0123ABCD")),
            worker: worker, outbox: outbox, questions: questions)
        configuration.catchUp.ageLimit = .seconds(3600 * integer(.catchUpHours, in: 0...720, default: 24))
        return configuration
    }

    mutating func budget() -> RunBudget {
        var budget = RunBudget()
        budget.modelCalls = integer(.maximumModelCalls, in: 1...1_000, default: budget.modelCalls)
        budget.toolCalls = integer(.maximumToolCalls, in: 1...1_000, default: budget.toolCalls)
        budget.statements = integer(.maximumStatements, in: 1...1_000, default: budget.statements)
        budget.tokens = integer(.maximumTokens, in: 1_000...100_000_000, default: budget.tokens)
        budget.seconds = integer(.maximumSeconds, in: 1...3_600, default: budget.seconds)
        return budget
    }

    mutating func usage() -> UsageLimits {
        var usage = UsageLimits()
        usage.questionsPerUser = integer(.userQuestionsPerHour, in: 0...100_000, default: usage.questionsPerUser)
        usage.questionsPerChannel = integer(
            .channelQuestionsPerHour, in: 0...100_000, default: usage.questionsPerChannel)
        usage.tokensPerDay = integer(.tokensPerDay, in: 0...1_000_000_000_000, default: usage.tokensPerDay)
        return usage
    }

    private mutating func links() -> LinkPolicy {
        let hosts = list(.linkHosts, default: [])
        if !hosts.allSatisfy(LinkPolicy.isHost) {
            problems.append(
                "\(SettingName.linkHosts.rawValue) must be host names such as dash.example.com or *.example.com, without "
                    + "https:// and separated by commas")
        }
        return LinkPolicy(hosts: hosts)
    }

    private mutating func access() -> AccessPolicy {
        var policy = AccessPolicy()
        policy.teams = Set(slackIDs(.allowedTeams, "TE", "workspaces, such as T0123ABCD"))
        policy.users = Set(slackIDs(.allowedUsers, "UW", "people, such as U0123ABCD"))
        policy.channels = Set(slackIDs(.allowedChannels, "CG", "channels, such as C0123ABCD"))
        policy.allowsGuests = flag(.allowGuests, default: false)
        policy.allowsExternal = flag(.allowExternal, default: false)
        return policy
    }

    /// Names would do as well to look at, but people can change them.
    private mutating func slackIDs<ID: SlackIdentifier>(
        _ name: SettingName, _ beginnings: String, _ what: String
    ) -> [ID] {
        let items = list(name, default: [])
        let areIDs = items.allSatisfy { id in
            id.count >= 2 && id.first.map(beginnings.contains) == true
                && id.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
        }
        if !areIDs { problems.append("\(name.rawValue) must be Slack's ids of \(what), separated by commas") }
        return items.map(ID.init(rawValue:))
    }

    mutating func model() -> Settings.Model {
        let key = secret(.openAIKey)
        let baseURL = text(.openAIBaseURL) ?? "https://api.openai.com/v1"
        checkURL(baseURL, name: .openAIBaseURL)
        let name = text(.model) ?? (key == nil ? "builtin" : "openai:gpt-5.4")
        if name == "builtin" { return .builtIn }
        guard name.hasPrefix("openai:"), name.count > "openai:".count else {
            problems.append("DASH_MODEL must be builtin or openai:<model name>")
            return .builtIn
        }
        guard let key else {
            problems.append("OPENAI_API_KEY is missing: DASH_MODEL names an OpenAI model")
            return .builtIn
        }
        return .openAI(model: String(name.dropFirst("openai:".count)), key: key, baseURL: baseURL)
    }

    private mutating func checkURL(_ text: String, name: SettingName) {
        let url = URL(string: text)
        guard ["http", "https"].contains(url?.scheme ?? ""), url?.host?.isEmpty == false else {
            problems.append("\(name.rawValue) must be an http or https address")
            return
        }
    }
}
