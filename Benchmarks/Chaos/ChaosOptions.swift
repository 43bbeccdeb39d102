import BenchmarkSupport

/// The command line of the chaos runner.
struct ChaosOptions: Sendable {
    static let usage = """
        ChaosBenchmark [--short] [--kills N] [--seed S] [--scenario NAME|all] [--outage SECONDS] [--dashd PATH]
                       [--old-program PATH] [--keep]
        """

    var program = ".build/debug/dashd"
    /// A version before this one, for the rolling deploy.
    var oldProgram: String?
    var isShort = false
    var kills = 1000
    var seed: UInt64 = 1
    var scenario: String?
    /// How long the database and Slack are away in the scenarios about that, in seconds.
    var outage = 20
    /// The logs stay also where all is well.
    var keepsLogs = false

    /// Throws `BenchmarkError` with the usage where a word is unknown.
    init(_ words: [String]) throws {
        var rest = words[...]
        func value(_ range: ClosedRange<Int>) throws -> Int {
            guard let number = rest.popFirst().flatMap({ Int($0) }), range.contains(number) else {
                throw BenchmarkError(Self.usage)
            }
            return number
        }
        func text() throws -> String {
            guard let text = rest.popFirst() else { throw BenchmarkError(Self.usage) }
            return text
        }
        while let word = rest.popFirst() {
            switch word {
            case "--short": (isShort, kills) = (true, 60)
            case "--kills": kills = try value(1...1_000_000)
            case "--seed": seed = UInt64(try value(0...Int.max))
            case "--scenario": scenario = try text()
            case "--outage": outage = try value(1...3600)
            case "--dashd": program = try text()
            case "--old-program": oldProgram = try text()
            case "--keep": keepsLogs = true
            default: throw BenchmarkError(Self.usage)
            }
        }
    }
}
