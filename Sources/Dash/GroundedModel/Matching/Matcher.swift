import ServiceRuntime

/// Finds the one thing that answers a question, or says why there is none.
struct Matcher: Sendable {
    enum Outcome: Sendable {
        case answer(Candidate)
        /// Several readings, best first; at least two.
        case ambiguous([Candidate])
        /// More than one thing is asked; what could be asked first.
        case several([Candidate])
        /// Words that nothing accounts for, and the nearest things that could be asked.
        case none(notUnderstood: [String], nearest: [Candidate])
    }

    let knowledge: KnowledgeView
    let vocabulary: MeasureWords
    /// What rows of the answer are, where rows are asked for and not a number: "failed invoices of last month".
    private let rows: [Term]
    /// A turn asks for the same ranking to choose, to narrate and to suggest.
    private let rankings = Locked<[Wording: [Candidate]]>([:])
    /// Scores closer than this are a tie.
    static let margin = 0.08
    /// A query accounts for every word in both directions, and none of them has more to say. Each word is compared with
    /// each text of each query and with its own neighbours, so that more would also take long.
    static let mostWords = 32

    /// - Parameter rows: what the rows are called that the question asks for; empty where it asks for a number.
    init(knowledge: KnowledgeView, rows: [Term] = []) {
        self.knowledge = knowledge
        self.rows = rows
        vocabulary = MeasureWords(knowledge)
    }

    static func isTooLong(_ question: Wording) -> Bool { question.terms.count > mostWords }

    func match(_ text: String) -> Outcome { match(Wording(text)) }

    func match(_ question: Wording) -> Outcome {
        guard !Self.isTooLong(question) else { return .none(notUnderstood: [], nearest: []) }
        if let exact = exact(question) { return .answer(exact) }
        let candidates = ranked(question)
        guard question.second == nil else { return .several(nearest(question, candidates)) }
        guard !question.terms.isEmpty else { return .none(notUnderstood: [], nearest: Array(candidates.prefix(3))) }
        // No one number is two measures, unless the query is known to answer for all of them.
        let joined = joinedMeasures(question)
        let answers = candidates.filter { candidate in
            candidate.isAnswer
                && (joined.count < 2
                    || candidate.query.questions.contains { asked in
                        joined.isSubset(of: joinedMeasures(Wording.curated(asked)))
                    })
        }
        if let best = answers.first {
            let rivals = answers.dropFirst().filter { best.score - $0.score < Self.margin && !isSameAnswer(best, $0) }
            if best.fit == .exact || rivals.isEmpty { return .answer(best) }
            let choices = Self.distinct([best] + rivals)
            return choices.count == 1 ? .answer(best) : .ambiguous(Array(choices.prefix(5)))
        }
        let narrower = Self.distinct(candidates.filter { if case .narrower = $0.fit { true } else { false } })
        if narrower.count >= 2 { return .ambiguous(Array(narrower.prefix(5))) }
        guard narrower.isEmpty else { return .none(notUnderstood: [], nearest: Array(candidates.prefix(3))) }
        return .none(notUnderstood: notUnderstood(question, candidates), nearest: nearest(question, candidates))
    }

    /// The metrics that a text names side by side; empty where nothing joins them.
    private func joinedMeasures(_ question: Wording) -> Set<String> {
        guard !question.joins.isEmpty else { return [] }
        let ends = question.joins + [question.terms.count]
        var found: Set<String> = []
        for (start, end) in zip([0] + question.joins, ends) where start < end && end <= question.terms.count {
            let part = Array(question.terms[start..<end])
            let named = knowledge.metrics.compactMap { metric -> (length: Int, name: String)? in
                metric.names.map { Phrasebook.phrase($0) }.filter { !$0.isEmpty && part.contains(phrase: $0) }
                    .map(\.count).max().map { ($0, metric.name) }
            }
            let longest = named.map(\.length).max()
            let names = named.filter { $0.length == longest }.map(\.name)
            if let name = names.first, !names.contains(where: found.contains) { found.insert(name) }
        }
        return found
    }

    /// Without those that only differ in words that change no number.
    private static func distinct(_ candidates: [Candidate]) -> [Candidate] {
        var seen: Set<[String]> = []
        return candidates.filter { candidate in
            let reading = Wording(candidate.title)
            let words = reading.core.compactMap(\.variants.first) + reading.windows.map(\.key)
            return seen.insert(Set(words).sorted()).inserted
        }
    }

    /// Whether one name of a metric is all that the text says.
    func metric(named text: String) -> Metric? { metric(named: Phrasebook.phrase(text)) }

    func metric(named wanted: [Term]) -> Metric? {
        guard !wanted.isEmpty else { return nil }
        return knowledge.metrics.first { metric in
            metric.names.contains { name in
                let phrase = Phrasebook.phrase(name)
                return phrase.count == wanted.count && zip(phrase, wanted).allSatisfy { $0.matches($1) }
            }
        }
    }

    /// The query whose name or listed question has the very words; what the Engineer built comes first.
    func exact(_ question: Wording) -> Candidate? {
        guard !Self.isTooLong(question) else { return nil }
        var fit = QueryFit(question: question, knowledge: knowledge, vocabulary: vocabulary, rows: rows)
        let exact = knowledge.queries.filter { fit.isExact($0.query) }.map { fit.candidate(for: $0) }
        return exact.filter { $0.fit == .exact }.min { left, right in
            (left.priority, left.title) < (right.priority, right.title)
        }
    }

    /// Every candidate, best first; none for a question that is too long to be one of them.
    func ranked(_ question: Wording) -> [Candidate] {
        guard !Self.isTooLong(question) else { return [] }
        if let known = rankings.withLock({ $0[question] }) { return known }
        let ranking = rank(question)
        rankings.withLock { $0[question] = ranking }
        return ranking
    }

    private func rank(_ question: Wording) -> [Candidate] {
        var fit = QueryFit(question: question, knowledge: knowledge, vocabulary: vocabulary, rows: rows)
        let all = knowledge.queries.map { fit.candidate(for: $0) }
        return all.sorted { left, right in
            if left.isAnswer != right.isAnswer { return left.isAnswer }
            if left.score != right.score { return left.score > right.score }
            if left.priority != right.priority { return left.priority < right.priority }
            return left.title < right.title
        }
    }

    /// A view beside what it was made from.
    private func isSameAnswer(_ left: Candidate, _ right: Candidate) -> Bool {
        isMade(left.query, from: right.query) || isMade(right.query, from: left.query)
    }

    /// Whether the view holds what the query says today.
    private func isMade(_ view: ValidatedQuery, from query: ValidatedQuery) -> Bool {
        guard let origin = view.origin else { return false }
        if let other = query.origin { return SQLOutline.same(origin.sql, other.sql) }
        return origin.name == query.name && SQLOutline.same(origin.sql, query.sql)
    }

    private func notUnderstood(_ question: Wording, _ candidates: [Candidate]) -> [String] {
        // A word that every candidate lacks is the honest one to name; otherwise what the nearest lacks.
        let lists = candidates.compactMap { if case .partial(let words, _) = $0.fit { words } else { nil } }
        let asked = question.core.map(\.surface) + question.windows.map(\.label)
        guard let nearest = lists.first else { return asked }
        let common = asked.filter { word in lists.allSatisfy { $0.contains(word) } }
        return common.isEmpty ? nearest : common
    }

    /// What lacks least; for a place that nothing knows, what is told apart by place.
    private func nearest(_ question: Wording, _ candidates: [Candidate]) -> [Candidate] {
        func lacks(_ candidate: Candidate) -> [String] {
            if case .partial(let words, _) = candidate.fit { words } else { [] }
        }
        func isPlaced(_ candidate: Candidate) -> Bool {
            let missing = lacks(candidate)
            return question.located.contains { missing.contains($0.surface) } && !Places.columns(of: candidate).isEmpty
        }
        let ordered = candidates.enumerated().sorted { left, right in
            let (a, b) = (lacks(left.element).count, lacks(right.element).count)
            if a != b { return a < b }
            let (p, q) = (isPlaced(left.element), isPlaced(right.element))
            return p == q ? left.offset < right.offset : p
        }
        return Array(Self.distinct(ordered.map(\.element)).prefix(3))
    }
}
