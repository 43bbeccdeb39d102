import Planner

/// The one place where a badge is decided: from the evidence of the results that carry the answer, never from its words.
struct AnswerBadge {
    let kind: Answer.Kind
    let results: [(table: ResultTable, evidence: Evidence)]
    /// What the question is about.
    let question: Wording
    /// What people said about meaning and the run has seen.
    let notes: [Learning]
    /// How the answer compares with the plan of the same question, where there is one.
    var agreement: ResultAgreement?
    /// Results whose numbers may not be what they seem, by their ids.
    var doubted: Set<String> = []

    /// The weakest evidence decides. What a person corrected and the result does not know of is no longer verified, nor is
    /// a number that another definition of the same question contradicts.
    var badge: Badge? {
        switch kind {
        case .clarification, .unanswered: return .needsInput
        case .message, .refusal, .change, .confirmation, .failure: return nil
        case .result: break
        }
        let badges = results.map { result -> Badge in
            let badge = Self.badge(of: result.evidence)
            let isWhole = !result.table.isTruncated && !doubted.contains(result.table.id)
            return badge == .verified && (!isWhole || Self.saysNothing(result.table)) ? .derived : badge
        }
        if badges.contains(.generated) { return .generated }
        if badges.contains(.derived) || badges.isEmpty { return .derived }
        if case .different = agreement { return .derived }
        return isDisputed ? .derived : .verified
    }

    /// One row without any value: that nothing fits proves no number.
    private static func saysNothing(_ table: ResultTable) -> Bool {
        table.rows.count == 1 && table.rows[0].allSatisfy { $0 == nil }
    }

    static func badge(of evidence: Evidence) -> Badge {
        switch evidence {
        case .query(_, isCurated: true): .verified
        case .query(_, isCurated: false), .derived: .derived
        case .plan(let planned):
            planned.isCurated && planned.coversAll && planned.isReworded != true ? .verified : .derived
        case .generated: .generated
        }
    }

    private var isDisputed: Bool {
        var names: [String] = []
        var definitions: [String] = []
        for result in results {
            switch result.evidence {
            case .query(let query, _):
                names.append(query.name)
                definitions.append(query.name + ": " + query.description)
            case .plan(let planned):
                for case .metric(let name) in planned.question.plan.measures { names.append(name) }
            case .derived, .generated: break
            }
        }
        // A plan follows what was taught; words that taught nothing it cannot follow either.
        let isPlanned = results.allSatisfy { if case .plan = $0.evidence { true } else { false } }
        let terms = question.core + names.flatMap { Phrasebook.phrase($0) }
        return notes.contains { note in
            note.correction == nil && !(isPlanned && note.teaching != nil)
                && !definitions.contains { Self.states($0, note.text) }
                && Self.isAbout(note, terms)
        }
    }

    /// Whether what a note is about is spoken of; where that cannot be told, any word of it.
    private static func isAbout(_ note: Learning, _ terms: [Term]) -> Bool {
        let subject = SaidCorrection(note.text).subject
        let said = subject.isEmpty ? Wording(note.title + " " + note.text).terms : subject
        return said.contains { word in terms.contains { $0.sharesForm(with: word) } }
    }

    /// Whether a definition says what a note says: all its words, excluded where the note excludes.
    static func states(_ definition: String, _ note: String) -> Bool {
        let said = Wording.curated(definition).terms
        let claims = Wording(note).core
        return !claims.isEmpty && claims.allSatisfy { claim in said.contains { $0.matches(claim) } }
    }
}
