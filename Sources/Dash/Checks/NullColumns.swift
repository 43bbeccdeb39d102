import ServiceRuntime

/// Columns without any value.
enum NullColumns {
    static func findings(of table: ResultTable) -> [ResultFinding] {
        guard !table.rows.isEmpty else { return [] }
        let empty = table.columns.indices.filter { index in table.rows.allSatisfy { $0[index] == nil } }
            .map { table.columns[$0].name }
        guard !empty.isEmpty else { return [] }
        let names = empty.prefix(5).map { "“\($0)”" }.joinedAsList
        let verb = empty.count == 1 ? "is" : "are"
        let text =
            table.rows.count == 1
            ? "\(names) \(verb) empty: there was nothing to compute \(empty.count == 1 ? "it" : "them") from."
            : "\(names) \(verb) empty in all \(table.rows.count.grouped) rows."
        return [ResultFinding(kind: .allNull, text: text)]
    }
}
