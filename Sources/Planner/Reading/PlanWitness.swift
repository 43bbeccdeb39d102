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

    // MARK: Words that seem to say nothing

    private static let present: Set<String> = ["currently", "right now", "now", "at the moment", "at present"]
    private static let lasting: Set<String> = ["still", "already", "yet"]
    private static let altogether: Set<String> = ["overall", "altogether", "in total", "in sum"]

    /// Small words may be passed over only where what they point at is in the plan: "still" before what still holds,
    /// "now" of what has a state, "overall" of what is not held against single rows.
    private func isHarmless(_ index: Int, in plan: Plan, _ content: PlanContent) -> Bool {
        let words = pieces[index].words.joined(separator: " ")
        if Self.present.contains(words) { return hasState(content) }
        if Self.lasting.contains(words) { return leadsOn(from: index) || content.conditions.contains { $0.isNegative } }
        if AwayWords.isSaid(at: index, in: pieces), !content.conditions.contains(where: isUnended) { return false }
        if isState(pieces[index]) { return isOfNamed(pieces[index], in: plan, content) }
        if ["whole", "entire"].contains(words), isWholeOfThings(index) {
            return !content.measures.contains { $0.isQuotient || $0.isShare }
        }
        if Self.altogether.contains(words) { return !content.conditions.contains { $0.holdsSingleRows } }
        if pieces[index].words.contains("case"), pieces[index].isPassedOver {
            return !plan.dimensions.contains { if case .column = $0 { true } else { false } }
        }
        return true
    }

    /// That something has not ended.
    private func isUnended(_ condition: Condition) -> Bool {
        guard case .isEmpty(let column) = condition else { return false }
        return model.column(column)?.isTime == true
    }

    /// A state that no column names: it is one of rows that are spoken of, and not of others that belong to them.
    private func isState(_ piece: Piece) -> Bool {
        guard piece.isNegated, piece.words.count == 1, UnendedStates.words.contains(piece.words[0]) else {
            return false
        }
        return !piece.entries.isEmpty
            && piece.entries.allSatisfy { if case .event = $0.sense { true } else { false } }
    }

    private func isOfNamed(_ state: Piece, in plan: Plan, _ content: PlanContent) -> Bool {
        var named = Set(
            pieces.flatMap { piece in
                piece.entries.compactMap { entry -> Int? in
                    if case .table(let table) = entry.sense, entry.quality >= 0.7 { table } else { nil }
                }
            })
        if let subject = plan.subject.flatMap({ model.table($0)?.index }) { named.insert(subject) }
        return state.entries.contains { entry in
            guard case .event(let end) = entry.sense else { return false }
            return named.contains(model.columns[end].table)
                && content.conditions.contains { $0 == .isEmpty(model.columns[end].id) }
        }
    }

    /// "the whole state": one thing that others are parts of, which their sum need not be.
    private func isWholeOfThings(_ index: Int) -> Bool {
        guard index + 1 < pieces.count else { return false }
        return pieces[index + 1].entries.contains {
            if case .table = $0.sense { $0.quality >= 0.8 } else { false }
        }
    }

    /// A stock, or rows in a state; not what is added up over all days.
    private func hasState(_ content: PlanContent) -> Bool {
        let isAdded = content.measures.contains { if case .aggregate = $0 { true } else { false } }
        return !metrics(content).isEmpty || !isAdded && content.conditions.contains { !$0.isRelated }
    }

    /// Whether the next word with a meaning says what still holds.
    private func leadsOn(from index: Int) -> Bool {
        for piece in pieces[(index + 1)...] {
            switch piece.kind {
            case .filler, .grammar(.be), .grammar(.have), .grammar(.not), .grammar(.relative): continue
            case .term, .relation, .quantity, .quoted: return true
            case .time, .grammar, .unknown: return false
            }
        }
        return false
    }

    private func isSeen(_ piece: Piece, in plan: Plan, _ content: PlanContent) -> Bool {
        switch piece.kind {
        case .term(let entries): entries.isEmpty || entries.contains { isSeen($0.sense, in: plan, content) }
        case .time(let span): isSeen(span, in: plan, content)
        case .quantity(let span): isSeen(span, content)
        case .grammar(let grammar): isSeen(grammar, in: plan, content)
        case .quoted, .relation, .filler, .unknown: true
        }
    }

    // MARK: Names

    private func isSeen(_ sense: Lexicon.Sense, in plan: Plan, _ content: PlanContent) -> Bool {
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
        case .duration(let from, let to):
            isSeen(model.columns[from], in: plan, content) || isSeen(model.columns[to], in: plan, content)
        }
    }

    /// The metric itself, or its rows: "the median MRR of active subscriptions".
    private func isSeen(_ metric: SemanticSource.Metric, _ content: PlanContent) -> Bool {
        if content.measures.contains(.metric(metric.name)) { return true }
        let text = metric.text.lowercased()
        return content.conditions.contains { condition in
            condition.columns.contains { metric.tables.contains($0.table) && text.contains($0.name.lowercased()) }
        }
    }

    /// A column, or the key on the other side of it, or the time that a measure has by itself.
    private func isSeen(_ column: ColumnModel, in plan: Plan, _ content: PlanContent) -> Bool {
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

    private func tables(_ content: PlanContent) -> Set<TableID> {
        content.tables.union(metrics(content).flatMap(\.tables))
    }

    private func metrics(_ content: PlanContent) -> [SemanticSource.Metric] {
        content.measures.compactMap { measure in
            guard case .metric(let name) = measure else { return nil }
            return model.source.metrics.first { $0.name == name }
        }
    }

    private func metricText(_ content: PlanContent) -> String {
        metrics(content).map(\.text).joined(separator: " ").lowercased()
    }

    // MARK: Times and numbers

    private func isSeen(_ span: TimeSpan, in plan: Plan, _ content: PlanContent) -> Bool {
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

    private func isSeen(_ span: QuantitySpan, _ content: PlanContent) -> Bool {
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
                    Double($0).map { $0 == value || $0 == value / 100 || $0 == value * 100 || $0 == value * 1000 }
                        ?? false
                }
            } ?? false
            || (["1", "0"].contains(number.description) && content.conditions.contains { $0.isRelated })
    }

    // MARK: Grammar

    private func isSeen(_ grammar: Grammar, in plan: Plan, _ content: PlanContent) -> Bool {
        switch grammar {
        case .percent, .ratio:
            content.measures.contains { $0.isQuotient || $0.isShare } || metrics(content).contains { $0.isRate }
        case .difference:
            plan.comparison != nil
                || content.measures.contains { measure in
                    switch measure {
                    case .difference, .aggregate(_, .duration), .aggregate(_, .difference), .aggregate(_, .age): true
                    default: false
                    }
                }
        case .aggregate(let aggregate): isSeen(aggregate, in: plan, content)
        case .total: metrics(content).isEmpty || isSeen(.sum, in: plan, content)
        case .superlative:
            !plan.order.isEmpty || isSeen(.maximum, in: plan, content) || isSeen(.minimum, in: plan, content)
        case .distinct: [.distinct, .list].contains(plan.recipe) || countsRows(plan, content)
        case .countDistinct: countsRows(plan, content)
        case .not, .without, .except:
            !deniesOfSomeRows(plan)
                && (content.conditions.contains { $0.isNegative }
                    || plan.having.contains { [.less, .atMost, .notEqual, .equal].contains($0.comparator) })
        case .versus, .compare:
            plan.comparison != nil || !plan.dimensions.isEmpty || plan.measures.count > 1
                || content.measures.contains { $0.isQuotient }
        case .matches:
            content.conditions.contains { if case .text = $0 { true } else { false } } || !content.values.isEmpty
        case .overTime: plan.dimensions.contains { $0.isTime }
        case .orderBy, .ordered, .descending, .ascending, .alphabetical:
            !plan.order.isEmpty || plan.dimensions.contains { $0.isTime }
        case .empty:
            content.conditions.contains { if case .isEmpty = $0 { true } else { false } }
                || content.conditions.contains { $0.isNegative }
        default: true
        }
    }

    private func isSeen(_ aggregate: Measure.Aggregate, in plan: Plan, _ content: PlanContent) -> Bool {
        let isComputed = content.measures.contains { measure in
            switch measure {
            case .aggregate(let own, _), .aggregateOfGroups(let own, _, _): own == aggregate
            case .count: aggregate == .sum
            case .ratio: aggregate == .average
            default: false
            }
        }
        if isComputed || content.conditions.contains(where: { $0.isHeld(against: aggregate) }) { return true }
        if [.maximum, .minimum].contains(aggregate), !plan.order.isEmpty { return true }
        return metrics(content).contains { $0.has(aggregate) }
    }

    /// "Countries without trial customers": none of their rows may be one, which a condition on single rows does not say.
    private func deniesOfSomeRows(_ plan: Plan) -> Bool {
        guard plan.recipe == .distinct, plan.columns.count == 1, let shown = plan.columns.first else { return false }
        func denies(_ condition: Condition) -> Bool {
            switch condition {
            case .not(.oneOf(let column, _)): column.name != shown.name || column.table != shown.table
            case .related(_, let conditions, _): conditions.contains(where: denies)
            default: false
            }
        }
        return plan.conditions.contains(where: denies)
    }

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
    private func countsRows(_ plan: Plan, _ content: PlanContent) -> Bool {
        content.measures.contains { measure in
            switch measure {
            case .countDistinct: true
            case .count, .metric: plan.dimensions.isEmpty
            default: false
            }
        }
    }

    private func isNested(_ plan: Plan) -> Bool {
        plan.measures.contains { if case .aggregateOfGroups = $0 { true } else { false } }
    }
}

extension Measure {
    fileprivate var isShare: Bool { if case .shareOfTotal = self { true } else { false } }
}

extension Condition {
    fileprivate var isTemporal: Bool {
        switch self {
        case .period, .cycle: true
        default: false
        }
    }

    /// Rows of another table of which a single one has to reach a number.
    fileprivate var holdsSingleRows: Bool {
        guard case .related(_, let conditions, _) = self else { return false }
        return conditions.contains { if case .compare = $0 { true } else { false } }
    }

    fileprivate var isRelated: Bool { if case .related = self { true } else { false } }

    fileprivate var isNegative: Bool {
        switch self {
        case .not, .isEmpty, .compare(_, .notEqual, _), .columns(_, .notEqual, _): true
        default: false
        }
    }

    /// Held against something that is no number of the question.
    fileprivate var isHeld: Bool {
        switch self {
        case .beyond, .columns, .period, .text: true
        default: false
        }
    }

    fileprivate func isHeld(against aggregate: Measure.Aggregate) -> Bool {
        if case .beyond(_, _, aggregate) = self { true } else { false }
    }
}

extension SemanticSource.Metric {
    fileprivate var parts: [Part] {
        switch computation {
        case .aggregate(let part, _), .snapshot(let part, _, _, _): [part]
        case .ratio(let numerator, let denominator): [numerator, denominator]
        case .statement: []
        }
    }

    fileprivate var tables: [TableID] {
        if case .statement(_, let tables) = computation { tables } else { parts.map(\.table) }
    }

    /// The SQL that was curated.
    fileprivate var text: String {
        if case .statement(let sql, _) = computation { return sql }
        let own = parts.map { "\($0.expression) \($0.filter ?? "")" }.joined(separator: " ")
        if case .snapshot(_, let start, let end, _) = computation { return "\(own) \(start) \(end)" }
        return own
    }

    fileprivate var isRate: Bool {
        if case .ratio = computation { true } else { unit == "%" || text.contains("/") }
    }

    /// Whether its definition aggregates that way; a sum may be called a total.
    fileprivate func has(_ aggregate: Measure.Aggregate) -> Bool {
        let text = text.uppercased()
        return switch aggregate {
        // The sum of averages is no number of anybody.
        case .sum: !text.contains("AVG(") && !isRate
        case .average: text.contains("AVG(") || isRate
        case .minimum: text.contains("MIN(")
        case .maximum: text.contains("MAX(")
        case .median: text.contains("PERCENTILE")
        case .standardDeviation: text.contains("STDDEV")
        }
    }
}
