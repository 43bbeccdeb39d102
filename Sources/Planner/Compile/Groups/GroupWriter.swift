/// Writes groupings as expressions over the rows of one scope.
struct GroupWriter {
    let schema: CompileSchema
    let days: PeriodDays
    let conditions: ConditionCompiler

    struct Written {
        var expressions: [SQLExpression]
        var isNullable: Bool
        /// Rows outside of all the groups do not count.
        var restriction: SQLExpression?
    }

    /// - Parameters:
    ///   - time: the rows' own time column.
    ///   - width: of ranges, as an expression that is the same for all rows.
    func write(
        _ grouping: Grouping, in scope: inout Scope, time: ColumnID?, width: SQLExpression?
    ) throws(CompileError) -> Written {
        switch grouping.kind {
        case .column(let column):
            let type = try schema.column(column).type
            guard !["json", "xml", "point"].contains(type) else {
                throw CompileError("Values of \(column.name) cannot be compared, so they form no groups.")
            }
            return Written(expressions: [try scope.column(column)], isNullable: try scope.isNullable(column))
        case .time(let own, let grain):
            guard let column = own ?? time else { throw CompileError("Which date puts rows into periods is not said.") }
            let value = try scope.column(column)
            return Written(
                expressions: [try days.bucket(value, of: column, by: grain)], isNullable: try scope.isNullable(column))
        case .cycle(let own, let cycle):
            guard let column = own ?? time else { throw CompileError("Which date puts rows into groups is not said.") }
            let value = try scope.column(column)
            return Written(
                expressions: [try CycleWriter(days: days).group(cycle, of: column, value: value)],
                isNullable: try scope.isNullable(column))
        case .range(let column):
            guard try schema.type(column).isNumber, let width else {
                throw CompileError("\(column.name) is no number, so it has no ranges.")
            }
            let value = try scope.column(column)
            let low = SQLExpression.binary(
                .call("floor", [.binary(value, .divided, width)]), .times, width)
            return Written(expressions: [low, .binary(low, .plus, width)], isNullable: try scope.isNullable(column))
        case .segments(let segments): return try self.segments(segments, in: &scope)
        }
    }

    private func segments(
        _ segments: [Dimension.Segment], in scope: inout Scope
    ) throws(CompileError) -> Written {
        guard segments.count > 1 else { throw CompileError("A comparison of segments needs two of them.") }
        var branches: [SQLBranch] = []
        var rest: SQLExpression?
        for (index, segment) in segments.enumerated() {
            if segment.conditions.isEmpty, index == segments.count - 1 {
                rest = .text(segment.label)
                continue
            }
            let parts = try conditions.predicates(segment.conditions, in: &scope)
            branches.append(SQLBranch(condition: .all(parts), value: .text(segment.label)))
        }
        let isOpen = rest == nil
        return Written(
            expressions: [.choice(branches, otherwise: rest)], isNullable: false,
            restriction: isOpen ? .any(branches.map(\.condition)) : nil)
    }
}
