import Agents
import LanguageModels
import Planner
import ServiceRuntime

/// `save_learning`: keeps what the asker says about meaning; it applies to them at once and to all when approved.
struct SaveLearningTool: Tool {
    let run: Run
    let learnings: LearningStore
    let planning: PlanningService
    /// In the company's time zone.
    let today: CivilDate
    let logger: Logger
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
        var teaching: Teaching?
        switch await verdict(text) {
        case .known(let adjustment):
            return ToolOutput(
                content: JSONValue.object(["known": .string(adjustment.sentence)]).encoded(),
                summary: "read so already")
        case .teaching(let proved): teaching = proved
        case .unproved: break
        }
        let id = try await learnings.save(
            title: Self.title(title, of: text), text: String(text.prefix(Self.longestText)), teaching: teaching,
            author: run.question.asker.id, place: run.question.origin.place)
        var members: [String: JSONValue] = [
            "saved": .integer(id), "applies_to": "this person, everybody once approved",
        ]
        if let teaching {
            members["taught"] = .string(teaching.adjustment.sentence)
            members["proved_by"] = .string(teaching.regression.question)
        }
        return ToolOutput(content: JSONValue.object(members).encoded(), summary: "learning \(id) saved")
    }

    /// What the planner can follow of it, proved by a question; what is only text is kept as that.
    private func verdict(_ text: String) async -> TeachingProof.Verdict {
        do {
            let state = try await planning.current()
            let known = try await learnings.adjustments(
                asker: run.question.asker.id, place: run.question.origin.place)
            return await Self.verdict(text, state, known, asked: run.conversation.questions, today)
        } catch {
            logger.warning("a correction could not be read for the planner", ["run": run.id.short])
            return .unproved
        }
    }

    @concurrent
    private static func verdict(
        _ text: String, _ state: PlanningState, _ known: [Adjustment], asked: [String], _ today: CivilDate
    ) async -> TeachingProof.Verdict {
        let reader = CorrectionReader(source: state.source) { state.values(called: $0) }
        guard let adjustment = reader.adjustment(text) else { return .unproved }
        let proof = TeachingProof(planner: state.planner, source: state.source, known: known) { planned in
            if case .success = state.statement(of: planned, today: today) { true } else { false }
        }
        return proof.verdict(adjustment, asked: asked)
    }

    /// The title, or the text's beginning where the title turns what it says around: "Fees" for "sales exclude fees".
    static func title(_ title: String, of text: String) -> String {
        let isTurned =
            Wording(text).terms.contains(where: \.isNegated) && !Wording(title).terms.contains(where: \.isNegated)
        return String((isTurned ? text : title).prefix(Self.longestTitle))
    }
}
