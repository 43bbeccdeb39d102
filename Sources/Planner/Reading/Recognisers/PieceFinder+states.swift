/// States that no column names: what has begun and has no end yet is ongoing.
extension PieceFinder {
    mutating func findStates() {
        findSexes()
        findRates()
        findActs()
        findCurrent()
        for (start, token) in tokens.enumerated()
        where token.isWord && UnendedStates.words.contains(token.word) && isUnnamed(start) {
            let entries = model.tables.compactMap { table -> Lexicon.Entry? in
                guard let end = UnendedStates.end(among: model.columns(of: table.index)) else { return nil }
                return Lexicon.Entry(sense: .event(end.index), quality: 0.8)
            }
            guard !entries.isEmpty else { continue }
            negated.insert(start)
            replace(start..<start + 1, entries)
        }
    }

    /// "held", "available": a value of a table that is spoken of, although the word has a meaning of its own.
    func isState(_ index: Int) -> Bool {
        guard let entries = terms[index..<index + 1] else { return false }
        if tokens[index].word == "current", negated.contains(index) { return true }
        let columns = entries.compactMap { entry -> ColumnModel? in
            guard case .value(let column, _) = entry.sense, entry.quality >= 0.95 else { return nil }
            return model.columns[column]
        }
        return columns.contains { column in
            column.words.contains(where: ["status", "state", "stage", "phase", "result", "outcome"].contains)
                && isNamed(column.table)
        }
    }

    private func isNamed(_ table: Int) -> Bool {
        terms.contains { range, entries in
            entries.contains { entry in
                switch entry.sense {
                case .table(table): entry.quality >= 0.9
                case .value(let column, _):
                    entry.quality >= 0.97 && model.columns[column].table == table
                        && tokens[range].last.map {
                            NameWords.base($0.word) != $0.word
                        } == true
                default: false
                }
            }
        }
    }

    /// "current members", where those that left say when.
    private mutating func findCurrent() {
        for start in tokens.indices.dropLast() where tokens[start].word == "current" {
            let entries = (terms[start + 1..<start + 2] ?? []).compactMap { entry -> Lexicon.Entry? in
                guard case .table(let table) = entry.sense, entry.quality >= 0.8,
                    let end = UnendedStates.end(among: model.columns(of: table))
                else { return nil }
                return .init(sense: .event(end.index), quality: 0.99)
            }
            guard !entries.isEmpty, terms[start..<start + 1] == nil else { continue }
            negated.insert(start)
            replace(start..<start + 1, entries)
        }
    }

    /// Whether nothing is called so, but that something was opened once.
    private func isUnnamed(_ start: Int) -> Bool {
        guard let entries = terms[start..<start + 1] else { return true }
        guard tokens[start].word == "open", !negated.contains(start) else { return false }
        return entries.allSatisfy { entry in
            switch entry.sense {
            case .event: true
            case .column(let column): model.columns[column].isTime
            default: false
            }
        }
    }
}

enum UnendedStates {
    static let words: Set<String> = [
        "ongoing", "unfinished", "active", "running", "uncompleted", "open", "outstanding",
        "employed",
    ]

    /// A column that says itself how things stand.
    static func isTold(by column: ColumnModel) -> Bool {
        guard column.kind == .flag || column.kind == .text || column.role == .category else { return false }
        let told: Set<String> =
            column.kind == .flag
            ? [
                "active", "open", "closed", "current", "ongoing", "finished", "completed", "ended", "returned", "done",
                "status", "running", "over",
            ] : ["status", "state", "stage", "phase", "active"]
        return column.words.contains(where: told.contains)
    }

    /// The one time at which something ends, of rows that say when they begin and have no other word on their state.
    static func end(among columns: some Collection<ColumnModel>) -> ColumnModel? {
        columns.contains(where: isTold) ? nil : lastTime(among: columns)
    }

    /// The one time at which something ends, whatever else is told of it.
    static func lastTime(among columns: some Collection<ColumnModel>) -> ColumnModel? {
        guard columns.count(where: \.isTime) > 1 else { return nil }
        let times = columns.filter(\.isTime)
        let isStay = times.contains { $0.words.contains("checkin") || $0.words.contains("arrival") }
        let found = times.filter { time in
            guard isPlanned.isDisjoint(with: time.words) else { return false }
            return !ends.isDisjoint(with: time.words) || isStay && time.words.contains("checkout")
        }
        guard found.count == 1, let end = found.first, end.isNullable else { return nil }
        return end
    }

    /// Words of times at which something is over; what is checked out begins, but for a guest.
    private static let ends: Set<String> = [
        "end", "ended", "finish", "finished", "closed", "close", "stop", "stopped", "return", "returned", "left",
        "cleared", "resolved", "completed", "leave", "retired", "discharge", "discharged", "terminated", "settled",
        "ends", "closing", "closure", "dissolved", "dissolution", "abolished", "decommissioned", "discontinued",
        "disbanded", "demolished", "vacated", "exit", "exited", "resigned", "resignation", "quit", "dismissed",
    ]

    private static let isPlanned: Set<String> = [
        "due", "expected", "planned", "estimated", "scheduled", "target", "promised", "last", "next",
    ]
}
