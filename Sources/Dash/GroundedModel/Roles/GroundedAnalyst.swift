import LanguageModels
import Planner
import ServiceRuntime

/// The built-in model as Analyst: retrieves, picks what fits in full, runs it, and says what it means; else says what it lacks.
struct GroundedAnalyst {
    let transcript: Transcript
    /// `YYYY-MM-DD`, as cells show it.
    let today: String?
    /// As many hits of a kind as one search returns, so that the choice is made here.
    private static let breadth: JSONValue = 40

    /// The question, where a choice's number was the reply: that choice.
    var task: String {
        let text = transcript.chosen ?? transcript.task
        return FollowUp.restated(text) ?? text
    }

    func respond() -> ModelResponse {
        if let ended = afterAnswer() { return ended }
        let intent = Intent(task)
        switch intent {
        case .correction: return correction()
        case .help, .nothing, .greeting, .thanks: return help()
        case .destructive, .credentials:
            return give("I only read company data, and I show no settings.", kind: .refusal)
        case .build, .question: break
        }
        guard transcript.last(ToolName.searchKnowledge) != nil else { return search() }
        return question()
    }

    // MARK: - Retrieval

    private func search() -> ModelResponse {
        let text =
            (FollowUp(text: task, earlier: transcript.earlier, isMeasured: false).isElliptic
            ? transcript.earlier.suffix(3) + [task] : [task])
            .joined(separator: " ")
        var calls: [(tool: String, arguments: JSONValue)] = [
            (ToolName.searchKnowledge, ["query": .string(text), "limit": Self.breadth]),
            (ToolName.searchLearnings, ["query": .string(text)]),
        ]
        if SchemaQuestion(task) != nil {
            calls.append((ToolName.searchKnowledge, ["query": "", "kinds": ["table"], "limit": Self.breadth]))
        }
        return transcript.call(calls)
    }

    // MARK: - Questions

    private func question() -> ModelResponse {
        let knowledge = transcript.knowledge
        let matcher = Matcher(knowledge: knowledge)
        let run = transcript.all(ToolName.runSQL)
        let asked = DefinitionQuestion(task)
        if run.isEmpty {
            if let asked, asked.isCertain, let answer = definition(asked, matcher) { return answer }
            if let schema = SchemaQuestion(task), let answer = self.schema(schema, knowledge) { return answer }
        }
        let (outcome, reading) = respelled(matcher)
        switch outcome {
        case .answer(let candidate):
            return answer(corrected(candidate, reading, matcher), reading, matcher)
        case .several(let candidates):
            return give(
                "That is more than one question; I answer one at a time.",
                meaning: candidates.isEmpty ? nil : "Which of these first?",
                kind: candidates.isEmpty ? .unanswered : .clarification, choices: candidates.map(\.title))
        case .ambiguous(let candidates):
            if let asked, let answer = definition(asked, matcher) { return answer }
            return give(
                "Which of these do you mean?", meaning: "They give different numbers.", kind: .clarification,
                choices: candidates.map(\.title))
        case .none(let words, let nearest):
            if !hasSearchedAll { return searchAll() }
            if let asked, let answer = definition(asked, matcher) { return answer }
            return unanswered(words, nearest, matcher)
        }
    }

    private var hasSearchedAll: Bool {
        transcript.all(ToolName.searchKnowledge).contains { $0.call.arguments == Self.all }
    }

    /// Before refusing: what the words did not find may be there all the same ("How are we doing?").
    private func searchAll() -> ModelResponse { transcript.call([(ToolName.searchKnowledge, Self.all)]) }

    private static let all: JSONValue = ["query": "", "limit": breadth]

    /// The outcome; where there is none and everything is known, that of the text with its slips put right.
    private func respelled(_ matcher: Matcher) -> (Matcher.Outcome, Reading) {
        let first = outcome(task, matcher)
        guard case .none = first.0, hasSearchedAll, let text = Spelling(matcher.knowledge).corrected(task) else {
            return first
        }
        let second = outcome(text, matcher)
        switch second.0 {
        case .answer(var candidate):
            candidate.notes.insert("I read it as “\(text)”.", at: 0)
            return (.answer(candidate), second.1)
        case .ambiguous, .several: return second
        case .none: return first
        }
    }

    private func outcome(_ text: String, _ matcher: Matcher) -> (Matcher.Outcome, Reading) {
        let own = Reading(text)
        let isMeasured = matcher.vocabulary.isNamed(in: own)
        let followUp = FollowUp(text: text, earlier: transcript.earlier, isMeasured: isMeasured)
        var readings = followUp.readings { reading in
            if case .none = matcher.match(reading) { false } else { true }
        }
        if followUp.isElliptic {
            // Words that only say how to split or cut are no question by themselves.
            let grouped = own.groups.flatMap { $0 }.map(\.surface)
            let standsAlone = own.core.contains { !grouped.contains($0.surface) }
            if case .answer(let candidate) = matcher.match(own), candidate.fit == .exact {
                return (.answer(candidate), own)
            }
            if standsAlone, isMeasured || transcript.earlier.isEmpty { readings.append(own) }
        }
        let outcomes = readings.map { (matcher.match($0), $0) }
        let answer = outcomes.first { if case .answer = $0.0 { true } else { false } }
        let choice = outcomes.first { outcome in
            switch outcome.0 {
            case .ambiguous, .several: true
            case .answer, .none: false
            }
        }
        return answer ?? choice ?? outcomes.first ?? (.none(notUnderstood: [], nearest: []), own)
    }

    // MARK: - Running

    private func answer(_ candidate: Candidate, _ reading: Reading, _ matcher: Matcher) -> ModelResponse {
        guard let statement = Statement(candidate) else { return unanswered([], [candidate], matcher) }
        let runs = transcript.all(ToolName.runSQL)
        guard let main = runs.first(where: { $0.call.arguments["sql"]?.string == statement.sql }) else {
            return transcript.call([(ToolName.runSQL, statement.arguments)])
        }
        guard let result = SeenResult(main) else {
            let cause = (try? JSONValue(parsing: main.result.content))?["message"]?.string ?? "it did not run"
            return give(
                "I know how to answer this, but the statement failed.", meaning: "The database says: \(cause)",
                kind: .unanswered,
                nextSteps: suggestions(matcher, except: candidate))
        }
        if let problem = shapeProblem(result, reading) {
            return unanswered([problem], [candidate], matcher)
        }
        let check = RowCheck(
            reading, candidate, result, today: today)
        if let lacking = check.lacking {
            return give(
                "I can't answer that from what I know yet.", meaning: lacking, kind: .unanswered,
                results: [result.table.id], nextSteps: [candidate.title])
        }
        var parts: SeenResult?
        if let companion = companion(candidate, reading, result, matcher) {
            guard let step = runs.first(where: { $0.call.arguments["sql"]?.string == companion.sql }) else {
                return transcript.call([(ToolName.runSQL, companion.arguments)])
            }
            parts = SeenResult(step)
        }
        return narrate(candidate, reading, result, parts, matcher)
    }

    /// Asked "by plan", a result with several rows per plan does not answer.
    private func shapeProblem(_ result: SeenResult, _ reading: Reading) -> String? {
        guard result.isComplete, result.table.rows.count > 1 else { return nil }
        let columns = result.table.columns
        let shape = ResultShape(columns, rows: result.table.rows)
        let named = shape.categories.filter { column in
            let words = Reading(columns[column].name).terms
            return reading.groups.contains { group in group.contains { term in words.contains { $0.matches(term) } } }
        }
        guard named.count == 1, reading.groups.count == 1, let column = named.first, task.lowercased().contains("by ")
        else { return nil }
        let keys = result.table.rows.map { row in
            ([column] + [shape.time].compactMap { $0 }).map { row[$0] ?? "" }.joined(separator: "\u{1F}")
        }
        // Further categories split it finer than was asked; a list of things does not.
        guard Set(keys).count < keys.count, shape.categories.count == 1 else { return nil }
        return "by " + Words.plain(columns[column].name).joined(separator: " ")
    }

    /// For a single number: the same metric by its first declared dimension, to say what it is made of.
    private func companion(
        _ candidate: Candidate, _ reading: Reading, _ result: SeenResult, _ matcher: Matcher
    ) -> Statement? {
        guard result.table.rows.count == 1, result.isComplete else { return nil }
        let metric: Metric?
        switch candidate.source {
        case .metric(let own, let request): metric = request == MetricRequest() ? own : nil
        case .query:
            metric = candidate.rowsOf.isEmpty ? matcher.metric(named: reading.core) : nil
        case .rowCount, .values: metric = nil
        }
        guard let metric, metric.isAdditive, let dimension = metric.dimensions.first else { return nil }
        return Statement(
            Candidate(source: .metric(metric, MetricRequest(dimension: dimension)), title: "", fit: .exact))
    }
}
