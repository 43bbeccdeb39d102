import Agents
import LanguageModels
import ServiceRuntime

/// `save_learning`: keeps what the asker says about meaning; it applies to them at once and to all when approved.
struct SaveLearningTool: Tool {
    let run: Run
    let learnings: LearningStore
    private static let longestTitle = 200
    private static let longestText = 2_000

    var definition: ToolDefinition {
        ToolDefinition(
            name: ToolName.saveLearning,
            description: """
                Keeps a correction of meaning that the person gave, or a fact about the data that cost effort to find. It \
                applies to this person at once and to everybody when approved.
                """,
            parameters: .schema(
                [
                    "title": .property("string", "What it is about, in a few words."),
                    "learning": .property("string", "What holds, in one or two sentences."),
                ], required: ["title", "learning"]))
    }

    var annotations: ToolAnnotations { ToolAnnotations(isReadOnly: false, isDestructive: false) }

    func call(_ arguments: JSONValue) async throws -> ToolOutput {
        guard let title = arguments.text("title"), let text = arguments.text("learning") else {
            return ToolOutput(wrongArguments: "`title` and `learning` must not be empty.")
        }
        let id = try await learnings.save(
            title: Self.title(title, of: text), text: String(text.prefix(Self.longestText)),
            author: run.question.asker.id, place: run.question.origin.place)
        return ToolOutput(
            content: JSONValue.object(["saved": .integer(id), "applies_to": "this person, everybody once approved"])
                .encoded(),
            summary: "learning \(id) saved")
    }

    /// The title, or the text's beginning where the title turns what it says around: "Fees" for "sales exclude fees".
    static func title(_ title: String, of text: String) -> String {
        let isTurned =
            Reading(text).terms.contains(where: \.isNegated) && !Reading(title).terms.contains(where: \.isNegated)
        return String((isTurned ? text : title).prefix(Self.longestTitle))
    }
}
