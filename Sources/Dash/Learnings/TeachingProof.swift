import Planner

/// Finds a question that a change makes read otherwise: what cannot be shown to change anything is not taught.
struct TeachingProof {
    enum Verdict: Sendable, Equatable {
        case teaching(Teaching)
        /// Questions are read so without it.
        case known(Adjustment)
        /// Nothing shows that it would be followed.
        case unproved
    }

    let planner: Planner
    let source: SemanticSource
    /// What applies already.
    let known: [Adjustment]
    /// Whether a statement computes the plan.
    let isSound: (PlannedQuestion) -> Bool

    /// - Parameter asked: what was asked in the conversation, latest first; the plainest question of that kind else.
    func verdict(_ adjustment: Adjustment, asked: [String]) -> Verdict {
        if isDefined(adjustment) { return .known(adjustment) }
        var isKnown = false
        let plain = plainQuestions(adjustment)
        for question in asked + plain {
            let before = planner.plan(question, context: PlanContext(remembered: known))
            guard
                case .plan(let after) = planner.plan(question, context: PlanContext(remembered: known + [adjustment])),
                isSound(after)
            else { continue }
            if case .plan(let old) = before, old.plan == after.plan, old == after || !isWord(adjustment) {
                isKnown = isKnown || plain.contains(question) && old.unused.isEmpty && shows(adjustment, old.plan)
                continue
            }
            return .teaching(Teaching(adjustment: adjustment, regression: .init(question: question, plan: after.plan)))
        }
        return isKnown ? .known(adjustment) : .unproved
    }

    /// Whether the metric's own definition counts these rows alone.
    private func isDefined(_ adjustment: Adjustment) -> Bool {
        guard case .defaultFilter(let name?, _, let condition) = adjustment,
            let metric = source.metrics.first(where: { $0.name == name })
        else { return false }
        return source.conditions(of: metric)?.contains(condition) ?? false
    }

    private func shows(_ adjustment: Adjustment, _ plan: Plan) -> Bool {
        switch adjustment {
        case .metricSynonym(_, let metric): plan.measures.contains(.metric(metric))
        case .columnSynonym(_, let column): plan.dimensions.contains(.column(column))
        case .tableSynonym(_, let table): plan.subject == table || plan.measures.contains(.count(table))
        case .valueAlias(_, let column, let value): plan.conditions.contains(.oneOf(column, [value]))
        case .defaultFilter(_, _, let condition): plan.conditions.contains(condition)
        case .excludedWord: true
        }
    }

    /// A word that is passed over leaves the plan as it is and only uses the question up.
    private func isWord(_ adjustment: Adjustment) -> Bool {
        if case .excludedWord = adjustment { true } else { false }
    }

    private func plainQuestions(_ adjustment: Adjustment) -> [String] {
        func noun(_ table: TableID) -> String { Words.plain(table.name).joined(separator: " ") }
        switch adjustment {
        case .metricSynonym(let phrase, _): return ["What is our \(phrase)?"]
        case .columnSynonym(let phrase, let column):
            return ["How many \(noun(column.table)) by \(phrase)?", "List \(noun(column.table)) with \(phrase)"]
        case .tableSynonym(let phrase, _): return ["How many \(phrase) are there?"]
        case .valueAlias(let phrase, let column, _):
            return ["How many \(phrase) are there?", "How many \(noun(column.table)) are \(phrase)?"]
                + metrics(of: column.table).map { "\($0) for \(phrase)" }
        case .defaultFilter(let metric?, _, _):
            return ["What is our \(metric)?", "How many \(metric)?", "\(metric) by month"]
        case .defaultFilter(_, let table?, _): return ["How many \(noun(table)) are there?"]
        case .defaultFilter: return []
        case .excludedWord(let word):
            return source.metrics.prefix(3).map { "What is our \(word) \($0.name)?" }
                + source.tables.prefix(3).map { "How many \(word) \(noun($0.id)) are there?" }
        }
    }

    private func metrics(of table: TableID) -> [String] {
        source.metrics.filter { metric in
            switch metric.computation {
            case .aggregate(let part, _), .snapshot(let part, _, _, _): part.table == table
            case .ratio(let numerator, _): numerator.table == table
            case .statement: false
            }
        }.prefix(3).map(\.name)
    }
}
