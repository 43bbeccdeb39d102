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
        let picked = RowPick(question, tables: tables, columns: query.columns, outline)
        if let picked { candidate.rowsOf = [picked.column] }
        let base = Coverage(
            of: terms, phrase: [], strong: texts + (picked.map { [$0.words] } ?? []), weak: nouns + related,
            required: required, lexicon: lexicon)
        candidate.rows = widened(outline, query.sql)
        let missing =
            base.uncovered(terms).map(\.surface).filter { !(question.rankedAggregate?.hasPrefix($0) ?? false) }
            + uncoveredWindows(texts: [name, description] + asked, columns, outline)
            + uncoveredRest([name, description] + asked, columns, outline, isWidened: candidate.rows != nil)
            + ResultDemands(
                question: question, knowledge: knowledge, columns: columns,
                promises: [name] + asked + [description], tables: reads, lexicon: lexicon
            ).unmet(by: query.sql, outline)
        // A table may be left unnamed by a question that names something else ("satisfaction" of support tickets).
        let namesMore = terms.contains { term in !nouns.contains { $0.contains { $0.matches(term) } } }
        for phrase in [name] + asked + [description] {
            let coverage = base.raised(terms, by: phrase.terms, lexicon: lexicon)
            var score = coverage.score
            // Words that only name what the tables hold say nothing of what is asked about it.
            let isBare = zip(terms, coverage.strengths).allSatisfy { term, strength in
                strength.rawValue <= Coverage.Strength.weak.rawValue
                    || question.groups.contains { $0.contains(term) } || (picked?.words.contains(term) ?? false)
            }
            let bare = isBare ? terms.filter { term in !question.groups.contains { $0.contains(term) } } : []
            let reverse = Coverage(
                of: phrase.core, phrase: terms, weak: namesMore ? nouns : [], required: phrase.groups.flatMap { $0 },
                lexicon: lexicon)
            score -= 0.1 * Double(reverse.strengths.filter { $0 == .weak }.count)
            if isSeries(name, outline), !asksForTime { score -= 0.1 }
            score -= 0.05 * Double(phrase.windows.filter { !question.windows.contains($0) }.count)
            var extra =
                reverse.uncovered(phrase.core).filter { !(picked?.names($0) ?? false) }.map(\.surface)
                + extraDemands(of: phrase, lexicon, picked)
            if picked != nil { score -= 0.1 }
            if hasPeriods(columns, outline) { extra.removeAll { Term($0).isTrend || Self.isGrain($0) } }
            // A text that names nothing but its tables says too little to be what was asked.
            if !reverse.strengths.contains(.phrase) { extra += phrase.core.map(\.surface) + [title] }
            if phrase.rank != nil, question.rank == nil, outline.limit != nil { extra.append("top") }
            let fit: Candidate.Fit
            let order: Int
            if !missing.isEmpty || !bare.isEmpty {
                (fit, order) = (.partial(missing.isEmpty ? bare.map(\.surface) : missing, score), 0)
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
        let texts =
            [Reading.curated(Lexicon.unqualified(query.name), isName: true)]
            + query.questions.map { Reading.curated($0) }
        let same = texts.filter(isSame)
        guard question.isCount, !same.isEmpty, !same.contains(where: \.isCount) else { return !same.isEmpty }
        // "How many are overdue" has the words of a list, which does not count them.
        let outline = SQLOutline.curated(query.sql)
        return outline.limit == nil && outline.items.contains(where: \.isCount)
    }

    private mutating func lexicon(of tables: [TableKnowledge]) -> Lexicon {
        let names = tables.map { Lexicon.unqualified($0.name).lowercased() }.sorted()
        if let known = lexicons[names] { return known }
        let metrics = knowledge.metrics.filter { metric in
            metric.table.split(separator: ",").contains {
                names.contains(Lexicon.unqualified(SourceText.trimmed($0)).lowercased())
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

    /// The same words, the same windows and the same rank, in any order.
    private func isSame(_ other: Reading) -> Bool {
        guard !question.terms.isEmpty || !question.windows.isEmpty, question.core.count == other.core.count,
            Set(question.windows) == Set(other.windows), question.rank?.direction == other.rank?.direction,
            question.rank?.count == other.rank?.count, !question.isAmount || other.isAmount,
            question.things.isEmpty || !other.things.isEmpty,
            question.isEver == other.isEver
        else { return false }
        return question.core.allSatisfy { term in other.core.contains { $0.matches(term) } }
            && other.core.allSatisfy { term in question.core.contains { $0.matches(term) } }
    }

    /// Whether it has a row for each period as long as the one that is asked for ("last month").
    private func hasPeriods(_ columns: [[Term]], _ outline: SQLOutline) -> Bool {
        guard let unit = question.windows.periodUnit, outline.limit == nil, let key = columns.first else {
            return false
        }
        return key.count == 1 && key[0].variants.contains(unit)
    }

    private static func isGrain(_ demand: String) -> Bool {
        demand.split(separator: " ").allSatisfy { $0 == "by" || Term(String($0)).isTimeGrain }
    }

    private func uncoveredWindows(texts: [Reading], _ columns: [[Term]], _ outline: SQLOutline) -> [String] {
        // The row is there, or the result will show that it is not.
        if hasPeriods(columns, outline) { return [] }
        let known = Set(
            texts.flatMap(\.windows)
                + outline.intervals.flatMap { TimeWindow.equivalents(count: $0.count, unit: $0.unit) })
        return question.windows.filter { !known.contains($0) }.map(\.label)
    }

    /// Counts, ranks and "current" are not words to be covered but demands on what the query computes.
    private func uncoveredRest(
        _ readings: [Reading], _ columns: [[Term]], _ outline: SQLOutline, isWidened: Bool
    ) -> [String] {
        var missing: [String] = []
        let words = readings.flatMap(\.terms)
        // A list that was cut counts nothing but its own length.
        if question.isCount, (outline.limit ?? 1) > 1 || !counts(readings, columns, outline) {
            missing.append("how many")
        }
        if question.isCurrent, outline.usesClock || !outline.intervals.isEmpty,
            !words.contains(where: { $0.variants.contains(where: EnglishWords.current.contains) })
        {
            missing.append("current")
        }
        if let rank = question.rank {
            // The first rows of a query that was cut by another measure are not the last or worst ones.
            if let limit = outline.limit {
                if let count = rank.count, count > limit, !isWidened { missing.append("top \(count)") }
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

    /// The rows that "top 50" needs of a list that stops before; nil where it stops late enough or cannot go on.
    private func widened(_ outline: SQLOutline, _ sql: String) -> Int? {
        guard let count = question.rank?.count, let limit = outline.limit, count > limit, count <= Self.longestList,
            Statement.beforeLimit(SQLOutline.body(sql)) != nil
        else { return nil }
        return count
    }

    private static let longestList = 200

    private var asksForTime: Bool {
        !question.windows.isEmpty || question.terms.contains { $0.isTrend || $0.isTimeGrain }
    }

    private func isSeries(_ name: Reading, _ outline: SQLOutline) -> Bool {
        name.terms.contains { $0.isTrend || $0.isTimeGrain }
            || outline.items.contains { EnglishWords.units.contains($0.name) }
    }

    /// What a name asks for that the question does not: another split.
    private func extraDemands(of phrase: Reading, _ lexicon: Lexicon, _ picked: RowPick?) -> [String] {
        phrase.groups.filter { group in
            !group.allSatisfy { picked?.names($0) ?? false }
                && !Coverage(of: group, phrase: question.terms, lexicon: lexicon).isFull
        }.map { group in "by " + group.map(\.surface).joined(separator: " ") }
    }
}
