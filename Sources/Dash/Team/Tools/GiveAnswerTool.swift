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
                        "type": ["object", "boolean"],
                        "properties": [
                            "form": ["type": "string", "enum": ["line", "bar", "area", "pie"]],
                            "title": ["type": "string"], "result_id": ["type": "string"],
                            "category": ["type": "string"],
                            "values": texts, "series": ["type": "string"],
                        ],
                        "required": ["form", "category", "values"],
                        "description":
                            "Column names of one result. Left out: chosen by the result's shape; false: none.",
                    ],
                    "caveats": texts,
                    "kind": [
                        "type": "string", "enum": .array(Self.kinds.map { .string($0.rawValue) }),
                        "description":
                            "result where left out; clarification with choices where the question has several readings.",
                    ],
                    "choices": texts, "next_steps": texts,
                    "explains_earlier": .property(
                        "boolean", "Whether it explains how the answer before came about; its source is shown again."),
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

        let agreement = kind == .result ? await agreement(results) : nil
        let doubted = results.map(\.table.id).filter { run.findings(about: $0).contains { $0.isDoubt } }
        let badge = AnswerBadge(
            kind: kind, results: results, question: Wording(run.question.text), notes: run.notes, agreement: agreement,
            doubted: Set(doubted)
        ).badge
        var caveats = texts(arguments["caveats"])
        for (_, evidence) in results {
            if case .plan(let planned) = evidence {
                for caveat in planned.caveats where !caveats.contains(caveat) { caveats.append(caveat) }
            }
        }
        for caveat in run.caveats(of: results.map(\.table)) where !caveats.contains(caveat) { caveats.append(caveat) }
        if let agreement, let caveat = contradiction(agreement, results) { caveats.append(caveat) }
        let explained = arguments["explains_earlier"]?.bool == true ? run.conversation.explained : nil
        let answer = Answer(
            kind: kind, runID: run.id, headline: headline, meaning: meaning, tables: results.map(Self.explained),
            chart: chart,
            badge: badge,
            provenance: results.isEmpty
                ? explained?.provenance : await provenance.provenance(of: results, seen: run.knowledge),
            caveats: caveats,
            nextSteps: texts(arguments["next_steps"]), choices: choices, unused: unused(kind, results),
            memory: PlanMemory(
                answered: answeredPlan(kind, results, agreement), likely: likelyPlans(kind, results, agreement)),
            answeredAt: now())
        if kind == .result { await remember(results) }
        run.finish(answer)
        return ToolOutput(
            content: [headline, meaning].compactMap { $0 }.joined(separator: " "), endsRun: true, summary: headline)
    }

    /// What a plan left over of the question, or what nothing knows of one that has no answer; nil for nothing.
    private func unused(_ kind: Answer.Kind, _ results: [(table: ResultTable, evidence: Evidence)]) -> [String]? {
        let words: [String]
        switch (kind, run.outcome) {
        case (.result, _):
            guard case .plan(let planned)? = results.first?.evidence else { return nil }
            words = planned.question.unused
        case (.unanswered, .declined(let decline)?): words = decline.unknown
        case (.unanswered, .plan(let planned)?): words = planned.unused
        default: words = []
        }
        var unique: [String] = []
        for word in words where !unique.contains(word) { unique.append(word) }
        return unique.isEmpty ? nil : unique
    }

    /// The day it is, wherever the company is: a stock without a period is one of today.
    private var today: [String] {
        [-14.0, 0, 14].map { String(now().addingTimeInterval($0 * 3_600).description.prefix(10)) }
    }

    /// The rows with what the plan says of their numbers.
    private static func explained(_ result: (table: ResultTable, evidence: Evidence)) -> ResultTable {
        guard case .plan(let planned) = result.evidence,
            planned.statement.columns.count == result.table.columns.count
        else { return result.table }
        var table = result.table
        for (index, column) in planned.statement.columns.enumerated() where table.columns[index].type.isNumeric {
            if column.role == .relativeChange {
                table.columns[index].meaning = .relativeChange
            } else if let unit = column.unit, NumberText.isMoneyOrPercent(unit), column.role != .change {
                table.columns[index].meaning = .unit(unit)
            }
        }
        return table
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
        let reading = Wording(run.question.text)
        var curated = reading.windows.map(\.label)
        if let count = reading.rank?.count { curated.append("\(count)") }
        for (table, evidence) in results {
            switch evidence {
            case .query(let query, _): curated += [query.name, query.description] + query.questions
            case .plan(let planned):
                curated += planned.statement.filters + today
                if let period = planned.statement.period {
                    let first = PeriodWords(period).firstDay
                    curated += [period] + [first].compactMap(\.self)
                }
                curated += planned.question.evidence.flatMap { [$0.words, $0.meaning] }
                curated += run.knowledge.compactMap { entry in
                    guard case .metric(let metric) = entry.content else { return nil }
                    return "\(metric.name): \(metric.definition)"
                }
            case .derived, .generated: break
            }
            curated += SQLOutline(table.sql).intervals.map { "\($0.count) \($0.unit)s" }
            if let limit = SQLOutline(table.sql).limit { curated.append("\(limit)") }
        }
        if kind != .result {
            // Definitions and the person's own words may be repeated where nothing was computed.
            curated.append(run.question.text)
            curated += run.knowledge.map(KnowledgeText.text) + run.notes.map(\.text)
            if let explained = run.conversation.explained {
                curated += [explained.headline, Explanation.lines(explained.provenance)]
            }
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
        guard let first = tables.first, wanted != .bool(false) else { return nil }
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

    // MARK: - Plans

    /// How the answer compares with the plan of the same question, where that covers all of it from curated definitions.
    /// What did not run is no evidence for or against anything.
    private func agreement(_ results: [(table: ResultTable, evidence: Evidence)]) async -> ResultAgreement? {
        guard let first = results.first, let planned = run.plannedQuestion, planned.isCurated, planned.coversAll
        else { return nil }
        if case .plan(let answered) = first.evidence, answered.isReworded != true { return nil }
        let own = run.resultIDs.compactMap(run.result).first { $0.evidence == .plan(planned) }?.table
        let table: ResultTable
        if let own {
            table = own
        } else {
            do {
                try run.ledger.takeStatement()
                table = try await provenance.warehouse.analyst.run(
                    planned.statement.sql, keepingAs: run.nextResultID()
                ).withoutSecrets
            } catch {
                logger.notice("a plan could not be held against the answer", ["run": run.id.short])
                return nil
            }
        }
        return ResultAgreement(planned: table, columns: planned.statement.columns, other: first.table)
    }

    private func contradiction(
        _ agreement: ResultAgreement, _ results: [(table: ResultTable, evidence: Evidence)]
    ) -> String? {
        guard case .different(let planned, let other, let group) = agreement else { return nil }
        let source: String =
            switch results.first?.evidence {
            case .query(let query, _): "The query “\(query.name)”"
            default: "This statement"
            }
        return
            "\(source) and the curated definitions give different numbers\(group.map { " for \($0)" } ?? ""): \(NumberText.formatted(other)) here, \(NumberText.formatted(planned)) there. Neither is verified."
    }

    /// The plan that follow-ups edit: what answered, or what says the same.
    private func answeredPlan(
        _ kind: Answer.Kind, _ results: [(table: ResultTable, evidence: Evidence)], _ agreement: ResultAgreement?
    ) -> PlannedQuestion? {
        if case .plan(let planned) = results.first?.evidence { return planned.question }
        guard case .plan(let question) = run.outcome else { return nil }
        switch kind {
        case .result: return agreement == .same ? question : nil
        case .message:
            if question.plan.recipe == .definition { return question }
            // What can be asked about something is followed by questions about it: "how many are there?".
            guard question.plan.recipe == .description, let subject = question.plan.subject else { return nil }
            return PlannedQuestion(plan: Plan(recipe: .value, measures: [.count(subject)]))
        default: return nil
        }
    }

    /// Plans of a question that no plan has answered: whether one gives the same is looked at when somebody goes on.
    private func likelyPlans(
        _ kind: Answer.Kind, _ results: [(table: ResultTable, evidence: Evidence)], _ agreement: ResultAgreement?
    ) -> [PlannedQuestion] {
        guard kind == .result, agreement == nil || agreement == .incomparable else { return [] }
        if case .plan = results.first?.evidence { return [] }
        return switch run.outcome {
        case .plan(let question)?: question.unused.isEmpty ? [question] : []
        case .clarify(let clarification)?:
            clarification.choices.map(\.question).filter { $0.unused.isEmpty }
        case .declined?, nil: []
        }
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
