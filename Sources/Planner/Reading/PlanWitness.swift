/// Holds a plan against the words it was read from: what was said must have left a trace in it.
///
/// A rule may use a word up and lose what it says on the way to the plan. Such a plan answers another question.
struct PlanWitness {
    let model: SemanticModel
    let pieces: [Piece]

    /// Pieces that the plan says nothing about.
    func missing(in plan: Plan) -> [Int] {
        let content = PlanContent(plan)
        return pieces.indices.filter {
            !isSeen(pieces[$0], in: plan, content) || !isHarmless($0, in: plan, content)
        }
    }

    // MARK: Names

    func isSeen(_ sense: Lexicon.Sense, in plan: Plan, _ content: PlanContent) -> Bool {
        switch sense {
        case .metric(let index): isSeen(model.source.metrics[index], content)
        case .table(let index): tables(content).contains(model.tables[index].id) || isLed(to: index, content)
        case .column(let index), .flag(let index): isSeen(model.columns[index], in: plan, content)
        case .event(let index):
            isSeen(model.columns[index], in: plan, content)
                || tables(content).contains(model.columns[index].id.table)
        case .value(let index, let values):
            isSeen(model.columns[index], in: plan, content)
                && (!content.values.isDisjoint(with: values) || !content.numbers.isDisjoint(with: values)
                    || plan.dimensions.contains(.column(model.columns[index].id)))
                || metrics(content).contains { isNamed($0, after: values) }
        case .duration(let from, let to):
            isSeen(model.columns[from], in: plan, content) || isSeen(model.columns[to], in: plan, content)
        }
    }

    /// The metric itself, or its rows: "the median MRR of active subscriptions".
    func isSeen(_ metric: SemanticSource.Metric, _ content: PlanContent) -> Bool {
        if content.measures.contains(.metric(metric.name)) || isHeldThen(metric, content) { return true }
        let text = metric.text.lowercased()
        return content.conditions.contains { condition in
            condition.columns.contains { metric.tables.contains($0.table) && text.contains($0.name.lowercased()) }
        }
    }

    /// "open tickets in October": by when they began and ended, in the place of the state of today.
    private func isHeldThen(_ metric: SemanticSource.Metric, _ content: PlanContent) -> Bool {
        content.conditions.contains { condition in
            guard case .any(let either) = condition, either.count == 2, case .isEmpty(let end) = either[0],
                case .period(end, _) = either[1]
            else { return false }
            return metric.tables == [end.table]
        }
    }

    /// A column, or the key on the other side of it, or the time that a measure has by itself.
    func isSeen(_ column: ColumnModel, in plan: Plan, _ content: PlanContent) -> Bool {
        if content.columns.contains(column.id) || metricText(content).contains(column.id.name.lowercased()) {
            return true
        }
        if column.isTime, plan.time != nil || plan.dimensions.contains(where: \.isTime) { return true }
        if column.role == .key { return tables(content).contains(column.id.table) }
        return column.targets.contains { tables(content).contains(model.tables[$0].id) }
    }

    /// Rows that are only counted, or have to be there, and curated metrics stand for what they lead to as well.
    private func isLed(to table: Int, _ content: PlanContent) -> Bool {
        let counted = content.rows.union(metrics(content).flatMap(\.tables))
        return model.columns.contains { column in
            column.targets.contains(table) && (content.columns.contains(column.id) || counted.contains(column.id.table))
        }
    }

    /// A stock that is called by the state of its rows: "active" of active contracts.
    private func isNamed(_ metric: SemanticSource.Metric, after values: [String]) -> Bool {
        guard case .snapshot = metric.computation, values.count == 1, let value = values.first.map(Words.plain) else {
            return false
        }
        return ([metric.name] + metric.synonyms).contains { Words.plain($0).starts(with: value) }
    }

    private func tables(_ content: PlanContent) -> Set<TableID> {
        content.tables.union(metrics(content).flatMap(\.tables))
    }

    func metrics(_ content: PlanContent) -> [SemanticSource.Metric] {
        content.measures.compactMap { measure in
            guard case .metric(let name) = measure else { return nil }
            return model.source.metrics.first { $0.name == name }
        }
    }

    private func metricText(_ content: PlanContent) -> String {
        metrics(content).map(\.text).joined(separator: " ").lowercased()
    }

    // MARK: Times and numbers

    func isSeen(_ span: TimeSpan, in plan: Plan, _ content: PlanContent) -> Bool {
        switch span.meaning {
        case .allTime: plan.time == nil
        case .grain, .overTime, .cycle:
            plan.dimensions.contains { $0.isTime } || isNested(plan) || !plan.dimensions.isEmpty
        case .comparison: plan.comparison != nil || !plan.dimensions.isEmpty
        case .period, .asOf, .against, .weekdays, .months:
            plan.time != nil || plan.comparison != nil || content.conditions.contains { $0.isTemporal }
                || !content.numbers.isEmpty
        }
    }

    func isSeen(_ span: QuantitySpan, _ content: PlanContent) -> Bool {
        if span.unit == .percent, !holdsPercent(content) { return false }
        return switch span.meaning {
        case .number(let number), .compare(_, let number):
            isKept(number, content)
        case .between(let low, let high): isKept(low, content) && isKept(high, content)
        case .comparator:
            !content.numbers.isEmpty || content.conditions.contains { $0.isHeld }
        }
    }

    /// "less than 20% of their seats" is not said of a number of seats.
    private func holdsPercent(_ content: PlanContent) -> Bool {
        let rates: Set<String> = [
            "rate", "pct", "percent", "percentage", "share", "ratio", "discount", "margin", "tax",
        ]
        return content.measures.contains { $0.isQuotient || $0.isShare } || metrics(content).contains { $0.isRate }
            || content.columns.contains { column in
                let known = model.source.tables.first { $0.id == column.table }?.columns.first {
                    $0.name == column.name
                }
                return known?.unit == "%"
                    || known.map { NameWords.split($0.name).contains(where: rates.contains) } ?? false
            }
    }

    /// As a number, as a code of the data, or turned into a smaller unit.
    private func isKept(_ number: NumberLiteral, _ content: PlanContent) -> Bool {
        content.numbers.contains(number.description) || content.values.contains(number.description)
            || content.conditions.contains { $0.isTemporal }
            || Double(number.description).map { value in
                content.numbers.contains {
                    Double($0).map { kept in
                        kept == value || kept == value / 100 || Self.smaller.contains { kept == value * $0 }
                    } ?? false
                }
            } ?? false
            || (["1", "0"].contains(number.description) && content.conditions.contains { $0.isRelated })
    }

    /// How many of a smaller unit make one.
    private static let smaller: [Double] = [60, 100, 1_000, 3_600, 60_000]

    /// Numbers of tables that nobody spoke of: "the best customers" are not those with the most seats.
    func unfounded(in plan: Plan) -> Bool {
        let named = Set(
            pieces.flatMap { piece in
                let best = piece.entries.map(\.quality).max() ?? 0
                return piece.entries.filter { $0.quality >= best - 0.06 }
            }
            .compactMap { entry -> TableID? in
                switch entry.sense {
                case .table(let table): model.tables[table].id
                case .column(let column), .flag(let column), .event(let column), .value(let column, _),
                    .duration(let column, _):
                    model.columns[column].id.table
                case .metric: nil
                }
            })
        return plan.measures.contains { measure in
            guard case .aggregate(_, let value) = measure else { return false }
            return value.columns.contains { !named.contains($0.table) }
        }
    }

    /// Each of them once: distinct values, or rows that are one each.
    func countsRows(_ plan: Plan, _ content: PlanContent) -> Bool {
        content.measures.contains { measure in
            switch measure {
            case .countDistinct: true
            case .count, .metric: plan.dimensions.isEmpty
            default: false
            }
        }
    }

    func isNested(_ plan: Plan) -> Bool {
        plan.measures.contains { if case .aggregateOfGroups = $0 { true } else { false } }
    }
}
