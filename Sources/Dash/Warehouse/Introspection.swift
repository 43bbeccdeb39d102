/// What the live database says about itself, limited to what the analyst may read. Throws `SQLFailure`.
package protocol Introspection: Sendable {
    /// The company schemas and `dash`. Cached for a short time; `refresh` reads anew.
    func catalog(refresh: Bool) async throws -> SchemaCatalog

    /// The latest value of the time column, as the server prints it; nil for an empty table.
    ///
    /// `relation` is `name` or `schema.name`, as everywhere here. Throws `SQLFailure` for an unknown relation or column.
    func latestValue(of column: String, in relation: String) async throws -> String?

    /// Row count, null rates, ranges and distinct counts per column; ranges of personal columns are left out.
    func statistics(of relation: String, personalColumns: PersonalColumns) async throws -> TableStatistics

    /// Sizes and changes of all relations of these schemas, as `schema.name`, in one look at the server's bookkeeping.
    func facts() async throws -> [String: RelationFacts]

    /// The same, with values read by another runner of the analyst's role.
    func reading(through analyst: any SQLRunner) -> any Introspection
}
