import Planner

/// A plan in a few words, for tables of tests.
enum Sketch {
    /// Of a schema whose tables have no prefix.
    static func plain(_ plan: Plan) -> String { $short.withValue(0) { text(plan) } }

    @TaskLocal private static var short = 3

    static func text(_ plan: Plan) -> String {
        var parts = [plan.recipe.rawValue]
        if let subject = plan.subject { parts.append("of \(subject.name)") }
        if !plan.measures.isEmpty { parts.append(plan.measures.map(text).joined(separator: ", ")) }
        if !plan.dimensions.isEmpty { parts.append("by " + plan.dimensions.map(text).joined(separator: ", ")) }
        if !plan.columns.isEmpty { parts.append("showing " + plan.columns.map(text).joined(separator: ", ")) }
        if !plan.conditions.isEmpty { parts.append("where " + plan.conditions.map(text).joined(separator: " and ")) }
        if let time = plan.time {
            parts.append("in \(time.period.phrase)" + (time.column.map { " of \(text($0))" } ?? ""))
        }
        if let comparison = plan.comparison { parts.append("against \(text(comparison))") }
        if !plan.having.isEmpty {
            parts.append(
                "having "
                    + plan.having.map { "\(text($0.measure)) \($0.comparator.rawValue) \($0.number)" }
                    .joined(separator: " and "))
        }
        if !plan.order.isEmpty { parts.append("order " + plan.order.map(text).joined(separator: ", ")) }
        if let limit = plan.limit { parts.append("limit \(limit)") }
        if plan.includesEmpty { parts.append("with empty ones") }
        if plan.presentation != .automatic { parts.append("as \(plan.presentation.rawValue)") }
        return parts.joined(separator: " · ")
    }

    static func text(_ column: ColumnID) -> String {
        let table = column.table.name.hasPrefix("zo_") ? String(column.table.name.dropFirst(short)) : column.table.name
        return "\(table).\(column.name)" + (column.role.map { "@\($0)" } ?? "")
    }

    private static func text(_ comparison: Plan.Comparison) -> String {
        switch comparison {
        case .previousPeriod: "previousPeriod"
        case .yearBefore: "yearBefore"
        case .with(let period): period.phrase
        }
    }

    private static func text(_ measure: Measure) -> String {
        switch measure {
        case .metric(let name): "[\(name)]"
        case .count(let table): "count(\(table.name.dropFirst(short)))"
        case .countDistinct(let column): "distinct(\(text(column)))"
        case .aggregate(let aggregate, .column(let column)): "\(aggregate.rawValue)(\(text(column)))"
        case .aggregate(let aggregate, .duration(let from, let to, let unit)):
            "\(aggregate.rawValue)(\(text(from))…\(text(to)) \(unit.rawValue))"
        case .aggregate(let aggregate, .age(let of, let unit)):
            "\(aggregate.rawValue)(age \(text(of)) \(unit.rawValue))"
        case .aggregate(let aggregate, .difference(let left, let right)):
            "\(aggregate.rawValue)(\(text(left)) - \(text(right)))"
        case .aggregate(let aggregate, .converted(let column, let conversion)):
            "\(aggregate.rawValue)(\(text(column)) in \(conversion.unit))"
        case .running(let inner): "running(\(text(inner)))"
        case .filtered(let inner, let conditions): "\(text(inner))[\(conditions.map(text).joined(separator: " and "))]"
        case .ratio(let upper, let lower): "\(text(upper)) / \(text(lower))"
        case .difference(let left, let right): "\(text(left)) - \(text(right))"
        case .shareOfTotal(let inner): "share(\(text(inner)))"
        case .aggregateOfGroups(let aggregate, let inner, let by):
            "\(aggregate.rawValue)(\(text(inner)) per \(text(by)))"
        }
    }

    private static func text(_ dimension: Dimension) -> String {
        switch dimension {
        case .column(let column): text(column)
        case .time(let column, let grain): grain.rawValue + (column.map { " of \(text($0))" } ?? "")
        case .cycle(let column, let cycle): cycle.rawValue + (column.map { " of \(text($0))" } ?? "")
        case .range(let column): "range \(text(column))"
        case .segments(let segments): segments.map(\.label).joined(separator: " / ")
        }
    }

    private static func text(_ condition: Condition) -> String {
        switch condition {
        case .compare(let column, let comparator, let number): "\(text(column)) \(comparator.rawValue) \(number)"
        case .oneOf(let column, let values): "\(text(column)) = \(values.joined(separator: "|"))"
        case .text(let column, let match, let value): "\(text(column)) \(match.rawValue) \(value)"
        case .isEmpty(let column): "\(text(column)) empty"
        case .isTrue(let column): text(column)
        case .period(let column, let period): "\(text(column)) in \(period.phrase)"
        case .cycle(let column, let cycle, let values): "\(text(column)) \(cycle.rawValue) \(values)"
        case .beyond(let column, let comparator, let aggregate):
            "\(text(column)) \(comparator.rawValue) \(aggregate.rawValue)"
        case .columns(let left, let comparator, let right): "\(text(left)) \(comparator.rawValue) \(text(right))"
        case .related(let table, let conditions, _):
            "some \(table.name.dropFirst(short))(\(conditions.map(text).joined(separator: " and ")))"
        case .counted(let rows, let comparator, let number):
            "\(rows.table.name.dropFirst(short)) \(comparator.rawValue) \(number)(\(rows.conditions.map(text).joined(separator: " and ")))"
        case .extreme(let column, let aggregate, let others):
            "\(aggregate.rawValue) \(column.name) of each \(others.map(\.name).joined(separator: ", "))"
        case .not(let inner): "not \(text(inner))"
        case .any(let all): "(\(all.map(text).joined(separator: " or ")))"
        }
    }

    private static func text(_ order: Plan.Order) -> String {
        let key =
            switch order.key {
            case .measure(let index): "measure \(index)"
            case .dimension(let index): "dimension \(index)"
            case .column(let index): "column \(index)"
            case .hidden(let column): text(column)
            case .hiddenMeasure(let measure): text(measure)
            case .change: "change"
            }
        return key + (order.isDescending ? " desc" : "")
    }
}
