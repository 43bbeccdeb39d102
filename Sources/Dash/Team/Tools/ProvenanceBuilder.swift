import Planner
import ServiceRuntime

/// Says where an answer's results come from: definitions, filters, period, tables, freshness, statements.
struct ProvenanceBuilder: Sendable {
    let warehouse: Warehouse
    let knowledge: KnowledgeStore
    let logger: Logger

    /// - Parameter seen: what knowledge the run looked at, to name what a derived statement computes.
    func provenance(
        of results: [(table: ResultTable, evidence: Evidence)], seen: [KnowledgeEntry] = []
    ) async -> Provenance {
        var provenance = Provenance()
        var times: [String: String] = [:]
        for (table, evidence) in results {
            provenance.statements.append(table.sql)
            switch evidence {
            case .query(let query, _):
                if provenance.validatedQuery == nil { provenance.validatedQuery = query.name }
                provenance.add(.init(name: query.name, text: query.description))
            case .plan(let planned):
                for metric in await metrics(of: planned.question.plan) {
                    provenance.add(.init(name: metric.name, text: metric.definition))
                    Self.note(metric, &times)
                }
                if let column = planned.question.plan.time?.column {
                    times[column.table.name.lowercased()] = column.name
                }
                for filter in planned.statement.filters { provenance.add(filter: Self.readable(filter)) }
                if provenance.period == nil { provenance.period = planned.statement.period }
                continue
            case .derived:
                for metric in Self.metrics(of: table.sql, among: seen) {
                    provenance.add(.init(name: metric.name, text: metric.definition))
                }
            case .generated: break
            }
            for filter in Self.filters(table.sql) { provenance.add(filter: filter) }
            if provenance.period == nil { provenance.period = Self.period(table, evidence) }
        }
        provenance.tables = await tables(of: results.map(\.table.sql))
        provenance.freshness = await freshness(of: provenance.tables, times)
        return provenance
    }

    /// The time of a metric's own rows says how fresh it is.
    private static func note(_ metric: Metric, _ times: inout [String: String]) {
        let table = Phrasebook.unqualified(metric.firstTable).lowercased()
        if let column = metric.timeColumn, times[table] == nil { times[table] = Phrasebook.unqualified(column) }
    }

    /// A condition with statements of its own stands in the definition in words.
    private static func readable(_ filter: String) -> String {
        guard let start = filter.range(ofLast: " (definition of "), filter.uppercased().contains("SELECT ") else {
            return filter
        }
        return "as in the definition of \(filter[start.upperBound...].dropLast())"
    }

    /// The relations that the statements read, as `schema.name`; a view counts as itself.
    func tables(of statements: [String]) async -> [String] {
        guard let catalog = try? await warehouse.introspection.catalog(refresh: false) else { return [] }
        var names: [String] = []
        for name in statements.flatMap({ SQLOutline($0).relations }) {
            guard let relation = catalog.relation(named: name) else { continue }
            let full = "\(relation.schema).\(relation.name)"
            if !names.contains(full) { names.append(full) }
        }
        return names
    }

    /// - Parameter times: by table, the column that the answer's rows are dated by.
    private func freshness(of tables: [String], _ times: [String: String]) async -> [Provenance.Freshness] {
        var result: [Provenance.Freshness] = []
        do {
            let known = try await knowledge.tables(named: tables)
            for name in tables.prefix(8) {
                let own = Phrasebook.unqualified(name).lowercased()
                guard
                    let column = times[own]
                        ?? known.first(where: { Phrasebook.unqualified($0.name).lowercased() == own })?.timeColumn,
                    let latest = try await warehouse.introspection.latestValue(of: column, in: name)
                else { continue }
                result.append(.init(table: name, column: column, latest: latest))
            }
        } catch {
            // An answer without its freshness is still an answer; a later one may have it.
            logger.warning("freshness could not be read", ["tables": "\(tables.count)"])
        }
        return result
    }

    /// The metrics that a plan computes, in its order.
    private func metrics(of plan: Plan) async -> [Metric] {
        var metrics: [Metric] = []
        for name in plan.measures.flatMap(\.metricNames) where !metrics.contains(where: { $0.name == name }) {
            do {
                if case .metric(let metric)? = try await knowledge.entry(kind: .metric, name: name)?.content {
                    metrics.append(metric)
                }
            } catch {
                logger.warning("a definition could not be read for an answer")
            }
        }
        return metrics
    }

    /// The metrics that a statement selects under their names, from their tables, as they are defined.
    static func metrics(of sql: String, among seen: [KnowledgeEntry]) -> [Metric] {
        let outline = SQLOutline(sql)
        let tokens = SQLToken.scan(sql)
        let relations = Set(outline.relations.map { Phrasebook.unqualified($0).lowercased() })
        return seen.compactMap { entry -> Metric? in
            guard case .metric(let metric) = entry.content,
                relations.contains(Phrasebook.unqualified(metric.firstTable).lowercased()),
                outline.items.contains(where: { $0.name == metric.columnName })
            else { return nil }
            let expression = SQLToken.scan(metric.expression ?? "")
            return expression.isEmpty || tokens.contains(expression) ? metric : nil
        }
    }

    /// The outermost WHERE, where the statement has one that can be told apart.
    static func filters(_ sql: String) -> [String] {
        let body = SQLOutline.body(sql)
        guard let words = SQLWords.topLevel(of: body), let start = words.lastIndex(where: { $0.text == "where" }) else {
            return []
        }
        let end = words[(start + 1)...].first { SQLWords.clausesAfterWhere.contains($0.text) }
        let text = body[words[start].range.upperBound..<(end?.range.lowerBound ?? body.endIndex)]
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.isEmpty || line.count > 500 ? [] : [line]
    }

    /// The period that a validated query says it covers. An interval inside of it may serve a comparison, so what counts
    /// is its words.
    static func window(of query: ValidatedQuery) -> String? {
        let windows = Wording.curated(query.name, isName: true).windows + Wording.curated(query.description).windows
        // Of several none can be told to be the one.
        let said = Set(windows.filter(\.isSaid))
        return said.count == 1 ? said.first?.label : nil
    }

    static func period(_ table: ResultTable, _ evidence: Evidence) -> String? {
        let shape = ResultShape(table.columns, rows: table.rows)
        if let time = shape.time {
            let cells = Set(table.rows.compactMap { $0[time] }).sorted()
            if let first = cells.first, let last = cells.last {
                let text = PeriodText(cells)
                return first == last ? text.text(first) : "\(text.text(first)) to \(text.text(last))"
            }
        }
        switch evidence {
        case .query(let query, _):
            return window(of: query)
        case .plan(let planned): return planned.statement.period
        case .derived, .generated:
            let intervals = SQLOutline(table.sql).intervals
            guard let first = intervals.first, intervals.allSatisfy({ $0 == first }) else { return nil }
            return "last \(first.count) \(first.unit)\(first.count == 1 ? "" : "s")"
        }
    }
}

extension String {
    fileprivate func range(ofLast needle: String) -> Range<Index>? {
        var start = endIndex
        while start > startIndex {
            start = index(before: start)
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
        }
        return nil
    }
}

extension Provenance {
    fileprivate mutating func add(_ definition: Definition) {
        if !definitions.contains(definition) { definitions.append(definition) }
    }

    /// Conditions that differ in brackets and white space only are one.
    fileprivate mutating func add(filter: String) {
        let tokens = Self.bare(filter)
        if !filters.contains(where: { Self.bare($0) == tokens }) { filters.append(filter) }
    }

    private static func bare(_ filter: String) -> [SQLToken] {
        var tokens = SQLToken.scan(filter)
        while tokens.count > 2, tokens.first == .symbol("("), tokens.last == .symbol(")") {
            var depth = 0
            let closes = tokens.firstIndex { token in
                depth += token == .symbol("(") ? 1 : token == .symbol(")") ? -1 : 0
                return depth == 0
            }
            guard closes == tokens.count - 1 else { break }
            tokens = Array(tokens.dropFirst().dropLast())
        }
        return tokens
    }
}

extension Measure {
    /// The curated metrics in it.
    fileprivate var metricNames: [String] {
        switch self {
        case .metric(let name): [name]
        case .filtered(let measure, _), .shareOfTotal(let measure), .running(let measure): measure.metricNames
        case .aggregateOfGroups(_, let measure, _): measure.metricNames
        case .ratio(let left, let right), .difference(let left, let right): left.metricNames + right.metricNames
        case .count, .countDistinct, .aggregate: []
        }
    }
}
