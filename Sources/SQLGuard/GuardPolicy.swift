/// What one role may write in SQL, apart from functions, which depend on the server.
package struct GuardPolicy: Sendable {
    /// The schema of everything that Dash builds.
    package static let ownSchema = "dash"
    /// UTF-8 bytes of a statement; libpg_query needs stack in proportion to it, see `SQLGuard.stackBytes`.
    package static let longestStatement = 65_536
    /// Nesting of the parse tree's JSON, about two levels for each level of an expression.
    package static let deepestTree = 6_000
    /// What EXPLAIN may be told. Not ANALYZE, which runs the statement, nor what needs it; not SETTINGS, which shows the
    /// server's configuration.
    package static let explainOptions: Set<String> = ["buffers", "costs", "format", "summary", "verbose"]

    package let role: SQLRole
    /// Schemas of company data, in the order of the session's `search_path`.
    package let dataSchemas: [String]
    /// The only company tables that may be read; nil for all in `dataSchemas`.
    package let allowedTables: Set<QualifiedName>?
    /// Names of company tables and views, which nothing in `dash` may have as well.
    package let companyRelations: Set<String>

    /// Reading only: one SELECT, VALUES, TABLE or EXPLAIN of such.
    package static func analyst(
        dataSchemas: [String], allowedTables: Set<QualifiedName>? = nil
    ) -> GuardPolicy {
        GuardPolicy(
            role: .analyst, dataSchemas: dataSchemas, allowedTables: allowedTables, companyRelations: [])
    }

    /// Reading, and building in schema `dash`.
    ///
    /// - Parameter companyRelations: as many as are known; those of `allowedTables` are added.
    package static func engineer(
        dataSchemas: [String], allowedTables: Set<QualifiedName>? = nil,
        companyRelations: Set<String> = []
    ) -> GuardPolicy {
        GuardPolicy(
            role: .engineer, dataSchemas: dataSchemas, allowedTables: allowedTables,
            companyRelations: companyRelations.union((allowedTables ?? []).map(\.name)))
    }
}
