import Planner
import ServiceRuntime

/// Reads the texts and newest days of a table as the analyst, who sees no more than a question may.
struct TableProfileReader: Sendable {
    /// For one table; what is not read by then is left out.
    private static let timeLimit = Duration.seconds(3)

    let analyst: any SQLRunner
    /// When nobody waits any longer; nil for never.
    var deadline: ContinuousClock.Instant?

    /// A table that cannot be read has an empty profile; nil where the deadline came first.
    ///
    /// Throws where the server is away, and `CancellationError`.
    func profile(of request: ProfileRequest) async throws -> TableProfile? {
        let profile = try await readProfile(of: request)
        return isLate ? nil : profile
    }

    private var isLate: Bool { deadline.map { $0 <= .now } ?? false }

    private func readProfile(of request: ProfileRequest) async throws -> TableProfile {
        var profile = TableProfile(columns: request.columns)
        guard let sql = request.sql() else { return profile }
        switch try await outcome(of: sql) {
        case .rows(let table) where !table.isTruncated:
            add(table, of: request, to: &profile)
            return profile
        // What takes long as a whole would take longer in parts.
        case .late: return profile
        case .failed where request.isView: return profile
        case .rows, .failed: break
        }
        // Too many rows, or one column that cannot be read: one by one the others are still to be had.
        for index in request.texts.indices {
            guard let sql = request.sql(texts: [index], times: false) else { continue }
            switch try await outcome(of: sql) {
            case .rows(let table): add(table, of: request, to: &profile)
            case .late: return profile
            case .failed: break
            }
        }
        if let sql = request.sql(texts: []), case .rows(let table) = try await outcome(of: sql) {
            add(table, of: request, to: &profile)
        }
        return profile
    }

    private enum Outcome {
        case rows(ResultTable), late, failed
    }

    private func outcome(of sql: String) async throws -> Outcome {
        guard !isLate else { return .late }
        let left = deadline.map { min(Self.timeLimit, ContinuousClock.now.duration(to: $0)) } ?? Self.timeLimit
        do {
            return .rows(
                try await withTimeout(left) { [analyst] in try await analyst.run(sql, keepingAs: "profile") })
        } catch let failure as SQLFailure {
            switch failure.errorClass {
            case .connection: throw failure
            case .timeout, .limit: return .late
            default: return .failed
            }
        } catch is CancellationError {
            try Task.checkCancellation()
            return .late
        }
    }

    private func add(_ table: ResultTable, of request: ProfileRequest, to profile: inout TableProfile) {
        var values: [String: [String]] = [:]
        for row in table.rows {
            guard row.count == 3, let kind = row[0], let place = row[1].flatMap({ Int($0) }), let content = row[2]
            else {
                continue
            }
            if kind == "n", request.times.indices.contains(place) {
                if Day(content) != nil { profile.newest[request.times[place]] = content }
            } else if kind == "u" {
                if request.keys.indices.contains(place) { profile.isUnique[request.keys[place]] = content == "true" }
            } else if request.texts.indices.contains(place) {
                // A cell that was cut holds no whole list.
                let texts = (try? JSONValue(parsing: content))?.array?.compactMap(\.string) ?? []
                values[request.texts[place], default: []] += texts
            }
        }
        for (column, texts) in values where texts.count <= ProfileRequest.mostValues {
            // They are stored, and shown where a question may mean one of them.
            let safe = texts.filter { SecretScan.process.clean($0, named: column) == $0 }
            profile.texts[column] = TableProfile.Texts(
                values: safe.sorted(),
                isComplete: request.isComplete(column) && !table.isTruncated && !table.hasCutCells)
        }
    }
}
