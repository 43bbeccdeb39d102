/// How well a validated query fits a question: every word in both directions must be accounted for.
struct QueryFit {
    let question: Reading
    let knowledge: KnowledgeView
    /// Lexicons by the tables they are made of, for the queries of one search.
    private(set) var lexicons: [[String]: Lexicon] = [:]

    init(question: Reading, knowledge: KnowledgeView) {
        self.question = question
        self.knowledge = knowledge
    }

    mutating func candidate(for entry: KnowledgeView.Query) -> Candidate {
        let query = entry.query
        let title = query.questions.first ?? Words.title(Lexicon.unqualified(query.name))
        var candidate = Candidate(source: .query(query, source: entry.source), title: title, fit: .partial([], 0))
        let outline = SQLOutline.curated(query.sql)
        let reads = query.tables.isEmpty ? outline.relations : query.tables
        let tables = reads.compactMap(knowledge.table(named:))
        let lexicon = lexicon(of: tables)

        let name = Reading.curated(Lexicon.unqualified(query.name), isName: true)
        let description = Reading.curated(query.description)
        let asked = query.questions.map { Reading.curated($0) }
        let columns = (query.columns.isEmpty ? outline.items.map(\.name) : query.columns).map {
            Reading.curated($0, isName: true).terms
        }
        let nouns = knowledge.nouns(of: reads)
        let related = tables.flatMap { table in
            table.relationships.flatMap { link in
                knowledge.nouns(of: [link.references.split(separator: ".").dropLast().joined(separator: ".")])
            }
        }

        if isExact(query) {
            candidate.fit = .exact
            return candidate
        }

        let terms = question.core
        // "The data's last day" in a description is no split by day, "monthly churn" is.
        let described = description.terms.filter { !$0.isTimeGrain || $0.surface.hasSuffix("ly") }
        let texts = [name.terms, described] + asked.map(\.terms) + columns
        let required = question.groups.flatMap { $0 } + question.counted
        var best: (fit: Candidate.Fit, rank: Int, phrase: Reading)?
        let base = Coverage(
            of: terms, phrase: [], strong: texts, weak: nouns + related, required: required, lexicon: lexicon)
        let missing =
            base.uncovered(terms).map(\.surface)
            + uncoveredWindows(texts: [name, description] + asked, outline)
            + uncoveredRest([name, description] + asked, columns, outline)
            + ResultDemands(
                question: question, knowledge: knowledge, columns: columns,
                promises: [name] + asked + [description], tables: reads, lexicon: lexicon
            ).unmet(by: query.sql, outline)
        // A table may be left unnamed by a question that names something else ("satisfaction" of support tickets).
        let namesMore = terms.contains { term in !nouns.contains { $0.contains { $0.matches(term) } } }
        for phrase in [name] + asked + [description] {
            let coverage = base.raised(terms, by: phrase.terms, lexicon: lexicon)
            var score = coverage.score
            let reverse = Coverage(
                of: phrase.core, phrase: terms, weak: namesMore ? nouns : [], required: phrase.groups.flatMap { $0 },
                lexicon: lexicon)
            score -= 0.1 * Double(reverse.strengths.filter { $0 == .weak }.count)
            if isSeries(name, outline), !asksForTime { score -= 0.1 }
            score -= 0.05 * Double(phrase.windows.filter { !question.windows.contains($0) }.count)
            var extra = reverse.uncovered(phrase.core).map(\.surface) + extraDemands(of: phrase, lexicon)
            // A text that names nothing but its tables says too little to be what was asked.
            if !reverse.strengths.contains(.phrase) { extra += phrase.core.map(\.surface) + [title] }
            if phrase.rank != nil, question.rank == nil, outline.limit != nil { extra.append("top") }
            let fit: Candidate.Fit
            let order: Int
            if !missing.isEmpty {
                (fit, order) = (.partial(missing, score), 0)
            } else if !extra.isEmpty {
                (fit, order) = (.narrower(extra, score - 0.02 * Double(extra.count)), 1)
            } else {
                (fit, order) = (.full(score), 2)
            }
            let isBetter = best.map { (order, Self.score(fit)) > ($0.rank, Self.score($0.fit)) } ?? true
            if isBetter { best = (fit, order, phrase) }
        }
        if let best {
            candidate.fit = best.fit
            let unasked = (name.windows + description.windows).filter { $0.isSaid && !question.windows.contains($0) }
            if best.rank == 2, question.windows.isEmpty, let window = unasked.first {
                candidate.notes.append("It covers \(window.label).")
            }
        }
        return candidate
    }

    /// Whether the question has the very words of the query's name or of a question it is known to answer.
    func isExact(_ query: ValidatedQuery) -> Bool {
        isSame(Reading.curated(Lexicon.unqualified(query.name), isName: true))
            || query.questions.contains { isSame(Reading.curated($0)) }
    }

    private mutating func lexicon(of tables: [TableKnowledge]) -> Lexicon {
        let names = tables.map { Lexicon.unqualified($0.name).lowercased() }.sorted()
        if let known = lexicons[names] { return known }
        let metrics = knowledge.metrics.filter { metric in
            metric.table.split(separator: ",").contains {
                names.contains(Lexicon.unqualified(Self.trimmed($0)).lowercased())
            }
        }
        let lexicon = Lexicon(tables: tables, metrics: metrics)
        lexicons[names] = lexicon
        return lexicon
    }

    private static func score(_ fit: Candidate.Fit) -> Double {
        switch fit {
        case .exact: 2
        case .full(let score), .narrower(_, let score), .partial(_, let score): score
        }
    }

    static func trimmed(_ text: Substring) -> String {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// The same words, the same windows and the same rank, in any order.
    private func isSame(_ other: Reading) -> Bool {
        guard !question.terms.isEmpty || !question.windows.isEmpty, question.core.count == other.core.count,
            Set(question.windows) == Set(other.windows), question.rank?.direction == other.rank?.direction,
            question.rank?.count == other.rank?.count, !question.isAmount || other.isAmount,
            question.things.isEmpty || !other.things.isEmpty
        else { return false }
        return question.core.allSatisfy { term in other.core.contains { $0.matches(term) } }
            && other.core.allSatisfy { term in question.core.contains { $0.matches(term) } }
    }

    private func uncoveredWindows(texts: [Reading], _ outline: SQLOutline) -> [String] {
        let known = Set(
            texts.flatMap(\.windows)
                + outline.intervals.flatMap { TimeWindow.equivalents(count: $0.count, unit: $0.unit) })
        return question.windows.filter { !known.contains($0) }.map(\.label)
    }

    /// Counts, ranks and "current" are not words to be covered but demands on what the query computes.
    private func uncoveredRest(_ readings: [Reading], _ columns: [[Term]], _ outline: SQLOutline) -> [String] {
        var missing: [String] = []
        let words = readings.flatMap(\.terms)
        if question.isCount, !counts(readings, columns, outline) { missing.append("how many") }
        if question.isCurrent, outline.usesClock || !outline.intervals.isEmpty,
            !words.contains(where: { $0.variants.contains(where: EnglishWords.current.contains) })
        {
            missing.append("current")
        }
        if let rank = question.rank {
            // The first rows of a query that was cut by another measure are not the last or worst ones.
            if let limit = outline.limit {
                if let count = rank.count, count > limit { missing.append("top \(count)") }
                let isDescending = outline.order?.isDescending
                if (rank.direction == .lowest && isDescending == true)
                    || (rank.direction == .highest && isDescending == false)
                {
                    missing.append(rank.direction == .lowest ? "lowest" : "highest")
                }
            }
        }
        return missing
    }

    /// Whether it counts the things that are asked for, and not others: in words, or by a column of that name.
    private func counts(_ readings: [Reading], _ columns: [[Term]], _ outline: SQLOutline) -> Bool {
        func isSaid(_ term: Term) -> Bool { term.variants.contains("count") }
        guard let head = question.counted.last else {
            return outline.items.contains(where: \.isCount)
                || readings.contains { $0.isCount || $0.terms.contains(where: isSaid) }
        }
        func hasHead(_ terms: [Term]) -> Bool { terms.contains { $0.matches(head) } }
        return readings.contains { ($0.isCount || $0.terms.contains(where: isSaid)) && hasHead($0.terms) }
            || outline.items.contains { $0.isCount && hasHead(Reading.curated($0.name, isName: true).terms) }
            || columns.contains { $0.contains(where: isSaid) && hasHead($0) }
    }

    private var asksForTime: Bool {
        !question.windows.isEmpty || question.terms.contains { $0.isTrend || $0.isTimeGrain }
    }

    private func isSeries(_ name: Reading, _ outline: SQLOutline) -> Bool {
        name.terms.contains { $0.isTrend || $0.isTimeGrain }
            || outline.items.contains { EnglishWords.units.contains($0.name) }
    }

    /// What a name asks for that the question does not: another split.
    private func extraDemands(of phrase: Reading, _ lexicon: Lexicon) -> [String] {
        phrase.groups.filter { group in
            !Coverage(of: group, phrase: question.terms, lexicon: lexicon).isFull
        }.map { group in "by " + group.map(\.surface).joined(separator: " ") }
    }
}
