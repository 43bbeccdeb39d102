import LanguageModels
import Planner
import ServiceRuntime

/// Questions that the planner has a plan for, a question back, or a reason to decline.
extension GroundedAnalyst {
    /// What the planner is asked: a reply that takes a choice stays as it is.
    var planned: String { conversation.choice(for: transcript.task) == nil ? task : transcript.task }

    var hasTakenChoice: Bool { conversation.choice(for: transcript.task) != nil }

    // MARK: - Numbers

    func answer(_ seen: SeenPlan.Planned, _ matcher: Matcher) -> ModelResponse {
        guard let statement = seen.statement else { return unanswered([], [], matcher) }
        let runs = transcript.all(ToolName.runSQL)
        guard let main = runs.first(where: { $0.call.arguments["sql"]?.string == statement.sql }) else {
            return transcript.call([(ToolName.runSQL, ["sql": .string(statement.sql)])])
        }
        guard let result = SeenResult(main) else {
            let cause = (try? JSONValue(parsing: main.result.content))?["message"]?.string ?? "it did not run"
            return give(
                "I know how to answer this, but the statement failed.", meaning: "The database says: \(cause)",
                kind: .unanswered)
        }
        var parts: SeenResult?
        if let companion = seen.parts, result.table.rows.count == 1 {
            guard let step = runs.first(where: { $0.call.arguments["sql"]?.string == companion.sql }) else {
                return transcript.call([(ToolName.runSQL, ["sql": .string(companion.sql)])])
            }
            parts = SeenResult(step)
        }
        return narrate(seen, statement, result, parts, matcher)
    }

    private func narrate(
        _ seen: SeenPlan.Planned, _ statement: CompiledPlan, _ result: SeenResult, _ parts: SeenResult?,
        _ matcher: Matcher
    ) -> ModelResponse {
        let knowledge = matcher.knowledge
        let narration = PlanNarrator(
            plan: seen.plan, columns: statement.columns, filters: statement.filters.filter { !Self.isDefinition($0) },
            saysNotOver: statement.saysNotOver, period: statement.period,
            table: result.table, isComplete: result.isComplete, rowCount: result.rowCount, knowledge: knowledge,
            labels: ColumnLabels(knowledge: knowledge), today: today, parts: parts?.table
        ).narrate()
        var ids = [result.table.id]
        if let parts, narration.usesParts { ids.append(parts.table.id) }
        let reading = Wording(task)
        let reads = statement.tables.map(\.description)
        var caveats = narration.caveats + said(about: reading, knowledge, exceptTaught: true)
        // Whoever curated a definition knew its traps.
        if !seen.isCurated,
            let gotcha = GotchaChoice(knowledge, reads: reads, sql: result.table.sql).caveat(reading)
        {
            caveats.append(gotcha)
        }
        // "What is X" may ask for the meaning, the value or both.
        let defined = DefinitionQuestion(task).flatMap { matcher.metric(named: $0.term) }.map {
            "\($0.name): \($0.definition)"
        }
        let meaning = [defined, defined != nil && narration.isDefinition ? nil : narration.meaning].compactMap { $0 }
        let chart = narration.chart ?? (narration.usesParts ? chart(of: parts) : nil)
        return give(
            narration.headline, meaning: meaning.isEmpty ? nil : meaning.joined(separator: " "), kind: .result,
            results: ids, chart: chart,
            hasNoChart: chart == nil, caveats: Array(caveats.prefix(4)), nextSteps: nextSteps(seen, knowledge))
    }

    /// Conditions of a metric's own definition stand with that, not in the sentence.
    private static func isDefinition(_ filter: String) -> Bool { filter.contains(" (definition of ") }

    private func chart(of parts: SeenResult?) -> Chart? {
        guard let table = parts?.table, table.columns.count == 2 else { return nil }
        let title =
            "\(Words.title(table.columns[1].name)) by \(Words.plain(table.columns[0].name).joined(separator: " "))"
        return ResultShape(table.columns, rows: table.rows).chart(of: table, title: title)
    }

    /// What the metric can be split by, as questions.
    private func nextSteps(_ seen: SeenPlan.Planned, _ knowledge: KnowledgeView) -> [String] {
        guard case .metric(let name)? = seen.plan.measures.first,
            let metric = knowledge.metrics.first(where: { $0.name == name })
        else { return [] }
        let used = seen.plan.dimensions.compactMap { if case .column(let column) = $0 { column.name } else { nil } }
        return metric.dimensions.filter { dimension in !used.contains { dimension.hasSuffix($0) } }.prefix(2).map {
            "\(metric.shortName) by \(Words.plain(Phrasebook.unqualified($0)).joined(separator: " "))"
        }
    }

    /// What can be asked of the plan that was answered before.
    private func earlierSteps(_ earlier: PlannedQuestion, _ knowledge: KnowledgeView) -> [String] {
        nextSteps(SeenPlan.Planned(question: earlier, statement: nil, isCurated: true, parts: nil), knowledge)
    }

    static let noKnowledge = "No knowledge is loaded; run `dashd knowledge load`."

    // MARK: - Words

    /// What a metric means, where the plan asks for that.
    func definition(_ plan: Plan, _ knowledge: KnowledgeView) -> ModelResponse? {
        guard plan.recipe == .definition, case .metric(let name)? = plan.measures.first,
            let metric = knowledge.metrics.first(where: { $0.name == name })
        else { return nil }
        return define(metric)
    }

    /// What can be asked about a table: its measures, what they can be split by, its time, questions that are known.
    func description(_ plan: Plan, _ knowledge: KnowledgeView) -> ModelResponse? {
        guard plan.recipe == .description else { return nil }
        guard let subject = plan.subject else { return description(ofMeasureIn: plan, knowledge) }
        let noun = Words.plain(subject.name).joined(separator: " ")
        let isOwn = { (name: String) in Phrasebook.unqualified(name).lowercased() == subject.name.lowercased() }
        let table = knowledge.tables.first { isOwn($0.name) }
        let metrics = knowledge.metrics.filter { isOwn($0.firstTable) }
        let queries = knowledge.queries.map(\.query).filter { query in
            (query.tables.isEmpty ? query.outline.relations : query.tables).contains(where: isOwn)
        }
        var lines: [String] = []
        if let text = table?.description, !text.isEmpty { lines.append(text) }
        if !metrics.isEmpty { lines.append("Measures: \(metrics.map(\.shortName).joinedAsList).") }
        var splits: [String] = []
        for dimension in metrics.flatMap(\.dimensions)
            + (table?.columns.filter { !$0.values.isEmpty && !$0.isPersonal }.map(\.name) ?? [])
        {
            let words = Words.plain(Phrasebook.unqualified(dimension)).joined(separator: " ")
            if !splits.contains(words) { splits.append(words) }
        }
        if !splits.isEmpty { lines.append("By: \(splits.prefix(10).joined(separator: ", ")).") }
        if let time = table?.timeColumn {
            lines.append("Over time: by \(Words.plain(time).joined(separator: " ")).")
        }
        let examples =
            metrics.prefix(2).map { "What is our \($0.shortName)?" } + queries.compactMap(\.questions.first).prefix(3)
            + (metrics.isEmpty ? ["How many \(noun) are there?"] : [])
        return give(
            "This is what I can answer about \(noun).", meaning: lines.isEmpty ? nil : lines.joined(separator: "\n"),
            kind: .message, nextSteps: Array(examples.prefix(5)))
    }

    private func description(ofMeasureIn plan: Plan, _ knowledge: KnowledgeView) -> ModelResponse? {
        guard case .metric(let name)? = plan.measures.first,
            let metric = knowledge.metrics.first(where: { $0.name == name })
        else { return nil }
        let splits = metric.dimensions.map { Words.plain(Phrasebook.unqualified($0)).joined(separator: " ") }
        return give(
            "\(metric.name): \(metric.definition)",
            meaning: splits.isEmpty ? nil : "By: \(splits.prefix(10).joined(separator: ", ")).", kind: .message,
            nextSteps: ["What is our \(metric.shortName)?"] + splits.prefix(2).map { "\(metric.shortName) by \($0)" })
    }

    /// How the answer before came about.
    func explanation() -> ModelResponse? {
        Explanation.isAsked(transcript.task) ? explain() : nil
    }

    func explain() -> ModelResponse? {
        guard let explained = conversation.explained else { return nil }
        return give(
            "This is how I got “\(explained.headline)”", meaning: Explanation.lines(explained.provenance),
            kind: .message,
            explainsEarlier: true)
    }

    // MARK: - No answer

    /// A fixed query answered before, and no plan gives its numbers: there is nothing that could be changed.
    private func declinedChange(
        _ explained: ConversationMemory.Explained, _ decline: Decline, _ matcher: Matcher
    ) -> ModelResponse {
        let source = explained.provenance.validatedQuery.map { "The query is “\($0)”. " } ?? ""
        var offers: [String] = []
        let metrics = matcher.knowledge.metrics.filter { !$0.dimensions.isEmpty }
        for offer in decline.suggestions + suggestions(matcher, except: nil)
            + metrics.compactMap({ metric in
                metric.dimensions.first.map {
                    "\(metric.shortName) by \(Words.plain(Phrasebook.unqualified($0)).joined(separator: " "))"
                }
            }) where !offers.contains(offer)
        {
            offers.append(offer)
        }
        offers = Array(offers.prefix(3))
        return give(
            "I can't change that answer: it came from a fixed query.",
            meaning: source + "Please ask a whole question instead"
                + (offers.isEmpty ? "." : ", such as: \(offers.joined(separator: " · "))"),
            kind: .unanswered, nextSteps: offers)
    }

    /// A short reply that takes none of the choices before it: they are offered again.
    private var stillOpen: ModelResponse? {
        Words.plain(transcript.task).count <= 3 ? offeredAgain : nil
    }

    /// What leans on the question back, and takes none of its choices: no plan of an older answer is what it changes.
    func leaningReply(_ plan: SeenPlan?) -> ModelResponse? {
        guard !conversation.offered.isEmpty, !hasTakenChoice,
            leansBack || plan?.planned?.isContinued == true
        else { return nil }
        if case .clarify = plan { return nil }
        return offeredAgain
    }

    private var offeredAgain: ModelResponse? {
        let labels = conversation.offered.map(\.label)
        guard (2...5).contains(labels.count) else { return nil }
        return give(
            "“\(transcript.task)” is none of these. Which do you mean?", kind: .clarification, choices: labels)
    }

    /// What ends a refusal.
    static let offering = " What I can answer: "

    func declined(_ decline: Decline, _ matcher: Matcher) -> ModelResponse {
        if let open = stillOpen { return open }
        if leansBack, conversation.earlier == nil, let explained = conversation.explained {
            return declinedChange(explained, decline, matcher)
        }
        var offers: [String] =
            conversation.earlier == nil ? [] : conversation.earlier.map { earlierSteps($0, matcher.knowledge) } ?? []
        if !leansBack, !isPointing { offers = [] }
        for offer in decline.suggestions + suggestions(matcher, except: nil) where !offers.contains(offer) {
            offers.append(offer)
        }
        offers = Array(offers.prefix(3))
        let end =
            offers.isEmpty
            ? matcher.knowledge.isEmpty ? " " + Self.noKnowledge : " Say “help” to see what I can answer."
            : Self.offering + offers.joined(separator: " · ")
        var unknown: [String] = []
        for word in decline.unknown where !decline.text.contains(word) && !unknown.contains(word) {
            unknown.append(word)
        }
        unknown = Array(unknown.prefix(5))
        let words =
            unknown.isEmpty ? "" : " Nothing that I know is about \(unknown.map { "“\($0)”" }.joinedAsList)."
        return give(
            "I can't answer that from what I know yet.",
            meaning: decline.text.prefix(1).uppercased() + decline.text.dropFirst() + words + end, kind: .unanswered,
            nextSteps: offers)
    }
}
