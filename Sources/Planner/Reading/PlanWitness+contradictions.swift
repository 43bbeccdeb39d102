/// Plans that hold every word and still answer another question.
extension PlanWitness {
    /// A sentence for people; nil where nothing that was said speaks against the plan.
    func contradiction(in plan: Plan) -> String? {
        let content = PlanContent(plan)
        for index in pieces.indices {
            let text = pieces[index].text
            if isMisplacedDeed(index, content) || isLostDeed(index, content) || isDeedAsState(index, content) {
                return "It is not clear what “\(text)” says was done, and to what."
            }
            if isLostState(index, content) {
                return "It is not clear whether “\(text)” is how things stand or what was done then."
            }
            if isPeriodOfOthers(index, plan) { return "It is not clear of which rows “\(text)” is said." }
            if case .asOf(.before)? = pieces[index].time?.meaning, !areStocks(plan.measures) {
                return "What stood at a moment is known for defined stocks only."
            }
        }
        if let table = countedOnce, !isCountedOnce(table, plan, content) {
            return "It is not clear how different \(model.tables[table].title) are counted here."
        }
        return ranksCountsByAge(plan) ? "It is not clear by which date the age is meant." : nil
    }

    /// The table of which different ones are to be counted: "how many distinct customers".
    var countedOnce: Int? {
        guard let index = pieces.firstIndex(where: { $0.grammar == .countDistinct }), index + 1 < pieces.count,
            case .table(let table)? = pieces[index + 1].entries.max(by: { $0.quality < $1.quality })?.sense
        else { return nil }
        return table
    }

    private func isCountedOnce(_ table: Int, _ plan: Plan, _ content: PlanContent) -> Bool {
        plan.measures.isEmpty
            || content.measures.contains { measure in
                switch measure {
                case .countDistinct: true
                case .count(let counted): counted == model.tables[table].id
                default: false
                }
            } || metrics(content).contains { $0.tables.contains(model.tables[table].id) }
    }

    // MARK: Deeds

    /// "have", "did not", "never": what stands behind is done, and no quality.
    private func leadsDeed(_ index: Int) -> Bool {
        guard pieces.indices.contains(index) else { return false }
        let words = pieces[index].words
        switch pieces[index].grammar {
        case .have?, .not?, .be?:
            return words.contains { ["have", "has", "had", "did", "do", "does", "never"].contains($0) }
                && !words.contains { ["is", "are", "was", "were", "been", "be"].contains($0) }
        default: return false
        }
    }

    /// "have not paid" is no channel called paid.
    private func isMisplacedDeed(_ index: Int, _ content: PlanContent) -> Bool {
        guard let word = pieces[index].words.first, pieces[index].words.count == 1, WordFamily.isDeed(word),
            !pieces[index].isQuoted, leadsDeed(index - 1)
        else { return false }
        return content.conditions.contains { condition in
            guard case .oneOf(let column, let texts) = condition, texts.count == 1,
                texts[0].lowercased() == word || isKin(texts[0], WordFamily.keys(of: word))
            else { return false }
            return !(model.column(column)?.words.contains(where: Self.deedColumns.contains) ?? false)
        }
    }

    /// Words of columns that say what happened to a row, or what a row is an account of.
    private static let deedColumns: Set<String> = [
        "status", "state", "stage", "phase", "result", "outcome", "event", "type", "action", "activity", "kind", "step",
        "progress", "condition", "disposition", "resolution", "decision", "response", "reply", "change", "operation",
    ]

    /// "did not pay an invoice": that there is none is less, where only some are ever paid.
    private func isLostDeed(_ index: Int, _ content: PlanContent) -> Bool {
        guard pieces[index].words.count == 1, leadsDeed(index - 1), pieces[index - 1].grammar == .not,
            let object = pieces[(index + 1)...].first(where: { !$0.isPassedOver }),
            case .table(let table)? = object.entries.max(by: { $0.quality < $1.quality })?.sense
        else { return false }
        let said = WordFamily.keys(of: pieces[index].words[0])
        guard !said.isEmpty, !content.values.contains(where: { isKin($0, said) }) else { return false }
        let known = model.source.tables[table]
        // What every row begins with is done where there is one.
        if let main = model.tables[table].mainTime, model.columns[main].words.contains(where: { isKin($0, said) }) {
            return false
        }
        let times = model.columns(of: table).filter { column in
            column.isTime && column.isNullable && column.id.name != known.timeColumn
                && column.words.contains { isKin($0, said) }
        }
        let isState = known.columns.contains { column in
            NameWords.split(column.name).contains { ["status", "state"].contains($0) }
                && column.values.contains { isKin($0, said) }
        }
        return times.isEmpty ? isState : times.allSatisfy { !content.columns.contains($0.id) }
    }

    func isKin(_ word: String, _ said: Set<String>) -> Bool {
        !WordFamily.keys(of: word.lowercased()).isDisjoint(with: said)
    }

    /// "did not open a ticket" is no open ticket.
    private func isDeedAsState(_ index: Int, _ content: PlanContent) -> Bool {
        guard pieces[index].words.count == 1, UnendedStates.words.contains(pieces[index].words[0]),
            index > 0, leadsDeed(index - 1),
            pieces[index - 1].words.contains(where: { ["did", "do", "does"].contains($0) })
        else { return false }
        return content.values.contains { $0.lowercased() == pieces[index].words[0] }
    }

    /// "tickets open in October": not those that came then.
    private func isLostState(_ index: Int, _ content: PlanContent) -> Bool {
        let piece = pieces[index]
        guard piece.words.count == 1, UnendedStates.words.contains(piece.words[0]),
            !pieces[..<index].contains(where: { leads in
                leads.words.contains { ["did", "do", "does", "to", "we", "they", "can"].contains($0) }
            })
        else { return false }
        let isState = piece.entries.contains { entry in
            guard case .value(_, let values) = entry.sense else { return false }
            return values.contains { $0.lowercased() == piece.words[0] }
        }
        // Where rows have a state of their own, the word alone is no date.
        let isOfStates =
            !isState
            && piece.entries.allSatisfy { if case .event = $0.sense { true } else { false } }
            && content.tables.contains { id in
                model.table(id).map { model.columns(of: $0.index).contains(where: UnendedStates.isTold) } ?? false
            }
        return (isState || isOfStates) && !content.values.contains { $0.lowercased() == piece.words[0] }
            && metrics(content).isEmpty
            && !content.conditions.contains { condition in
                switch condition {
                case .isEmpty, .isTrue: true
                default: false
                }
            }
    }

    // MARK: Times

    /// "got a refund this year" does not say when whoever got it came.
    private func isPeriodOfOthers(_ index: Int, _ plan: Plan) -> Bool {
        guard case .period? = pieces[index].time?.meaning, let subject = plan.subject, plan.time != nil,
            (plan.time?.column?.table ?? subject) == subject,
            let before = pieces[..<index].last(where: { !$0.isPassedOver })
        else { return false }
        let best = before.entries.map(\.quality).max() ?? 0
        let tables = Set(
            before.entries.filter { $0.quality >= best - 0.06 }.compactMap { entry -> TableID? in
                switch entry.sense {
                case .table(let table): model.tables[table].id
                case .column(let column), .flag(let column), .event(let column), .value(let column, _):
                    model.columns[column].id.table
                case .duration, .metric: nil
                }
            })
        guard !tables.isEmpty, !tables.contains(subject) else { return false }
        return plan.conditions.contains { condition in
            guard case .related(let table, let inner, _) = condition else { return false }
            return tables.contains(table) && !inner.contains { $0.isTemporal }
        }
    }

    private func areStocks(_ measures: [Measure]) -> Bool {
        !measures.isEmpty
            && measures.allSatisfy { measure in
                guard case .metric(let name) = measure,
                    case .snapshot? = model.source.metrics.first(where: { $0.name == name })?.computation
                else { return false }
                return true
            }
    }

    /// "the oldest open ticket" is not said of how many there are.
    private func ranksCountsByAge(_ plan: Plan) -> Bool {
        let qualities = pieces.compactMap { piece -> Grammar.Quality?? in
            if case .superlative(_, let quality)? = piece.grammar { .some(quality) } else { nil }
        }
        guard qualities.count == 1, [.age, .time].contains(qualities[0]), let key = plan.order.first?.key else {
            return false
        }
        switch key {
        case .measure(let index): return plan.measures.indices.contains(index) && isCount(plan.measures[index])
        case .hiddenMeasure(let measure): return isCount(measure)
        default: return false
        }
    }

    private func isCount(_ measure: Measure) -> Bool {
        if case .metric(let name) = measure {
            return model.source.metrics.first { $0.name == name }?.text.uppercased().contains("COUNT(") ?? false
        }
        return measure.countsOnly
    }
}
