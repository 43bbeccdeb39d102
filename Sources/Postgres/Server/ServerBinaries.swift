import FoundationEssentials

/// The folder with `initdb`, `pg_ctl` and `postgres` of one version.
package struct ServerBinaries: Sendable, Equatable {
    package let folder: String

    package func path(_ program: String) -> String { folder + "/" + program }

    /// Looks where it was told to (`PG_BIN`), else in Debian's folders, newest first, else along `PATH`.
    ///
    /// - Parameter version: the major version that an existing data folder needs; nil takes any.
    package static func find(
        given: String?, version: String? = nil, debianFolder: String = "/usr/lib/postgresql",
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> ServerBinaries {
        if let given {
            guard isComplete(given) else {
                throw ServerError("PG_BIN is \(given), but there is no initdb, pg_ctl and postgres in it")
            }
            return ServerBinaries(folder: given)
        }
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: debianFolder)) ?? [])
            .filter { version == nil || $0 == version }
            .sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }
        let candidates =
            versions.map { "\(debianFolder)/\($0)/bin" }
            // A program found along PATH may be of any version; an existing folder says itself if it does not fit.
            + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        guard let folder = candidates.first(where: isComplete) else {
            let package = version.map { "postgresql-\($0)" } ?? "postgresql"
            throw ServerError(
                """
                no PostgreSQL server\(version.map { " \($0)" } ?? "") found: install the package \(package) \
                (apt-get install \(package)), or set PG_BIN to the folder with initdb and pg_ctl, or DB_HOST to a server
                """)
        }
        return ServerBinaries(folder: folder)
    }

    private static func isComplete(_ folder: String) -> Bool {
        ["initdb", "pg_ctl", "postgres"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)")
        }
    }
}
