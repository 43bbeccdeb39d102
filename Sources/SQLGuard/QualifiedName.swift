/// The name of a table, view or type together with its schema, both as the catalog has them.
package struct QualifiedName: Sendable, Hashable, CustomStringConvertible {
    package let schema: String
    package let name: String

    package init(_ schema: String, _ name: String) {
        self.schema = schema
        self.name = name
    }

    package var description: String { "\(schema).\(name)" }
}
