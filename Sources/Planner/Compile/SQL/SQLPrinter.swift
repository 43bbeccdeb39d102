import ServiceRuntime

/// Writes a statement as text; the only place where SQL becomes text.
struct SQLPrinter {
    /// The relation whose columns need no qualifier.
    private var bare: String?

    static func text(_ select: SQLSelect) -> String { SQLPrinter().select(select, indent: "") }

    private static let longestLine = 110

    // MARK: - Statements

    /// - Parameter indent: nil for one line.
    private func select(_ select: SQLSelect, indent: String?) -> String {
        var inner = self
        let isAlone = select.joins.isEmpty && select.from != nil
        inner.bare = isAlone ? select.from?.name : nil
        // A name alone means a column of the result here.
        let qualified = SQLPrinter()
        var clauses: [String] = []
        let deeper = indent.map { $0 + "    " }
        if !select.common.isEmpty {
            let commons = select.common.map { common in
                let body = SQLPrinter().select(common.select, indent: deeper)
                let (open, close) = indent.map { ("(\n\($0)    ", "\n\($0))") } ?? ("(", ")")
                return "\(SQLName.quoted(common.name)) AS \(open)\(body)\(close)"
            }
            clauses.append("WITH " + commons.joined(separator: ", "))
        }
        let items = select.items.map { item in inner.item(item) }
        clauses.append(
            "SELECT " + (select.isDistinct ? "DISTINCT " : "") + list(items, indent: indent))
        if let from = select.from { clauses.append("FROM " + source(from)) }
        for join in select.joins { clauses.append(inner.join(join)) }
        clauses += inner.conditions("WHERE", select.conditions, indent: indent)
        if !select.groups.isEmpty {
            clauses.append("GROUP BY " + select.groups.map { inner.print($0) }.joined(separator: ", "))
        }
        clauses += inner.conditions("HAVING", select.having, indent: indent)
        for union in select.unions {
            clauses.append("UNION")
            clauses.append(SQLPrinter().select(union, indent: indent))
        }
        if !select.order.isEmpty {
            let keys = select.order.map { key in
                qualified.print(key.expression) + (key.isDescending ? " DESC NULLS LAST" : "")
            }
            clauses.append("ORDER BY " + keys.joined(separator: ", "))
        }
        if let limit = select.limit { clauses.append("LIMIT \(limit)") }
        if let offset = select.offset { clauses.append("OFFSET \(offset)") }
        return clauses.joined(separator: indent.map { "\n" + $0 } ?? " ")
    }

    private func item(_ item: SQLSelect.Item) -> String {
        let text = print(item.expression)
        guard let name = item.name else { return text }
        if case .column(_, name) = item.expression { return text }
        return "\(text) AS \(SQLName.quoted(name))"
    }

    private func list(_ items: [String], indent: String?) -> String {
        let line = items.joined(separator: ", ")
        guard let indent, items.count > 1, line.utf8.count > Self.longestLine else { return line }
        return items.joined(separator: ",\n\(indent)    ")
    }

    private func conditions(_ word: String, _ conditions: [SQLExpression], indent: String?) -> [String] {
        guard !conditions.isEmpty else { return [] }
        let parts = conditions.map { print($0, above: conditions.count > 1 ? 3 : 0) }
        return ["\(word) " + parts.joined(separator: indent.map { "\n\($0)    AND " } ?? " AND ")]
    }

    private func source(_ source: SQLSource) -> String {
        switch source {
        case .table(let table, let isQualified, let name):
            let own = SQLName.quoted(table.name)
            let text = isQualified ? SQLName.quoted(table.schema) + "." + own : own
            return name == table.name ? text : "\(text) AS \(SQLName.quoted(name))"
        case .common(let name): return SQLName.quoted(name)
        case .select(let select, let name):
            return "(\(SQLPrinter().select(select, indent: nil))) AS \(SQLName.quoted(name))"
        case .series(let arguments, let name):
            return "generate_series(\(arguments.map { SQLPrinter().print($0) }.joined(separator: ", "))) AS "
                + SQLName.quoted(name)
        }
    }

    private func join(_ join: SQLJoin) -> String {
        let text = "\(join.kind.rawValue) \(source(join.source))"
        switch join.match {
        case .nothing: return text
        case .using(let columns):
            return "\(text) USING (\(columns.map(SQLName.quoted).joined(separator: ", ")))"
        case .on(let conditions):
            return "\(text) ON " + conditions.map { print($0, above: 2) }.joined(separator: " AND ")
        }
    }

    // MARK: - Expressions

    /// In parentheses where it binds less tightly than what stands around it.
    private func print(_ expression: SQLExpression, above precedence: Int = 0) -> String {
        let (text, own) = write(expression)
        return own < precedence ? "(\(text))" : text
    }

    private func list(_ expressions: [SQLExpression]) -> String {
        expressions.map { print($0) }.joined(separator: ", ")
    }

    private func write(_ expression: SQLExpression) -> (text: String, precedence: Int) {
        let primary = 14
        switch expression {
        case .column(let relation, let name):
            guard let relation, relation != bare else { return (SQLName.quoted(name), primary) }
            return ("\(SQLName.quoted(relation)).\(SQLName.quoted(name))", primary)
        case .text(let text): return (SQLName.literal(text), primary)
        case .number(let number): return (number, number.hasPrefix("-") ? 12 : primary)
        case .day(let day): return ("DATE \(SQLName.literal(day.description))", primary)
        case .interval(let text): return ("INTERVAL \(SQLName.literal(text))", primary)
        case .boolean(let value): return (value ? "TRUE" : "FALSE", primary)
        case .null: return ("NULL", primary)
        case .fragment(let text): return (text, SQLFragment.isPrimary(text) ? primary : 0)
        case .call(let name, let arguments): return ("\(name)(\(list(arguments)))", primary)
        case .countRows(let filter): return ("count(*)" + self.filter(filter), primary)
        case .aggregate(let name, let arguments, let isDistinct, let filter):
            return ("\(name)(\(isDistinct ? "DISTINCT " : "")\(list(arguments)))" + self.filter(filter), primary)
        case .median(let value, let filter):
            return ("percentile_cont(0.5) WITHIN GROUP (ORDER BY \(print(value)))" + self.filter(filter), primary)
        case .over(let function, let partition, let order):
            var parts: [String] = []
            if !partition.isEmpty { parts.append("PARTITION BY " + list(partition)) }
            if !order.isEmpty { parts.append("ORDER BY " + list(order)) }
            return ("\(print(function)) OVER (\(parts.joined(separator: " ")))", primary)
        case .extract(let field, let value): return ("EXTRACT(\(field) FROM \(print(value)))", primary)
        case .row(let values): return ("(\(list(values)))", primary)
        case .array(let values): return ("ARRAY[\(list(values))]", primary)
        case .binary(let left, let sign, let right):
            let own = sign.precedence
            // What binds equally is grouped to the left; comparisons are not grouped at all.
            let isArithmetic = own >= 8
            return (
                "\(print(left, above: isArithmetic ? own : own + 1)) \(sign.rawValue) \(print(right, above: own + 1))",
                own
            )
        case .all(let parts):
            guard parts.count != 1 else { return write(parts[0]) }
            return (parts.isEmpty ? "TRUE" : parts.map { print($0, above: 3) }.joined(separator: " AND "), 2)
        case .any(let parts):
            guard parts.count != 1 else { return write(parts[0]) }
            return (parts.isEmpty ? "FALSE" : parts.map { print($0, above: 2) }.joined(separator: " OR "), 1)
        case .not(let condition): return ("NOT \(print(condition, above: 4))", 3)
        case .isNull(let value): return ("\(print(value, above: 5)) IS NULL", 4)
        case .isNotNull(let value): return ("\(print(value, above: 5)) IS NOT NULL", 4)
        case .isNotTrue(let value): return ("\(print(value, above: 5)) IS NOT TRUE", 4)
        case .among(let values, let value, let isNegated):
            return ("\(print(value, above: 7)) \(isNegated ? "NOT IN" : "IN") (\(list(values)))", 6)
        case .cast(let value, let type): return ("\(print(value, above: 13))::\(type)", 13)
        case .atTimeZone(let value, let zone):
            return ("\(print(value, above: 11)) AT TIME ZONE \(SQLName.literal(zone))", 11)
        case .choice(let branches, let otherwise):
            let cases = branches.map { "WHEN \(print($0.condition)) THEN \(print($0.value))" }
            let last = otherwise.map { " ELSE \(print($0))" } ?? ""
            return ("CASE \(cases.joined(separator: " "))\(last) END", primary)
        case .exists(let query): return ("EXISTS (\(SQLPrinter().select(query, indent: nil)))", primary)
        case .scalar(let query): return ("(\(SQLPrinter().select(query, indent: nil)))", primary)
        }
    }

    private func filter(_ condition: SQLExpression?) -> String {
        condition.map { " FILTER (WHERE \(print($0)))" } ?? ""
    }
}
