import ServiceRuntime

/// Several numbers of a period beside those of the period before, a row each.
struct ReviewCompiler {
    let tools: CompileTools
    let plan: Plan

    func compile() throws(CompileError) -> CompiledRows {
        guard plan.dimensions.isEmpty, plan.columns.isEmpty, plan.having.isEmpty else {
            throw CompileError("A review of a period is neither split nor limited; ask for one of its numbers.")
        }
        let shape = try GroupedShape(tools: tools, plan: plan)
        let reader = tools.reader(groupings: [])
        var formulas: [Formula] = []
        for measure in shape.measures { formulas.append(try reader.formula(measure, for: .comparison)) }
        let query = GroupQuery(
            formulas: formulas, names: shape.names, groupings: [], conditions: shape.conditions, time: plan.time)
        let compared = try ComparisonCompiler(
            tools: tools, query: query, recipe: .comparison, comparison: plan.comparison ?? .previousPeriod
        ).compile(names: shape.names, shown: formulas.count)

        let sides = compared.rows.select
        var branches = formulas.indices.map { index in
            var branch = SQLSelect(from: sides.from, joins: sides.joins)
            branch.items = [
                .init(.number(index + 1), "place"), .init(.text(label(shape.measures[index])), "measure"),
                .init(compared.rows.values[index], "value"),
                .init(compared.comparisons[index].previous, "previous_value"),
            ]
            return branch
        }
        guard !branches.isEmpty else { throw CompileError("What to compute is not said.") }
        var all = branches.removeFirst()
        all.unions = branches
        let name = tools.commonName("figures")
        let column = { (own: String) in SQLExpression.column(name, own) }
        let change = ComparedRows.Comparison(column("value"), against: column("previous_value"))
        var select = SQLSelect(common: sides.common, from: .select(all, name: name))
        select.items = [
            .init(column("measure"), "measure"), .init(column("value"), "value"),
            .init(change.previous, "previous_value"), .init(change.change, "change"),
            .init(change.relative, "relative_change"),
        ]
        select.order = [.init(expression: column("place"))]
        return CompiledRows(
            select: select,
            columns: [
                .init(name: "measure", role: .dimension), .init(name: "value", role: .measure),
                .init(name: "previous_value", role: .compared), .init(name: "change", role: .change),
                .init(name: "relative_change", role: .relativeChange),
            ])
    }

    /// The unit stands with the name, since every row has its own.
    private func label(_ measure: Measure) -> String {
        switch measure {
        case .metric(let name):
            let short =
                name.split { $0 == "(" || $0 == ")" }.map { $0.trimmed }.filter { !$0.isEmpty }
                .min { $0.count < $1.count } ?? name
            guard let unit = tools.schema.metrics[name.lowercased()]?.unit, unit.count <= 4 else { return short }
            return "\(short) (\(unit))"
        case .count(let table): return Words.title(Words.plain(table.name).joined(separator: " "))
        default: return MeasureNames(schema: tools.schema).plain(measure)
        }
    }
}
