import Planner

/// Finds a question that a change makes read otherwise: what cannot be shown to change anything is not taught.
struct TeachingProof {
    let planner: Planner
    let source: SemanticSource
    /// What applies already.
    let known: [Adjustment]
    /// Whether a statement computes the plan.
    let isSound: (PlannedQuestion) -> Bool

    /// - Parameter asked: what was asked in the conversation, latest first; the plainest question of that kind else.
    func teaching(_ adjustment: Adjustment, asked: [String]) -> Teaching? {
        for question in asked + plainQuestions(adjustment) {
            let before = planner.plan(question, context: PlanContext(remembered: known))
            guard
                case .plan(let after) = planner.plan(question, context: PlanContext(remembered: known + [adjustment])),
                isSound(after)
            else { continue }
            if case .plan(let old) = before, old.plan == after.plan, !isWord(adjustment) { continue }
            if before == .plan(after) { continue }
            return Teaching(adjustment: adjustment, regression: .init(question: question, plan: after.plan))
        }
        return nil
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
        case .defaultFilter(let metric?, _, _): return ["What is our \(metric)?"]
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
