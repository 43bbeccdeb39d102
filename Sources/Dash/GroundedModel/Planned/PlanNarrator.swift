import Planner

/// Puts the result of a plan into words: what every column is, is known from the plan and not guessed from names.
///
/// Every number said is in the result or follows from it.
struct PlanNarrator {
    let plan: Plan
    let columns: [CompiledPlan.Column]
    /// As they were applied, for people.
    let filters: [String]
    /// Whether it is said anyway that the newest period goes on.
    var saysNotOver = false
    let period: String?
    var table: ResultTable
    /// False where only the first rows are known here; nothing is then said about sums or ends.
    let isComplete: Bool
    /// Of the whole result.
    let rowCount: Int
    let knowledge: KnowledgeView
    let labels: ColumnLabels
    /// `YYYY-MM-DD`, where it is known.
    let today: String?
    /// The same number by one dimension, to say what it is made of.
    var parts: ResultTable?

    func narrate() -> Narration {
        guard columns.count == table.columns.count else {
            let count = rowCount
            return Narration(
                headline: "\(NumberText.formatted(Double(count))) \(count == 1 ? "row" : "rows").", meaning: definition)
        }
        guard !table.rows.isEmpty else { return nothing() }
        var narration: Narration
        switch plan.recipe {
        case .list, .distinct: narration = listing()
        case .comparison: narration = comparison()
        case .review: narration = review()
        case .trend where time != nil: narration = trend()
        default:
            if measures.isEmpty {
                narration = listing()
            } else if dimensions.isEmpty {
                narration = value()
            } else if let time, dimensions.count == 1, plan.limit == nil, periods(time).count > 1 {
                narration = trend()
            } else {
                narration = groups()
            }
        }
        if narration.chart == nil { narration.chart = chart }
        if narration.meaning == nil { narration.meaning = definition }
        narration.isDefinition = narration.meaning != nil && narration.meaning == definition
        if plan.presentation == .chart, narration.chart == nil {
            narration.caveats.append("There is nothing here to draw: ask for it over time, or by one thing.")
        }
        return narration
    }

    // MARK: - One row

    private func value() -> Narration {
        let known = measures.filter { cell(0, $0) != nil }
        guard let first = known.first else {
            return Narration(
                headline: "\(titled(measures[0]))\(scope.phrase()) has no value: no row fits.", meaning: definition)
        }
        if known.count > 1 {
            let facts = known.prefix(6).map { "\(label($0)) \(shown(0, $0))" }.joinedAsList
            let text = facts.prefix(1).uppercased() + facts.dropFirst()
            return Narration(headline: "\(text)\(scope.phraseWithMoment()).", meaning: definition)
        }
        if isCountOfAbsence, number(0, first) == 0 { return Narration(headline: everyOne, meaning: definition) }
        let headline =
            period == nil
            ? "\(titled(first))\(scope.conditions())\(isPlural(first) ? ":" : " is") \(shown(0, first))\(moment)."
            : "\(titled(first))\(scope.phrase()): \(shown(0, first))."
        guard let share = share(first) else { return Narration(headline: headline, meaning: definition) }
        return Narration(headline: headline, meaning: share, usesParts: true)
    }

    /// " as of 22 Nov 2026", of a stock.
    private var moment: String {
        guard isStock, let day = today.flatMap(PlanScope.day) else { return "" }
        return " as of \(day)"
    }

    /// Which part of the whole is the largest, where the parts add up to it.
    private func share(_ measure: Int) -> String? {
        guard let parts, let total = number(0, measure), total > 0, parts.rows.count > 1, parts.columns.count == 2
        else { return nil }
        let values = parts.rows.map { ($0[0] ?? "(none)", $0[1].flatMap(Double.init) ?? 0) }
        let sum = values.reduce(0) { $0 + $1.1 }
        guard abs(sum - total) <= 0.005 * max(1, Double(values.count)), let top = values.max(by: { $0.1 < $1.1 }),
            let low = values.min(by: { $0.1 < $1.1 }), low.1 >= 0, top.1 > 0
        else { return nil }
        return
            "By \(labels.label(parts.columns[0].name)), \(top.0) makes up \(percent(top.1 / sum)) of it (\(shown(top.1, measure))), \(low.0) the least with \(percent(low.1 / sum)) (\(shown(low.1, measure)))."
    }

    // MARK: - Nothing

    private func nothing() -> Narration {
        if case .list = plan.recipe, absent != nil { return Narration(headline: everyOne, meaning: definition) }
        return Narration(
            headline: plan.recipe == .list
                ? "No \(plan.subject.map { Self.noun($0) } ?? "rows")\(scope.phrase())."
                : "Nothing matches\(scope.phrase()).",
            meaning: definition ?? "The statement ran and found no rows.")
    }

    /// What the only condition says that rows do not have: "customers with no invoices".
    private var absent: TableID? {
        guard plan.conditions.count == 1, plan.time == nil,
            case .not(.related(let table, let conditions, _)) = plan.conditions[0],
            conditions.isEmpty
        else { return nil }
        return table
    }

    private var isCountOfAbsence: Bool {
        guard absent != nil, let subject = plan.subject else { return false }
        return plan.measures == [.count(subject)]
    }

    private var everyOne: String {
        let noun = plan.subject.map { Self.noun($0) } ?? "rows"
        let other = absent.map { Self.noun($0) } ?? "one"
        return "All \(noun) have \(other): there is none without."
    }
}
