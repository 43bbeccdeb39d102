import LanguageModels
import ServiceRuntime

/// The built-in model as Analyst: retrieves, picks what fits in full, runs it, and says what it means; else says what it lacks.
struct GroundedAnalyst {
    let transcript: Transcript
    /// `YYYY-MM-DD`, as cells show it.
    let today: String?
    /// As many hits of a kind as one search returns, so that the choice is made here.
    private static let breadth: JSONValue = 40

    /// The question, where a choice's number was the reply: that choice.
    private var task: String { transcript.chosen ?? transcript.task }

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
            (FollowUp(text: task, earlier: transcript.earlier).isElliptic
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
        switch respelled(matcher) {
        case .answer(let candidate, let reading): return answer(candidate, reading, matcher)
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
    private func respelled(_ matcher: Matcher) -> Outcome {
        let outcome = outcome(task, matcher)
        guard case .none = outcome, hasSearchedAll, let text = Spelling(matcher.knowledge).corrected(task) else {
            return outcome
        }
        switch self.outcome(text, matcher) {
        case .answer(var candidate, let reading):
            candidate.notes.insert("I read it as “\(text)”.", at: 0)
            return .answer(candidate, reading)
        case .ambiguous(let candidates): return .ambiguous(candidates)
        case .none: return outcome
        }
    }

    private enum Outcome {
        case answer(Candidate, Reading)
        case ambiguous([Candidate])
        case none([String], [Candidate])
    }

    private func outcome(_ text: String, _ matcher: Matcher) -> Outcome {
        let followUp = FollowUp(text: text, earlier: transcript.earlier)
        let own = Reading(text)
        var readings = followUp.readings { reading in
            if case .none = matcher.match(reading) { false } else { true }
        }
        if followUp.isElliptic {
            // Words that only say how to split or cut are no question by themselves.
            let grouped = own.groups.flatMap { $0 }.map(\.surface)
            let standsAlone = own.core.contains { !grouped.contains($0.surface) }
            if case .answer(let candidate) = matcher.match(own), candidate.fit == .exact {
                return .answer(candidate, own)
            }
            if standsAlone { readings.append(own) }
        }
        var first: Matcher.Outcome?
        for reading in readings {
            let outcome = matcher.match(reading)
            if case .answer(let candidate) = outcome { return .answer(candidate, reading) }
            if case .ambiguous = outcome, first == nil { first = outcome }
        }
        switch first ?? readings.first.map({ matcher.match($0) }) ?? .none(notUnderstood: [], nearest: []) {
        case .answer(let candidate): return .answer(candidate, readings[0])
        case .ambiguous(let candidates): return .ambiguous(candidates)
        case .none(let words, let nearest): return .none(words, nearest)
        }
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
            metric = matcher.metric(named: reading.core.map(\.surface).joined(separator: " "))
        case .rowCount, .values: metric = nil
        }
        guard let metric, metric.isAdditive, let dimension = metric.dimensions.first else { return nil }
        return Statement(
            Candidate(source: .metric(metric, MetricRequest(dimension: dimension)), title: "", fit: .exact))
    }

    // MARK: - Saying

    private func narrate(
        _ candidate: Candidate, _ reading: Reading, _ result: SeenResult, _ parts: SeenResult?,
        _ matcher: Matcher
    ) -> ModelResponse {
        let knowledge = matcher.knowledge
        var metric: Metric?
        var definition: String?
        var name = candidate.title
        switch candidate.source {
        case .query(let query, _):
            definition = query.description
            name = Words.title(Lexicon.unqualified(query.name))
        case .metric(let own, _): (metric, definition, name) = (own, own.definition, own.shortName)
        case .rowCount, .values: break
        }
        let reads = Self.reads(candidate)
        let goodDirection =
            metric?.goodDirection
            ?? matcher.ranked(reading).lazy.compactMap { candidate in
                if case .metric(let metric, _) = candidate.source { metric.goodDirection } else { nil }
            }.first
        let narration = Narrator(
            question: reading, title: candidate.title, name: name, definition: definition, table: result.table,
            isComplete: result.isComplete,
            labels: ColumnLabels(
                knowledge: knowledge, metric: metric ?? companionMetric(parts, matcher, reading),
                text: definition ?? ""),
            tables: reads,
            higherIsBetter: goodDirection.map { $0 == .up }, today: today,
            parts: parts?.table, subject: Self.filtered(candidate)
        ).narrate()

        // "What is X" may ask for the meaning, the value or both.
        let defined = DefinitionQuestion(task).flatMap { matcher.metric(named: $0.term) }
        let meaning = [defined.map { "\($0.name): \($0.definition)" }, narration.meaning].compactMap { $0 }
        var ids = [result.table.id]
        if let parts, narration.usesParts { ids.append(parts.table.id) }
        var caveats = candidate.notes + narration.caveats + learned(reading)
        if let gotcha = GotchaChoice(knowledge, reads: reads, sql: result.table.sql).caveat(reading) {
            caveats.append(gotcha)
        }
        return give(
            narration.headline, meaning: meaning.isEmpty ? nil : meaning.joined(separator: " "), kind: .result,
            results: ids,
            chart: narration.chart ?? chart(parts, narration),
            caveats: Array(caveats.prefix(4)), nextSteps: suggestions(matcher, except: candidate))
    }

    private func companionMetric(_ parts: SeenResult?, _ matcher: Matcher, _ reading: Reading) -> Metric? {
        parts == nil
            ? nil : matcher.metric(named: reading.core.map(\.surface).joined(separator: " "))
    }

    private func chart(_ parts: SeenResult?, _ narration: Narration) -> Chart? {
        guard let table = parts?.table, narration.usesParts else { return nil }
        let shape = ResultShape(table.columns, rows: table.rows)
        return shape.chart(
            of: table,
            title:
                "\(Words.title(table.columns[1].name)) by \(Words.plain(table.columns[0].name).joined(separator: " "))")
    }

    /// What people said about the words of the question: shown, because a fixed query cannot follow it.
    private func learned(_ reading: Reading) -> [String] {
        guard let records = transcript.json(ToolName.searchLearnings)?["learnings"]?.array else { return [] }
        let terms = reading.core
        let texts = records.filter { $0["correction"] == nil }.sorted {
            ($0["id"]?.integer ?? 0) > ($1["id"]?.integer ?? 0)
        }.compactMap { $0["text"]?.string }.filter { text in
            Reading(text).terms.contains { word in terms.contains { $0.sharesForm(with: word) } }
        }
        return SaidCorrections(newestFirst: texts).caveats
    }

    /// The values that a metric was filtered by: its name alone would say too much.
    private static func filtered(_ candidate: Candidate) -> String? {
        guard case .metric(_, let request) = candidate.source, !request.filters.isEmpty else { return nil }
        return request.filters.map(\.value).joined(separator: ", ")
    }

    private static func reads(_ candidate: Candidate) -> [String] {
        switch candidate.source {
        case .query(let query, _): query.tables.isEmpty ? SQLOutline(query.sql).relations : query.tables
        case .metric(let metric, _): [metric.firstTable]
        case .rowCount(let table), .values(let table, _): [table]
        }
    }

    private func suggestions(_ matcher: Matcher, except candidate: Candidate?) -> [String] {
        let reading = Reading(task)
        return matcher.ranked(reading).filter { other in
            if case .query = other.source { other.title != candidate?.title } else { false }
        }.prefix(3).map(\.title)
    }

    private func unanswered(_ words: [String], _ nearest: [Candidate], _ matcher: Matcher) -> ModelResponse {
        let missing =
            words.isEmpty
            ? "No definition or validated query fits all of it."
            : "No definition or validated query covers \(Self.joined(words.map { "“\($0)”" }))."
        let offers = (nearest.isEmpty ? matcher.ranked(Reading(task)) : nearest)
            .filter { Statement($0) != nil }.prefix(3).map(\.title)
        let spelling = placeValues(words, nearest, matcher.knowledge)
        return give(
            "I can't answer that from what I know yet.",
            meaning: missing + (spelling.map { " " + $0 } ?? "")
                + (offers.isEmpty ? "" : " What I can answer: \(offers.joined(separator: " · "))"),
            kind: .unanswered,
            nextSteps: Array(offers))
    }

    /// "Germany" is not known, but the country's values are.
    private func placeValues(_ words: [String], _ nearest: [Candidate], _ knowledge: KnowledgeView) -> String? {
        let located = Reading(task).located.map(\.surface)
        guard words.contains(where: located.contains), let offer = nearest.first else { return nil }
        let columns = Places.columns(of: offer)
        let tables = Self.reads(offer).compactMap(knowledge.table(named:))
        for column in tables.flatMap(\.columns) where columns.contains(column.name) && !column.isPersonal {
            guard !column.values.isEmpty else { continue }
            let values = column.values.prefix(12).joined(separator: ", ")
            return "The \(Words.plain(column.name).joined(separator: " ")) is written as \(values)."
        }
        return nil
    }

    static func joined(_ items: [String]) -> String {
        items.joinedAsList
    }
}
