import LanguageModels
import Planner
import ServiceRuntime

extension GroundedAnalyst {
    /// Calls `give_answer`.
    func give(
        _ headline: String, meaning: String? = nil, kind: Answer.Kind, results: [String] = [], chart: Chart? = nil,
        hasNoChart: Bool = false, caveats: [String] = [], nextSteps: [String] = [], choices: [String] = [],
        explainsEarlier: Bool = false
    ) -> ModelResponse {
        var arguments: [String: JSONValue] = [
            "headline": .string(headline), "result_ids": .array(results.map(JSONValue.string)),
            "kind": .string(kind.rawValue),
        ]
        if let meaning { arguments["meaning"] = .string(meaning) }
        if let chart {
            var members: [String: JSONValue] = [
                "form": .string(chart.form.rawValue), "title": .string(chart.title),
                "result_id": .string(chart.resultID),
                "category": .string(chart.category), "values": .array(chart.values.map(JSONValue.string)),
            ]
            if let series = chart.series { members["series"] = .string(series) }
            arguments["chart"] = .object(members)
        } else if hasNoChart {
            arguments["chart"] = false
        }
        if explainsEarlier { arguments["explains_earlier"] = true }
        for (key, texts) in ["caveats": caveats, "next_steps": nextSteps, "choices": choices] where !texts.isEmpty {
            arguments[key] = .array(texts.map(JSONValue.string))
        }
        return transcript.call([(ToolName.giveAnswer, .object(arguments))])
    }

    /// The answer was not accepted: say less, until it is.
    func afterAnswer() -> ModelResponse? {
        let tries = transcript.all(ToolName.giveAnswer)
        guard let last = tries.last, last.result.isError else { return tries.isEmpty ? nil : transcript.reply("Done.") }
        let arguments = last.call.arguments
        let ids = arguments["result_ids"]?.array?.compactMap(\.string) ?? []
        let kind = arguments["kind"]?.string.flatMap(Answer.Kind.init) ?? .result
        switch tries.count {
        case 1:
            // Why nothing was answered stands before what else can be asked, whose numbers nothing may account for.
            let reason = kind == .unanswered ? arguments["meaning"]?.string.flatMap(Self.reason) : nil
            return give(
                arguments["headline"]?.string ?? plain(ids), meaning: reason, kind: kind, results: ids,
                choices: arguments["choices"]?.array?.compactMap(\.string) ?? [])
        case 2:
            return give(
                ids.isEmpty ? "I can't put this into words safely." : plain(ids),
                kind: ids.isEmpty ? .unanswered : kind, results: ids)
        default: return transcript.reply("I found a result but could not check my words about it.")
        }
    }

    /// A refusal without what is offered behind it; nil where nothing is.
    static func reason(_ meaning: String) -> String? {
        var end = meaning.startIndex
        while end < meaning.endIndex {
            if meaning[end...].hasPrefix(offering) {
                let reason = meaning[..<end]
                // A number in it may be what could not be said.
                return reason.contains(where: \.isNumber) ? nil : String(reason)
            }
            end = meaning.index(after: end)
        }
        return nil
    }

    /// How many rows there are and of what, where nothing else about them may be said.
    private func plain(_ ids: [String]) -> String {
        let results = transcript.all(ToolName.runSQL).compactMap { SeenResult($0) }
        guard let result = results.first(where: { ids.contains($0.table.id) }) else { return "This is what I found." }
        let columns = result.table.columns.prefix(4).map { Words.plain($0.name).joined(separator: " ") }
        let count = result.rowCount
        return
            "\(result.table.isTruncated ? "The first " : "")\(NumberText.formatted(Double(count))) \(count == 1 ? "row" : "rows") of \(columns.joinedAsList)."
    }

    // MARK: - Corrections

    func correction() -> ModelResponse {
        let text = Self.stated(transcript.task)
        guard let step = transcript.last(ToolName.saveLearning) else {
            let subject = Wording(text).core.prefix(4).map(\.surface).joined(separator: " ")
            return transcript.call([
                (
                    ToolName.saveLearning,
                    [
                        "title": .string(subject.isEmpty ? "Correction" : Words.title(subject)),
                        "learning": .string(text),
                    ]
                )
            ])
        }
        guard !step.result.isError else {
            return give("I could not keep that correction. Please try again later.", kind: .unanswered)
        }
        let applies = "It applies to your questions from now on, and to everybody once it is approved."
        let saved = try? JSONValue(parsing: step.result.content)
        if let known = saved?["known"]?.string {
            return give("I read it so already.", meaning: known, kind: .message)
        }
        if let taught = saved?["taught"]?.string {
            return give("Noted: \(text)", meaning: "\(taught) \(applies)", kind: .message)
        }
        return give(
            "Noted: \(text)",
            meaning:
                "I can't compute with it yet, so I'll show it beside the number. To change the number itself, ask an administrator to change the definition in the knowledge files.",
            kind: .message)
    }

    /// The correction without its opening: "no, MRR excludes trials" states "MRR excludes trials".
    static func stated(_ text: String) -> String {
        var rest = Substring(text)
        let openings = [
            "no", "not quite", "actually", "that's wrong", "that is wrong", "that's not right", "wrong", "incorrect",
            "correction", "please remember that", "remember that", "please remember", "remember", "note that",
            "for the record", "from now on",
        ]
        var isChanged = true
        while isChanged {
            isChanged = false
            while let first = rest.first, first.isWhitespace || [",", ".", ":", "-", "–", "—", "!"].contains(first) {
                rest.removeFirst()
            }
            for opening in openings where rest.lowercased().hasPrefix(opening) {
                let after = rest.dropFirst(opening.count)
                guard let next = after.first, !next.isLetter else { continue }
                rest = after
                isChanged = true
                break
            }
        }
        return rest.isEmpty ? text : String(rest)
    }

    // MARK: - Help, definitions, schema

    func help() -> ModelResponse {
        guard transcript.last(ToolName.searchKnowledge) != nil else {
            return transcript.call([(ToolName.searchKnowledge, ["query": "", "limit": 40])])
        }
        let knowledge = transcript.knowledge
        let about = knowledge.profiles.compactMap(\.description).first
        let metrics = knowledge.metrics.prefix(8).map { $0.shortName }
        let questions = knowledge.queries.prefix(40).compactMap(\.query.questions.first)
        let offers =
            questions.isEmpty
            ? knowledge.queries.prefix(5).map { Words.title(Phrasebook.unqualified($0.query.name)) }
            : Array(questions.prefix(5))
        let counts =
            offers.isEmpty
            ? knowledge.tables.prefix(3).map { table in
                "How many \(Words.plain(Phrasebook.unqualified(table.name)).joined(separator: " ")) are there?"
            } : []
        var parts: [String] = []
        if let about { parts.append(about) }
        if !metrics.isEmpty { parts.append("I know these measures: \(metrics.joined(separator: ", ")).") }
        if !knowledge.tables.isEmpty {
            parts.append(
                "The data: \(knowledge.tables.prefix(12).map { Phrasebook.unqualified($0.name) }.joined(separator: ", "))."
            )
        }
        if !knowledge.rules.isEmpty || !knowledge.documents.isEmpty {
            let titles = knowledge.documents.prefix(5).map(\.title)
            parts.append(
                "I can explain \(knowledge.rules.isEmpty ? "" : "the business rules")\(!knowledge.rules.isEmpty && !titles.isEmpty ? " and " : "")\(titles.joined(separator: ", "))."
            )
        }
        parts.append(
            "I can split measures by what is declared for them, continue with follow-ups like “by …”, explain definitions, and build views in schema dash."
        )
        return give(
            knowledge.isEmpty
                ? "I answer questions from your PostgreSQL, but no knowledge is loaded yet."
                : "I answer questions about the company's data, each with how it was computed.",
            meaning: parts.joined(separator: " "), kind: .message, nextSteps: offers + counts)
    }

    func definition(_ question: DefinitionQuestion, _ matcher: Matcher) -> ModelResponse? {
        let knowledge = matcher.knowledge
        let wanted = Wording(question.term)
        guard wanted.groups.isEmpty, wanted.windows.isEmpty, wanted.rank == nil, !wanted.isCount else { return nil }
        if let metric = matcher.metric(named: question.term) {
            return define(metric)
        }
        guard !wanted.core.isEmpty else { return nil }
        func covers(_ text: String) -> Bool {
            let words = Wording(text).terms
            return wanted.core.allSatisfy { term in words.contains { $0.sharesForm(with: term) } }
        }
        if let rule = knowledge.rules.first(where: { covers($0.text) }) {
            return give(rule.text, meaning: "This is a rule of the business knowledge.", kind: .message)
        }
        if let document = knowledge.documents.first(where: { covers($0.title) }) {
            return give("\(document.title): \(document.text.prefix(1_000))", kind: .message)
        }
        return nil
    }

    func define(_ metric: Metric) -> ModelResponse {
        // Prose computes nothing.
        let isComputed =
            metric.expression != nil || metric.kind != nil || MetricCalculation(parsing: metric.calculation) != nil
        return give(
            "\(metric.name): \(metric.definition)", meaning: "Computed as \(KnowledgeText.computation(of: metric))",
            kind: .message, nextSteps: isComputed ? ["What is our \(metric.shortName)?"] : [])
    }

    func schema(_ question: SchemaQuestion, _ knowledge: KnowledgeView) -> ModelResponse? {
        guard !knowledge.tables.isEmpty else { return nil }
        switch question {
        case .tables:
            let lines = knowledge.tables.filter { !$0.description.isEmpty }.map { "\($0.name): \($0.description)" }
            return give(
                "I know these tables: \(knowledge.tables.map(\.name).joinedAsList).",
                meaning: lines.isEmpty ? nil : lines.joined(separator: "\n"), kind: .message)
        case .columns(let words):
            let wanted = Phrasebook.phrase(words)
            guard
                let table = knowledge.tables.first(where: { table in
                    knowledge.nouns(of: [table.name]).contains {
                        $0.count == wanted.count && zip($0, wanted).allSatisfy { $0.matches($1) }
                    }
                })
            else { return nil }
            let lines = table.columns.map {
                "\($0.name) (\($0.type))\($0.description.isEmpty ? "" : ": \($0.description)")"
            }
            let headline =
                table.description.isEmpty ? "\(table.name) has these columns." : "\(table.name): \(table.description)"
            return give(headline, meaning: lines.joined(separator: "\n"), kind: .message)
        }
    }
}
