import ServiceRuntime

extension SchemaCatalog {
    /// Finds the relation or throws what is like it.
    func required(_ name: String) throws(SQLFailure) -> Relation {
        if let relation = relation(named: name) { return relation }
        let near = Self.nearest(to: name, among: relations.flatMap { [$0.name, $0.qualifiedName] })
        throw SQLFailure(
            .missingTable, message: "there is no table or view \(name) that may be read",
            hint: near.isEmpty ? "Look up the tables with introspect_schema." : "Did you mean \(near)?")
    }

    /// The names that few edits separate from a wrong one, best first.
    static func nearest(to name: String, among names: [String]) -> String {
        let wanted = name.lowercased()
        return names.map { (name: $0, distance: Self.distance(wanted, $0.lowercased())) }
            .filter { $0.distance <= max(2, wanted.count / 3) }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
            .prefix(3).map(\.name).joined(separator: ", ")
    }

    /// A name inside the other is as near as a slip of the finger.
    private static func distance(_ wanted: String, _ name: String) -> Int {
        let distance = wanted.editDistance(to: name)
        guard wanted.count >= 3, name.count >= 3, name.contains(wanted) || wanted.contains(name) else {
            return distance
        }
        return min(distance, 2)
    }
}

extension SchemaCatalog.Relation {
    /// Finds the column or throws what is like it.
    func required(column name: String) throws(SQLFailure) -> SchemaCatalog.Column {
        if let column = column(named: name) { return column }
        let near = SchemaCatalog.nearest(to: name, among: columns.map(\.name))
        throw SQLFailure(
            .missingColumn, message: "\(qualifiedName) has no column \(name) that may be read",
            hint: near.isEmpty
                ? "It has \(columns.prefix(40).map(\.name).joined(separator: ", "))." : "Did you mean \(near)?")
    }
}
