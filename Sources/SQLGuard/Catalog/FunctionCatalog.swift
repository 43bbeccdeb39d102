/// Which functions a statement may call on a certain server.
///
/// Allowed is what PostgreSQL brings along and has no effect and no view of the server: immutable and stable functions
/// that handle plain values, without those of `DeniedFunctions`, and a few volatile ones that only give a value.
package struct FunctionCatalog: Sendable {
    /// All functions of one schema with one name.
    package struct Row: Sendable, Hashable {
        package let schema: String
        package let name: String
        /// One of them is volatile.
        package let isVolatile: Bool
        /// One of them is a part of the server's machinery: input, output, transition, handler, trigger.
        package let isMachinery: Bool
        /// One of them takes or gives an object, a transaction or a place in the log by its number or name.
        package let isAboutServer: Bool
        /// One of them can be called with one value.
        package let takesValue: Bool
        /// All of them belong to an extension.
        package let isExtension: Bool

        package init(
            schema: String, name: String, isVolatile: Bool, isMachinery: Bool, isAboutServer: Bool, takesValue: Bool,
            isExtension: Bool
        ) {
            self.schema = schema
            self.name = name
            self.isVolatile = isVolatile
            self.isMachinery = isMachinery
            self.isAboutServer = isAboutServer
            self.takesValue = takesValue
            self.isExtension = isExtension
        }
    }

    private let allowed: Set<String>
    private let builtIn: Set<String>
    private let calledAsFields: Set<String>
    /// Allowed functions that the company has another one of, by its schema.
    private let shadowed: [String: String]

    /// - Parameter searchPath: schemas in which the server looks for functions besides `pg_catalog`.
    package init(rows: [Row], searchPath: [String]) {
        let own = rows.filter { $0.schema == "pg_catalog" }
        let others = rows.filter { $0.schema != "pg_catalog" && searchPath.contains($0.schema) }
        let allowed = Set(own.filter(Self.isAllowed).map(\.name))
        // What an extension adds without effects is not worth refusing columns of the same name for.
        let refused =
            own.filter { !allowed.contains($0.name) && !DeniedFunctions.harmlessAsFields.contains($0.name) }
            + others.filter { !$0.isExtension || $0.isVolatile }
        self.allowed = allowed
        builtIn = Set(own.map(\.name))
        calledAsFields = Set(refused.filter(\.takesValue).map(\.name))
        shadowed = Dictionary(
            others.filter { allowed.contains($0.name) && !$0.isExtension }.map { ($0.name, $0.schema) },
            uniquingKeysWith: { first, _ in first })
    }

    private static func isAllowed(_ row: Row) -> Bool {
        !row.isMachinery && (!row.isVolatile || DeniedFunctions.harmlessVolatile.contains(row.name))
            && (!row.isAboutServer || DeniedFunctions.harmlessAboutServer.contains(row.name))
            && DeniedFunctions.group(of: row.name) == nil
    }

    /// Why a call is refused and what to do instead; nil when it is allowed.
    func objection(to name: String, isQualified: Bool) -> (reason: String, advice: String)? {
        if allowed.contains(name) {
            guard !isQualified, let schema = shadowed[name] else { return nil }
            return (
                "schema \(Shown.name(schema)) has a function of this name too",
                "Write pg_catalog.\(Shown.name(name)) for the built-in one."
            )
        }
        if let group = DeniedFunctions.group(of: name) { return (group.reason, group.advice) }
        guard builtIn.contains(name) else {
            return (
                "only functions that PostgreSQL brings along are called, and it has none of this name",
                "Use a built-in function, or write the expression itself."
            )
        }
        return (
            "it changes something or looks into the server", "Use functions that only compute with the values of a row."
        )
    }

    /// `value.name` and `table.name` call a function that is refused, where there is no such column.
    func isCalledAsField(_ name: String) -> Bool { calledAsFields.contains(name) }
}
