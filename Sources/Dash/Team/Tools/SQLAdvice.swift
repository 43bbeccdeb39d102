/// What may mend a statement, from the live schema and from what knowledge says about values.
struct SQLAdvice {
    let catalog: SchemaCatalog

    func advice(for failure: SQLFailure, in sql: String) -> String {
        switch failure.errorClass {
        case .missingColumn: missingColumn(failure, sql)
        case .missingTable: missingTable(failure)
        case .missingFunction: "Cast the arguments to the types the function takes, or use another function."
        case .syntax: "Check the statement around the position; send one complete statement."
        case .typeMismatch:
            "Compare values of one type: cast with ::type, or compare with a literal of the column's type."
        case .permission: "Only the tables and views that introspect_schema shows may be read."
        case .timeout: "Aggregate earlier, narrow the period, or read a summary in schema dash."
        case .limit: "Ask for fewer rows or columns, or aggregate."
        case .divisionByZero: "Divide by NULLIF(…, 0)."
        case .refused: "Change the statement as the message says."
        case .connection: "The database did not answer; try once more."
        case .other: "Read the message; introspect_schema shows what there is."
        }
    }

    private func missingColumn(_ failure: SQLFailure, _ sql: String) -> String {
        let relations = SQLOutline(sql).relations.compactMap { catalog.relation(named: $0) }
        guard let wanted = Self.named(in: failure.message)?.split(separator: ".").last.map(String.init) else {
            return "introspect_schema shows the columns."
        }
        let near = SchemaCatalog.nearest(to: wanted, among: relations.flatMap { $0.columns.map(\.name) })
        if !near.isEmpty { return "Near columns: \(near)." }
        let elsewhere = catalog.relations.filter { !relations.contains($0) }.filter { relation in
            relation.columns.contains { $0.name.lowercased() == wanted.lowercased() }
        }.prefix(3).map { "\($0.schema).\($0.name)" }
        if !elsewhere.isEmpty { return "A column \(wanted) is in \(elsewhere.joined(separator: ", "))." }
        let all = relations.map { "\($0.name): \($0.columns.prefix(30).map(\.name).joined(separator: ", "))" }
        return all.isEmpty
            ? "introspect_schema shows the columns." : "Columns there are: \(all.joined(separator: "; "))."
    }

    private func missingTable(_ failure: SQLFailure) -> String {
        guard let wanted = Self.named(in: failure.message) else { return "introspect_schema shows the tables." }
        let bare = wanted.split(separator: ".").last.map(String.init) ?? wanted
        let near = SchemaCatalog.nearest(to: bare, among: catalog.relations.map(\.name))
        if !near.isEmpty { return "Near tables: \(near)." }
        return
            "Tables there are: \(catalog.relations.prefix(30).map { "\($0.schema).\($0.name)" }.joined(separator: ", "))."
    }

    /// The name that PostgreSQL's message complains about: in double quotes, or the word before "does not exist".
    static func named(in message: String) -> String? {
        let parts = message.split(separator: "\"", omittingEmptySubsequences: false)
        if parts.count >= 3, !parts[1].isEmpty { return String(parts[1]) }
        let words = message.split(separator: " ")
        guard let index = words.firstIndex(of: "does"), index > 0 else { return nil }
        return String(words[index - 1])
    }

    /// Which condition may have emptied a result: a value that does not occur, a period after the data's end.
    static func advice(forEmpty sql: String, tables: [TableKnowledge], ends: [String]) -> String {
        var sentences: [String] = []
        var conditions: [String] = []
        for (column, value) in comparisons(in: sql) {
            conditions.append("\(column) = '\(value)'")
            for table in tables {
                guard let known = table.columns.first(where: { $0.name.lowercased() == column }), !known.values.isEmpty,
                    !known.values.contains(value)
                else { continue }
                sentences.append(
                    "\(column) has no value '\(value)'; it has \(known.values.prefix(20).joined(separator: ", ")).")
            }
        }
        let outline = SQLOutline(sql)
        if outline.usesClock || !outline.intervals.isEmpty, !ends.isEmpty {
            sentences.append("The data ends earlier than the calendar may suggest: \(ends.joined(separator: ", ")).")
        }
        if sentences.isEmpty, !conditions.isEmpty {
            sentences.append(
                "These conditions may have emptied it; try without them one at a time: \(conditions.prefix(5).joined(separator: ", "))."
            )
        }
        if sentences.isEmpty {
            sentences.append("Loosen the conditions one at a time, or answer that nothing matches.")
        }
        return sentences.joined(separator: " ")
    }

    private static func comparisons(in sql: String) -> [(column: String, value: String)] {
        let tokens = SQLToken.scan(sql)
        var found: [(String, String)] = []
        for index in tokens.indices {
            guard case .string(let value) = tokens[index], index >= 2, tokens[index - 1] == .symbol("="),
                case .word(let column, _) = tokens[index - 2]
            else { continue }
            found.append((column, value))
        }
        return found
    }
}
