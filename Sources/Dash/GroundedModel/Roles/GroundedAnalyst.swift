import LanguageModels
import Planner
import ServiceRuntime

/// The built-in model as Analyst: retrieves, picks what fits in full, runs it, and says what it means; else says what it lacks.
struct GroundedAnalyst {
    let transcript: Transcript
    /// `YYYY-MM-DD`, as cells show it.
    let today: String?
    /// What earlier turns of the conversation left.
    let conversation: ConversationMemory
    /// As many hits of a kind as one search returns, so that the choice is made here.
    private static let breadth: JSONValue = 40

    /// The question, where a choice's number was the reply: that choice.
    var task: String {
        let text = transcript.chosen ?? transcript.task
        return FollowUp.restated(text) ?? text
    }

    func respond() -> ModelResponse {
        if let ended = afterAnswer() { return ended }
        let intent = Intent(task, goesOn: conversation.explained != nil)
        switch intent {
        case .correction: return correction()
        case .help, .nothing, .greeting, .thanks: return help()
        case .destructive, .credentials:
            return refusal()
        case .build, .question: break
        }
        // Matching compares each word with each text that is known.
        guard !Planner.isTooLong(task) else {
            return give("I can't answer that from what I know yet.", meaning: Planner.tooLong, kind: .unanswered)
        }
        if let explanation = explanation() { return explanation }
        guard transcript.last(ToolName.searchKnowledge) != nil else { return search() }
        return question()
    }

    private func refusal() -> ModelResponse {
        give("I only read company data, and I show no settings.", kind: .refusal)
    }

    // MARK: - Retrieval

    private func search() -> ModelResponse {
        // Few words may go on from what was said before; what that was about says what they are about.
        let isBrief = conversation.explained != nil && task.split(whereSeparator: \.isWhitespace).count <= 6
        let text = ((isBrief ? transcript.earlier.suffix(3) : []) + [task]).joined(separator: " ")
        var calls: [(tool: String, arguments: JSONValue)] = [
            (ToolName.searchKnowledge, ["query": .string(text), "limit": Self.breadth]),
            (ToolName.searchLearnings, ["query": .string(text)]),
            (ToolName.planQuestion, ["question": .string(planned)]),
        ]
        if SchemaQuestion(task) != nil {
            calls.append((ToolName.searchKnowledge, ["query": "", "kinds": ["table"], "limit": Self.breadth]))
        }
        return transcript.call(calls)
    }

    // MARK: - Questions

    /// In the order of how sure each is: the very question a validated query is known to answer, a plan over curated
    /// metrics, a query that covers every word, a plan with inferred parts, a question back, and what is lacking.
    private func question() -> ModelResponse {
        let knowledge = transcript.knowledge
        var plan = SeenPlan(transcript)
        // Words that lean on an answer ask for nothing of their own.
        let isOwn = plan?.planned.map { !$0.isContinued } ?? (conversation.earlier == nil)
        if isContinuing, isOwn, !hasTakenChoice {
            plan = .declined(
                Decline(
                    reason: .unsound,
                    text: "It is not clear what “\(task)” changes of the answer before. Please ask the whole question.")
            )
        }
        let seen = plan?.planned
        if let open = leaningReply(plan) { return open }
        // "of those" with nothing shown is not a query that shares the other words.
        if case .declined(let decline) = plan, !hasTakenChoice, FollowUp.isPointing(task),
            Planner.pointsAtNothing(decline)
        {
            return declined(decline, Matcher(knowledge: knowledge))
        }
        // "leave trials out of churn" asks for nothing that there is.
        if case .declined = plan, !isContinuing, let said = SaidSentence.exclusion(Words.plain(task)),
            Wording(said.subject.joined(separator: " ")).windows.isEmpty
        {
            return correction()
        }
        // "set the status to paid" changes data where it changes nothing about the answer.
        if Intent(task) == .destructive, seen?.isContinued != true {
            if case .declined(let decline) = plan { return declined(decline, Matcher(knowledge: knowledge)) }
            return refusal()
        }
        // Where the planner lists rows, a query that returns a number for them answers something else.
        let rows = seen.flatMap { $0.plan.recipe == .list && $0.statement != nil ? $0.plan.subject : nil }
        let matcher = Matcher(knowledge: knowledge, rows: rows.map { Phrasebook.phrase($0.name) } ?? [])
        if let seen, let missing = unknownMetrics(of: seen, knowledge) { return missing }
        if let seen, seen.isContinued, seen.plan == conversation.earlier?.plan, Explanation.isMeant(task),
            let explanation = explain()
        {
            return explanation
        }
        let asked = DefinitionQuestion(task)
        if let seen, hasTakenChoice, seen.statement != nil { return answer(seen, matcher) }
        if transcript.all(ToolName.runSQL).isEmpty, seen?.isContinued != true {
            if let asked, asked.isCertain, let answer = definition(asked, matcher) { return answer }
            if let plan = seen?.plan, [.definition, .description].contains(plan.recipe) {
                if !hasSearchedAll { return searchAll() }
                if let answer = definition(plan, knowledge) ?? description(plan, knowledge) { return answer }
            }
            if let schema = SchemaQuestion(task), let answer = self.schema(schema, knowledge) { return answer }
        }
        // What continues an answer, or follows what was taught, no fixed query can be.
        let isFixed = seen.map { !$0.isContinued && !$0.isTaught } ?? !(isContinuing || isPointing)
        if isFixed, let bound = SeenPlan.boundQuery(transcript) {
            return answer(Candidate(bound: bound), Wording(task), matcher, or: seen)
        }
        if isFixed, let exact = matcher.exact(Wording(task)) { return answer(exact, Wording(task), matcher, or: seen) }
        if let seen, seen.statement != nil, seen.isCurated, seen.question.unused.isEmpty {
            return answer(seen, matcher)
        }
        let (outcome, reading) = isFixed ? fitting(matcher) : (.none(notUnderstood: [], nearest: []), Wording(task))
        if case .answer(let candidate) = outcome {
            // Where the answer is only some of the query's rows, a plan that gives just these says it better.
            let isPicked = !candidate.rowsOf.isEmpty || (reading.rank != nil && candidate.fit != .exact)
            if isPicked, let seen, seen.statement != nil, seen.question.unused.isEmpty { return answer(seen, matcher) }
            return answer(candidate, reading, matcher, or: seen)
        }
        if let seen, seen.statement != nil { return answer(seen, matcher) }
        if case .clarify(let text, let choices) = plan {
            return give(text, kind: .clarification, choices: choices)
        }
        if !hasSearchedAll { return searchAll() }
        if let asked, let answer = definition(asked, matcher) { return answer }
        // A fragment with nothing before it names none of the queries that share its words.
        if leansBack || isPointing, case .declined(let decline) = plan {
            return declined(decline, matcher)
        }
        switch outcome {
        case .answer: break
        case .several(let candidates) where !candidates.isEmpty:
            return give(
                "That is more than one question; I answer one at a time.", meaning: "Which of these first?",
                kind: candidates.count > 1 ? .clarification : .unanswered, nextSteps: candidates.map(\.title),
                choices: candidates.map(\.title))
        case .ambiguous(let candidates):
            return give(
                "Which of these do you mean?", meaning: "They give different numbers.", kind: .clarification,
                choices: candidates.map(\.title))
        case .none(let words, let nearest) where plan == nil: return unanswered(words, nearest, matcher)
        case .none, .several: break
        }
        if case .declined(let decline) = plan { return declined(decline, matcher) }
        return unanswered([], [], matcher)
    }

    /// Whether the words have sense only as the rest of what was said before, as the planner reads them.
    var leansBack: Bool { transcript.json(ToolName.planQuestion)?["leans_back"]?.bool ?? false }

    /// Whether the words lean on an answer of this conversation.
    private var isContinuing: Bool { leansBack && conversation.explained != nil }

    /// Whether the words point at an answer of this conversation.
    var isPointing: Bool { FollowUp.isPointing(task) && conversation.explained != nil }

    /// A plan that goes on names metrics that its words do not: what they mean is looked up by their names.
    private func unknownMetrics(of seen: SeenPlan.Planned, _ knowledge: KnowledgeView) -> ModelResponse? {
        let known = Set(knowledge.metrics.map(\.name))
        let names = seen.plan.measures.compactMap { if case .metric(let name) = $0 { name } else { nil } }
            .filter { !known.contains($0) }
        guard !names.isEmpty else { return nil }
        let arguments: JSONValue = [
            "query": .string(names.joined(separator: " ")), "kinds": ["metric"], "limit": Self.breadth,
        ]
        guard !transcript.all(ToolName.searchKnowledge).contains(where: { $0.call.arguments == arguments }) else {
            return nil
        }
        return transcript.call([(ToolName.searchKnowledge, arguments)])
    }

    private var hasSearchedAll: Bool {
        transcript.all(ToolName.searchKnowledge).contains { $0.call.arguments == Self.all }
    }

    /// Before refusing: what the words did not find may be there all the same ("How are we doing?").
    private func searchAll() -> ModelResponse { transcript.call([(ToolName.searchKnowledge, Self.all)]) }

    private static let all: JSONValue = ["query": "", "limit": breadth]

    /// What fits and has the rows that are asked for; readings to choose from only where their titles speak of it.
    private func fitting(_ matcher: Matcher) -> (Matcher.Outcome, Wording) {
        let (outcome, reading) = respelled(matcher)
        let grain = RowGrain(task)
        switch outcome {
        case .answer(let candidate) where grain.excludes(candidate):
            return (.none(notUnderstood: [], nearest: [candidate]), reading)
        case .ambiguous(let candidates):
            let words = reading.core.filter { !$0.isTimeGrain }
            let named = candidates.filter { candidate in
                let said = Wording.curated(candidate.title).terms
                return !grain.excludes(candidate) && words.contains { word in said.contains { $0.matches(word) } }
            }
            return named.count > 1
                ? (.ambiguous(named), reading) : (.none(notUnderstood: [], nearest: candidates), reading)
        default: return (outcome, reading)
        }
    }

    /// The outcome; where there is none and everything is known, that of the text with its slips put right.
    private func respelled(_ matcher: Matcher) -> (Matcher.Outcome, Wording) {
        let first = outcome(task, matcher)
        guard case .none = first.0, hasSearchedAll, !Matcher.isTooLong(first.1),
            let text = Spelling(matcher.knowledge).corrected(task)
        else {
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

    private func outcome(_ text: String, _ matcher: Matcher) -> (Matcher.Outcome, Wording) {
        let reading = Wording(text)
        return (matcher.match(reading), reading)
    }

    // MARK: - Running

    /// - Parameter seen: a plan of the same question, for where the query does not run any more.
    private func answer(
        _ candidate: Candidate, _ reading: Wording, _ matcher: Matcher, or seen: SeenPlan.Planned?
    ) -> ModelResponse {
        guard let statement = Statement(candidate) else { return unanswered([], [candidate], matcher) }
        let runs = transcript.all(ToolName.runSQL)
        guard let main = runs.first(where: { $0.call.arguments["sql"]?.string == statement.sql }) else {
            return transcript.call([(ToolName.runSQL, statement.arguments)])
        }
        guard let result = SeenResult(main) else {
            if let seen, seen.statement != nil { return answer(seen, matcher) }
            let cause = (try? JSONValue(parsing: main.result.content))?["message"]?.string ?? "it did not run"
            return give(
                "I know how to answer this, but the statement failed.", meaning: "The database says: \(cause)",
                kind: .unanswered,
                nextSteps: suggestions(matcher, except: candidate))
        }
        if let problem = RowGrain(task).lacking(in: result, of: candidate) {
            if let seen, seen.statement != nil { return answer(seen, matcher) }
            return unanswered([problem], [candidate], matcher)
        }
        let check = RowCheck(
            reading, candidate, result, today: today)
        if let lacking = check.lacking {
            return give(
                "I can't answer that from what I know yet.", meaning: lacking, kind: .unanswered,
                results: [result.table.id], nextSteps: [candidate.title])
        }
        return narrate(candidate, reading, result, matcher)
    }
}
