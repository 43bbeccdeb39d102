import Agents
import FoundationEssentials
import LanguageModels
import Planner
import ServiceRuntime

/// `give_answer`: ends the Analyst's work. Tables, provenance and badge come from the run's results, never from the model.
struct GiveAnswerTool: Tool {
    let run: Run
    let knowledge: KnowledgeStore
    let learnings: LearningStore
    let provenance: ProvenanceBuilder
    let now: @Sendable () -> Date
    let logger: Logger
    private static let kinds: [Answer.Kind] = [.result, .message, .clarification, .unanswered, .refusal]

    var definition: ToolDefinition {
        let texts: JSONValue = ["type": "array", "items": ["type": "string"]]
        return ToolDefinition(
            name: ToolName.giveAnswer,
            description: """
                Gives the answer and ends your work. Every number in headline and meaning must be in the results or follow \
                from them (sum, difference, ratio, percent, average, count, rounding).
                """,
            parameters: .schema(
                [
                    "headline": .property("string", "The number or the fact, in one sentence."),
                    "meaning": .property(
                        "string", "What it means: one sentence of change, share, outlier or comparison."),
                    "result_ids": [
                        "type": "array", "items": ["type": "string"],
                        "description": "The results that carry the answer, most important first.",
                    ],
                    "chart": [
                        "type": "object",
                        "properties": [
                            "form": ["type": "string", "enum": ["line", "bar", "area", "pie"]],
                            "title": ["type": "string"], "result_id": ["type": "string"],
                            "category": ["type": "string"],
                            "values": texts, "series": ["type": "string"],
                        ],
                        "required": ["form", "category", "values"],
                        "description": "Column names of one result. Left out: chosen by the result's shape.",
                    ],
                    "caveats": texts,
                    "kind": [
                        "type": "string", "enum": .array(Self.kinds.map { .string($0.rawValue) }),
                        "description":
                            "result where left out; clarification with choices where the question has several readings.",
                    ],
                    "choices": texts, "next_steps": texts,
                ], required: ["headline", "result_ids"]))
    }

    var annotations: ToolAnnotations { ToolAnnotations(isReadOnly: false, isDestructive: false) }

    func call(_ arguments: JSONValue) async throws -> ToolOutput {
        guard let headline = arguments.text("headline") else {
            return ToolOutput(wrongArguments: "`headline` is empty.")
        }
        let meaning = arguments.text("meaning")
        let kind = arguments["kind"]?.string.flatMap(Answer.Kind.init) ?? .result
        let ids = arguments["result_ids"]?.array?.compactMap(\.string) ?? []
        var results: [(table: ResultTable, evidence: Evidence)] = []
        for id in ids {
            guard let result = run.result(id) else {
                let known = run.resultIDs.joined(separator: ", ")
                return ToolOutput(
                    wrongArguments:
                        "There is no result `\(id)`. Results of this run: \(known.isEmpty ? "none" : known).")
            }
            if !results.contains(where: { $0.table.id == id }) { results.append(result) }
        }
        if kind == .result, results.isEmpty {
            return ToolOutput(
                wrongArguments:
                    "An answer of kind result needs at least one result id. Run a statement, or use kind message, clarification or unanswered."
            )
        }
        let choices = texts(arguments["choices"])
        if kind == .clarification, !(2...5).contains(choices.count) {
            return ToolOutput(wrongArguments: "A clarification needs two to five choices.")
        }
        let unknown = unknownNumbers(headline, meaning, kind, results)
        guard unknown.isEmpty else {
            return ToolOutput(
                wrongArguments:
                    "No result has \(unknown.prefix(5).joined(separator: ", ")), and it does not follow from one. Correct it, leave it out, or run the statement that gives it."
            )
        }
        let chart: Chart?
        do throws(ChartProblem) {
            chart = try self.chart(arguments["chart"], results.map(\.table), title: headline)
        } catch {
            return ToolOutput(wrongArguments: error.message)
        }

        let badge = badge(kind, results)
        var caveats = texts(arguments["caveats"])
        for (table, _) in results where table.isTruncated {
            caveats.append(
                "The table shows the first \(NumberText.formatted(Double(table.rows.count))) rows; there are more.")
        }
        let answer = Answer(
            kind: kind, runID: run.id, headline: headline, meaning: meaning, tables: results.map(\.table), chart: chart,
            badge: badge,
            provenance: results.isEmpty ? nil : await provenance.provenance(of: results, seen: run.knowledge),
            caveats: caveats,
            nextSteps: texts(arguments["next_steps"]), choices: choices, answeredAt: now())
        if kind == .result { await remember(results) }
        run.finish(answer)
        return ToolOutput(
            content: [headline, meaning].compactMap { $0 }.joined(separator: " "), endsRun: true, summary: headline)
    }

    private func texts(_ value: JSONValue?) -> [String] {
        (value?.array?.compactMap(\.string) ?? []).filter { $0.contains { !$0.isWhitespace } }.prefix(8).map {
            String($0.prefix(600))
        }
    }

    private func unknownNumbers(
        _ headline: String, _ meaning: String?, _ kind: Answer.Kind,
        _ results: [(table: ResultTable, evidence: Evidence)]
    ) -> [String] {
        let reading = Reading(run.question.text)
        var curated = reading.windows.map(\.label)
        if let count = reading.rank?.count { curated.append("\(count)") }
        for (table, evidence) in results {
            switch evidence {
            case .query(let query, _): curated += [query.name, query.description] + query.questions
            case .metric(let metric): curated += [metric.name, metric.definition]
            case .derived, .generated: break
            }
            curated += SQLOutline(table.sql).intervals.map { "\($0.count) \($0.unit)s" }
            if let limit = SQLOutline(table.sql).limit { curated.append("\(limit)") }
        }
        if kind != .result {
            // Definitions and the person's own words may be repeated where nothing was computed.
            curated.append(run.question.text)
            curated += run.knowledge.map(KnowledgeText.text) + run.notes.map(\.text)
        }
        let check = NumberCheck(results: results.map(\.table), curated: curated)
        var unknown: [String] = []
        for text in [headline, meaning].compactMap({ $0 }) {
            for number in check.unknown(in: text) where !unknown.contains(number) { unknown.append(number) }
        }
        return unknown
    }

    private struct ChartProblem: Error {
        var message: String
    }

    private func chart(_ wanted: JSONValue?, _ tables: [ResultTable], title: String) throws(ChartProblem) -> Chart? {
        guard let first = tables.first else { return nil }
        guard let wanted, wanted != .null else {
            let shape = ResultShape(first.columns, rows: first.rows)
            return shape.chart(
                of: first, title: shape.measures.first.map { Words.title(first.columns[$0].name) } ?? title)
        }
        let id = wanted["result_id"]?.string ?? first.id
        guard let table = tables.first(where: { $0.id == id }) else {
            throw ChartProblem(message: "The chart's result `\(id)` is not among `result_ids`.")
        }
        let values = wanted["values"]?.array?.compactMap(\.string) ?? []
        let category = wanted["category"]?.string ?? ""
        let series = wanted.text("series")
        let names = table.columns.map(\.name)
        for name in [category] + values + [series].compactMap({ $0 }) where !names.contains(name) {
            throw ChartProblem(
                message: "The chart names a column `\(name)`; \(id) has \(names.joined(separator: ", ")).")
        }
        for name in values where table.columns.first(where: { $0.name == name })?.type.isNumeric != true {
            throw ChartProblem(message: "The chart's column `\(name)` is not numeric.")
        }
        guard !values.isEmpty else { throw ChartProblem(message: "The chart needs at least one column in `values`.") }
        return Chart(
            form: wanted["form"]?.string.flatMap(Chart.Form.init) ?? .bar, title: wanted.text("title") ?? title,
            resultID: id, category: category, values: values, series: series)
    }

    /// The weakest evidence decides. What a person corrected and the result does not know of is no longer verified.
    private func badge(_ kind: Answer.Kind, _ results: [(table: ResultTable, evidence: Evidence)]) -> Badge? {
        switch kind {
        case .clarification, .unanswered: return .needsInput
        case .message, .refusal, .change, .confirmation, .failure: return nil
        case .result: break
        }
        let badges = results.map { result -> Badge in
            let badge = result.evidence.badge
            return badge == .verified && result.table.isTruncated ? .derived : badge
        }
        if badges.contains(.generated) { return .generated }
        if badges.contains(.derived) { return .derived }
        var names: [String] = []
        var definitions: [String] = []
        for result in results {
            switch result.evidence {
            case .query(let query, _):
                names.append(query.name)
                definitions.append(query.name + ": " + query.description)
            case .metric(let metric):
                names += metric.names
                definitions.append(metric.name + ": " + metric.definition)
            case .derived, .generated: break
            }
        }
        let terms = Reading(run.question.text).core + names.flatMap { Lexicon.phrase($0) }
        let isDisputed = run.notes.contains { note in
            note.correction == nil && !definitions.contains { Self.states($0, note.text) }
                && Reading(note.title + " " + note.text).terms.contains { term in
                    terms.contains { $0.sharesForm(with: term) }
                }
        }
        return isDisputed ? .derived : .verified
    }

    /// Whether a definition says what a note says: all its words, excluded where the note excludes.
    static func states(_ definition: String, _ note: String) -> Bool {
        let said = Reading.curated(definition).terms
        let claims = Reading(note).core
        return !claims.isEmpty && claims.allSatisfy { claim in said.contains { $0.matches(claim) } }
    }

    /// Statements that answered are kept as candidates; one that answered before becomes knowledge.
    private func remember(_ results: [(table: ResultTable, evidence: Evidence)]) async {
        guard !run.question.isByOutsider else { return }
        for (table, evidence) in results where evidence == .generated && !table.rows.isEmpty && !table.isTruncated {
            do {
                let tables = await provenance.tables(of: [table.sql])
                guard var promoted = try await learnings.recordSuccess(sql: table.sql, tables: tables) else { continue }
                promoted.columns = table.columns.map(\.name)
                try await knowledge.save(KnowledgeEntry(content: .query(promoted), source: KnowledgeEntry.savedSource))
            } catch {
                logger.warning("a statement that answered could not be kept", ["run": run.id.short])
            }
        }
    }
}
