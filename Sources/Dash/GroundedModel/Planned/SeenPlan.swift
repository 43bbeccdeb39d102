import LanguageModels
import Planner
import ServiceRuntime

/// What `plan_question` made of the question, as the model reads it.
enum SeenPlan: Sendable {
    struct Planned: Sendable {
        var question: PlannedQuestion
        /// Nil where the plan asks for words and not for numbers.
        var statement: CompiledPlan?
        /// Whether all of it is curated.
        var isCurated: Bool
        /// The statement as a view has it; nil where days stand in it that stay as they are.
        var viewSQL: String?
        /// The same number by one dimension that is declared for it.
        var parts: CompiledPlan?
        /// Whether something that people taught or chose changed it.
        var isTaught = false

        var plan: Plan { question.plan }
        /// Whether it continues what was answered before.
        var isContinued: Bool { question.evidence.contains { $0.source == .context } }
    }

    case planned(Planned)
    case clarify(text: String, choices: [String])
    case declined(Decline)

    /// Nil where the tool was not called, failed, or says what this version does not know.
    init?(_ transcript: Transcript) {
        guard let json = transcript.json(ToolName.planQuestion) else { return nil }
        if let decline = json["decline"], let decline: Decline = try? decline.decode() {
            self = .declined(decline)
        } else if let back = json["clarification"], let text = back["text"]?.string {
            self = .clarify(text: text, choices: back["choices"]?.array?.compactMap(\.string) ?? [])
        } else if let planned = json["planned"], let question: PlannedQuestion = try? planned.decode(),
            let failure = json["failure"]?.string, ![.definition, .description].contains(question.plan.recipe)
        {
            self = .declined(Decline(reason: .unsound, text: failure))
        } else if let planned = json["planned"], let question: PlannedQuestion = try? planned.decode() {
            self = .planned(
                Planned(
                    question: question, statement: try? json.decode(), isCurated: json["curated"]?.bool ?? false,
                    viewSQL: json["view_sql"]?.string,
                    parts: json["parts"].flatMap { try? $0.decode() }, isTaught: json["taught"]?.bool ?? false))
        } else {
            return nil
        }
    }

    /// The validated query that is known to answer the very question, with the values that it says.
    static func boundQuery(_ transcript: Transcript) -> ValidatedQuery? {
        transcript.json(ToolName.planQuestion)?["validated_query"].flatMap { try? $0.decode() }
    }

    var planned: Planned? { if case .planned(let planned) = self { planned } else { nil } }
}
