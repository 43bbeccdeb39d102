import Planner

/// Columns, cells and words.
extension PlanNarrator {
    func indices(_ role: CompiledPlan.Column.Role) -> [Int] { columns.indices.filter { columns[$0].role == role } }

    var dimensions: [Int] { indices(.dimension) }
    var measures: [Int] { indices(.measure) }

    /// The dimension that is time.
    var time: Int? {
        let own = dimensions
        guard own.count == plan.dimensions.count else { return own.first { table.columns[$0].type.isTemporal } }
        return zip(own, plan.dimensions).first { if case .time = $0.1 { true } else { false } }?.0
    }

    func cell(_ row: Int, _ column: Int) -> String? { table.rows[row][column] }

    func number(_ row: Int, _ column: Int) -> Double? {
        cell(row, column).flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
    }

    func shown(_ row: Int, _ column: Int) -> String {
        guard let text = cell(row, column) else { return "no value" }
        return table.columns[column].type.isNumeric ? NumberText.formatted(text, unit: unit(column)) : text
    }

    func shown(_ value: Double, _ column: Int) -> String { NumberText.formatted(value, unit: unit(column)) }

    func unit(_ column: Int) -> String? {
        guard let unit = columns[column].unit, !unit.isEmpty else { return nil }
        if NumberText.isMoneyOrPercent(unit) { return unit }
        // "Active subscriptions is 812 subscriptions" says it twice.
        let own = Words.plain(label(column)).map { Term($0) }
        return Words.plain(unit).contains { word in own.contains { $0.sharesForm(with: Term(word)) } } ? nil : unit
    }

    func isPercent(_ column: Int) -> Bool {
        NumberText.isPercent(unit(column)) || unit(column).map { NumberText.formatted(1, unit: $0) == "100%" } ?? false
    }

    func label(_ column: Int) -> String {
        if let metric = metric(of: column) { return metric.shortName }
        // What knowledge was not looked up for still has its curated name.
        if let position = measures.firstIndex(of: column), plan.measures.indices.contains(position),
            case .metric(let name) = plan.measures[position]
        {
            return Metric.shortName(of: name)
        }
        if let things = distinctThings(column) { return things }
        return labels.label(columns[column].name)
    }

    /// "customers" of how many different customer ids there are.
    private func distinctThings(_ column: Int) -> String? {
        guard let position = measures.firstIndex(of: column), plan.measures.indices.contains(position),
            case .countDistinct(let key) = plan.measures[position]
        else { return nil }
        let words = Words.plain(key.name)
        guard words.count > 1, words.last == "id" else { return nil }
        return plural(words.dropLast().joined(separator: " "), 2)
    }

    func metric(of column: Int) -> Metric? {
        guard let position = measures.firstIndex(of: column), plan.measures.indices.contains(position),
            case .metric(let name) = plan.measures[position]
        else { return nil }
        return knowledge.metrics.first { $0.name == name }
    }

    /// What the first measure means, where that is curated.
    var definition: String? {
        measures.first.flatMap(metric(of:)).map { metric in
            metric.definition.hasSuffix(".") ? metric.definition : metric.definition + "."
        }
    }

    /// The column that tells rows apart by name: a text beside a key, else the key. A text that most rows share, or that
    /// the question has fixed ("critical tickets"), names none of them.
    var nameColumn: Int? {
        let texts = table.columns.indices.filter {
            table.columns[$0].type == .text && (columns[$0].role == .attribute || columns[$0].role == .dimension)
        }
        let telling = texts.filter { column in
            !isFixed(column) && !isOfOwner(column) && 2 * Set(table.rows.map { $0[column] }).count > table.rows.count
        }
        return telling.first ?? dimensions.first ?? indices(.attribute).first { !isFixed($0) }
    }

    /// Whose a listed row is names the owner and not the row.
    private func isOfOwner(_ column: Int) -> Bool {
        plan.recipe == .list && plan.dimensions.isEmpty && plan.columns.indices.contains(column)
            && plan.columns[column].table != plan.subject
    }

    private func isFixed(_ column: Int) -> Bool {
        plan.measures.isEmpty && plan.recipe != .distinct
            && plan.conditions.contains { condition in
                if case .oneOf(let fixed, _) = condition { fixed.name == columns[column].name } else { false }
            }
    }

    /// Whether the column has numbers that only stand for rows.
    func isKey(_ column: Int) -> Bool {
        Words.plain(columns[column].name).last == "id" && columns[column].role != .measure
    }

    func name(_ row: Int, _ column: Int) -> String {
        guard let text = cell(row, column), !text.isEmpty else { return "(none)" }
        return table.columns[column].type.isTemporal ? periodText(column).text(text) : text
    }

    /// Of a group: by all its dimensions, of which the one that is a key goes by the name beside it.
    func name(_ row: Int) -> String {
        if let range { return "\(shown(row, range.from)) to \(shown(row, range.to))" }
        return dimensions.map { name(row, named(by: $0)) }.joined(separator: " / ")
    }

    /// The two ends of the only dimension, where that is one of ranges.
    private var range: (from: Int, to: Int)? {
        let own = dimensions
        guard plan.dimensions.count == 1, case .range = plan.dimensions[0], own.count == 2 else { return nil }
        return (own[0], own[1])
    }

    /// "amount" of `amount_from` and `amount_to`.
    var groupLabels: String {
        if range != nil, case .range(let column)? = plan.dimensions.first {
            return Words.plain(column.name).joined(separator: " ")
        }
        return dimensions.map(groupLabel).joinedAsList
    }

    /// The name beside the only key, else the dimension itself.
    func named(by dimension: Int) -> Int {
        let keys = dimensions.filter { $0 != time && (table.columns[$0].type.isNumeric || isKey($0)) }
        let text = indices(.attribute).first { table.columns[$0].type == .text }
        return keys == [dimension] ? text ?? dimension : dimension
    }

    /// What the groups are told apart by: "customer" for its key with a name beside it.
    func groupLabel(_ dimension: Int) -> String {
        let words = Words.plain(columns[dimension].name)
        guard named(by: dimension) != dimension, isKey(dimension), words.count > 1 else { return label(dimension) }
        return words.dropLast().joined(separator: " ")
    }

    /// How the column's periods are written: in the unit of the plan, which one or two cells do not show.
    func periodText(_ column: Int) -> PeriodText {
        let own = dimensions
        guard own.count == plan.dimensions.count, let place = own.firstIndex(of: column),
            case .time(_, let grain) = plan.dimensions[place]
        else { return PeriodText(periods(column)) }
        switch grain {
        case .week: return PeriodText(.week)
        case .day: return PeriodText(.day)
        case .month: return PeriodText(.month)
        case .quarter: return PeriodText(.quarter)
        case .year: return PeriodText(.year)
        default: return PeriodText(periods(column))
        }
    }

    func periods(_ column: Int) -> [String] { Set(table.rows.compactMap { $0[column] }).sorted() }

    var scope: PlanScope {
        PlanScope(
            plan: plan, filters: filters, period: period, isStock: isStock, today: today,
            labels: Dictionary(measures.map { (columns[$0].name, label($0)) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Whether all numbers are those of a moment.
    var isStock: Bool {
        !plan.measures.isEmpty
            && plan.measures.allSatisfy { measure in
                guard case .metric(let name) = measure else { return false }
                return knowledge.metrics.first { $0.name == name }?.isSnapshot ?? false
            }
    }

    /// Columns whose values name the groups.
    var splitColumns: Set<ColumnID> {
        Set(plan.dimensions.compactMap { if case .column(let column) = $0 { column } else { nil } })
    }

    func titled(_ column: Int) -> String { Words.title(label(column)) }

    func isPlural(_ column: Int) -> Bool { ValueWords.isPlural(label(column)) }

    func percent(_ fraction: Double) -> String { ValueWords.percent(fraction) }

    func plural(_ noun: String, _ count: Int) -> String { ValueWords.plural(noun, count) }

    static func noun(_ table: TableID, _ count: Int = 2) -> String {
        var words = Words.plain(table.name)
        if count == 1, let last = words.popLast() { words.append(Stemmer.variants(of: last).first ?? last) }
        return words.joined(separator: " ")
    }

    func words(_ column: Int) -> ValueWords {
        ValueWords(isPercent: isPercent(column), scale: NumberText.isPercent(unit(column)) ? 1 : 100) {
            shown($0, column)
        }
    }

    /// "up 12.3%", "down 4 points", "unchanged".
    func change(_ old: Double, _ new: Double, _ column: Int) -> String {
        words(column).change(from: old, to: new) ?? ValueWords.direction(from: old, to: new)
    }

    // MARK: - What adds up

    /// Whether the values of the parts add up to that of the whole.
    func isAdditive(_ column: Int) -> Bool {
        guard let position = measures.firstIndex(of: column), plan.measures.indices.contains(position) else {
            return false
        }
        return isAdditive(plan.measures[position])
    }

    private func isAdditive(_ measure: Measure) -> Bool {
        switch measure {
        case .metric(let name): knowledge.metrics.first { $0.name == name }?.isAdditive ?? false
        case .count, .aggregate(.sum, _): true
        case .filtered(let measure, _): isAdditive(measure)
        default: false
        }
    }

    /// The sum over all groups, where it is one.
    func total(_ measure: Int) -> Double? {
        guard isComplete, !table.isTruncated, plan.limit == nil, plan.having.isEmpty, isAdditive(measure) else {
            return nil
        }
        let values = table.rows.indices.compactMap { number($0, measure) }
        let sum = values.reduce(0, +)
        return sum > 0 && values.allSatisfy { $0 >= 0 } ? sum : nil
    }

    // MARK: - Charts

    var chart: Chart? {
        guard plan.presentation != .table, table.rows.count >= 2, let measure = measures.first else { return nil }
        let title = Words.title(label(measure))
        let names = { (column: Int) in table.columns[column].name }
        if let time {
            let others = dimensions.filter { $0 != time }
            guard others.count <= 1, periods(time).count >= 2 else { return nil }
            return Chart(
                form: .line, title: others.first.map { "\(title) by \(label($0))" } ?? title, resultID: table.id,
                category: names(time), values: [names(measure)], series: others.first.map(names))
        }
        guard let category = nameColumn, dimensions.count == 1, table.rows.count <= 30,
            Set(table.rows.map { $0[category] }).count == table.rows.count
        else { return nil }
        let compared = indices(.compared).first
        return Chart(
            form: .bar, title: "\(title) by \(dimensions.first.map(groupLabel) ?? label(category))", resultID: table.id,
            category: names(category),
            values: [names(measure)] + (compared.map { [names($0)] } ?? []))
    }
}
