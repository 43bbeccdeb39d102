package import Agents
package import FoundationEssentials

/// What Dash says to a question: a value with structure that surfaces render and never parse.
package struct Answer: Sendable, Codable {
    package enum Kind: String, Sendable, Codable {
        /// Numbers from the warehouse.
        case result
        /// A greeting, a help text, a definition: nothing was computed.
        case message
        /// Something was built or changed in schema `dash`.
        case change
        /// A person has to decide before anything is done; `confirmation` says what.
        case confirmation
        /// The question is unclear; `choices` name its readings.
        case clarification
        /// Dash may not or will not do it.
        case refusal
        /// Dash cannot ground it; says what is missing and what it can answer.
        case unanswered
        /// Something broke; the headline says what, in a sentence.
        case failure
    }

    package var kind: Kind
    package var runID: RunID
    /// The first thing a reader sees: the number or the sentence.
    package var headline: String
    /// What it means: one sentence of change, share, outlier or comparison.
    package var meaning: String?
    package var tables: [ResultTable]
    package var chart: Chart?
    package var badge: Badge?
    package var provenance: Provenance?
    package var caveats: [String]
    package var nextSteps: [String]
    package var choices: [String]
    package var confirmation: Confirmation?
    /// Words of the question that changed nothing about the answer, or that kept it from one; nil for none.
    package var unused: [String]?
    /// For the turns that follow; nothing to be shown.
    package var memory: PlanMemory?
    package var answeredAt: Date

    package init(
        kind: Kind, runID: RunID, headline: String, meaning: String? = nil, tables: [ResultTable] = [],
        chart: Chart? = nil, badge: Badge? = nil, provenance: Provenance? = nil, caveats: [String] = [],
        nextSteps: [String] = [], choices: [String] = [], confirmation: Confirmation? = nil,
        unused: [String]? = nil, memory: PlanMemory? = nil, answeredAt: Date
    ) {
        self.kind = kind
        self.runID = runID
        self.headline = headline
        self.meaning = meaning
        self.tables = tables
        self.chart = chart
        self.badge = badge
        self.provenance = provenance
        self.caveats = caveats
        self.nextSteps = nextSteps
        self.choices = choices
        self.confirmation = confirmation
        self.unused = unused
        self.memory = memory
        self.answeredAt = answeredAt
    }
}
