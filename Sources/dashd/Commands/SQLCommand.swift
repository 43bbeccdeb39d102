import Dash
import SQLGuard
import ServiceRuntime

/// What an agent's statement would meet: verdict and result.
struct SQLCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["sql"], summary: "Run SQL the way an agent's runs, and show the verdict",
        positionals: [.init(name: "statement", help: "One statement, in quotes", isOptional: true)],
        options: [
            .init(name: "as", value: "ROLE", help: "analyst or engineer"),
            .init(
                name: "jsonl", value: nil,
                help:
                    "Read lines {\"id\", \"role\", \"sql\"} from standard input, write a line with the verdict for each"
            ),
            .init(
                name: "layers", value: "LIST",
                help: "Switch layers off, to test the others: guard, roles, transaction; not in production"),
        ],
        discussion: """
            Example: dashd sql --as analyst "SELECT count(*) FROM customers"
            A verdict is ran, refused, failed or stopped; a layer is guard, database or limit. What the engineer may do is
            done. What others use, what loses data and what would take minutes is asked about first; without a terminal,
            and with --jsonl, it is stopped. Exit code 0 where the statement ran or all lines were answered.
            """)

    private static let layerNames: [String: ProtectionLayers] = [
        "guard": .guard, "roles": .roles, "transaction": .transaction,
    ]

    private let statement: String?
    private let role: SQLRole
    private let layers: ProtectionLayers

    init(_ arguments: Arguments) throws(UsageError) {
        guard let role = arguments[option: "as"].flatMap(SQLRole.init) else {
            throw UsageError("--as analyst or --as engineer says whose rights count", command: "sql")
        }
        self.role = role
        statement = arguments[positional: 0]
        guard arguments.has("jsonl") == (statement == nil) else {
            throw UsageError("give one statement, or --jsonl and lines on standard input", command: "sql")
        }
        layers = try Self.layers(without: arguments[option: "layers"])
    }

    func run() async throws {
        let settings = try Settings.current()
        guard layers == .all || settings.runtimeEnvironment != .production else {
            throw CommandFailure(
                "--layers is for tests and refused in production; RUNTIME_ENV is prd unless you set it to dev")
        }
        try await Application.with(settings, logger: settings.commandLogger, layers: layers) { application in
            guard layers.contains(.roles) || application.hasAdministratorOfWarehouse else {
                throw CommandFailure(
                    "without the layer of roles the administrator runs the statements, and none is known: give DB_USER")
            }
            let check = SQLCheck(application, prompt: statement == nil ? nil : .terminal)
            if let statement {
                try await answer(statement, check)
            } else {
                try await answerLines(check)
            }
        }
    }

    private static func layers(without list: String?) throws(UsageError) -> ProtectionLayers {
        var layers = ProtectionLayers.all
        for name in list?.split(separator: ",") ?? [] {
            guard let layer = layerNames[name.trimmed.lowercased()] else {
                throw UsageError("there is no layer '\(name)': guard, roles, transaction", command: "sql")
            }
            layers.remove(layer)
        }
        return layers
    }

    private func answer(_ statement: String, _ check: SQLCheck) async throws {
        let outcome = try await check.run(statement, as: role)
        let verdict = outcome.verdict
        guard verdict.outcome == .ran, let table = outcome.table else {
            if let action = outcome.unconfirmed { Terminal.writeError(ActionText(action).rendered + "\n\n") }
            let layer = verdict.layer.map { " by \($0.name)" } ?? ""
            throw CommandFailure(
                "\(verdict.outcome.rawValue)\(layer): \(verdict.reason ?? "no reason is known")"
                    + (outcome.hint.map { "\n\($0)" } ?? ""))
        }
        Terminal.write(ResultText(table).rendered + "\n")
        Terminal.writeError(
            "ran: \(table.rows.count)\(table.isTruncated ? "+" : "") \(table.rows.count == 1 ? "row" : "rows"), "
                + "\(outcome.milliseconds) ms\n")
    }

    private func answerLines(_ check: SQLCheck) async throws {
        var input = StandardInput()
        while let line = try await input.next() {
            guard let reply = try await reply(to: line, check) else { continue }
            Terminal.write(reply.encoded() + "\n")
        }
    }

    /// Nil for an empty line.
    private func reply(to line: LineReader.Line, _ check: SQLCheck) async throws -> JSONValue? {
        switch line {
        case .unusable(let reason): return SQLCheckLine.Malformed(reason: reason).reply
        case .text(let text):
            guard text.contains(where: { !$0.isWhitespace }) else { return nil }
            do {
                let question = try SQLCheckLine(text, role: role)
                return question.reply(try await check.run(question.sql, as: question.role))
            } catch let malformed as SQLCheckLine.Malformed {
                return malformed.reply
            }
        }
    }
}

extension StatementVerdict.Layer {
    fileprivate var name: String {
        switch self {
        case .guard: "the guard"
        case .database: "the database"
        case .limit: "a limit"
        }
    }
}
