import Planner

/// How a curated metric answers a question: its value, by one declared dimension, or for declared values of one.
struct MetricFit {
    let question: Reading
    let knowledge: KnowledgeView

    /// nil where the question does not name the metric.
    func candidate(for metric: Metric) -> Candidate? {
        var best: Candidate?
        for name in metric.names {
            guard let candidate = candidate(for: metric, named: name) else { continue }
            if best.map({ candidate.order > $0.order }) ?? true { best = candidate }
        }
        return best
    }

    private func candidate(for metric: Metric, named name: String) -> Candidate? {
        let terms = question.terms
        let phrase = Lexicon.phrase(name)
        var used: Set<Int> = []
        var unsaid: [String] = []
        for word in phrase {
            guard let index = terms.indices.first(where: { !used.contains($0) && terms[$0].matches(word) }) else {
                // "Customers" may well mean the active ones, which is for the person to say.
                guard phrase.count > 1, EnglishWords.current.contains(word.surface), unsaid.isEmpty else { return nil }
                unsaid.append(word.surface)
                continue
            }
            used.insert(index)
        }
        guard !phrase.isEmpty, question.isCurrent || !Lexicon.meansOnlyNow(name) else { return nil }
        let table = knowledge.table(named: metric.firstTable)
        var request = MetricRequest()
        var missing = question.windows.map(\.label)
        var notes: [String] = []

        takeFilters(of: metric, in: table, terms, &used, &request)
        takeDimension(of: metric, in: table, terms, &used, &request)
        if question.isSplit, request.dimension == nil {
            missing += question.groups.filter { !question.things.contains($0) && !$0.allSatisfy(\.isTimeGrain) }
                .filter { group in group.allSatisfy { word in phrase.contains(where: word.matches) } }
                .map { "by " + $0.map(\.surface).joined(separator: " ") }
        }
        let required = question.groups.flatMap { $0 } + question.counted
        let nouns = knowledge.nouns(of: [metric.firstTable])
        for index in terms.indices where !used.contains(index) && !terms[index].isSoft {
            let isNoun = nouns.contains { $0.contains { $0.matches(terms[index]) } }
            let isRequired = required.contains { $0.surface == terms[index].surface }
            if isNoun, !isRequired { continue }
            if terms[index].variants.contains("average"), metric.kind == .average { continue }
            missing.append(terms[index].surface)
        }
        if question.isEver, case .snapshot = metric.kind { missing.append("ever") }
        if let aggregate = question.rankedAggregate { missing.append(aggregate) }
        if let cause = question.cause { missing.append(cause.surface) }
        if question.isCount, !metric.isCount, !isAmountOfThings(metric) { missing.append("how many") }
        let asksAmount = question.isAmount || question.terms.contains { $0.surface == "amount" }
        if asksAmount, metric.isCount { missing.append("how much") }
        if question.terms.contains(where: \.isAmountWord) || asksAmount, !phrase.contains(where: \.isAverage),
            isMean(metric)
        {
            missing.append("total")
        }
        if let rank = question.rank {
            if request.dimension == nil { missing.append(rank.count.map { "top \($0)" } ?? "ranking") }
            if (rank.direction == .best || rank.direction == .worst) && metric.goodDirection == nil {
                missing.append(rank.direction == .best ? "best" : "worst")
            }
        }
        if question.isCurrent, metric.timeColumn != nil, !isStock(metric) { missing.append("current") }
        if !request.filters.isEmpty {
            notes.append(
                "Filtered by " + request.filters.map { "\($0.column) = \($0.value)" }.joined(separator: ", ") + ".")
        }

        let score = terms.isEmpty ? 0 : Double(terms.count - missing.count) / Double(terms.count)
        // Several words that are a name and nothing else mean what has that name.
        let whole = phrase.count >= 2 && phrase.count == question.core.count && request == MetricRequest() ? 0.15 : 0
        // A name that matches in full counts as much as a query's; what is filtered by inference a little less.
        let fit: Candidate.Fit =
            !missing.isEmpty
            ? .partial(missing, max(0, score))
            : unsaid.isEmpty
                ? .full(whole + 1 - 0.1 * Double(request.filters.count)) : .narrower(unsaid, max(0, score - 0.1))
        return Candidate(
            source: .metric(metric, request),
            title: Self.title(metric, request),
            fit: fit,
            notes: notes)
    }

    /// As people would ask for it.
    static func title(_ metric: Metric, _ request: MetricRequest) -> String {
        let by = request.dimension.map { " by \(Words.plain($0).joined(separator: " "))" } ?? ""
        let filters =
            request.filters.isEmpty
            ? ""
            : " for " + request.filters.map { ($0.isExcluded ? "all but " : "") + $0.value }.joined(separator: ", ")
        return metric.isCount && by.isEmpty
            ? "How many \(metric.shortName.lowercased())\(filters)?" : "What is our \(metric.shortName)\(by)\(filters)?"
    }

    /// "How many seats": a sum whose unit is the things that are asked for.
    private func isAmountOfThings(_ metric: Metric) -> Bool {
        guard metric.isAdditive, let unit = metric.unit, !NumberText.isMoneyOrPercent(unit) else { return false }
        return Lexicon.phrase(unit).contains { word in question.counted.contains(where: word.matches) }
    }

    private func isMean(_ metric: Metric) -> Bool {
        switch metric.kind {
        case .average: true
        case .ratio, .sum, .count, .countDistinct: false
        case .snapshot, nil:
            (metric.expression ?? metric.calculation).lowercased().drop(while: \.isWhitespace).hasPrefix("avg")
        }
    }

    private func isStock(_ metric: Metric) -> Bool {
        if case .snapshot = metric.kind { return true }
        return metric.filter != nil
    }

    private func takeDimension(
        of metric: Metric, in table: TableKnowledge?, _ terms: [Term], _ used: inout Set<Int>,
        _ request: inout MetricRequest
    ) {
        guard !question.groups.isEmpty else { return }
        for dimension in metric.dimensions {
            let column = table?.columns.first { $0.name == dimension }
            for name in [dimension] + (column?.synonyms ?? []) {
                let phrase = Lexicon.phrase(name)
                let free = terms.indices.filter { !used.contains($0) }
                guard
                    let start = free.first(where: { start in
                        start + phrase.count <= terms.count
                            && (0..<phrase.count).allSatisfy {
                                free.contains(start + $0) && terms[start + $0].matches(phrase[$0])
                            }
                    }), question.groups.contains(where: { $0.first?.surface == terms[start].surface })
                else { continue }
                used.formUnion(start..<start + phrase.count)
                request.dimension = dimension
                return
            }
        }
    }

    private func takeFilters(
        of metric: Metric, in table: TableKnowledge?, _ terms: [Term], _ used: inout Set<Int>,
        _ request: inout MetricRequest
    ) {
        guard let table else { return }
        let grouped = question.groups.flatMap { $0 }
        for index in terms.indices where !used.contains(index) && !terms[index].isNegated {
            let term = terms[index]
            if grouped.contains(where: { $0.surface == term.surface }) { continue }
            var hits: [MetricRequest.Filter] = []
            for column in table.columns where metric.dimensions.contains(column.name) && !column.isPersonal {
                for value in column.values
                where Lexicon.phrase(value).count == 1 && Lexicon.phrase(value)[0].matches(term) && !term.isTimeGrain {
                    hits.append(.init(column: column.name, value: value))
                }
            }
            // A value that several columns know, or that the metric's own filter already settles, is not ours to place.
            guard hits.count == 1, let hit = hits.first, !mentions(metric, column: hit.column),
                !request.filters.contains(where: { $0.column == hit.column })
            else { continue }
            used.insert(index)
            request.filters.append(hit)
            let names = [hit.column] + (table.columns.first { $0.name == hit.column }?.synonyms ?? [])
            for neighbour in [index - 1, index + 1] where terms.indices.contains(neighbour) && !used.contains(neighbour)
            {
                if names.contains(where: {
                    Lexicon.phrase($0).count == 1 && Lexicon.phrase($0)[0].matches(terms[neighbour])
                }) {
                    used.insert(neighbour)
                }
            }
        }
    }

    private func mentions(_ metric: Metric, column: String) -> Bool {
        SQLToken.scan((metric.filter ?? "") + " " + (metric.expression ?? metric.calculation)).contains { token in
            if case .word(let word, _) = token { word == column.lowercased() } else { false }
        }
    }
}

extension Candidate {
    fileprivate var order: Double { isAnswer ? score + 1 : score }
}
