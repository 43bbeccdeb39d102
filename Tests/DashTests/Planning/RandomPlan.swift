import Planner
import ServiceRuntime

/// Plans of every kind over a made-up company; most of them make sense.
struct RandomPlan {
    let source: SemanticSource

    func plan(_ random: inout SplitMix64) -> Plan {
        let recipe = random.pick([
            Plan.Recipe.value, .breakdown, .breakdown, .trend, .ranking, .share, .comparison, .list, .distinct,
            .distribution,
        ])
        let subject = random.pick(source.tables)
        var plan = Plan(recipe: recipe, subject: subject.id)
        plan.conditions = (0..<Int.random(in: 0...2, using: &random)).map { _ in condition(near: subject, 2, &random) }
        if random.chance(40) || recipe == .comparison { plan.time = Plan.TimeScope(period: period(&random)) }
        if recipe != .list, recipe != .distinct, recipe != .distribution || random.chance(50) {
            plan.measures = (0..<Int.random(in: 1...2, using: &random)).map { _ in measure(subject, 2, &random) }
        }
        switch recipe {
        case .breakdown, .ranking, .share:
            plan.dimensions = (0..<Int.random(in: 1...2, using: &random)).map { _ in dimension(near: subject, &random) }
        case .trend:
            plan.dimensions = [.time(nil, random.pick(TimeGrain.allCases))]
            if random.chance(40) { plan.dimensions.append(.column(column(near: subject, &random))) }
            if random.chance(20) { plan.comparison = random.pick([.previousPeriod, .yearBefore]) }
        case .comparison:
            plan.comparison = random.pick([.previousPeriod, .yearBefore])
            if random.chance(50) { plan.dimensions = [.column(column(near: subject, &random))] }
        case .distribution: plan.dimensions = [.range(column(near: subject, &random, type: "numeric"))]
        case .list, .distinct:
            plan.columns = (0..<Int.random(in: 0...3, using: &random)).map { _ in column(near: subject, &random) }
            if random.chance(20), recipe == .list { plan.measures = [measure(subject, 1, &random)] }
        default: break
        }
        if !plan.dimensions.isEmpty, random.chance(20) {
            plan.having = [
                Plan.Having(
                    measure: measure(subject, 1, &random), comparator: random.pick([.greater, .atMost]),
                    number: NumberLiteral(Int.random(in: 0...20, using: &random)))
            ]
        }
        if !plan.measures.isEmpty, random.chance(30) {
            plan.order = [Plan.Order(.measure(0), isDescending: random.chance(70))]
        }
        if random.chance(30) { plan.limit = Int.random(in: 1...5, using: &random) }
        plan.includesEmpty = random.chance(10)
        return plan
    }

    // MARK: - Parts

    private func column(
        near table: SemanticSource.Table, _ random: inout SplitMix64, type: String? = nil
    ) -> ColumnID {
        var candidates: [ColumnID] = []
        for other in [table, table] + source.tables {
            for column in other.columns where type.map({ column.type.hasPrefix($0) }) ?? true {
                candidates.append(ColumnID(other.id, column.name))
            }
        }
        var chosen = random.pick(candidates)
        if random.chance(10), let key = table.foreignKeys.first(where: { $0.table == chosen.table }) {
            chosen.role = key.columns[0]
        }
        return chosen
    }

    private func period(_ random: inout SplitMix64) -> Period {
        random.pick([
            .calendar(.month, offset: -1, isFiscal: false), .complete(count: 3, .month, isFiscal: false),
            .rolling(count: 30, .day), .toDate(.year, isFiscal: false), .calendar(.week, offset: -2, isFiscal: false),
            .named(year: 2026, unit: .quarter(2), isFiscal: false), .days(from: Day("2026-03-05"), through: nil),
            .days(from: nil, through: Day("2026-02-11")), .calendar(.quarter, offset: 0, isFiscal: false),
        ])
    }

    private func dimension(near table: SemanticSource.Table, _ random: inout SplitMix64) -> Dimension {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: .time(nil, random.pick(TimeGrain.allCases))
        case 1: .range(column(near: table, &random, type: "numeric"))
        case 2:
            .segments([
                .init(label: "one", conditions: [condition(near: table, 1, &random)]),
                .init(label: "two", conditions: random.chance(50) ? [] : [condition(near: table, 1, &random)]),
            ])
        default: .column(column(near: table, &random))
        }
    }

    private func measure(_ table: SemanticSource.Table, _ depth: Int, _ random: inout SplitMix64) -> Measure {
        let home = random.chance(80) ? table : random.pick(source.tables)
        let numeric = home.columns.filter { $0.type.hasPrefix("numeric") || $0.type == "integer" && $0.name != "id" }
        let isSimple = depth == 0
        switch Int.random(in: 0..<(isSimple ? 4 : 10), using: &random) {
        case 0: return .count(home.id)
        case 1: return .countDistinct(column(near: home, &random))
        case 2, 3:
            guard !numeric.isEmpty else { return .count(home.id) }
            return .aggregate(
                random.pick([.sum, .average, .minimum, .maximum, .median, .standardDeviation]),
                .column(ColumnID(home.id, random.pick(numeric).name)))
        case 4: return .metric(random.pick(source.metrics).name)
        case 5: return .filtered(measure(table, depth - 1, &random), [condition(near: home, 1, &random)])
        case 6: return .ratio(measure(table, depth - 1, &random), measure(table, depth - 1, &random))
        case 7: return .difference(measure(table, depth - 1, &random), measure(table, depth - 1, &random))
        case 8: return .shareOfTotal(measure(table, depth - 1, &random))
        default:
            return .aggregateOfGroups(
                random.pick([.average, .maximum]), measure(table, depth - 1, &random), by: column(near: home, &random))
        }
    }

    private func condition(
        near table: SemanticSource.Table, _ depth: Int, _ random: inout SplitMix64
    ) -> Condition {
        let column = column(near: table, &random)
        let type = source.tables.first { $0.id == column.table }?.columns.first { $0.name == column.name }?.type ?? ""
        if depth > 0, random.chance(15) { return .not(condition(near: table, depth - 1, &random)) }
        if depth > 0, random.chance(10) {
            return .any([condition(near: table, depth - 1, &random), condition(near: table, depth - 1, &random)])
        }
        if depth > 0, random.chance(15) {
            let other = random.pick(source.tables)
            return .related(other.id, conditions: [condition(near: other, 0, &random)], role: nil)
        }
        if random.chance(10) { return .isEmpty(column) }
        switch type {
        case "boolean": return .isTrue(column)
        case "text", "character varying(30)":
            return random.chance(50)
                ? .oneOf(column, random.some(["a", "b", "c", "O'Hara"], 2))
                : .text(
                    column, random.pick([.contains, .startsWith, .endsWith, .equals]), random.pick(["a", "%_", "ü"]))
        case "date", "timestamp without time zone", "timestamp with time zone": return .period(column, period(&random))
        default:
            return random.chance(30)
                ? .beyond(column, .greater, .average)
                : .compare(column, random.pick([.greater, .atMost, .notEqual]), NumberLiteral(20))
        }
    }
}
