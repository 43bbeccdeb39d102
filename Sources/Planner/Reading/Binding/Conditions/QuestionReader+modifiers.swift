extension QuestionReader {
    /// "Status active": a column and a value of it.
    mutating func takePairs(_ terms: inout [Int], _ noun: inout Noun) {
        var index = 0
        while index + 1 < terms.count {
            let (left, right) = (terms[index], terms[index + 1])
            let columns = pieces[left].entries.compactMap { entry -> Int? in
                if case .column(let column) = entry.sense { return column }
                return nil
            }
            if let match = pieces[right].entries.first(where: { entry in
                if case .value(let column, _) = entry.sense { return columns.contains(column) }
                return false
            }), case .value(let column, let values) = match.sense {
                use(left, "column \(title(column))", .column)
                use(right, "\(title(column)) = \(values.joined(separator: ", "))", .value)
                noun.filters.append(.init(table: model.columns[column].table, condition: .oneOf(id(column), values)))
                terms.removeSubrange(index...index + 1)
            } else if let pair = reversedPair(left, right) {
                // "high priority".
                use(left, "\(title(pair.0)) = \(pair.1.joined(separator: ", "))", .value)
                use(right, "column \(title(pair.0))", .column)
                noun.filters.append(.init(table: model.columns[pair.0].table, condition: .oneOf(id(pair.0), pair.1)))
                terms.removeSubrange(index...index + 1)
            } else {
                index += 1
            }
        }
    }

    private func reversedPair(_ value: Int, _ name: Int) -> (Int, [String])? {
        for entry in pieces[value].entries {
            guard case .value(let column, let values) = entry.sense, entry.quality >= 0.9 else { continue }
            let isNamed = pieces[name].entries.first?.sense == .column(column)
            // "annual billing", where billing is much else too.
            let mayBeNamed = pieces[name].entries.contains { $0.sense == .column(column) && $0.quality >= 0.93 }
            if isNamed || mayBeNamed && model.columns[column].role == .category { return (column, values) }
        }
        return nil
    }

    mutating func readModifier(_ piece: Int, isBehind: Bool, of noun: inout Noun) throws {
        let headTable: Int? =
            switch noun.head {
            case .table(let table): table
            case .column(let column): model.columns[column].table
            case .metric(let metric): metricTable(metric)
            case .duration(let from, _): model.columns[from].table
            case .none: nil
            }
        if case .quoted = pieces[piece].kind { throw ReadFailure.unplaced([piece]) }
        if isVerbForm(piece), isBehind || noun.head == .none,
            pieces[piece].entries.allSatisfy(isTableOrMetric)
        {
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
            if let to = headTable ?? draft.subject ?? base, try relateDeed(piece, to: to) {
                scope = draft.relations.last?.table
                return
            }
            use(piece, "that they have to do with each other", .table)
            return
        }
        if isVerbForm(piece), isBehind, let headTable, tellsKind(piece, of: headTable),
            try relateDeed(piece, to: headTable)
        {
            scope = draft.relations.last?.table
            return
        }
        if isVerbForm(piece), !isBehind, let headTable, let best = pieces[piece].entries.first, best.quality < 0.97,
            case .table = best.sense
        {
            if phraseIsNegated, let subject = draft.subject ?? base, try joins(piece, subject, headTable) { return }
            guard !pieces[piece].words[0].hasSuffix("ing"), try relateDeed(piece, to: headTable) else {
                throw ReadFailure.unplaced([piece])
            }
            return
        }
        // Whose it is: "customer" of "customer name".
        if let entry = pieces[piece].entries.first(where: { if case .table = $0.sense { true } else { false } }),
            case .table(let table) = entry.sense, entry.quality >= 0.7, let headTable,
            !isVerbForm(piece) || entry.quality >= 0.97,
            table == headTable || (relations.distance(table, headTable) ?? 9) <= 1,
            !isValue(piece, better: entry.quality, for: headTable)
        {
            if countsDeeds, isBehind, isVerbForm(piece), case .table(let head) = noun.head {
                noun.deed = try deed(piece, of: head)
            }
            use(piece, "table \(model.tables[table].id.name)", .table)
            return
        }
        if pieces[piece].isNegated { return try readNegated(piece, headTable, &noun) }
        if isRatherEvent(piece), let event = eventColumn(piece, headTable ?? lastTable) {
            noun.event = event
            eventPiece = piece
            use(piece, "when: \(title(event))", .column)
            return
        }
        if noun.head == .none, noun.filters.isEmpty, timeFollows, let event = eventColumn(piece, headTable ?? lastTable)
        {
            noun.event = event
            eventPiece = piece
            use(piece, "when: \(title(event))", .column)
            return
        }
        if isBehind, let event = eventColumn(piece, headTable) {
            noun.event = event
            eventPiece = piece
            use(piece, "when: \(title(event))", .column)
            return
        }
        if let filter = try modifierFilter(piece, headTable) {
            noun.filters.append(filter)
            return
        }
        // The foreign key that leads to the head's table: "destination" of "destination city".
        if let headTable, let key = pieces[piece].entries.compactMap({ foreignKey($0, to: headTable) }).first {
            roleHints[headTable] = key
            use(piece, "by \(key)", .column)
            return
        }
        if noun.head == .none, let event = eventColumn(piece, headTable ?? lastTable) {
            noun.event = event
            eventPiece = piece
            use(piece, "when: \(title(event))", .column)
            return
        }
        if isLightVerb(piece) {
            use(piece)
            return
        }
        throw ReadFailure.unplaced([piece])
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

    /// A value or a flag as a condition on the head.
    mutating func modifierFilter(_ piece: Int, _ table: Int?) throws -> Draft.Filter? {
        let model = model
        let relations = relations
        var sense = try resolve(piece) { entry in
            guard let own = self.table(of: entry.sense) else { return nil }
            switch entry.sense {
            case .value, .flag:
                guard let table else { return 0 }
                if own == table { return 0.35 }
                if let steps = relations.stepsUp(from: table, to: own) { return 0.2 - 0.05 * Double(steps) }
                return relations.stepsUp(from: own, to: table) != nil ? -0.1 : -0.3
            default: return nil
            }
        }
        if case .value(let column, _)? = sense, forced[piece] == nil, let head = table ?? draft.subject ?? base {
            if let rival = namedRival(piece, of: column, head) {
                sense = rival
            } else {
                try checkRivals(piece, column, of: head)
            }
        }
        switch sense {
        case .value(let column, let values)?:
            use(piece, "\(title(column)) = \(values.joined(separator: ", "))", .value, score: pieces[piece].quality)
            return Draft.Filter(table: model.columns[column].table, condition: valueCondition(column, values, piece))
        case .flag(let column)?:
            use(piece, "\(title(column)) is true", .column)
            return Draft.Filter(table: model.columns[column].table, condition: .isTrue(id(column)))
        default: return nil
        }
    }

    mutating func valueCondition(_ column: Int, _ values: [String], _ piece: Int) -> Condition {
        if values.count == 1, let value = values.first, PlaceNames.areSame(pieces[piece].text, value) {
            assume("“\(pieces[piece].text)” is taken as \(value).")
        }
        let said = FoldedText.key(pieces[piece].text)
        if values.count == 1, let value = values.first, isCorrected(piece, column, value) {
            assume("“\(pieces[piece].text)” is taken as \(value).")
        }
        let isWhole = values.contains {
            FoldedText.key($0) == said || FoldedText.key($0) == FoldedText.key(NameWords.base(pieces[piece].text))
        }
        if !isWhole, !values.isEmpty, model.columns[column].codes.isEmpty, pieces[piece].quality < 0.95,
            values.allSatisfy({ FoldedText.key($0).starts(with: said) })
        {
            draft.assumptions.append(
                "“\(pieces[piece].text)” is taken as part of \(values.prefix(3).joined(separator: "; ")).")
        }
        return .oneOf(id(column), values)
    }
}
