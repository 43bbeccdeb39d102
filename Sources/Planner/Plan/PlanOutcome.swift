/// What the planner makes of a question.
package enum PlanOutcome: Sendable, Hashable, Codable {
    case plan(PlannedQuestion)
    case clarify(Clarification)
    case declined(Decline)
}

/// A plan and why it is this one.
package struct PlannedQuestion: Sendable, Hashable, Codable {
    /// What a stretch of the question was taken for.
    package struct Evidence: Sendable, Hashable, Codable {
        package var words: String
        /// For people: `metric "Churn Rate"`, `plan = 'Enterprise'`, `the past 30 days`.
        package var meaning: String
        package var source: Source
        /// 0 to 1.
        package var score: Double

        package enum Source: String, Sendable, Hashable, Codable {
            case metric, dimension, table, value, column, time, number, grammar, adjustment, context
        }

        package init(words: String, meaning: String, source: Source, score: Double) {
            self.words = words
            self.meaning = meaning
            self.source = source
            self.score = score
        }
    }

    package var plan: Plan
    package var evidence: [Evidence]
    /// Content words that changed nothing; shown to whoever asked.
    package var unused: [String]
    /// What was taken for granted, a sentence each.
    package var assumptions: [String]

    package init(plan: Plan, evidence: [Evidence] = [], unused: [String] = [], assumptions: [String] = []) {
        self.plan = plan
        self.evidence = evidence
        self.unused = unused
        self.assumptions = assumptions
    }
}

/// A question back: readings that score too close to choose.
package struct Clarification: Sendable, Hashable, Codable {
    package struct Choice: Sendable, Hashable, Codable {
        package var label: String
        /// What it answers when it is chosen.
        package var question: PlannedQuestion
        /// What is kept for the conversation, so that the same words mean the same from then on.
        package var decision: Adjustment?

        package init(label: String, question: PlannedQuestion, decision: Adjustment? = nil) {
            self.label = label
            self.question = question
            self.decision = decision
        }
    }

    /// One sentence.
    package var text: String
    /// Two to five.
    package var choices: [Choice]

    package init(text: String, choices: [Choice]) {
        self.text = text
        self.choices = choices
    }
}

/// Why there is no plan, and what there is instead.
package struct Decline: Sendable, Hashable, Codable {
    package enum Reason: String, Sendable, Hashable, Codable {
        /// Words that nothing here knows.
        case unknownWords
        /// Nothing in it is about the data.
        case offTopic
        /// Understood, but no sound statement computes it.
        case unsound
        /// It asks for what the planner does not do, such as forecasts and causes.
        case notSupported
    }

    package var reason: Reason
    package var unknown: [String]
    /// For people, one sentence.
    package var text: String
    /// Questions near it that have an answer.
    package var suggestions: [String]

    package init(reason: Reason, unknown: [String] = [], text: String, suggestions: [String] = []) {
        self.reason = reason
        self.unknown = unknown
        self.text = text
        self.suggestions = suggestions
    }
}
