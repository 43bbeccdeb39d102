/// Numbers and what they are held against.
extension QuestionReader {
    mutating func readQuantity(_ phrase: Phrase) throws {
        guard let piece = phrase.quantity, let span = pieces[piece].quantity else { return }
        if let negation = phrase.negation { use(negation) }
        if let number = pendingNumber {
            pendingNumber = nil
            guard case .compare(let comparator, let literal) = span.meaning else { throw ReadFailure.unplaced([piece]) }
            use(piece, comparator.rawValue + " " + literal.description, .number)
            draft.having.append((number, comparator, literal))
            role = .having
            return
        }
        if try readTimes(span, piece) { return }
        if try readAmount(piece, span) { return }
        guard let column = try comparedColumn(span) else { throw ReadFailure.unplaced([piece]) }
        let isNegated = pending?.isNegated == true || phrase.negation != nil
        let isOr = phrase.links(.or) || pending?.isOr == true
        if let link = zip(phrase.links, phrase.linkPieces).first(where: { $0.0 == .or })?.1 { use(link) }
        pending = nil
        lastComparedColumn = column
        if case .comparator(let comparator) = span.meaning {
            use(piece, comparator.rawValue, .number)
            return try readOtherSide(column, comparator)
        }
        let conditions = try conditions(column, span, piece)
        use(piece, "\(title(column)) \(pieces[piece].text)", .number)
        for condition in conditions {
            add(
                [.init(table: model.columns[column].table, condition: condition)], isNegated: isNegated, isOr: isOr)
        }
    }

    private mutating func comparedColumn(_ span: QuantitySpan) throws -> Int? {
        if let pending { return pending.column }
        if case .number = span.meaning { return nil }
        if let last = lastComparedColumn, role == .filter { return last }
        let base = scope ?? base ?? asked.first.map { model.columns[$0].table }
        if let base, let quality = Self.quality(comparedBy: span, in: pieces),
            let column = Qualities.column(Qualities.words(quality), in: model.columns(of: base))
        {
            return column
        }
        if role == .number, case .aggregate(_, let column)? = draft.numbers.last { return column }
        guard let base else { return nil }
        // "orders over $100": the one amount they have.
        let measures = model.columns(of: base).filter { $0.role == .measure }
        let money = measures.filter { column in
            column.words.contains {
                ["amount", "price", "cost", "total", "fee", "value", "revenue", "salary"].contains($0)
            }
        }
        if case .comparator = span.meaning, measures.count == 1 { return measures.first?.index }
        if case .compare = span.meaning, span.unit == nil, measures.count == 1, money.count == 1,
            role == .subject || role == .number && draft.numbers == [.count(base)]
        {
            assume("The number is compared with the \(money[money.startIndex].title).")
            return money.first?.index
        }
        guard case .money? = span.unit else { return nil }
        return money.count == 1 ? money.first?.index : nil
    }

    /// What "longer than 20" and "heavier than 3" speak of.
    private static func quality(comparedBy span: QuantitySpan, in pieces: [Piece]) -> Grammar.Quality? {
        guard let words = pieces.first(where: { $0.range == span.tokens })?.words else { return nil }
        for word in words {
            if let quality = qualities[word] { return quality }
        }
        return nil
    }

    private static let qualities: [String: Grammar.Quality] = [
        "longer": .length, "shorter": .length, "heavier": .weight, "lighter": .weight, "taller": .height,
        "cheaper": .price, "faster": .speed, "slower": .speed, "deeper": .depth, "wider": .width,
    ]

    mutating func conditions(_ column: Int, _ span: QuantitySpan, _ piece: Int) throws -> [Condition] {
        let model = model.columns[column]
        if let conditions = try convertedConditions(column, span, piece) { return conditions }
        if piece + 1 < pieces.count, case .measureUnit(let names)? = pieces[piece + 1].grammar {
            // Another unit than the column's would be another number.
            let own =
                model.id.name.lowercased().split(separator: "_").map(String.init) + [model.unit?.lowercased() ?? ""]
            let isPlain = ["stars", "points", "units"].contains(names[0])
            guard isPlain || names.contains(where: own.contains) else { throw ReadFailure.unplaced([piece + 1]) }
            use(piece + 1, "in \(names[0])", .number)
        }
        switch span.meaning {
        case .number(let number):
            if model.kind == .number { return [.compare(model.id, .equal, number)] }
            if model.kind == .text { return [.oneOf(model.id, [number.description])] }
        case .compare(let comparator, let number):
            if model.kind == .number { return [.compare(model.id, comparator, number)] }
        case .between(let low, let high):
            if model.kind == .number { return [.compare(model.id, .atLeast, low), .compare(model.id, .atMost, high)] }
        case .comparator: break
        }
        throw ReadFailure.unplaced([piece])
    }

    /// "higher than the average", "later than the promised date".
    private mutating func readOtherSide(_ column: Int, _ comparator: Comparator) throws {
        guard position < phrases.count else { throw ReadFailure.unplaced([]) }
        let next = phrases[position]
        position += 1
        let left = model.columns[column]
        if let aggregate = next.aggregate {
            useDeterminers(next)
            for piece in next.terms { use(piece, "", .column) }
            add([.init(table: left.table, condition: .beyond(left.id, comparator, aggregate.1))])
            return
        }
        let noun = try noun(next, wants: .dimension)
        guard case .column(let other) = noun.head, model.columns[other].table == left.table,
            model.columns[other].isTime == left.isTime, noun.filters.isEmpty
        else { throw ReadFailure.unplaced(next.terms) }
        add([.init(table: left.table, condition: .columns(left.id, comparator, id(other)))])
    }

    /// "more than 3 branches", "at least 100 beds": a number and what is counted.
    mutating func readCounted(_ phrase: Phrase) throws {
        guard let piece = phrase.quantity, let span = pieces[piece].quantity else { return }
        guard !phrase.links(.or) else { throw ReadFailure.unplaced([piece]) }
        try settlePending(unless: nil)
        let before = lastTable
        let noun = try noun(phrase, wants: .table)
        useDeterminers(phrase)
        let comparator: Comparator
        let literal: NumberLiteral
        switch span.meaning {
        case .compare(let held, let number): (comparator, literal) = (held, number)
        case .number(let number): (comparator, literal) = (.equal, number)
        case .between, .comparator: return try readRange(of: noun.head, span, piece)
        }
        use(piece, "\(comparator.rawValue) \(literal)", .number)
        switch noun.head {
        case .table(let table): try count(table, comparator, literal, noun, phrase, piece, of: before)
        case .metric(let metric):
            if let column = ownColumn(metric) {
                add(noun.filters)
                return add(
                    [.init(table: model.columns[column].table, condition: .compare(id(column), comparator, literal))])
            }
            guard isCount(metric) || hasGroup else { throw ReadFailure.unplaced([piece]) }
            demand(.metric(metric), comparator, literal, over: noun.filters)
        case .column(let column): try readCounted(column, comparator, literal, noun, phrase, piece)
        case .duration: throw ReadFailure.unplaced([piece])
        case .none:
            guard let filter = noun.filters.first else { throw ReadFailure.unplaced([piece]) }
            try count(filter.table, comparator, literal, noun, phrase, piece, of: before)
        }
    }

    /// "between 100 and 200 beds".
    private mutating func readRange(of head: Noun.Head, _ span: QuantitySpan, _ piece: Int) throws {
        guard case .column(let column) = head, model.columns[column].role == .measure else {
            throw ReadFailure.unplaced([piece])
        }
        let conditions = try conditions(column, span, piece)
        use(piece, "\(title(column)) \(pieces[piece].text)", .number)
        for condition in conditions { add([.init(table: model.columns[column].table, condition: condition)]) }
    }

    /// "at least 100 beds" of a row's own number, "more than 3 cities" of as many different values.
    private mutating func readCounted(
        _ column: Int, _ comparator: Comparator, _ literal: NumberLiteral, _ noun: Noun, _ phrase: Phrase, _ piece: Int
    ) throws {
        let model = model.columns[column]
        guard model.role == .measure, phrase.count == nil else {
            guard phrase.isDistinct || model.role != .measure, hasHead, draft.numbers.isEmpty else {
                throw ReadFailure.unplaced([piece])
            }
            return demand(.countDistinct(column), comparator, literal, over: noun.filters)
        }
        if try readSum(column, comparator, literal, noun) { return }
        add(noun.filters)
        add([.init(table: model.table, condition: .compare(model.id, comparator, literal))])
    }

    /// What each of the groups must come to.
    private mutating func demand(
        _ number: Draft.Number, _ comparator: Comparator, _ literal: NumberLiteral, over filters: [Draft.Filter]
    ) {
        draft.filters += filters
        draft.having.append((number, comparator, literal))
        role = .having
    }

    /// What the metric adds up, where its own rows are asked for: "contracts with more than 100 seats".
    func ownColumn(_ metric: Int) -> Int? {
        guard let rows = model.metricRows[metric], case .column(let column)? = rows.value,
            let known = model.column(column), known.table == draft.subject, draft.numbers.isEmpty,
            draft.groups.isEmpty
        else { return nil }
        return known.index
    }

    /// Whether rows of something are put together for each of what is asked for.
    var hasGroup: Bool { draft.numbers.isEmpty && (draft.subject != nil || !asked.isEmpty || !draft.groups.isEmpty) }

    /// "scored at least 100 points overall": of all the rows that somebody has, together.
    private mutating func readSum(
        _ column: Int, _ comparator: Comparator, _ literal: NumberLiteral, _ noun: Noun
    ) throws -> Bool {
        let model = model.columns[column]
        guard let subject = draft.subject, subject != model.table, draft.numbers.isEmpty,
            relations.stepsUp(from: subject, to: model.table) == nil,
            relations.stepsUp(from: model.table, to: subject) != nil, model.defaultAggregate == .sum
        else { return false }
        let whole = pieces.indices.filter { Self.together.contains(pieces[$0].words.joined(separator: " ")) }
        guard !whole.isEmpty else {
            throw ReadFailure.unsound(
                "It is not said whether \(model.title) is meant of one row or of all of them together.")
        }
        for piece in whole { use(piece) }
        demand(.aggregate(.sum, column), comparator, literal, over: noun.filters)
        return true
    }

    private static let together: Set<String> = [
        "overall", "in total", "altogether", "combined", "all together", "in sum",
    ]

    /// Whether the metric is a number of things.
    func isCount(_ metric: Int) -> Bool {
        switch model.source.metrics[metric].computation {
        case .aggregate(let part, true), .snapshot(let part, _, _, true):
            part.expression.lowercased().hasPrefix("count")
        default: false
        }
    }

    private mutating func count(
        _ table: Int, _ comparator: Comparator, _ literal: NumberLiteral, _ noun: Noun, _ phrase: Phrase, _ piece: Int,
        of before: Int?
    ) throws {
        guard hasHead else { throw ReadFailure.unplaced([piece]) }
        let isSome =
            comparator == .atLeast && literal.description == "1" || comparator == .greater && literal.description == "0"
        if isSome { return try relate(table, noun, phrase) }
        if try relateCounted(table, .init(comparator: comparator, number: literal), noun, phrase, of: before) { return }
        guard table != draft.subject else { throw ReadFailure.unplaced([piece]) }
        if let subject = draft.subject,
            relations.stepsUp(from: table, to: subject) == nil || saidFact(between: table, subject) != nil
                || membership(of: subject, in: table) != nil
        {
            return try countThroughFact(table, subject, comparator, literal, noun)
        }
        draft.filters += noun.filters
        draft.having.append((rows(of: table), comparator, literal))
        role = .having
    }

    /// The table of a condition or a verb, where it names both: "attended at least 4 workshops".
    func saidFact(between table: Int, _ subject: Int, _ filters: [Draft.Filter] = []) -> Int? {
        let said = (filters + draft.filters).map(\.table) + draft.relations.filter { !$0.isNegated }.map(\.table)
        return said.first { candidate in
            candidate != table && candidate != subject && relations.stepsUp(from: candidate, to: table) == 1
                && relations.stepsUp(from: candidate, to: subject) != nil
        }
    }

    /// "dropped more than one course": counted in the table that names both.
    private mutating func countThroughFact(
        _ table: Int, _ subject: Int, _ comparator: Comparator, _ literal: NumberLiteral, _ noun: Noun
    ) throws {
        let fact =
            try saidFact(between: table, subject, noun.filters) ?? membership(of: subject, in: table)
            ?? between(subject, table)
        guard let key = keyColumn(of: fact, to: table) else {
            throw ReadFailure.unsound("\(model.tables[table].title) cannot be counted so.")
        }
        draft.filters += noun.filters
        draft.having.append((.countDistinct(key), comparator, literal))
        role = .having
    }
}
