import Planner

/// Turns what somebody said about a notion into a change that the planner can follow; nil where the words do not settle it.
struct CorrectionReader {
    let source: SemanticSource
    /// Columns with the value that is exactly the text.
    let values: (String) -> [(column: ColumnID, value: String)]

    /// - Parameter text: without its opening: not "no, revenue means net revenue" but "revenue means net revenue".
    func adjustment(_ text: String) -> Adjustment? {
        let words = Words.plain(text)
        guard (2...30).contains(words.count) else { return nil }
        if let word = SaidSentence.ignored(words) { return .excludedWord(word) }
        if let said = SaidSentence.exclusion(words) {
            return filter(of: said.subject, said.object, isExcluded: said.isExcluded)
        }
        guard let said = SaidSentence.meaning(words) else { return nil }
        return meaning(of: said.subject.joined(separator: " "), said.object)
    }

    // MARK: - Meanings

    private func meaning(of phrase: String, _ meant: [String]) -> Adjustment? {
        let own = Self.terms(phrase)
        guard !own.isEmpty, !Self.same(own, meant.map { Term($0) }) else { return nil }
        if let metric = metric(meant) { return .metricSynonym(phrase: phrase, metric: metric.name) }
        if let hit = value(meant, among: source.tables) {
            return .valueAlias(phrase: phrase, column: hit.column, value: hit.value)
        }
        let columns = source.tables.flatMap { table in
            table.columns.filter { $0.isPersonal == false && Self.isNamed([$0.name] + $0.synonyms, meant) }.map {
                ColumnID(table.id, $0.name)
            }
        }
        if columns.count == 1 { return .columnSynonym(phrase: phrase, column: columns[0]) }
        let tables = source.tables.filter { Self.isNamed([$0.name] + $0.synonyms, meant) }
        return tables.count == 1 && columns.isEmpty ? .tableSynonym(phrase: phrase, table: tables[0].id) : nil
    }

    // MARK: - Filters

    private func filter(of subject: [String], _ object: [String], isExcluded: Bool) -> Adjustment? {
        if let metric = metric(subject) {
            let near = nearTables(of: metric)
            guard let condition = condition(object, near) else { return nil }
            return .defaultFilter(
                metric: metric.name, table: nil, condition: isExcluded ? .not(condition) : condition)
        }
        let tables = source.tables.filter { Self.isNamed([$0.name] + $0.synonyms, subject) }
        if tables.count == 1, let table = tables.first, let condition = condition(object, [table]) {
            return .defaultFilter(metric: nil, table: table.id, condition: isExcluded ? .not(condition) : condition)
        }
        return tables.isEmpty ? filter(among: metrics(subject), called: subject, object, isExcluded: isExcluded) : nil
    }

    /// Of several metrics that share the name the one that is meant: it counts just these rows already, or it is the only
    /// one with such rows.
    private func filter(
        among metrics: [SemanticSource.Metric], called subject: [String], _ object: [String], isExcluded: Bool
    ) -> Adjustment? {
        let possible = metrics.compactMap { metric -> (metric: SemanticSource.Metric, condition: Condition)? in
            condition(object, Array(nearTables(of: metric).prefix(1))).map { (metric, isExcluded ? .not($0) : $0) }
        }
        let same = possible.filter { source.conditions(of: $0.metric) == [$0.condition] }
        if same.count == 1 {
            return .metricSynonym(phrase: subject.joined(separator: " "), metric: same[0].metric.name)
        }
        guard possible.count == 1 else { return nil }
        return .defaultFilter(metric: possible[0].metric.name, table: nil, condition: possible[0].condition)
    }

    private func condition(_ words: [String], _ tables: [SemanticSource.Table]) -> Condition? {
        // The table itself goes before those it refers to.
        for group in [Array(tables.prefix(1)), tables] {
            if let hit = value(words, among: group) { return .oneOf(hit.column, [hit.value]) }
            let flags = group.flatMap { table in
                table.columns.filter { $0.type == "boolean" && isFlag($0, of: table, words) }.map {
                    ColumnID(table.id, $0.name)
                }
            }
            if flags.count == 1 { return .isTrue(flags[0]) }
        }
        return nil
    }

    /// "test accounts" for `is_test` of accounts.
    private func isFlag(_ column: SemanticSource.Column, of table: SemanticSource.Table, _ words: [String]) -> Bool {
        let said = words.map { Term($0) }.filter { !Self.articles.contains($0.surface) }
        let nouns = Self.nouns(of: table)
        return ([column.name] + column.synonyms).contains { name in
            let own = Self.terms(name).filter { !["is", "has", "was", "are"].contains($0.surface) }
            return !own.isEmpty && own.allSatisfy { word in said.contains { $0.sharesForm(with: word) } }
                && said.allSatisfy { word in (own + nouns).contains { $0.sharesForm(with: word) } }
        }
    }

    /// The table of the metric, then those that it refers to.
    private func nearTables(of metric: SemanticSource.Metric) -> [SemanticSource.Table] {
        let own: [TableID] =
            switch metric.computation {
            case .aggregate(let part, _), .snapshot(let part, _, _, _): [part.table]
            case .ratio(let numerator, let denominator):
                numerator.table == denominator.table ? [numerator.table] : []
            case .statement: []
            }
        let tables = source.tables.filter { own.contains($0.id) }
        let referred = tables.flatMap { $0.foreignKeys.map(\.table) }
        return tables + source.tables.filter { referred.contains($0.id) && !own.contains($0.id) }
    }

    // MARK: - Names

    /// Called exactly so; else the only one whose name has the words.
    private func metric(_ words: [String]) -> SemanticSource.Metric? {
        let called = metrics(words)
        return called.count == 1 ? called[0] : nil
    }

    /// Those called exactly so; else those whose name has the words.
    private func metrics(_ words: [String]) -> [SemanticSource.Metric] {
        let exact = source.metrics.filter { Self.isNamed([Self.short($0.name), $0.name] + $0.synonyms, words) }
        guard exact.isEmpty else { return exact }
        let said = words.map { Term($0) }.filter { !Self.articles.contains($0.surface) }
        guard !said.isEmpty else { return [] }
        return source.metrics.filter { metric in
            ([metric.name] + metric.synonyms).contains { Self.terms($0).contains(phrase: said) }
        }
    }

    /// Without what stands in brackets at its end.
    private static func short(_ name: String) -> String {
        name.split(separator: "(").first.map { SourceText.trimmed($0) } ?? name
    }

    /// The one value that the words name; besides it they may only say what its column or table is called.
    private func value(
        _ words: [String], among tables: [SemanticSource.Table]
    ) -> (column: ColumnID, value: String)? {
        var hits: [(column: ColumnID, value: String, length: Int, isNamed: Bool)] = []
        for length in stride(from: min(words.count, 6), to: 0, by: -1) {
            for start in 0...(words.count - length) {
                let rest = (words[..<start] + words[(start + length)...]).map { Term($0) }.filter {
                    !Self.articles.contains($0.surface)
                }
                for found in values(words[start..<(start + length)].joined(separator: " ")) {
                    guard let table = tables.first(where: { $0.id == found.column.table }),
                        let column = table.columns.first(where: { $0.name == found.column.name }), !column.isPersonal
                    else { continue }
                    let names = ([column.name] + column.synonyms).flatMap(Self.terms)
                    let allowed = names + Self.nouns(of: table)
                    guard rest.allSatisfy({ word in allowed.contains { $0.sharesForm(with: word) } }) else { continue }
                    let isNamed = rest.contains { word in names.contains { $0.sharesForm(with: word) } }
                    hits.append((found.column, found.value, length, isNamed))
                }
            }
        }
        let longest = hits.filter { $0.length == hits.map(\.length).max() }
        let named = longest.filter(\.isNamed)
        let best = named.isEmpty ? longest : named
        guard let first = best.first, best.allSatisfy({ $0.column == first.column && $0.value == first.value }) else {
            return nil
        }
        return (first.column, first.value)
    }

    private static let articles: Set<String> = [
        "the", "a", "an", "our", "all", "any", "of", "with", "on", "in", "ones", "one", "those", "rows", "records",
    ]

    private static func terms(_ text: String) -> [Term] { Words.plain(text).map { Term($0) } }

    private static func nouns(of table: SemanticSource.Table) -> [Term] {
        ([table.name] + table.synonyms).flatMap(terms)
    }

    private static func isNamed(_ names: [String], _ words: [String]) -> Bool {
        let said = words.map { Term($0) }.filter { !articles.contains($0.surface) }
        return names.contains { same(terms($0), said) }
    }

    private static func same(_ left: [Term], _ right: [Term]) -> Bool {
        left.count == right.count && !left.isEmpty && zip(left, right).allSatisfy { $0.sharesForm(with: $1) }
    }
}
