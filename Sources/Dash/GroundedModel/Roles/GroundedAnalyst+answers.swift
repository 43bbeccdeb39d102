import LanguageModels
import Planner
import ServiceRuntime

extension GroundedAnalyst {
    func narrate(
        _ candidate: Candidate, _ reading: Wording, _ result: SeenResult, _ matcher: Matcher
    ) -> ModelResponse {
        let knowledge = matcher.knowledge
        let query = candidate.query
        let named = matcher.metric(named: reading.core)
        let labels = ColumnLabels(
            knowledge: knowledge, text: query.description, units: query.origin?.units ?? [:])
        let narration = Narrator(
            question: reading, title: candidate.title, name: Words.title(Phrasebook.unqualified(query.name)),
            definition: query.description, table: result.table, isComplete: result.isComplete,
            rowCount: result.rowCount,
            labels: labels,
            tables: candidate.reads,
            higherIsBetter: named?.goodDirection.map { $0 == .up } ?? labels.isGood(task, rising: true), today: today,
            shown: candidate.shown, origin: query.origin?.sql
        ).narrate()

        // "What is X" may ask for the meaning, the value or both.
        let defined = DefinitionQuestion(task).flatMap { matcher.metric(named: $0.term) }
        let meaning = [defined.map { "\($0.name): \($0.definition)" }, narration.meaning].compactMap { $0 }
        var caveats = candidate.notes + narration.caveats + said(about: reading, knowledge)
        if !candidate.isCurated,
            let gotcha = GotchaChoice(knowledge, reads: candidate.reads, sql: result.table.sql).caveat(reading)
        {
            caveats.append(gotcha)
        }
        return give(
            narration.headline, meaning: meaning.isEmpty ? nil : meaning.joined(separator: " "), kind: .result,
            results: [result.table.id], chart: narration.chart, caveats: Array(caveats.prefix(4)),
            nextSteps: suggestions(matcher, except: candidate))
    }

    /// What was said about meaning, newest first; `exceptTaught` leaves out what the planner follows by itself.
    private func said(exceptTaught: Bool = false) -> [SaidCorrection] {
        (transcript.json(ToolName.searchLearnings)?["learnings"]?.array ?? []).filter {
            $0["correction"] == nil && !(exceptTaught && $0["taught"]?.bool == true)
        }.sorted {
            ($0["id"]?.integer ?? 0) > ($1["id"]?.integer ?? 0)
        }.compactMap { $0["text"]?.string }.map(SaidCorrection.init)
    }

    /// What people said about the words of the question: shown, because a statement does not follow it.
    func said(about reading: Wording, _ knowledge: KnowledgeView, exceptTaught: Bool = false) -> [String] {
        SaidCorrections(
            newestFirst: said(exceptTaught: exceptTaught).filter { $0.isAbout(reading.core, knowledge) }.map(\.text)
        ).caveats
    }

    /// What shares a word with the question: validated queries, then metrics.
    func suggestions(_ matcher: Matcher, except candidate: Candidate?) -> [String] {
        let reading = Wording(task)
        let others = matcher.ranked(reading).filter { $0.title != candidate?.title }
        let metrics = matcher.knowledge.metrics.filter { metric in
            metric.names.contains { name in
                let phrase = Phrasebook.phrase(name)
                return !phrase.isEmpty && reading.terms.contains(phrase: phrase)
            }
        }.map { "What is our \($0.shortName)?" }
        return Array((offers(others, to: reading).map(\.title) + metrics).prefix(3))
    }

    /// Of what could be asked instead, what shares a word with the question.
    private func offers(_ candidates: [Candidate], to reading: Wording) -> [Candidate] {
        let words = reading.core.filter { !$0.isTimeGrain && !$0.isNumber }
        return Array(
            candidates.filter { candidate in
                guard Statement(candidate) != nil else { return false }
                let texts = [candidate.title] + candidate.query.columns + candidate.query.questions
                let own = texts.flatMap { Wording.curated($0, isName: true).terms }
                return words.contains { word in own.contains { $0.sharesForm(with: word) } }
            }.prefix(3))
    }

    func unanswered(_ words: [String], _ nearest: [Candidate], _ matcher: Matcher) -> ModelResponse {
        let reading = Wording(task)
        let offers = offers(nearest.isEmpty ? matcher.ranked(reading) : nearest, to: reading).map(\.title)
        let spelling = placeValues(words, nearest, matcher.knowledge)
        return give(
            "I can't answer that from what I know yet.",
            meaning: lacking(words, offers.first, matcher.knowledge) + (spelling.map { " " + $0 } ?? "")
                + (offers.isEmpty
                    ? matcher.knowledge.isEmpty ? " " + Self.noKnowledge : " Say “help” to see what I can answer."
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
        let located = Wording(task).located.map(\.surface)
        guard words.contains(where: located.contains), let offer = nearest.first else { return nil }
        let columns = Places.columns(of: offer)
        let tables = offer.reads.compactMap(knowledge.table(named:))
        for column in tables.flatMap(\.columns) where columns.contains(column.name) && !column.isPersonal {
            guard !column.values.isEmpty else { continue }
            let values = column.values.prefix(12).joined(separator: ", ")
            return "The \(Words.plain(column.name).joined(separator: " ")) is written as \(values)."
        }
        return nil
    }
}
