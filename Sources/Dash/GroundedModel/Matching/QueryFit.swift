import Planner

/// How well a validated query fits a question: every word in both directions must be accounted for.
struct QueryFit {
    let question: Wording
    let knowledge: KnowledgeView
    private let vocabulary: MeasureWords
    private let rows: [Term]
    /// Phrasebooks by the tables they are made of, for the queries of one search.
    private(set) var phrasebooks: [[String]: Phrasebook] = [:]

    /// - Parameter rows: what the rows are called that the question asks for; empty where it asks for a number.
    init(question: Wording, knowledge: KnowledgeView, vocabulary: MeasureWords, rows: [Term] = []) {
        self.question = question
        self.knowledge = knowledge
        self.vocabulary = vocabulary
        self.rows = rows
    }

    mutating func candidate(for entry: KnowledgeView.Query) -> Candidate {
        let query = entry.query
        let title = query.questions.first ?? Words.title(Phrasebook.unqualified(query.name))
        var candidate = Candidate(query: query, source: entry.source, title: title, fit: .partial([], 0))
        // What somebody saved is never the answer for its name alone: others ask in the same words for other things.
        if isExact(query), candidate.isCurated {
            candidate.fit = .exact
            return candidate
        }
        let texts = Texts(query, knowledge)
        let phrasebook = phrasebook(of: texts.tables)
        let picked = RowPick(question, tables: texts.tables, columns: query.columns, texts.outline)
        if let picked { candidate.rowsOf = [picked.column] }
        candidate.rows = widened(texts.outline, query.sql)
        let shown = ShownMeasure(
            question, vocabulary, columns: texts.names, texts.outline, texts: [texts.name] + texts.asked,
            nouns: texts.nouns, picked: picked?.words ?? [], phrasebook: phrasebook)
        candidate.shown = shown.columns
        let terms = question.core
        let base = Coverage(
            of: terms, phrase: [],
            strong: [texts.name.terms, texts.described] + texts.asked.map(\.terms) + texts.columns
                + (picked.map { [$0.words] } ?? []),
            weak: texts.nouns + texts.related, required: question.groups.flatMap { $0 } + question.counted,
            phrasebook: phrasebook)
        var missing = unmet(query, texts, base, shown, phrasebook, isWidened: candidate.rows != nil)
        // A list that was cut by one number ranks nothing by another.
        if question.rank != nil, texts.outline.limit != nil, let order = texts.outline.order?.column,
            !shown.columns.isEmpty, !shown.columns.contains(order)
        {
            missing.append("ranking")
        }
        var best: Candidate.Fit?
        for phrase in [texts.name] + texts.asked + [texts.description] {
            let fit = fit(phrase, title, texts, base, shown, missing, picked, phrasebook)
            if best.map({ (fit.degree, fit.score) > ($0.degree, $0.score) }) ?? true { best = fit }
        }
        if let best {
            candidate.fit = best
            let unasked = (texts.name.windows + texts.description.windows).filter {
                $0.isSaid && !question.windows.contains($0)
            }
            if best.degree == .full, question.windows.isEmpty, Set(unasked).count == 1, let window = unasked.first {
                candidate.notes.append("It covers the \(window.label).")
            }
        }
        return candidate
    }

    /// What a query says of itself, and what its rows are.
    private struct Texts {
        let name: Wording
        let description: Wording
        let asked: [Wording]
        let outline: SQLOutline
        let names: [String]
        let columns: [[Term]]
        let reads: [String]
        let tables: [TableKnowledge]
        let nouns: [[Term]]
        let related: [[Term]]

        init(_ query: ValidatedQuery, _ knowledge: KnowledgeView) {
            outline = query.outline
            reads = query.tables.isEmpty ? outline.relations : query.tables
            tables = reads.compactMap(knowledge.table(named:))
            name = Wording.curated(Phrasebook.unqualified(query.name), isName: true)
            description = Wording.curated(query.description)
            asked = query.questions.map { Wording.curated($0) }
            names = query.columns.isEmpty ? outline.items.map(\.name) : query.columns
            columns = names.map { Wording.curated($0, isName: true).terms }
            nouns = knowledge.nouns(of: reads)
            related = tables.flatMap { table in
                table.relationships.flatMap { link in
                    knowledge.nouns(of: [link.references.split(separator: ".").dropLast().joined(separator: ".")])
                }
            }
        }

        /// "The data's last day" in a description is no split by day, "monthly churn" is; and a number in passing
        /// ("1 to 5") promises no such value.
        var described: [Term] {
            description.terms.filter { !$0.isNumber && (!$0.isTimeGrain || $0.surface.hasSuffix("ly")) }
        }

        /// Windows that the query is about; "today" in a description is said in passing.
        var windows: [TimeWindow] {
            ([name] + asked).flatMap(\.windows) + description.windows.filter(\.isSaid)
        }
    }

    /// What the question demands and the query does not meet, in the question's words.
    private func unmet(
        _ query: ValidatedQuery, _ texts: Texts, _ base: Coverage, _ shown: ShownMeasure, _ phrasebook: Phrasebook,
        isWidened: Bool
    ) -> [String] {
        let readings = [texts.name, texts.description] + texts.asked
        let demands = ResultDemands(
            question: question, knowledge: knowledge, columns: texts.columns,
            promises: [texts.name] + texts.asked + [texts.description], tables: texts.reads, phrasebook: phrasebook,
            rows: rows)
        let words =
            base.uncovered(question.core).map(\.surface).filter {
                !(question.rankedAggregate?.hasPrefix($0) ?? false)
            } + shown.missing
        var missing: [String] = []
        for word in words where !missing.contains(word) { missing.append(word) }
        return missing + uncoveredWindows(texts)
            + uncoveredRest(readings, texts.columns, texts.outline, isWidened: isWidened)
            + demands.unmet(by: query.origin?.sql ?? query.sql, texts.outline)
    }

    /// How well one text of the query fits, in both directions.
    private func fit(
        _ phrase: Wording, _ title: String, _ texts: Texts, _ base: Coverage, _ shown: ShownMeasure,
        _ missing: [String], _ picked: RowPick?, _ phrasebook: Phrasebook
    ) -> Candidate.Fit {
        let terms = question.core
        // A table may be left unnamed by a question that names something else ("satisfaction" of support tickets).
        let namesMore = terms.contains { term in !texts.nouns.contains { $0.contains { $0.matches(term) } } }
        let coverage = base.raised(terms, by: phrase.terms, phrasebook: phrasebook)
        var score = coverage.score
        // Words that only name what the tables hold say nothing of what is asked about it.
        let isBare = zip(terms, coverage.strengths).allSatisfy { term, strength in
            strength.rawValue <= Coverage.Strength.weak.rawValue
                || question.groups.contains { $0.contains(term) } || (picked?.words.contains(term) ?? false)
        }
        let bare = isBare ? terms.filter { term in !question.groups.contains { $0.contains(term) } } : []
        // What it only promises must be promised in full: a column of the same name is a measure, not a mere noun.
        let nouns =
            shown.columns.isEmpty
            ? texts.nouns.filter { noun in
                !texts.columns.contains { $0.count == noun.count && $0.contains(phrase: noun) }
            }
            : texts.nouns
        let reverse = Coverage(
            of: phrase.core, phrase: terms, weak: namesMore ? nouns : [],
            required: phrase.groups.flatMap { $0 }, phrasebook: phrasebook)
        score -= 0.1 * Double(reverse.strengths.filter { $0 == .weak }.count)
        if isSeries(texts.name, texts.outline), !asksForTime { score -= 0.1 }
        score -= 0.05 * Double(phrase.windows.filter { !question.windows.contains($0) }.count)
        if picked != nil { score -= 0.1 }
        if !missing.isEmpty || !bare.isEmpty {
            return .partial(missing.isEmpty ? bare.map(\.surface) : missing, score)
        }
        var extra =
            reverse.uncovered(phrase.core).filter { !(picked?.names($0) ?? false) }.map(\.surface)
            + extraDemands(of: phrase, phrasebook, picked) + shown.narrowing
        if hasPeriods(texts.columns, texts.outline) { extra.removeAll { Term($0).isTrend || Self.isGrain($0) } }
        // A text that names nothing but its tables says too little to be what was asked.
        if !reverse.strengths.contains(.phrase) { extra += phrase.core.map(\.surface) + [title] }
        if phrase.rank != nil, question.rank == nil, texts.outline.limit != nil { extra.append("top") }
        if !shown.isPromised(by: phrase.terms, phrasebook) { extra.append(title) }
        // Neither says by which number.
        if question.rank != nil, phrase.rank == nil, shown.columns.isEmpty { extra.append("ranking") }
        return extra.isEmpty ? .full(score) : .narrower(extra, score - 0.02 * Double(extra.count))
    }

    /// Whether the question has the very words of the query's name or of a question it is known to answer.
    func isExact(_ query: ValidatedQuery) -> Bool {
        // A name does not say whether it is one of rows or of a number.
        let name =
            rows.isEmpty && !question.isListing
            ? [Wording.curated(Phrasebook.unqualified(query.name), isName: true)] : []
        let texts = name + query.questions.map { Wording.curated($0) }
        let same = texts.filter(isSame)
        // "Unpaid invoices" has the words of "how many invoices are unpaid", and asks for them.
        if !question.isCount, same.allSatisfy(\.isCount) { return false }
        guard question.isCount, !same.isEmpty, !same.contains(where: \.isCount) else { return !same.isEmpty }
        // "How many are overdue" has the words of a list, which does not count them.
        let outline = query.outline
        return outline.limit == nil && outline.items.contains(where: \.isCount)
    }

    private mutating func phrasebook(of tables: [TableKnowledge]) -> Phrasebook {
        let names = tables.map { Phrasebook.unqualified($0.name).lowercased() }.sorted()
        if let known = phrasebooks[names] { return known }
        let metrics = knowledge.metrics.filter { metric in
            metric.table.split(separator: ",").contains {
                names.contains(Phrasebook.unqualified(SourceText.trimmed($0)).lowercased())
            }
        }
        let phrasebook = Phrasebook(tables: tables, metrics: metrics)
        phrasebooks[names] = phrasebook
        return phrasebook
    }

    /// The same words, the same windows and the same rank, in any order.
    private func isSame(_ other: Wording) -> Bool {
        guard !question.terms.isEmpty || !question.windows.isEmpty, question.core.count == other.core.count,
            Set(question.windows) == Set(other.windows), question.rank?.direction == other.rank?.direction,
            question.rank?.count == other.rank?.count, !question.isAmount || other.isAmount,
            question.things.isEmpty || !other.things.isEmpty, !question.isSplit || !other.groups.isEmpty,
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

    private func uncoveredWindows(_ texts: Texts) -> [String] {
        // The row is there, or the result will show that it is not.
        if hasPeriods(texts.columns, texts.outline) { return [] }
        let known = Set(
            texts.windows
                + texts.outline.intervals.flatMap { TimeWindow.equivalents(count: $0.count, unit: $0.unit) })
        return question.windows.filter { !known.contains($0) }.map(\.label)
    }

    /// Counts, ranks and "current" are not words to be covered but demands on what the query computes.
    private func uncoveredRest(
        _ readings: [Wording], _ columns: [[Term]], _ outline: SQLOutline, isWidened: Bool
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
    private func counts(_ readings: [Wording], _ columns: [[Term]], _ outline: SQLOutline) -> Bool {
        func isSaid(_ term: Term) -> Bool { term.variants.contains("count") }
        guard let head = question.counted.last else {
            return outline.items.contains(where: \.isCount)
                || readings.contains { $0.isCount || $0.terms.contains(where: isSaid) }
        }
        func hasHead(_ terms: [Term]) -> Bool { terms.contains { $0.matches(head) } }
        return readings.contains { ($0.isCount || $0.terms.contains(where: isSaid)) && hasHead($0.terms) }
            || outline.items.contains { $0.isCount && hasHead(Wording.curated($0.name, isName: true).terms) }
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

    private func isSeries(_ name: Wording, _ outline: SQLOutline) -> Bool {
        name.terms.contains { $0.isTrend || $0.isTimeGrain }
            || outline.items.contains { EnglishWords.units.contains($0.name) }
    }

    /// What a name asks for that the question does not: another split.
    private func extraDemands(of phrase: Wording, _ phrasebook: Phrasebook, _ picked: RowPick?) -> [String] {
        phrase.groups.filter { group in
            !group.allSatisfy { picked?.names($0) ?? false }
                && !Coverage(of: group, phrase: question.terms, phrasebook: phrasebook).isFull
        }.map { group in "by " + group.map(\.surface).joined(separator: " ") }
    }
}
