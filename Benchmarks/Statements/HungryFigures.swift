import BenchmarkSupport
import FoundationEssentials
import Glibc
import ServiceRuntime

/// Sends the hungry statements through `dashd sql --jsonl`: with everything on, without the estimate of costs, and without
/// the guard as well.
struct HungryFigures {
    /// Seconds that a statement may run here.
    private static let statementTimeout = 3
    /// What may pass until a statement that heeds neither limit nor cancellation is abandoned, on a busy machine.
    private static let longest = 3 * statementTimeout + 6

    private let dashd: String
    private let home: BenchmarkHome

    init(_ dashd: String, _ home: BenchmarkHome) {
        self.dashd = dashd
        self.home = home
    }

    func measure() async throws -> JSONValue {
        [
            "statements": .integer(Int64(HungryStatement.all.count)),
            "all_layers": try await run(adding: [:]),
            "without_cost_limit": try await run(adding: ["DASH_COST_LIMIT": "off"]),
            "without_cost_limit_and_guard": try await run(adding: ["DASH_COST_LIMIT": "off"], without: "guard"),
        ]
    }

    private func run(adding settings: [String: String], without: String? = nil) async throws -> JSONValue {
        let own = ["DASH_STATEMENT_TIMEOUT": "\(Self.statementTimeout)", "RUNTIME_ENV": "dev"]
        let program = try DashdProgram(dashd, home: home, slack: nil, adding: own.merging(settings) { $1 })
        let path = home.path + "/replies.jsonl"
        let output = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
        defer { close(output) }
        // The program lives as long as its input is open, so that its memory can be read when all is done.
        let pipe = try Pipe()
        let process = try program.spawn(
            ["sql", "--as", "analyst", "--jsonl"] + (without.map { ["--layers", $0] } ?? []), input: pipe.reading,
            output: output)
        pipe.closeReading()
        var isReaped = false
        defer {
            if !isReaped {
                kill(process, SIGKILL)
                var status: Int32 = 0
                waitpid(process, &status, 0)
            }
        }
        try send(to: pipe)
        let replies = try await replies(in: path)
        let memory = try ProcessFigures.memory(of: process)
        pipe.closeWriting()
        let status = try await SystemThread.run(name: "wait") {
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0 {
                guard errno == EINTR else { throw SystemError(call: "waitpid") }
            }
            return status
        }
        isReaped = true
        guard status == 0 else { throw BenchmarkError("dashd sql ended with status \(status)") }
        return try report(replies, memory)
    }

    private func send(to pipe: Pipe) throws {
        for (number, statement) in HungryStatement.all.enumerated() {
            let line: JSONValue = ["id": .integer(Int64(number)), "sql": .string(statement.sql)]
            var bytes = Array((line.encoded() + "\n").utf8)[...]
            while !bytes.isEmpty {
                let written = bytes.withUnsafeBytes { write(pipe.writing, $0.baseAddress, $0.count) }
                guard written > 0 else { throw SystemError(call: "write") }
                bytes = bytes.dropFirst(written)
            }
        }
    }

    private func replies(in path: String) async throws -> [JSONValue] {
        let deadline = ContinuousClock.now + .seconds(HungryStatement.all.count * Self.longest)
        while ContinuousClock.now < deadline {
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            if lines.count >= HungryStatement.all.count { return try lines.map { try JSONValue(parsing: String($0)) } }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BenchmarkError("dashd sql did not answer all statements in time")
    }

    /// Throws where a statement was not held by the limits: time, rows, or the program's memory.
    private func report(_ replies: [JSONValue], _ memory: JSONValue) throws -> JSONValue {
        var each: [String: JSONValue] = [:]
        var verdicts: [String: Int] = [:]
        var longest = 0
        for (statement, reply) in zip(HungryStatement.all, replies) {
            let milliseconds = reply["ms"]?.integer ?? 0
            longest = max(longest, milliseconds)
            let verdict = reply["verdict"]?.string ?? ""
            verdicts[verdict, default: 0] += 1
            each[statement.name] = [
                "verdict": .string(verdict), "layer": reply["layer"] ?? .null, "sqlstate": reply["sqlstate"] ?? .null,
                "rows": reply["rows"] ?? .null, "ms": .integer(Int64(milliseconds)),
            ]
            guard (reply["rows"]?.integer ?? 0) <= 1000, milliseconds <= Self.longest * 1000 else {
                throw BenchmarkError("\(statement.name) was not held by the limits: \(reply.encoded())")
            }
        }
        return [
            "verdicts": .object(verdicts.mapValues { .integer(Int64($0)) }), "longest_ms": .integer(Int64(longest)),
            "dashd": memory, "by_statement": .object(each),
        ]
    }
}
