/// Finds a width for ranges of a number that reads well: 1, 2 or 5 times a power of ten, for about ten ranges.
struct RangeScale {
    struct Scale {
        var common: [SQLSelect.Common]
        var width: SQLExpression
    }

    let tools: CompileTools
    let query: GroupQuery

    /// Nil where nothing is split into ranges.
    func scale(for part: Part) throws(CompileError) -> Scale? {
        let columns = query.groupings.compactMap { grouping -> ColumnID? in
            if case .range(let column) = grouping.kind { column } else { nil }
        }
        guard let column = columns.first else { return nil }
        guard columns.count == 1 else { throw CompileError("A result has ranges of one number only.") }
        let type = try tools.schema.type(column)
        guard type.isNumber else { throw CompileError("\(column.name) is no number, so it has no ranges.") }
        var (scope, select, _) = try PartBuilder(tools: tools, query: query, dates: nil, width: nil).source(part)
        let value = try scope.column(column)
        let extent = SQLExpression.binary(
            .aggregate("max", [value], isDistinct: false, filter: nil), .minus,
            .aggregate("min", [value], isDistinct: false, filter: nil))
        let tenth = SQLExpression.binary(.cast(extent, "numeric"), .divided, .number(10))
        select.items = [.init(.call("NULLIF", [tenth, .number(0)]), "step")]
        select.from = scope.source
        select.joins = scope.joins

        let extentName = tools.commonName("extent")
        let scaleName = tools.commonName("scale")
        let step = SQLExpression.column(extentName, "step")
        let magnitudeName = tools.commonName("magnitude")
        let magnitude = SQLSelect(
            items: [
                .init(step, "step"),
                .init(.call("power", [.number(10), .call("floor", [.call("log", [step])])]), "power"),
            ], from: .common(extentName))
        let power = SQLExpression.column(magnitudeName, "power")
        let multiples = [1, 2, 5].map { factor -> SQLBranch in
            let width: SQLExpression = factor == 1 ? power : .binary(.number(factor), .times, power)
            return SQLBranch(condition: .binary(.column(magnitudeName, "step"), .atMost, width), value: width)
        }
        let nice = SQLExpression.choice(multiples, otherwise: .binary(.number(10), .times, power))
        var width = SQLExpression.call("trim_scale", [nice])
        if type == .integer { width = .call("GREATEST", [width, .number(1)]) }
        // One value, or none, has no extent.
        let chosen = SQLSelect(
            items: [.init(.call("COALESCE", [width, .number(1)]), "width")], from: .common(magnitudeName))
        return Scale(
            common: [
                .init(name: extentName, select: select), .init(name: magnitudeName, select: magnitude),
                .init(name: scaleName, select: chosen),
            ],
            width: .scalar(SQLSelect(items: [.init(.column(scaleName, "width"))], from: .common(scaleName))))
    }
}
