/// Lists of rows and of distinct values.
struct RowsCompiler {
    private static let mostColumns = 12

    let tools: CompileTools
    let plan: Plan

    private var schema: CompileSchema { tools.schema }

    func compile() throws(CompileError) -> CompiledRows {
        guard plan.having.isEmpty, plan.comparison == nil else {
            throw CompileError("A list of rows has no groups to hold against a number or a period.")
        }
        let isDistinct = plan.recipe == .distinct
        let columns = try shownColumns()
        let base = try base(of: columns)
        var scope = try Scope(base, schema: schema, notes: tools.notes)
        var names = MeasureNames(schema: schema)
        var select = SQLSelect(isDistinct: isDistinct)
        var result: [CompiledPlan.Column] = []
        var shown: [(column: ColumnID, name: String)] = []
        for column in columns {
            let name = names.name(of: column)
            select.items.append(.init(try scope.column(column), name))
            shown.append((column, name))
            result.append(.init(name: name, role: .attribute, unit: try schema.column(column).unit))
        }
        var conditions = plan.conditions
        if let time = plan.time {
            let column =
                if let column = time.column { column } else {
                    try schema.timeColumn(of: plan.subject ?? base)
                }
            conditions.append(.period(column, time.period))
            tools.notes.period = tools.days.resolve(time.period, for: column).label
        }
        let predicates = try tools.conditions.predicates(conditions, in: &scope).flatMap(\.conjuncts)
        select.conditions = predicates
        select.order = try order(shown, isDistinct: isDistinct, in: &scope)
        select.limit = plan.limit
        select.offset = plan.offset
        select.from = scope.source
        select.joins = scope.joins
        return CompiledRows(select: select, columns: result)
    }

    /// What is named; else what people may see of a row.
    private func shownColumns() throws(CompileError) -> [ColumnID] {
        let grouped = plan.dimensions.compactMap { if case .column(let column) = $0 { column } else { nil } }
        guard grouped.count == plan.dimensions.count else {
            throw CompileError("A list of rows is not put into periods or ranges.")
        }
        var columns: [ColumnID] = []
        for column in grouped + plan.columns where !columns.contains(column) { columns.append(column) }
        for column in columns { _ = try schema.column(column) }
        guard columns.isEmpty else { return columns }
        guard let subject = plan.subject else { throw CompileError("What to list is not said.") }
        return try schema.table(subject).columns.filter { !$0.isPersonal }.prefix(Self.mostColumns)
            .map { ColumnID(subject, $0.name) }
    }

    /// The subject, or the table further down of which a row has one of everything shown.
    private func base(of columns: [ColumnID]) throws(CompileError) -> TableID {
        guard let subject = plan.subject ?? columns.first?.table else {
            throw CompileError("What to list is not said.")
        }
        var candidates = [subject]
        for column in columns where !candidates.contains(column.table) { candidates.append(column.table) }
        for candidate in candidates {
            guard try schema.hasOne(ofEach: columns, from: candidate),
                try schema.path(from: candidate, to: subject, role: nil)?.isToOne == true
            else { continue }
            if candidate != subject, plan.recipe == .list {
                tools.notes.warn("One line for each row of \(candidate.name), so \(subject.name) may occur repeatedly.")
            }
            return candidate
        }
        let other = columns.first { $0.table != subject }?.table.name ?? "another table"
        throw CompileError("A row of \(subject.name) has several of \(other), so they do not fit into one line.")
    }

    private func order(
        _ shown: [(column: ColumnID, name: String)], isDistinct: Bool, in scope: inout Scope
    ) throws(CompileError) -> [SQLSelect.Sort] {
        var keys: [SQLSelect.Sort] = []
        for order in plan.order {
            let column: ColumnID
            switch order.key {
            case .column(let index), .dimension(let index):
                let source =
                    if case .dimension = order.key {
                        plan.dimensions.compactMap { if case .column(let column) = $0 { column } else { nil } }
                    } else { plan.columns }
                guard source.indices.contains(index) else { throw CompileError("The order names no column.") }
                column = source[index]
            case .hidden(let hidden): column = hidden
            case .measure, .hiddenMeasure, .change: throw CompileError("A list of rows has no numbers to sort it by.")
            }
            if let known = shown.first(where: { $0.column == column }) {
                keys.append(.init(expression: .column(nil, known.name), isDescending: order.isDescending))
            } else {
                guard !isDistinct else { throw CompileError("Distinct values are sorted by what is shown only.") }
                keys.append(.init(expression: try scope.column(column), isDescending: order.isDescending))
            }
        }
        let table = try schema.table(scope.base)
        let ties =
            isDistinct || table.primaryKey.isEmpty
            ? shown.map(\.column) : table.primaryKey.map { ColumnID(scope.base, $0) }
        for column in ties {
            let expression: SQLExpression =
                if let known = shown.first(where: { $0.column == column }) { .column(nil, known.name) } else {
                    try scope.column(column)
                }
            guard !["json", "xml", "point"].contains(try schema.column(column).type) else { continue }
            if !keys.contains(where: { $0.expression == expression }) { keys.append(.init(expression: expression)) }
        }
        return keys
    }
}
