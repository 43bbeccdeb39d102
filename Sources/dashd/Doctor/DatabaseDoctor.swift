import Dash
import Postgres

/// Connection, roles and rights on every server, and what is known.
struct DatabaseDoctor {
    private let application: Application

    init(_ application: Application) {
        self.application = application
    }

    func findings() async -> [DoctorFinding] {
        do {
            return try await [version(), knowledge()] + rights() + readability()
        } catch {
            return [.broken("database", "\(error)", remedy: "look at the server's log; then run dashd setup")]
        }
    }

    private func version() async throws -> DoctorFinding {
        let row = try await application.database.query(
            "SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number"
        ).rows.first
        let version = row?["version"] ?? "?"
        let major = (row.flatMap { try? $0.decode("number", as: Int.self) } ?? 0) / 10_000
        guard (15...18).contains(major) else {
            return .warning(
                "database", "PostgreSQL \(version) is not one that Dash is made for", remedy: "use PostgreSQL 15 to 18")
        }
        let place = application.servers.embedded == nil ? "given by DB_HOST" : "Dash's own"
        return .fine("database", "PostgreSQL \(version), \(place), port \(application.servers.state.port)")
    }

    private func rights() async throws -> [DoctorFinding] {
        let reports = try await application.rights.reports()
        var findings = reports.flatMap { report in
            report.findings.isEmpty
                ? [.fine("rights", report.title)]
                : report.findings.map { finding in
                    DoctorFinding(
                        subject: "rights", state: finding.isFatal ? .broken : .warning, message: finding.message,
                        remedy: finding.remedy)
                }
        }
        if reports.contains(where: { $0.findings.contains(where: \.isFatal) }) {
            findings.append(
                .broken(
                    "sql", "SQL tools are off: nothing is looked up or built for anybody",
                    remedy: "fix what is marked with ✗; Dash notices within a minute, without a restart"))
        }
        return findings
    }

    private func readability() async throws -> [DoctorFinding] {
        let relations = try await application.warehouseAccess.introspection.catalog(refresh: true).relations
        guard relations.isEmpty else {
            return [.fine("data", "the analyst can read \(relations.count) table(s) and view(s)")]
        }
        return [
            .warning(
                "data", "the analyst sees no table",
                remedy:
                    "load your data into schema \(application.settings.dataSchemas.joined(separator: " or ")), or try "
                    + "dashd sample load")
        ]
    }

    private func knowledge() async throws -> DoctorFinding {
        let counts = try await application.knowledge.counts()
        guard counts.values.contains(where: { $0 > 0 }) else {
            return .warning(
                "knowledge", "nothing is loaded", remedy: "dashd knowledge init, edit, dashd knowledge load")
        }
        let text = counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
        return .fine("knowledge", text.joined(separator: ", "))
    }
}
