/// Values and flags that stand beside a name, as conditions.
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

    /// "customers with an active subscription": the word right before a noun is of that, and of nothing around it.
    private func isRightBefore(_ piece: Int, _ table: Int) -> Bool {
        guard !isVerbForm(piece), let place = phraseTerms.firstIndex(of: piece), place + 1 < phraseTerms.count else {
            return false
        }
        return pieces[phraseTerms[place + 1]].namedTable == table
    }

    /// "open complaints", where orders alone have a state called so: whether somebody's order is open says nothing.
    private func isStateOfOthers(_ piece: Int, _ column: Int, _ head: Int) -> Bool {
        let own = model.columns[column].table
        return pieces[piece].words.count == 1 && UnendedStates.words.contains(pieces[piece].words[0]) && own != head
            && relations.stepsUp(from: head, to: own) == nil && relations.stepsUp(from: own, to: head) == nil
    }

    private mutating func unended(_ piece: Int, _ table: Int) throws -> Draft.Filter {
        guard let end = UnendedStates.lastTime(among: model.columns(of: table)) else {
            throw ReadFailure.unplaced([piece])
        }
        use(piece, "\(title(end.index)) is empty", .column)
        assume("Only \(model.tables[table].title) without \(end.title) count.")
        return Draft.Filter(table: table, condition: .isEmpty(end.id))
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
                if own == table { return isRightBefore(piece, table) ? 0.6 : 0.35 }
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
        if case .value(let column, _)? = sense, forced[piece] == nil, let head = table ?? draft.subject ?? base,
            isStateOfOthers(piece, column, head)
        {
            return try unended(piece, head)
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
