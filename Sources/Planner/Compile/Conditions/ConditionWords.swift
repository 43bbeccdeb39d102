/// Conditions for people, as they were applied.
struct ConditionWords {
    let days: PeriodDays

    func text(_ condition: Condition) -> String {
        switch condition {
        case .compare(let column, let comparator, let number):
            return "\(column.name) \(comparator.rawValue) \(number)"
        case .oneOf(let column, let values):
            let shown = values.prefix(8).map { "'\($0.prefix(60))'" }
            guard values.count > 1 else { return "\(column.name) = \(shown.first ?? "''")" }
            return "\(column.name) is one of \(shown.joined(separator: ", "))\(values.count > 8 ? ", …" : "")"
        case .text(let column, let match, let text):
            let verb =
                switch match {
                case .contains: "contains"
                case .startsWith: "starts with"
                case .endsWith: "ends with"
                case .equals: "is"
                }
            return "\(column.name) \(verb) '\(text.prefix(60))'"
        case .isEmpty(let column): return "\(column.name) is empty"
        case .isTrue(let column): return "\(column.name) is true"
        case .period(let column, let period):
            let label = Self.text(days.resolve(period, for: column))
            return "\(column.name) \(Self.isOpen(label) ? "" : "in ")\(label)"
        case .cycle(let column, let cycle, let values): return "\(column.name) \(CycleWriter.text(cycle, values))"
        case .beyond(let column, let comparator, let aggregate):
            return "\(column.name) \(comparator.rawValue) its \(aggregate.rawValue)"
        case .extreme(let column, let aggregate, let others):
            let each = others.map(\.name).joined(separator: " and ")
            return "\(column.name) is the \(aggregate.rawValue) of each \(each)"
        case .counted(let rows, let comparator, let number):
            let own = rows.conditions.map(text).joined(separator: " and ")
            let counted = rows.distinct.map { "different \($0.name) in \(rows.table.name)" } ?? rows.table.name
            return "number of \(counted)\(own.isEmpty ? "" : " with \(own)") \(comparator.rawValue) \(number)"
        case .columns(let left, let comparator, let right): return "\(left.name) \(comparator.rawValue) \(right.name)"
        case .related(let table, let conditions, _):
            let own = conditions.map(text).joined(separator: " and ")
            return own.isEmpty ? "has \(table.name)" : "has \(table.name) with \(own)"
        case .not(let inner):
            switch inner {
            case .isEmpty(let column): return "\(column.name) is not empty"
            case .isTrue(let column): return "\(column.name) is not true"
            case .oneOf(let column, let values) where values.count == 1:
                return "\(column.name) is not '\(values[0].prefix(60))'"
            case .related(let table, let conditions, _):
                let own = conditions.map(text).joined(separator: " and ")
                return own.isEmpty ? "has no \(table.name)" : "has no \(table.name) with \(own)"
            default: return "not (\(text(inner)))"
            }
        case .any(let parts): return parts.map(text).joined(separator: " or ")
        }
    }

    static func text(_ period: ResolvedPeriod) -> String { period.label }

    /// "since 1 May", which nothing is in.
    private static func isOpen(_ label: String) -> Bool {
        ["since ", "until ", "before ", "after ", "from "].contains { label.lowercased().hasPrefix($0) }
    }
}
