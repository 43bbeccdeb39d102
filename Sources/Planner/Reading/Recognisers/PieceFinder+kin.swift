/// Words that name something only by their family, by a loose synonym, or written together or apart.
extension PieceFinder {
    /// "treated" for treatments, "guests" for the one kind of customers there is.
    mutating func findKin(_ matches: inout [[Vocabulary.Match]]) {
        for (start, token) in tokens.enumerated() where isOpen(start, matches) {
            var kin = model.lexicon.vocabulary.kin(token.word)
            // What is bought has been sold, where nothing is called a purchase.
            if kin.isEmpty, WordFamily.keys(of: token.word) == ["buy"] { kin = model.lexicon.vocabulary.kin("sold") }
            if kin.isEmpty, WordFamily.keys(of: token.word) == ["borrow"] { kin = model.lexicon.vocabulary.kin("lent") }
            var found = kin.isEmpty ? model.lexicon.vocabulary.loose(token.word) : kin
            if found.isEmpty { found = model.lexicon.vocabulary.shortened(token.word) }
            if found.isEmpty, let doers = agent(token.word) {
                record(start..<start + 1, [.init(sense: .table(doers), quality: 0.75)])
                continue
            }
            if found.isEmpty, token.word.hasSuffix("ful") { findValue(String(token.word.dropLast(3)), at: start) }
            guard !found.isEmpty else { continue }
            if FillerWords.relations.contains(token.word), !standsAlone(start) { continue }
            matches[start] = found
            for from in max(0, start - 3)...start where !matches[from].isEmpty {
                for hit in hits(at: from, matches) where hit.range.contains(start) {
                    let entries = hit.range.count > 1 ? hit.entries : hit.entries.filter { fits($0, token.word) }
                    if hit.range.count == 1, !entries.isEmpty { kinTokens.insert(start) }
                    record(hit.range, entries)
                }
            }
        }
    }

    /// "successful", where the status is "success".
    private mutating func findValue(_ noun: String, at start: Int) {
        for span in values.lookup(tokens: Tokenizer.tokens(of: "\"\(noun)\"")) {
            for candidate in span.candidates where candidate.match == .exact {
                guard let column = model.column(candidate.column), column.role == .category else { continue }
                record(start..<start + 1, [.init(sense: .value(column.index, [candidate.value]), quality: 0.9)])
            }
        }
    }

    /// A word that nothing has been found for.
    private func isOpen(_ start: Int, _ matches: [[Vocabulary.Match]]) -> Bool {
        let token = tokens[start]
        return token.isWord && !token.isCode && matches[start].isEmpty && GrammarWords.meaning([token.word]) == nil
            && !FillerWords.anywhere.contains(token.word) && !EnglishWords.stop.contains(token.word)
            && !FillerWords.weakVerbs.contains(token.word)
    }

    /// A verb without anything that it could join: "who never ordered", "were treated in 2023".
    private func standsAlone(_ start: Int) -> Bool {
        if start > 0, ["never", "not", "ever"].contains(tokens[start - 1].word) {
            return start + 1 == tokens.count || tokens[start + 1].isMark
                || ["since", "during", "before", "after"].contains(tokens[start + 1].word)
                || AskingWords.indefinite.contains(tokens[start + 1].word)
        }
        if start > 0, ["been", "was", "were"].contains(tokens[start - 1].word) {
            return start + 1 == tokens.count || tokens[start + 1].isMark
                || ["in", "during", "since", "before", "after", "between"].contains(tokens[start + 1].word)
        }
        return false
    }

    /// A deed names what it leaves behind, when it happened, or a state; a noun names things and numbers.
    private func fits(_ entry: Lexicon.Entry, _ word: String) -> Bool {
        if WordFamily.isDeed(word) {
            switch entry.sense {
            // Who left has not taken leave.
            case .table where word == "left": return false
            case .column(let column): return model.columns[column].role == .measure
            default: return true
            }
        }
        switch entry.sense {
        case .event where isElapsed: return true
        case .flag, .event: return false
        case .column(let column) where isElapsed && model.columns[column].isTime: return true
        case .column(let column): return !model.columns[column].isTime && model.columns[column].kind != .flag
        default: return true
        }
    }

    /// "days between introduction and decision": nouns of moments.
    private var isElapsed: Bool {
        tokens.indices.dropFirst().contains { index in
            tokens[index].word == "between"
                && ["days", "time", "hours", "months", "years", "minutes", "weeks", "duration"].contains(
                    tokens[index - 1].word)
        }
    }

    private func hits(at start: Int, _ matches: [[Vocabulary.Match]]) -> [Lexicon.Hit] {
        let count = matches.count
        let isSame = count == tokens.count
        return model.lexicon.hits(
            at: start, matches: matches,
            isOf: isSame ? tokens.map { $0.word == "of" } : Array(repeating: false, count: count),
            isArticle: Array(repeating: false, count: count),
            isBreak: isSame ? tokens.map(\.isMark) : Array(repeating: false, count: count))
    }

    // MARK: Together and apart

    /// "check-ins" for checkins, "user name" for username.
    mutating func findJoined(_ matches: [[Vocabulary.Match]]) {
        for start in tokens.indices.dropLast() where tokens[start].isWord && tokens[start + 1].isWord {
            let (left, right) = (tokens[start], tokens[start + 1])
            guard left.word.utf8.count + right.word.utf8.count >= 5, !left.isCode,
                right.joint == "-" || !EnglishWords.stop.contains(left.word) && !EnglishWords.stop.contains(right.word)
            else { continue }
            let joined = model.lexicon.vocabulary.matches(left.word + right.word).filter { $0.quality >= 0.88 }
            guard !joined.isEmpty else { continue }
            var merged = matches
            merged.replaceSubrange(start...start + 1, with: [joined])
            for from in max(0, start - 3)...start where !merged[from].isEmpty {
                for hit in hits(at: from, merged) where hit.range.contains(start) {
                    guard !tokens[from...hit.range.upperBound].contains(where: \.isMark) else { continue }
                    record(hit.range.lowerBound..<hit.range.upperBound + 1, hit.entries)
                }
            }
        }
    }

    /// "username" for user_name.
    mutating func findSplit(_ matches: [[Vocabulary.Match]]) {
        for (start, token) in tokens.enumerated() where isOpen(start, matches) {
            let length = token.word.utf8.count
            guard length >= 6, length <= 24, token.word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else {
                continue
            }
            for place in 3...(length - 2) {
                let left = model.lexicon.vocabulary.matches(String(token.word.prefix(place)))
                    .filter { $0.quality >= 0.93 }
                guard !left.isEmpty else { continue }
                let right = model.lexicon.vocabulary.matches(String(token.word.dropFirst(place)))
                    .filter { $0.quality >= 0.93 }
                guard !right.isEmpty else { continue }
                if let whole = hits(at: 0, [left, right]).last, whole.range.count == 2 {
                    record(start..<start + 1, whole.entries)
                    break
                }
            }
        }
    }

    // MARK: Deeds

    /// Decides of every deed whether it only joins what stands around it, and who did it.
    func settled(_ pieces: [Piece]) -> [Piece] {
        var pieces = withFirst(withRoles(withDoers(OrderWords.ranges(pieces))))
        let named = namedTables(pieces)
        for index in pieces.indices where pieces[index].words.count == 1 && !pieces[index].isQuoted {
            let word = pieces[index].words[0]
            guard WordFamily.isDeed(word) else { continue }
            markDeed(&pieces, index, word)
            guard !pieces[index].isDeed, let next = follower(index, pieces) else { continue }
            var isLink = false
            switch pieces[index].kind {
            case .relation: isLink = true
            case .unknown: break
            case .term(let entries):
                guard case .table? = entries.first?.sense, (entries.first?.quality ?? 1) < 0.97 else { continue }
                guard kinTokens.contains(pieces[index].range.lowerBound),
                    entries.allSatisfy({ if case .table = $0.sense { true } else { false } })
                else { break }
                // With something behind it that it may join.
                if pieces[next].grammar == .by || !pieces[next].entries.isEmpty {
                    pieces[index].kind = .relation(isWeak: false)
                    isLink = true
                }
            default: continue
            }
            let agents = entries(of: model.lexicon.vocabulary.agents(word))
            if !agents.isEmpty, pieces[next].grammar == .by {
                settleAgent(&pieces, index, after: next, agents)
            } else if isLink, !pieces[index].isRole, isOneSide(word, named) {
                pieces[index].kind = .unknown
            }
        }
        return pieces
    }

    /// A deed without anything that it joins: "customers treated in May".
    private func markDeed(_ pieces: inout [Piece], _ index: Int, _ word: String) {
        guard case .term(let entries) = pieces[index].kind, !word.hasSuffix("ing"),
            (entries.first?.quality ?? 1) < 0.97,
            entries.allSatisfy({ if case .table = $0.sense { true } else { false } })
        else { return }
        if let before = preceding(index, pieces), case .superlative? = pieces[before].grammar { return }
        if let next = follower(index, pieces) {
            switch pieces[next].kind {
            case .time(let span):
                guard case .period = span.meaning else { return }
            case .grammar(.within), .grammar(.on), .grammar(.sentence), .grammar(.comma): break
            default: return
            }
        }
        if WordFamily.isPresent(word) {
            pieces[index].kind = .unknown
        } else {
            pieces[index].isDeed = true
        }
    }

    private func preceding(_ index: Int, _ pieces: [Piece]) -> Int? {
        var before = index - 1
        while before >= 0, case .filler = pieces[before].kind { before -= 1 }
        return before >= 0 ? before : nil
    }

    /// "directed by X": X is a director.
    private func settleAgent(_ pieces: inout [Piece], _ index: Int, after by: Int, _ agents: [Lexicon.Entry]) {
        guard let doer = follower(by, pieces), !pieces[doer].entries.isEmpty else { return }
        var columns: Set<Int> = []
        var tables: Set<Int> = []
        for agent in agents {
            switch agent.sense {
            case .column(let column):
                columns.insert(column)
                tables.formUnion(model.columns[column].targets)
            case .table(let table): tables.insert(table)
            default: break
            }
        }
        guard !columns.isEmpty || !tables.isEmpty else { return }
        let allowed = pieces[doer].entries.filter { entry in
            switch entry.sense {
            case .value(let column, _), .column(let column):
                columns.contains(column) || tables.contains(model.columns[column].table)
            case .table(let table): tables.contains(table)
            default: false
            }
        }
        if allowed.isEmpty {
            pieces[index].kind = .unknown
        } else {
            pieces[doer].kind = .term(allowed)
            pieces[index].kind = .relation(isWeak: false)
        }
    }

    private func follower(_ index: Int, _ pieces: [Piece]) -> Int? {
        var next = index + 1
        while next < pieces.count, case .filler = pieces[next].kind { next += 1 }
        return next < pieces.count ? next : nil
    }

    private func entries(of matches: [Vocabulary.Match]) -> [Lexicon.Entry] {
        guard !matches.isEmpty else { return [] }
        return model.lexicon.hits(at: 0, matches: [matches], isOf: [false], isArticle: [false], isBreak: [false])
            .first?.entries ?? []
    }

    func namedTables(_ pieces: [Piece]) -> Set<Int> {
        var named: Set<Int> = []
        for piece in pieces {
            for entry in piece.entries where entry.quality >= 0.7 {
                if case .table(let table) = entry.sense { named.insert(table) }
            }
        }
        return named
    }

    private static let opposites: [String: [String]] = {
        var opposites: [String: [String]] = [:]
        for (left, right) in [
            ("buy", "sell"), ("sent", "received"), ("borrow", "lend"), ("win", "lose"), ("import", "export"),
            ("arrive", "depart"), ("withdraw", "deposit"), ("hire", "dismiss"), ("enter", "leave"),
        ] {
            for (one, other) in [(left, right), (right, left)] {
                for key in WordFamily.keys(of: one) { opposites[key, default: []].append(other) }
            }
        }
        return opposites
    }()

    /// Whether the data tells the deed from its contrary, so that it cannot be passed over: sent and received.
    private func isOneSide(_ word: String, _ named: Set<Int>) -> Bool {
        let contrary = WordFamily.keys(of: word).flatMap { Self.opposites[$0] ?? [] }
        guard !contrary.isEmpty else { return false }
        let vocabulary = model.lexicon.vocabulary
        let told = ([word] + contrary).flatMap { entries(of: vocabulary.kin($0)) + entries(of: vocabulary.agents($0)) }
        return told.contains { entry in
            switch entry.sense {
            case .value(let column, _), .flag(let column): named.contains(model.columns[column].table)
            case .column(let column):
                !model.columns[column].targets.isEmpty && named.contains(model.columns[column].table)
            default: false
            }
        }
    }
}
