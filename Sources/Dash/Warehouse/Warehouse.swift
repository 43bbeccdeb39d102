/// The company's data: how agents see it and how they may touch it.
package struct Warehouse: Sendable {
    /// Names the server and database, so that learnings of one warehouse never apply to another.
    package var id: String
    /// Read-only, always rolled back.
    package var analyst: any SQLRunner
    /// May create and change objects in schema `dash`.
    package var engineer: any SQLRunner
    package var introspection: any Introspection
    /// What of the company schemas agents may see at all.
    package var allowedTables: AllowedTables
    /// Statements of both agents that cannot be stopped; nil where nobody watches them.
    package var abandoned: AbandonedStatements?
    /// Whether it is on another server than Dash's own state, so that one may be away without the other.
    package var isElsewhere: Bool

    package init(
        id: String, analyst: any SQLRunner, engineer: any SQLRunner, introspection: any Introspection,
        allowedTables: AllowedTables = .everything, abandoned: AbandonedStatements? = nil, isElsewhere: Bool = false
    ) {
        self.id = id
        self.analyst = analyst
        self.engineer = engineer
        self.introspection = introspection
        self.allowedTables = allowedTables
        self.abandoned = abandoned
        self.isElsewhere = isElsewhere
    }
}
