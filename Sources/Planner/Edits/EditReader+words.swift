extension EditReader {
    mutating func read(_ index: Int) throws {
        switch pieces[index].kind {
        case .filler, .relation, .grammar(.remark): try readWord(index)
        case .unknown:
            guard Self.passing.contains(pieces[index].words[0]) else { throw ReadFailure.unplaced([index]) }
            try readWord(index)
        case .time(let span): try readTime(span)
        case .quantity:
            if let year = year(index) {
                try readTime(year)
            } else if !readHaving(index) {
                try readCount(index)
            }
        case .quoted, .term: throw ReadFailure.unplaced([index])
        case .grammar(let grammar): try read(grammar, index)
        }
    }

    private mutating func readWord(_ index: Int) throws {
        let words = pieces[index].words
        guard words.count == 1 else { return }
        switch words[0] {
        case "only", "just", "solely", "exclusively":
            // "last 3 months only"
            if index == pieces.count - 1 || pieces[(index + 1)...].allSatisfy({ $0.grammar == .sentence }),
                !edits.isEmpty
            {
                return
            }
            if cue == .exclude, !hasExcluded { throw ReadFailure.unplaced([index]) }
            if case .filter? = edits.last, cue != .exclude { return cue = .only }
            turn(.only)
        case "instead":
            if pieces.indices.contains(index + 1), pieces[index + 1].grammar == .of {
                consumed.insert(index + 1)
                turn(.outgoing)
            }
        case "also", "add", "plus", "include", "including": if cue == .none { cue = .add }
        case "all", "any", "every": isAll = true
        case "but" where index > 0 && ["all", "everything", "any"].contains(pieces[index - 1].words.last ?? ""):
            turn(.exclude)
        case "both", "several", "various", "certain", "some": throw ReadFailure.unplaced([index])
        default: break
        }
    }

    mutating func turn(_ other: Cue) {
        cue = other
        awaitsTerms = true
        hasExcluded = false
    }

    mutating func read(_ grammar: Grammar, _ index: Int) throws {
        if text.isBareWhich, text.isBareNoun(behind: index) { return turn(.split) }
        switch grammar {
        case .by, .group, .each:
            if cue == .exclude { throw ReadFailure.unplaced([index]) }
            // "only by rail"
            if cue == .only, awaitsTerms, pieces.indices.contains(index + 1), isCondition(index + 1, margin: 0.001) {
                return
            }
            if cue != .outgoing { turn(cue == .add || isInclusive ? .addSplit : .split) }
        case .show:
            if pieces[index].words.last == "about" { cue = .about }
            if ["include", "along with", "together with"].contains(pieces[index].words.joined(separator: " ")) {
                cue = .add
            }
        case .and: if [.none, .about, .top].contains(cue) { cue = .add }
        case .or: isOr = true
        case .within, .from, .on, .of, .to: try readPlace()
        case .with:
            if cue == .exclude, hasExcluded { return turn(.place) }
            if [.none, .about].contains(cue) { cue = .add }
        case .without, .except, .not: turn(.exclude)
        case .versus, .compare: turn(.compare)
        case .chart: edits.append(.present(.chart))
        case .table: edits.append(.present(.table))
        case .overTime: edits.append(.grain(.month, try timeColumn()))
        case .sentence: if !awaitsTerms { cue = .none }
        case .current where pointsBack: break
        case .comma, .their, .be, .open, .close, .relative, .which: break
        case .total where ["in", "overall", "altogether", "combined"].contains(pieces[index].words[0]):
            edits.append(.removeSplit)
        case .total, .aggregate: modifiers.append(index)
        case .howMany:
            guard !pieces[index].words.contains("how") else { throw ReadFailure.unplaced([index]) }
            modifiers.append(index)
        case .descending, .ascending:
            guard !earlier.measures.isEmpty, !earlier.dimensions.isEmpty || hasSplit else {
                throw ReadFailure.unplaced([index])
            }
            edits.append(.sort(isDescending: grammar == .descending))
        case .superlative(_, nil), .first, .limit: try readCount(index)
        default: throw ReadFailure.unplaced([index])
        }
    }

    private mutating func readPlace() throws {
        switch cue {
        case .none, .add, .about, .top: turn(.place)
        case .exclude where hasExcluded: turn(.place)
        case .split where !awaitsTerms, .addSplit where !awaitsTerms: turn(.place)
        default: break
        }
    }

    /// "only 2025", "and 2024?": a number that is a year, where nothing else takes it.
    private func year(_ index: Int) -> TimeSpan? {
        guard [.only, .none, .place, .about, .add, .compare].contains(cue), pieces[index].words.count == 1,
            let year = Int(pieces[index].words[0]), (1900...2100).contains(year),
            ![index - 1, index + 1].contains(where: { place in
                guard pieces.indices.contains(place), let grammar = pieces[place].grammar else { return false }
                switch grammar {
                case .superlative, .first, .limit: return true
                default: return false
                }
            })
        else { return nil }
        return TimeSpan(
            tokens: pieces[index].range, meaning: .period(.named(year: year, unit: .year, isFiscal: false)),
            label: pieces[index].text)
    }

    /// "top 3", "the 3 lowest", "the first 3", "limit 3".
    private mutating func readCount(_ index: Int) throws {
        let pair = [index, index + 1].filter { pieces.indices.contains($0) && !consumed.contains($0) }
        guard pair.count == 2, case .number(let number)? = pair.compactMap({ pieces[$0].quantity?.meaning }).first,
            let count = Int(number.description), count > 0,
            let grammar = pair.compactMap({ pieces[$0].grammar }).first,
            !edits.contains(where: { if case .top = $0 { true } else { false } })
        else { throw ReadFailure.unplaced([index]) }
        switch grammar {
        case .superlative(let isDescending, nil):
            let piece = pair.map { pieces[$0] }.first { $0.grammar == grammar } ?? pieces[index]
            edits.append(
                .top(count, isDescending: earlier.measures.isEmpty ? isDescending : try direction(piece, isDescending)))
        case .first, .limit:
            guard let order = earlier.order.first else { throw ReadFailure.unplaced([index]) }
            edits.append(.top(count, isDescending: earlier.measures.isEmpty || order.isDescending))
        default: throw ReadFailure.unplaced([index])
        }
        consumed.formUnion(pair)
        cue = .top
        awaitsTerms = false
    }
}
