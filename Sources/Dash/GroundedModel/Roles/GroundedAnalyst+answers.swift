import LanguageModels
import Planner
import ServiceRuntime

extension GroundedAnalyst {
    func narrate(
        _ candidate: Candidate, _ reading: Reading, _ result: SeenResult, _ parts: SeenResult?,
        _ matcher: Matcher
    ) -> ModelResponse {
        let knowledge = matcher.knowledge
        var metric: Metric?
        var definition: String?
        var name = candidate.title
        var origin: ValidatedQuery.Origin?
        switch candidate.source {
        case .query(let query, _):
            definition = query.description
            origin = query.origin
            name = Words.title(Lexicon.unqualified(query.name))
        case .metric(let own, _): (metric, definition, name) = (own, own.definition, own.shortName)
        case .rowCount(let table): definition = "It counts every row of \(table)."
        case .values(let table, let column): definition = "These are the values that occur in \(column) of \(table)."
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
                text: definition ?? "", units: origin?.units ?? [:]),
            tables: reads,
            higherIsBetter: goodDirection.map { $0 == .up }, today: today,
            parts: parts?.table, shown: candidate.shown, origin: origin?.sql,
            subject: Self.filtered(candidate)
        ).narrate()

        // "What is X" may ask for the meaning, the value or both.
        let defined = DefinitionQuestion(task).flatMap { matcher.metric(named: $0.term) }
        let meaning = [defined.map { "\($0.name): \($0.definition)" }, narration.meaning].compactMap { $0 }
        var ids = [result.table.id]
        if let parts, narration.usesParts { ids.append(parts.table.id) }
        var caveats = candidate.notes + narration.caveats + learned(reading, candidate, knowledge)
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
            ? nil : matcher.metric(named: reading.core)
    }

    private func chart(_ parts: SeenResult?, _ narration: Narration) -> Chart? {
        guard let table = parts?.table, narration.usesParts else { return nil }
        let shape = ResultShape(table.columns, rows: table.rows)
        return shape.chart(
            of: table,
            title:
                "\(Words.title(table.columns[1].name)) by \(Words.plain(table.columns[0].name).joined(separator: " "))")
    }

    /// The metric without what the asker said it leaves out, where one declared value says what that is.
    func corrected(_ candidate: Candidate, _ reading: Reading, _ matcher: Matcher) -> Candidate {
        var metric: Metric?
        var request = MetricRequest()
        switch candidate.source {
        case .metric(let own, let asked): (metric, request) = (own, asked)
        case .query
        where reading.groups.isEmpty && reading.windows.isEmpty && reading.rank == nil && candidate.rowsOf.isEmpty
            && !reading.core.contains(where: \.isTrend):
            metric = matcher.metric(named: reading.core)
        case .query, .rowCount, .values: break
        }
        guard let metric, let said = said.first(where: { $0.filter(of: metric, matcher.knowledge) != nil }),
            let filter = said.filter(of: metric, matcher.knowledge),
            !request.filters.contains(where: { $0.column == filter.column }), request.dimension != filter.column
        else { return candidate }
        request.filters.append(filter)
        return Candidate(
            source: .metric(metric, request), title: MetricFit.title(metric, request), fit: candidate.fit,
            notes: ["Without \(filter.column) = \(filter.value), since you said “\(said.text)”."])
    }

    /// What was said about meaning, newest first.
    private var said: [SaidCorrection] {
        (transcript.json(ToolName.searchLearnings)?["learnings"]?.array ?? []).filter { $0["correction"] == nil }.sorted
        {
            ($0["id"]?.integer ?? 0) > ($1["id"]?.integer ?? 0)
        }.compactMap { $0["text"]?.string }.map(SaidCorrection.init)
    }

    /// What people said about the words of the question: shown, because a fixed query cannot follow it.
    private func learned(_ reading: Reading, _ candidate: Candidate, _ knowledge: KnowledgeView) -> [String] {
        let texts = said.filter { $0.isAbout(reading.core, knowledge) }.map(\.text)
        // What the statement follows is said as its filter.
        return SaidCorrections(newestFirst: texts.filter { text in !candidate.notes.contains { $0.contains(text) } })
            .caveats
    }

    /// The values that a metric was filtered by: its name alone would say too much.
    private static func filtered(_ candidate: Candidate) -> String? {
        guard case .metric(_, let request) = candidate.source, !request.filters.isEmpty else { return nil }
        return request.filters.map { ($0.isExcluded ? "without " : "") + $0.value }.joined(separator: ", ")
    }

    private static func reads(_ candidate: Candidate) -> [String] {
        switch candidate.source {
        case .query(let query, _): query.tables.isEmpty ? query.outline.relations : query.tables
        case .metric(let metric, _): [metric.firstTable]
        case .rowCount(let table), .values(let table, _): [table]
        }
    }

    func suggestions(_ matcher: Matcher, except candidate: Candidate?) -> [String] {
        let reading = Reading(task)
        let others = matcher.ranked(reading).filter { other in
            if case .query = other.source { other.title != candidate?.title } else { false }
        }
        return offers(others, to: reading).map(\.title)
    }

    /// Of what could be asked instead, what shares a word with the question.
    private func offers(_ candidates: [Candidate], to reading: Reading) -> [Candidate] {
        let words = reading.core.filter { !$0.isTimeGrain && !$0.isNumber }
        return Array(
            candidates.filter { candidate in
                guard Statement(candidate) != nil else { return false }
                var texts = [candidate.title]
                if case .query(let query, _) = candidate.source { texts += query.columns + query.questions }
                if case .metric(let metric, _) = candidate.source { texts += metric.names }
                let own = texts.flatMap { Reading.curated($0, isName: true).terms }
                return words.contains { word in own.contains { $0.sharesForm(with: word) } }
            }.prefix(3))
    }

    func unanswered(_ words: [String], _ nearest: [Candidate], _ matcher: Matcher) -> ModelResponse {
        let reading = Reading(task)
        let offers = offers(nearest.isEmpty ? matcher.ranked(reading) : nearest, to: reading).map(\.title)
        let spelling = placeValues(words, nearest, matcher.knowledge)
        return give(
            "I can't answer that from what I know yet.",
            meaning: lacking(words, offers.first, matcher.knowledge) + (spelling.map { " " + $0 } ?? "")
                + (offers.isEmpty
                    ? " Say “help” to see what I can answer."
                    : " What I can answer: \(offers.joined(separator: " · "))"),
            kind: .unanswered, nextSteps: offers)
    }

    /// Names the question's own words that nothing knows; else what the nearest that is known does not have.
    private func lacking(_ words: [String], _ nearest: String?, _ knowledge: KnowledgeView) -> String {
        let spelling = Spelling(knowledge)
        let unknown = words.filter { word in !word.contains(" ") && Int(word) == nil && !spelling.knows(word) }
        func quoted(_ words: [String]) -> String { words.map { "“\($0)”" }.joinedAsList }
        if !unknown.isEmpty { return "Nothing that I know is about \(quoted(unknown))." }
        guard !words.isEmpty else { return "No definition or validated query fits all of it." }
        guard let nearest else { return "No definition or validated query covers \(quoted(words))." }
        return "I know “\(nearest)”, but not \(quoted(words)) of it."
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
}
