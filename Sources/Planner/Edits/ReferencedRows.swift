/// "which of them are on the basic plan?", "of those, how many are active?": the rows of the answer before, asked about
/// as a question of their own whose conditions are added to theirs.
struct ReferencedRows {
    let model: SemanticModel
    let earlier: Plan

    enum Reading: Equatable {
        case which, howMany
        /// "on the basic plan", "who have open tickets": more that must hold for the same rows.
        case clause
    }

    private static let pointing: Set<String> = ["them", "those", "these", "they"]
    private static let verbs: Set<String> = [
        "are", "is", "have", "has", "had", "were", "was", "did", "do", "pay", "paid", "use", "used", "bought",
        "cancelled", "opened", "came", "come", "signed", "joined", "churned", "owe",
    ]

    /// The question with its rows named, and what it wants of them; nil where it does not speak of rows before it.
    func question(_ tokens: [Token]) -> (text: String, reading: Reading)? {
        var words = tokens.filter { !$0.isMark }
        while let first = words.first, ["and", "but", "so", "now", "ok"].contains(first.word) { words.removeFirst() }
        let said = words.map(\.word)
        if Self.clauses.contains(said.first ?? "")
            || said.first == "who" && ["have", "are", "were"].contains(said.dropFirst().first)
        {
            guard let noun, said.count > 1, !said.contains(where: Self.pointing.contains),
                Self.askingWords.isDisjoint(with: said.dropFirst())
            else { return nil }
            return ("\(noun) \(Self.text(words[...]))", .clause)
        }
        let reading: Reading
        var start: Int
        if said.starts(with: ["how", "many"]) {
            (reading, start) = (.howMany, 2)
        } else if said.first == "which" || said.first == "who" && said.dropFirst().first == "of" {
            (reading, start) = (.which, 1)
        } else {
            return nil
        }
        if start < said.count, ["one", "ones"].contains(said[start]) { start += 1 }
        if start + 1 < said.count, said[start] == "of", Self.pointing.contains(said[start + 1]) {
            start += 2
        } else if start < said.count, Self.pointing.contains(said[start]), said[start] != "they" {
            start += 1
        }
        guard start < said.count, Self.verbs.contains(said[start]), let noun,
            !said[start...].contains(where: Self.pointing.contains)
        else { return nil }
        return ("\(reading == .howMany ? "how many" : "which") \(noun) \(Self.text(words[start...]))", reading)
    }

    private static let askingWords: Set<String> = ["which", "what", "how", "do", "does", "did", "who", "where", "when"]
    private static let clauses: Set<String> = ["on", "in", "with", "without", "from", "that", "whose", "having", "at"]

    private static func text(_ tokens: ArraySlice<Token>) -> String {
        tokens.map { $0.isQuoted ? "\"\($0.text)\"" : $0.text }.joined(separator: " ")
    }

    /// The table whose rows were listed or counted, and nothing else of them.
    private var subject: TableID? {
        guard earlier.having.isEmpty, earlier.comparison == nil, earlier.dimensions.isEmpty else { return nil }
        switch earlier.recipe {
        case .list: return earlier.measures.isEmpty ? earlier.subject : nil
        case .value:
            return earlier.measures.count == 1 ? model.tableCounted(by: earlier.measures[0]) : nil
        default: return nil
        }
    }

    private var noun: String? {
        subject.flatMap { model.table($0) }.map { $0.title }
    }

    /// The plan before with the conditions of the question; nil where they do not fit each other.
    func joined(_ question: Plan, _ reading: Reading) -> Plan? {
        guard let subject, earlier.limit == nil, question.limit == nil, question.having.isEmpty,
            question.dimensions.isEmpty, question.time == nil, question.comparison == nil, !question.conditions.isEmpty
        else { return nil }
        switch reading {
        case .which: guard question.recipe == .list, question.subject == subject else { return nil }
        case .clause: guard question.recipe == .list, question.subject == subject else { return nil }
        case .howMany:
            guard question.measures == [.count(subject)] || question.measures == earlier.measures else { return nil }
        }
        let known = Set(earlier.conditions.flatMap(\.columns))
        guard question.conditions.allSatisfy({ known.isDisjoint(with: $0.columns) }) else { return nil }
        var plan = earlier
        plan.offset = nil
        plan.conditions += question.conditions
        if reading != .which, earlier.recipe == .value { return plan }
        if reading == .howMany, earlier.recipe == .list {
            var counted = question
            counted.conditions = plan.conditions
            counted.time = earlier.time
            counted.presentation = earlier.presentation
            return counted
        }
        if reading == .which, earlier.recipe == .value {
            guard earlier.time?.column != nil || earlier.time == nil || !earlier.isOfMetric else { return nil }
            var listed = question
            listed.conditions = plan.conditions
            listed.time = earlier.time
            return listed
        }
        for column in question.columns where !plan.columns.isEmpty && !plan.columns.contains(column) {
            plan.columns.append(column)
        }
        return plan
    }

    /// "what plan are they on?": what is pointed at stands behind the thing that is asked for.
    static func pointsBack(_ tokens: [Token]) -> Bool {
        let words = tokens.filter { !$0.isMark }.map(\.word)
        guard let first = words.first, ["what", "which", "where", "when", "how"].contains(first),
            let place = words.firstIndex(where: { ["they", "them"].contains($0) }), place > 0
        else { return false }
        let auxiliaries: Set<String> = ["are", "is", "do", "did", "have", "were", "does", "has", "can", "of"]
        return auxiliaries.contains(words[place - 1])
            && words[..<(place - 1)].allSatisfy { !["and", ","].contains($0) } && place <= 5
    }
}

extension Plan {
    fileprivate var isOfMetric: Bool {
        measures.contains { if case .metric = $0 { true } else { false } }
    }
}
