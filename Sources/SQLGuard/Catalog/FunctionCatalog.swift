/// Which functions a statement may call on a certain server.
///
/// Allowed are built-in functions that have no effect and no view of the server: immutable and stable ones that handle
/// plain values, without those of `DeniedFunctions`, and a few volatile ones that only give a value.
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
        /// One of them can be called with one row of a table or of a subquery.
        package let takesRow: Bool
        /// All of them belong to an extension.
        package let isExtension: Bool

        package init(
            schema: String, name: String, isVolatile: Bool, isMachinery: Bool, isAboutServer: Bool, takesValue: Bool,
            takesRow: Bool, isExtension: Bool
        ) {
            self.schema = schema
            self.name = name
            self.isVolatile = isVolatile
            self.isMachinery = isMachinery
            self.isAboutServer = isAboutServer
            self.takesValue = takesValue
            self.takesRow = takesRow
            self.isExtension = isExtension
        }
    }

    private let allowed: Set<String>
    private let builtIn: Set<String>
    /// Refused functions that `value.name` and `row.name` call.
    private let calledOnValues: Set<String>
    private let calledOnRows: Set<String>
    /// Allowed functions that the company has another one of, by its schema.
    private let shadowed: [String: String]

    /// - Parameter searchPath: schemas in which the server looks for functions besides `pg_catalog`.
    package init(rows: [Row], searchPath: [String]) {
        let own = rows.filter { $0.schema == "pg_catalog" }
        let others = rows.filter { $0.schema != "pg_catalog" && searchPath.contains($0.schema) }
        let allowed = Set(own.filter(Self.isAllowed).map(\.name))
        // What an extension adds without effects is not worth refusing columns of the same name for.
        let refused =
            own.filter { !allowed.contains($0.name) } + others.filter { !$0.isExtension || $0.isVolatile }
        self.allowed = allowed
        builtIn = Set(own.map(\.name))
        calledOnValues = Set(refused.filter(\.takesValue).map(\.name))
        calledOnRows = Set(refused.filter(\.takesRow).map(\.name))
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
                "schema \(RefusalText.name(schema)) has a function of this name too",
                "Write pg_catalog.\(RefusalText.name(name)) for the built-in one."
            )
        }
        if let group = DeniedFunctions.group(of: name) { return (group.reason, group.advice) }
        guard builtIn.contains(name) else {
            return (
                "only PostgreSQL's built-in functions may be called, and none has this name",
                OtherDialects.advice(on: name) ?? "Use a built-in function, or write the expression itself."
            )
        }
        return (
            "it changes something or shows internals of the server",
            "Use functions that only compute with the values of a row."
        )
    }

    /// `x.name` calls a function that is refused, where `x` has no such column.
    func refusesField(_ name: String, onRow: Bool) -> Bool {
        onRow ? calledOnRows.contains(name) : calledOnValues.contains(name)
    }
}
