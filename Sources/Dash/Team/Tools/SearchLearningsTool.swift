import Agents
import LanguageModels
import ServiceRuntime

/// `search_learnings`: what errors and people have taught, as far as it applies to the asker.
struct SearchLearningsTool: Tool {
    let run: Run
    let learnings: LearningStore

    var definition: ToolDefinition {
        ToolDefinition(
            name: ToolName.searchLearnings,
            description:
                "Finds past corrections of SQL and of meaning that fit a text and apply to the person who asks.",
            parameters: .schema(
                ["query": .property("string", "What to look for, in the person's words.")], required: ["query"]))
    }

    func call(_ arguments: JSONValue) async throws -> ToolOutput {
        guard let query = arguments.text("query") else { return ToolOutput(wrongArguments: "`query` is empty.") }
        let found = try await learnings.search(
            query, asker: run.question.asker.id, place: run.question.origin.place, limit: 6)
        run.saw(found)
        let records = found.map { learning -> JSONValue in
            var members: [String: JSONValue] = [
                "id": .integer(learning.id), "title": .string(learning.title), "text": .string(learning.text),
            ]
            if learning.teaching != nil { members["taught"] = true }
            if let correction = learning.correction {
                members["correction"] = [
                    "original": .string(correction.original), "error": .string(correction.error),
                    "corrected": .string(correction.corrected), "question": .string(correction.question),
                ]
            }
            return .object(members)
        }
        return ToolOutput(
            content: JSONValue.object(["learnings": .array(records)]).encoded(), summary: "\(records.count) learnings")
    }
}
