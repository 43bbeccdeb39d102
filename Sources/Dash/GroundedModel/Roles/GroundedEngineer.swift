import LanguageModels
import Planner
import ServiceRuntime

/// The built-in model as Engineer: turns a validated query or metric into a view of schema `dash`, records it, says so.
struct GroundedEngineer {
    let transcript: Transcript

    func respond() -> ModelResponse {
        if let request = BuiltObjectRequest(transcript.task) {
            switch request.action {
            case .drop: return drop(request.name)
            case .refresh: return refresh(request.name)
            }
        }
        guard !Planner.isTooLong(transcript.task) else { return transcript.reply(Planner.tooLong) }
        let request = ViewRequest(transcript.task)
        guard let words = request.subject, let name = request.name else {
            return transcript.reply(
                "Tell me what the view should hold, for example “create a view for …” with the name of a measure and how to split it."
            )
        }
        guard transcript.last(ToolName.searchKnowledge) != nil else {
            return transcript.call([
                (ToolName.searchKnowledge, ["query": .string(words), "limit": 40]), (ToolName.introspectSchema, [:]),
                (ToolName.planQuestion, ["question": .string(words)]),
            ])
        }
        let full = "dash.\(name)"
        let runs = transcript.all(ToolName.runSQL)
        if runs.isEmpty, exists(full), !request.replaces {
            return transcript.reply(
                "\(full) exists already. Ask for its data in plain words, or name another view.")
        }
        let knowledge = transcript.knowledge
        guard let source = source(of: words, knowledge) else {
            return transcript.reply(lacking(words, knowledge))
        }
        let kind = request.isMaterialized ? "materialized view" : "view"
        let verb = request.replaces && !request.isMaterialized ? "CREATE OR REPLACE" : "CREATE"
        let create = "\(verb) \(kind.uppercased()) \(full) AS\n\(source.sql)"
        let period = period(source, isMaterialized: request.isMaterialized)
        guard let made = runs.first(where: { $0.call.arguments["sql"]?.string == create }) else {
            return transcript.call([(ToolName.runSQL, ["sql": .string(create)])])
        }
        if code(made) == "declined" { return transcript.reply("I left \(full) as it is: it was not confirmed.") }
        guard !made.result.isError else { return transcript.reply("I could not create \(full): \(message(made)).") }
        let read = "SELECT * FROM \(full) LIMIT 5"
        guard let sample = runs.first(where: { $0.call.arguments["sql"]?.string == read }) else {
            return transcript.call([(ToolName.runSQL, ["sql": .string(read)])])
        }
        guard let result = SeenResult(sample) else {
            return transcript.reply("I created \(full), but reading from it failed: \(message(sample)).")
        }
        let columns = result.table.columns.map { SQLIdentifier.sql($0.name) }
        guard let recorded = transcript.last(ToolName.updateKnowledge) else {
            let content = """
                \(source.description)\(period) Made from \(source.name) as it was defined then.
                Columns: \(result.table.columns.map { "\($0.name) (\($0.type.rawValue))" }.joined(separator: ", ")).
                Example: SELECT \(columns.joined(separator: ", ")) FROM \(full)
                """
            return transcript.call([(ToolName.updateKnowledge, ["title": .string(full), "content": .string(content)])])
        }
        let note =
            recorded.result.isError
            ? " It could not be recorded for the analyst: \(message(recorded))."
            : " The next such question will use it."
        return transcript.reply(
            "\(request.replaces ? "Replaced" : "Created") the \(kind) \(full) with the columns \(result.table.columns.map(\.name).joinedAsList), from \(source.title).\(period)\(note)"
                + (request.isMaterialized
                    ? " It keeps the data of now; say “refresh \(full)” to bring it up to date." : "")
        )
    }

    /// A sentence on the period that the statement is limited to, with a space before it; empty where there is none.
    private func period(_ source: ViewSource, isMaterialized: Bool) -> String {
        let outline = SQLOutline(source.sql)
        var window = source.window
        if window == nil, outline.usesClock, let first = outline.intervals.first,
            outline.intervals.allSatisfy({ $0 == first })
        {
            window = "last \(first.count) \(first.unit)\(first.count == 1 ? "" : "s")"
        }
        guard let window else { return "" }
        guard outline.usesClock else { return " Its period: \(window)." }
        return " Its period: \(window), counted from the day of \(isMaterialized ? "its last refresh" : "reading")."
    }

    private func exists(_ full: String) -> Bool {
        (transcript.json(ToolName.introspectSchema)?["relations"]?.array ?? []).contains {
            $0["name"]?.string?.lowercased() == full
        }
    }

    /// A view on a view of the same words would only hide where it comes from.
    private func withoutBuilt(_ knowledge: KnowledgeView) -> KnowledgeView {
        knowledge.withoutQueries { query in query.tables.contains { $0.hasPrefix("dash.") } }
    }

    private func lacking(_ words: String, _ knowledge: KnowledgeView) -> String {
        let nearest: [Candidate]
        switch Matcher(knowledge: knowledge).match(words) {
        case .ambiguous(let candidates), .several(let candidates): nearest = candidates
        case .none(_, let candidates): nearest = candidates
        case .answer(let candidate): nearest = [candidate]
        }
        let offers = nearest.prefix(3).map { "“\($0.title)”" }
        return "I can only build a view from a validated query or a curated metric, and none fits “\(words)” in full."
            + (offers.isEmpty ? "" : " The nearest: \(Array(offers).joinedAsList).")
    }

    private func source(of words: String, _ knowledge: KnowledgeView) -> ViewSource? {
        if case .answer(let candidate) = Matcher(knowledge: withoutBuilt(knowledge)).match(words) {
            return ViewSource(candidate)
        }
        return SeenPlan(transcript)?.planned.flatMap { ViewSource($0, knowledge) }
    }

    func message(_ step: Transcript.Step) -> String {
        (try? JSONValue(parsing: step.result.content))?["message"]?.string ?? "the step failed"
    }
}
