import Dash
import FoundationEssentials
import Postgres
import ServiceRuntime

/// The sample company, for trying Dash without data of one's own.
struct SampleLoadCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["sample", "load"], summary: "Load the sample company into schema public",
        options: [
            .init(
                name: "seed", value: "N",
                help: "Another company of the same kind (default \(SampleCompany.defaultSeed))"),
            .init(name: "as-of", value: "DATE", help: "The day its two years end, YYYY-MM-DD (default today)"),
            .init(name: "database", value: "NAME", help: "Required with DB_HOST: the database you mean to fill"),
            .init(
                name: "if-empty", value: nil, help: "Only where there is no table yet, neither the sample's nor yours"),
        ],
        discussion: "Replaces an earlier sample. Tables of the same names that are yours are never touched.")

    /// A company that sells software by subscription has its two years in these.
    private static let days = CivilDate(daysSinceEpoch: 7_305)...CivilDate(daysSinceEpoch: 47_481)

    private let seed: UInt64
    private let asOf: CivilDate
    private let database: String?
    private let onlyIfEmpty: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        guard let seed = UInt64(arguments[option: "seed"] ?? String(SampleCompany.defaultSeed)) else {
            throw UsageError("--seed must be a whole number from 0 up", command: "sample load")
        }
        let today = CivilDate(secondsSince1970: Int(Date.now.timeIntervalSince1970))
        guard let asOf = arguments[option: "as-of"].map({ CivilDate($0) }) ?? today else {
            throw UsageError("--as-of must be a date such as 2026-01-31", command: "sample load")
        }
        guard Self.days.contains(asOf) else {
            throw UsageError(
                "--as-of must lie between \(Self.days.lowerBound) and \(Self.days.upperBound)", command: "sample load")
        }
        self.seed = seed
        self.asOf = asOf
        database = arguments[option: "database"]
        onlyIfEmpty = arguments.has("if-empty")
    }

    func run() async throws {
        let settings = try Settings.current()
        try await SampleTarget.with(settings, named: database) { loader, _ in
            if onlyIfEmpty, let reason = try await Self.reasonToLeave(loader) {
                Terminal.write(reason + "\n")
                return
            }
            let tables = try await loader.load(SampleCompany(seed: seed, asOf: asOf))
            let list = tables.map { "\($0.table) \($0.rows.grouped)" }.joined(separator: ", ")
            Terminal.write("Sample company as of \(asOf) loaded: \(list).\n")
        }
    }

    private static func reasonToLeave(_ loader: SampleLoader) async throws -> String? {
        if try await loader.isLoaded() { return "The sample company is already loaded." }
        guard try await loader.findsOtherTables() else { return nil }
        return "Your tables are in schema public: no sample is loaded beside them."
    }
}
