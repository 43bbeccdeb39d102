/// The words beside a head: what each of them says of the rows.
extension QuestionReader {
    /// Tries what the word may be, from a verb that leads to other rows to one that says nothing.
    mutating func readModifier(_ piece: Int, isBehind: Bool, of noun: inout Noun) throws {
        if case .quoted = pieces[piece].kind { throw ReadFailure.unplaced([piece]) }
        let table = headTable(of: noun)
        if try readVerb(piece, isBehind: isBehind, table, of: &noun) { return }
        if try readOwner(piece, isBehind: isBehind, table, of: &noun) { return }
        if pieces[piece].isNegated { return try readNegated(piece, table, &noun) }
        if let event = eventBeside(piece, isBehind: isBehind, table, noun) { return take(event, piece, of: &noun) }
        let near = draft.subject ?? base
        if let event = ownEvent(piece, of: table ?? near) ?? eventDone(piece, by: near) {
            return take(event, piece, of: &noun)
        }
        if let filter = try modifierFilter(piece, table) {
            noun.filters.append(filter)
            return
        }
        if let table, readRole(piece, of: table) { return }
        if noun.head == .none, let event = eventColumn(piece, table ?? lastTable) {
            return take(event, piece, of: &noun)
        }
        if isLightVerb(piece) { return use(piece) }
        throw ReadFailure.unplaced([piece])
    }

    private func headTable(of noun: Noun) -> Int? {
        switch noun.head {
        case .table(let table): table
        case .column(let column): model.columns[column].table
        case .metric(let metric): metricTable(metric)
        case .duration(let from, _): model.columns[from].table
        case .none: nil
        }
    }

    /// A verb that is the name of rows: "bikes sold", "never visited", "registered students".
    private mutating func readVerb(_ piece: Int, isBehind: Bool, _ table: Int?, of noun: inout Noun) throws -> Bool {
        guard isVerbForm(piece) else { return false }
        if isBehind || noun.head == .none, pieces[piece].entries.allSatisfy(isTableOrMetric) {
            try readDeed(piece, isBehind: isBehind, table, of: &noun)
            return true
        }
        guard let table else { return false }
        if isBehind {
            guard tellsKind(piece, of: table), try relateDeed(piece, to: table) else { return false }
            scope = draft.relations.last?.table
            return true
        }
        guard let best = pieces[piece].entries.first, best.quality < 0.97, case .table = best.sense else {
            return false
        }
        if phraseIsNegated, let subject = draft.subject ?? base, try joins(piece, subject, table) { return true }
        guard !pieces[piece].words[0].hasSuffix("ing"), try relateDeed(piece, to: table) else {
            throw ReadFailure.unplaced([piece])
        }
        return true
    }

    /// A verb that is nothing but rows of its own: what they count, or that they must be there.
    private mutating func readDeed(_ piece: Int, isBehind: Bool, _ table: Int?, of noun: inout Noun) throws {
        if countsDeeds, isBehind, case .table(let head) = noun.head, let deed = try deed(piece, of: head) {
            noun.deed = deed
            use(piece, "table \(model.tables[deed].id.name)", .table)
            return
        }
        if phraseIsNegated, noun.head == .none, let to = draft.subject ?? base, let deed = try deed(piece, of: to) {
            // "never visited": no row of the verb.
            noun.head = .table(deed)
            noun.headPiece = piece
            use(piece, "table \(model.tables[deed].id.name)", .table)
            return
        }
        if let to = table ?? draft.subject ?? base, try relateDeed(piece, to: to) {
            scope = draft.relations.last?.table
            return
        }
        use(piece, "that they have to do with each other", .table)
    }

    /// Whose it is: "customer" of "customer name".
    private mutating func readOwner(_ piece: Int, isBehind: Bool, _ table: Int?, of noun: inout Noun) throws -> Bool {
        guard let table,
            let entry = pieces[piece].entries.first(where: { if case .table = $0.sense { true } else { false } }),
            case .table(let owner) = entry.sense, entry.quality >= 0.7,
            !isVerbForm(piece) || entry.quality >= 0.97,
            owner == table || (relations.distance(owner, table) ?? 9) <= 1,
            !isValue(piece, better: entry.quality, for: table)
        else { return false }
        if countsDeeds, isBehind, isVerbForm(piece), case .table(let head) = noun.head {
            noun.deed = try deed(piece, of: head)
        }
        use(piece, "table \(model.tables[owner].id.name)", .table)
        return true
    }

    /// When it happened, where that goes before a value of the same name.
    private func eventBeside(_ piece: Int, isBehind: Bool, _ table: Int?, _ noun: Noun) -> Int? {
        let leadsToTime = noun.head == .none && noun.filters.isEmpty && timeFollows
        if isRatherEvent(piece) || leadsToTime, let event = eventColumn(piece, table ?? lastTable) { return event }
        return isBehind ? eventColumn(piece, table) : nil
    }

    private mutating func take(_ event: Int, _ piece: Int, of noun: inout Noun) {
        noun.event = event
        eventPiece = piece
        use(piece, "when: \(title(event))", .column)
    }

    /// The foreign key that leads to the head's table: "destination" of "destination city".
    private mutating func readRole(_ piece: Int, of table: Int) -> Bool {
        guard let key = pieces[piece].entries.compactMap({ foreignKey($0, to: table) }).first else { return false }
        roleHints[table] = key
        use(piece, "by \(key)", .column)
        return true
    }

    /// "sales made", where only something else has the year in which it was made.
    private func isLightVerb(_ piece: Int) -> Bool {
        guard let word = pieces[piece].words.first, FillerWords.weakVerbs.contains(word) else { return false }
        return pieces[piece].entries.allSatisfy { entry in
            switch entry.sense {
            case .event(let column), .column(let column): !YearEvents.words(of: model.columns[column]).isEmpty
            default: false
            }
        }
    }

    /// "unresolved tickets", "unrated", "inactive".
    mutating func readNegated(_ piece: Int, _ table: Int?, _ noun: inout Noun) throws {
        let columns = model.columns
        let sense = try resolve(piece) { entry in
            // What has a time has happened or not; a state that is denied may have been and gone.
            var bonus = 0.0
            if case .event(let event) = entry.sense, columns[event].isNullable { bonus = 0.15 }
            guard let table, let own = self.table(of: entry.sense) else { return bonus }
            return own == table ? bonus + 0.3 : bonus
        }
        // Whether something else is over says nothing of these.
        if let sense, let table, let own = self.table(of: sense), own != table,
            UnendedStates.words.contains(pieces[piece].words[0])
        {
            throw ReadFailure.unplaced([piece])
        }
        let condition: Condition
        let column: Int
        switch sense {
        case .event(let index)?, .column(let index)?:
            guard mayBeAbsent(index) else { throw ReadFailure.unplaced([piece]) }
            (column, condition) = (index, presence(of: index, isNegated: true))
        case .flag(let index)?: (column, condition) = (index, .not(.isTrue(columns[index].id)))
        case .value(let index, let values)?: (column, condition) = (index, .not(.oneOf(columns[index].id, values)))
        default: throw ReadFailure.unplaced([piece])
        }
        use(piece, "\(title(column)) is not", .column)
        noun.filters.append(.init(table: columns[column].table, condition: condition))
    }

    /// "opened", where a time column is called so and a value is only alike.
    private func isRatherEvent(_ piece: Int) -> Bool {
        guard isVerbForm(piece) else { return false }
        var event = 0.0
        var other = 0.0
        for entry in pieces[piece].entries {
            switch entry.sense {
            case .event: event = max(event, entry.quality)
            case .value, .flag: other = max(other, entry.quality)
            default: break
            }
        }
        return event > other + 0.02
    }

    private func foreignKey(_ entry: Lexicon.Entry, to table: Int) -> String? {
        guard case .column(let column) = entry.sense, model.columns[column].targets.contains(table),
            model.columns[column].table != table
        else { return nil }
        return model.columns[column].id.name
    }

    var timeFollows: Bool {
        guard position < phrases.count else { return false }
        let next = phrases[position]
        return next.time != nil || next.links(.later) || next.links(.earlier)
    }

    private func isValue(_ piece: Int, better quality: Double, for table: Int) -> Bool {
        pieces[piece].entries.contains { entry in
            if case .value(let column, _) = entry.sense {
                return model.columns[column].table == table && entry.quality >= quality - 0.06
            }
            return false
        }
    }

    func eventColumn(_ piece: Int, _ table: Int?) -> Int? {
        let events = pieces[piece].entries.compactMap { entry -> (Int, Double)? in
            var found: Int?
            if case .event(let column) = entry.sense { found = column }
            if case .column(let column) = entry.sense, model.columns[column].isTime, isVerbForm(piece) {
                found = column
            }
            guard let column = found else { return nil }
            // The year in which something was made is nothing that happened to others.
            if !model.columns[column].isTime, table != model.columns[column].table { return nil }
            var score = entry.quality + closeness(of: model.columns[column].table)
            if let table, model.columns[column].table == table { score += 0.3 }
            return score > 0.6 ? (column, score) : nil
        }
        return events.max { ($0.1, $1.0) < ($1.1, $0.0) }?.0
    }
}
