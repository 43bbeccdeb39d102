/// Everything that stands in a plan, wherever it stands.
struct PlanContent {
    private(set) var measures: [Measure] = []
    private(set) var conditions: [Condition] = []
    private(set) var columns: Set<ColumnID> = []
    private(set) var tables: Set<TableID> = []
    /// Tables whose rows are counted, or have to be there.
    private(set) var rows: Set<TableID> = []
    /// Texts that a column is held against.
    private(set) var values: Set<String> = []
    /// Numbers that something is held against, and limits.
    private(set) var numbers: Set<String> = []

    init(_ plan: Plan) {
        if let subject = plan.subject { tables.insert(subject) }
        for measure in plan.measures { add(measure) }
        for having in plan.having {
            add(having.measure)
            numbers.insert(having.number.description)
        }
        for order in plan.order {
            if case .hiddenMeasure(let measure) = order.key { add(measure) }
            if case .hidden(let column) = order.key { add(column) }
        }
        for dimension in plan.dimensions { add(dimension) }
        for column in plan.columns { add(column) }
        for condition in plan.conditions { add(condition) }
        if let column = plan.time?.column { add(column) }
        if let limit = plan.limit { numbers.insert(String(limit)) }
    }

    private mutating func add(rowsOf table: TableID) {
        tables.insert(table)
        rows.insert(table)
    }

    private mutating func add(_ column: ColumnID) {
        columns.insert(ColumnID(column.table, column.name))
        tables.insert(column.table)
    }

    private mutating func add(_ dimension: Dimension) {
        switch dimension {
        case .column(let column), .range(let column): add(column)
        case .time(let column, _), .cycle(let column, _): if let column { add(column) }
        case .segments(let segments):
            for condition in segments.flatMap(\.conditions) { add(condition) }
        }
    }

    private mutating func add(_ measure: Measure) {
        measures.append(measure)
        switch measure {
        case .metric: break
        case .count(let table): add(rowsOf: table)
        case .countDistinct(let column): add(column)
        case .aggregate(_, let value): for column in value.columns { add(column) }
        case .filtered(let inner, let conditions):
            add(inner)
            for condition in conditions { add(condition) }
        case .ratio(let upper, let lower), .difference(let upper, let lower):
            add(upper)
            add(lower)
        case .shareOfTotal(let inner), .running(let inner): add(inner)
        case .aggregateOfGroups(_, let inner, let column):
            add(inner)
            add(column)
        }
    }

    private mutating func add(_ condition: Condition) {
        conditions.append(condition)
        switch condition {
        case .compare(let column, _, let number):
            add(column)
            numbers.insert(number.description)
        case .oneOf(let column, let texts):
            add(column)
            values.formUnion(texts)
        case .text(let column, _, let text):
            add(column)
            values.insert(text)
        case .isEmpty(let column), .isTrue(let column), .period(let column, _), .cycle(let column, _, _),
            .beyond(let column, _, _):
            add(column)
        case .columns(let left, _, let right):
            add(left)
            add(right)
        case .related(let table, let inner, _):
            add(rowsOf: table)
            for condition in inner { add(condition) }
        case .counted(let rows, _, let number):
            add(rowsOf: rows.table)
            for condition in rows.conditions { add(condition) }
            if let column = rows.distinct { add(column) }
            numbers.insert(number.description)
        case .extreme(let column, _, let others):
            for column in [column] + others { add(column) }
        case .not(let inner): add(inner)
        case .any(let all): for condition in all { add(condition) }
        }
    }
}
