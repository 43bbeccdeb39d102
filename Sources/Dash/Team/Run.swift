import Agents
import FoundationEssentials
import Planner
import ServiceRuntime

/// The state of one question while the team works on it, shared by the tools of all its agents.
final class Run: Sendable {
    let id: RunID
    let question: Question
    /// Statements that may fail or come back empty in a row, the first one included.
    let attempts: Int
    let ledger: BudgetLedger
    /// Whether statements are put together by rules (the built-in model) rather than written by a model.
    let isGrounded: Bool
    private let state = Locked(State())
    private let checking = Locked(Checking())

    /// What checks have asked for; a run that goes on later begins anew.
    private struct Checking {
        var probes = 0
        var rhythms: [String: SourceRhythm?] = [:]
    }

    /// What the tools have found and done so far.
    typealias Snapshot = State

    struct State: Sendable, Codable {
        var lastResult = 0
        var results: [String: ResultTable] = [:]
        var evidence: [String: Evidence] = [:]
        /// Nil in a run that was suspended before there were any.
        var findings: [String: [ResultFinding]]?
        var failure: Failure?
        var knowledge: [KnowledgeEntry] = []
        var notes: [Learning] = []
        var changes: [String] = []
        var declined: [ProposedAction] = []
        var answer: Answer?
        var memory: ConversationMemory?
        var outcome: PlanOutcome?
        var decided: [Adjustment]?
        var planned: [PlannedStatement]?
        var bound: [Evidence]?
    }

    /// Statements that failed since the last one that worked.
    struct Failure: Sendable, Codable, Equatable {
        var sql: String
        var error: String
        var isEmptyResult: Bool
        var count: Int
    }

    init(id: RunID, question: Question, maximumRetries: Int, ledger: BudgetLedger, isGrounded: Bool) {
        self.id = id
        self.question = question
        attempts = 1 + min(max(maximumRetries, 0), 5)
        self.ledger = ledger
        self.isGrounded = isGrounded
    }

    // MARK: - Suspension

    var snapshot: Snapshot { state.withLock { $0 } }

    func restore(_ snapshot: Snapshot) { state.withLock { $0 = snapshot } }

    /// What was to be confirmed in this run and was not.
    func declined(_ action: ProposedAction) { state.withLock { $0.declined.append(action) } }

    var declined: [ProposedAction] { state.withLock(\.declined) }

    // MARK: - Results

    func nextResultID() -> String {
        state.withLock { state in
            state.lastResult += 1
            return "result_\(state.lastResult)"
        }
    }

    func keep(_ table: ResultTable, _ evidence: Evidence) {
        state.withLock { state in
            state.results[table.id] = table
            state.evidence[table.id] = evidence
        }
    }

    func result(_ id: String) -> (table: ResultTable, evidence: Evidence)? {
        state.withLock { state in
            guard let table = state.results[id], let evidence = state.evidence[id] else { return nil }
            return (table, evidence)
        }
    }

    func note(_ findings: [ResultFinding], about id: String) {
        guard !findings.isEmpty else { return }
        state.withLock { state in
            let known = state.findings?[id] ?? []
            state.findings = (state.findings ?? [:]).merging([id: known + findings.filter { !known.contains($0) }]) {
                $1
            }
        }
    }

    /// What was found out about the result.
    func findings(about id: String) -> [ResultFinding] { state.withLock { $0.findings?[id] ?? [] } }

    /// What the checks of these results have to say to a person, each sentence once.
    func caveats(of tables: [ResultTable]) -> [String] {
        var caveats: [String] = []
        for table in tables {
            let found = findings(about: table.id).map(\.text)
            for text in found + (table.isTruncated ? [ResultFinding.truncation(of: table)] : [])
            where !caveats.contains(text) { caveats.append(text) }
        }
        return caveats
    }

    /// In the order they were kept.
    var resultIDs: [String] {
        state.withLock { state in
            (1...max(1, state.lastResult)).map { "result_\($0)" }.filter { state.results[$0] != nil }
        }
    }

    // MARK: - Checks

    /// Whether one more statement may be run to check a result.
    func takeProbe(of limit: Int) -> Bool {
        checking.withLock { checking in
            checking.probes += 1
            return checking.probes <= limit
        }
    }

    /// Nil where it was not asked for yet; nil inside where it cannot be told.
    func rhythm(of source: String) -> SourceRhythm?? { checking.withLock { $0.rhythms[source] } }

    func keep(_ rhythm: SourceRhythm?, of source: String) {
        checking.withLock { $0.rhythms[source] = .some(rhythm) }
    }

    // MARK: - Attempts

    /// The number of the next attempt; beyond `attempts` none is left.
    var nextAttempt: Int { state.withLock { ($0.failure?.count ?? 0) + 1 } }

    func failed(_ sql: String, _ error: String, isEmptyResult: Bool) {
        state.withLock { state in
            state.failure = Failure(
                sql: sql, error: error, isEmptyResult: isEmptyResult, count: (state.failure?.count ?? 0) + 1)
        }
    }

    /// A statement worked: what it mended, if anything.
    func succeeded() -> Failure? {
        state.withLock { state in
            defer { state.failure = nil }
            return state.failure
        }
    }

    // MARK: - What was seen

    func saw(_ entries: [KnowledgeEntry]) {
        state.withLock { state in
            for entry in entries where !state.knowledge.contains(entry) { state.knowledge.append(entry) }
        }
    }

    func saw(_ learnings: [Learning]) {
        state.withLock { state in
            for learning in learnings where !state.notes.contains(learning) { state.notes.append(learning) }
        }
    }

    var knowledge: [KnowledgeEntry] { state.withLock(\.knowledge) }
    var notes: [Learning] { state.withLock(\.notes) }

    // MARK: - Plans

    /// What earlier turns of the conversation left.
    var conversation: ConversationMemory {
        get { state.withLock { $0.memory ?? ConversationMemory() } }
        set { state.withLock { $0.memory = newValue } }
    }

    /// What the planner made of the run's own question.
    var outcome: PlanOutcome? {
        get { state.withLock(\.outcome) }
        set { state.withLock { $0.outcome = newValue } }
    }

    /// A statement that the planner compiled in this run.
    func plan(_ statement: PlannedStatement) {
        state.withLock { state in
            if !(state.planned ?? []).contains(statement) { state.planned = (state.planned ?? []) + [statement] }
        }
    }

    var planned: [PlannedStatement] { state.withLock { $0.planned ?? [] } }

    /// A validated query with the values that a question says.
    func bind(_ evidence: Evidence) {
        state.withLock { state in
            if !(state.bound ?? []).contains(evidence) { state.bound = (state.bound ?? []) + [evidence] }
        }
    }

    /// The bound query whose statement this is, word for word.
    func bound(_ sql: String) -> Evidence? {
        state.withLock { state in
            state.bound?.first { evidence in
                if case .query(let query, _) = evidence { SQLOutline.same(query.sql, sql) } else { false }
            }
        }
    }

    /// The plan of the run's own question, compiled.
    var plannedQuestion: PlannedStatement? {
        state.withLock { state in
            guard case .plan(let question) = state.outcome else { return nil }
            return state.planned?.first { $0.question == question }
        }
    }

    /// The reply took a choice: its plan is the question's, and what it decides holds from now on.
    func took(_ choice: Clarification.Choice) {
        state.withLock { state in
            state.outcome = .plan(choice.question)
            if let decision = choice.decision { state.decided = [decision] }
        }
    }

    /// The answer with what the conversation needs to go on from it.
    func remembering(_ answer: Answer) -> Answer {
        let (decided, outcome) = state.withLock { ($0.decided ?? [], $0.outcome) }
        var memory = answer.memory ?? PlanMemory()
        memory.decisions = conversation.deciding(decided)
        if answer.kind == .clarification, case .clarify(let clarification) = outcome {
            memory.offered = clarification.choices
        } else if answer.kind == .clarification, answer.choices == conversation.offered.map(\.label) {
            memory.offered = conversation.offered
        }
        var answer = answer
        answer.memory = memory == PlanMemory() ? nil : memory
        return answer
    }

    // MARK: - Outcome

    /// A statement of the Engineer that changed schema `dash`.
    func changed(_ sql: String) { state.withLock { $0.changes.append(sql) } }

    var changes: [String] { state.withLock(\.changes) }

    func finish(_ answer: Answer) { state.withLock { $0.answer = answer } }

    var answer: Answer? { state.withLock(\.answer) }
}
