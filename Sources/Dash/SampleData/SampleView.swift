/// A view that was built on the sample's tables, or on another such view.
package struct SampleView: Sendable, Equatable {
    package var schema: String
    package var name: String
    package var isMaterialized: Bool

    package init(schema: String, name: String, isMaterialized: Bool) {
        self.schema = schema
        self.name = name
        self.isMaterialized = isMaterialized
    }

    /// `schema.name` without quotes.
    package var qualifiedName: String { "\(schema).\(name)" }

    /// Whether the Engineer built it: it can be built again, and holds nothing of its own.
    package var isBuiltByDash: Bool { schema == "dash" }

    /// Drops it, and nothing that is built on it.
    package var dropStatement: String {
        "DROP \(isMaterialized ? "MATERIALIZED VIEW" : "VIEW") \(SQLIdentifier.sql(schema)).\(SQLIdentifier.sql(name))"
    }
}
