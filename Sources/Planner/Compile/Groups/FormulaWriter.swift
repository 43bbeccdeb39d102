/// Writes formulas over what was aggregated.
struct FormulaWriter {
    let query: GroupQuery
    /// By grouping, as the same SELECT writes them.
    let groups: [[SQLExpression]]

    func values(_ leaf: (Formula) -> SQLExpression?) throws(CompileError) -> [SQLExpression] {
        var result: [SQLExpression] = []
        for formula in query.formulas { result.append(try value(formula, leaf)) }
        return result
    }

    private func value(
        _ formula: Formula, _ leaf: (Formula) -> SQLExpression?
    ) throws(CompileError) -> SQLExpression {
        switch formula {
        case .atom, .nested, .statement:
            guard let value = leaf(formula) else { throw CompileError("A part of the measure is missing.") }
            return value
        case .ratio(let upper, let lower): return .ratio(try value(upper, leaf), try value(lower, leaf))
        case .percent(let upper, let lower): return .percent(try value(upper, leaf), of: try value(lower, leaf))
        case .difference(let left, let right):
            return .binary(try value(left, leaf), .minus, try value(right, leaf))
        case .running(let inner):
            guard let place = query.groupings.firstIndex(where: { $0.grain != nil }) else {
                throw CompileError("A running total needs periods to add up over.")
            }
            let others = groups.enumerated().filter { $0.offset != place && !query.groupings[$0.offset].isAttribute }
            let total = SQLExpression.aggregate(
                "sum", [try value(inner, leaf)], isDistinct: false, filter: nil)
            return .over(total, partition: others.flatMap(\.element), order: groups[place])
        case .share(let inner):
            guard !query.groupings.isEmpty else {
                throw CompileError("A share of the total needs something to split it by.")
            }
            let part = try value(inner, leaf)
            let total = SQLExpression.aggregate("sum", [part], isDistinct: false, filter: nil)
            return .percent(part, of: .over(total, partition: periods, order: []))
        }
    }

    /// Where something else splits a trend too, the whole is the period's.
    private var periods: [SQLExpression] {
        guard query.groupings.contains(where: { $0.grain == nil && !$0.isAttribute && !$0.isHidden }) else { return [] }
        return zip(query.groupings, groups).filter { $0.0.grain != nil }.flatMap(\.1)
    }
}
