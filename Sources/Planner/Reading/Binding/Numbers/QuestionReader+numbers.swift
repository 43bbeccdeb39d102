/// Counts, sums, averages: what is computed.
extension QuestionReader {
    mutating func readNumber(_ phrase: Phrase) throws {
        if hasHead || !draft.groups.isEmpty, isAnaphor(phrase), !isSumOfThem(phrase) {
            useDeterminers(phrase)
            return
        }
        if let number = try number(of: phrase) { add(number) }
    }

    mutating func add(_ number: Draft.Number) {
        if case .count(let table) = number, let held = heldNumber(table) { return add(held) }
        if case .aggregate(.sum, let column) = number, let held = heldSum(column) { return add(held) }
        if !draft.numbers.contains(number) { draft.numbers.append(number) }
        role = .number
        if scope == nil { pending = nil }
    }

    /// "the count", "the percentage": what is computed already.
    private func isAnaphor(_ phrase: Phrase) -> Bool {
        phrase.terms.isEmpty
            && (!draft.numbers.isEmpty || draft.rankNumber != nil || !draft.having.isEmpty && phrase.isAnd)
    }

    /// The number that a phrase asks for, with the conditions in it put into the draft.
    mutating func number(of phrase: Phrase) throws -> Draft.Number? {
        if phrase.terms.isEmpty {
            useDeterminers(phrase)
            if isSumOfThem(phrase), let table = base { return try numberOf(table: table, phrase, isSum: true) }
            guard phrase.count != nil, let table = base ?? asked.first.map({ model.columns[$0].table })
            else {
                throw ReadFailure.unplaced([phrase.count, phrase.total, phrase.aggregate?.piece].compactMap { $0 })
            }
            return .count(table)
        }
        let wants: HeadWish = phrase.count != nil ? .table : phrase.aggregate != nil ? .aggregated : .number
        let noun = try noun(phrase, wants: wants, allowsEvent: true, countsDeeds: phrase.count != nil)
        useDeterminers(phrase)
        draft.filters += noun.filters
        if let number = try numberOfDeeds(noun, phrase) { return number }
        if let event = noun.event { happened(event) }
        switch noun.head {
        case .metric(let metric):
            return try phrase.aggregate.map { try aggregated(metric, $0.1) } ?? .metric(metric)
        case .table(let table):
            if phrase.count != nil, let piece = noun.headPiece, isRatherValue(piece, than: table) {
                throw ReadFailure.unplaced([piece])
            }
            if let kinds = kindsNamed(noun, table, phrase) { return .countDistinct(kinds) }
            return try numberOf(table: table, phrase)
        case .column(let column):
            if let aggregate = phrase.aggregate, let own = try restricted(column, aggregate.1, noun.headPiece) {
                return own
            }
            return numberOf(column: column, phrase)
        case .duration(let from, let to):
            return .duration(phrase.aggregate?.1 ?? (phrase.total != nil ? .sum : .average), from, to, unit(from))
        case .none:
            guard phrase.count != nil, let filter = noun.filters.first else { return nil }
            let bearer = bearer(of: filter)
            if bearer != filter.table, phrase.terms.contains(where: isPlural) { return .count(bearer) }
            if Self.columns(filter.condition).contains(where: { model.column($0)?.role == .label }) {
                throw ReadFailure.unsound("It is not said what of \(model.tables[filter.table].title) is counted.")
            }
            // "how many vans" are things; "how many billing" says no thing.
            guard
                filter.table == base
                    || phrase.terms.contains(where: { isPlural($0) || pieces[$0].words.last?.hasSuffix("s") == true })
            else {
                throw ReadFailure.unplaced(phrase.terms)
            }
            return .count(filter.table)
        }
    }

    /// "number of plans", which rows are called as well: how many kinds there are.
    private func kindsNamed(_ noun: Noun, _ table: Int, _ phrase: Phrase) -> Int? {
        guard phrase.count != nil, phrase.terms.count == 1, let piece = noun.headPiece, pieces[piece].words.count == 1,
            let word = pieces[piece].words.first.map(NameWords.base),
            !model.tables[table].words.contains(where: { NameWords.base($0) == word })
        else { return nil }
        let named = model.columns(of: table).filter { column in
            column.role == .category && column.words.map(NameWords.base) == [word]
        }
        return named.count == 1 ? named.first?.index : nil
    }

    private mutating func numberOf(table: Int, _ phrase: Phrase, isSum: Bool = false) throws -> Draft.Number? {
        if let aggregate = phrase.aggregate {
            guard aggregate.1 == .average else {
                throw ReadFailure.unsound("\(model.tables[table].title) have no number that could be meant.")
            }
            return try averagePerGroup(of: table)
        }
        if phrase.total != nil, phrase.count == nil, !isSum, let amount = money(of: table, phrase) {
            assume("The sum of \(model.columns[amount].title) is shown.")
            return .aggregate(.sum, amount)
        }
        if phrase.total != nil, phrase.count == nil, pieces.contains(where: saysAmount) {
            // "the total value of the offers" is no number of them.
            let measures = model.columns(of: table).filter { $0.role == .measure && $0.defaultAggregate == .sum }
            guard measures.count == 1, let only = measures.first else {
                throw ReadFailure.unsound("It is not said what of \(model.tables[table].title) is added up.")
            }
            return .aggregate(.sum, only.index)
        }
        if let total = phrase.total, isSum || pieces[total].words.first == "sum" {
            let measures = model.columns(of: table).filter { $0.role == .measure && $0.defaultAggregate == .sum }
            guard measures.count == 1, let only = measures.first else {
                throw ReadFailure.unsound("It is not said what of \(model.tables[table].title) is added up.")
            }
            return .aggregate(.sum, only.index)
        }
        return rows(of: table)
    }

    /// A word for an amount that names no column.
    private func saysAmount(_ piece: Piece) -> Bool {
        piece.isSilent && ["value", "worth", "amount"].contains(piece.words.last ?? "")
    }

    /// How many there are: rows, or what a column called "count" adds up to.
    mutating func rows(of table: Int) -> Draft.Number {
        guard let tally = model.tally(of: table) else { return .count(table) }
        assume("The sum of \(model.columns[tally].title) is shown.")
        return .aggregate(.sum, tally)
    }

    /// "total fees": what is called by its money is added up, where it has one amount.
    func money(of table: Int, _ phrase: Phrase) -> Int? {
        let said = phrase.terms.last { pieces[$0].entries.contains { $0.sense == .table(table) } }
        let names = [model.tables[table].words.last, said.flatMap { pieces[$0].words.last }].compactMap { $0 }
        guard names.contains(where: { Self.moneyNames.contains(NameWords.base($0)) }) else { return nil }
        let measures = model.columns(of: table).filter { $0.role == .measure && $0.defaultAggregate == .sum }
        return measures.count == 1 ? measures.first?.index : nil
    }

    static let moneyNames: Set<String> = [
        "fee", "fine", "payment", "charge", "cost", "expense", "donation", "pledge", "tip", "deposit", "withdrawal",
        "contribution", "wage", "salary", "tax", "instalment", "installment", "bonus", "refund",
    ]

    /// "average orders per customer".
    private mutating func averagePerGroup(of table: Int) throws -> Draft.Number? {
        guard position < phrases.count else { throw ReadFailure.unplaced([]) }
        let next = phrases[position]
        guard next.links(.group) || next.isEach || next.links(.by), !next.terms.isEmpty else {
            throw ReadFailure.unsound("It is not said per what the average is taken.")
        }
        position += 1
        let noun = try noun(next, wants: .table)
        useDeterminers(next)
        for (grammar, piece) in zip(next.links, next.linkPieces) where grammar == .group { use(piece) }
        guard case .table(let group) = noun.head, noun.filters.isEmpty, let key = model.tables[group].key,
            relations.stepsUp(from: table, to: group) != nil
        else { throw ReadFailure.unsound("\(model.tables[table].title) do not belong to one of these each.") }
        return .averagePerGroup(table: table, by: key)
    }

    private mutating func numberOf(column: Int, _ phrase: Phrase) -> Draft.Number {
        let model = model.columns[column]
        if phrase.count != nil, phrase.total == nil, phrase.aggregate == nil { countedColumns.insert(column) }
        if model.kind == .flag, phrase.count != nil, !phrase.isDistinct {
            // "how many volunteers", where rows are volunteers or not.
            draft.filters.append(.init(table: model.table, condition: .isTrue(model.id)))
            return .count(model.table)
        }
        if let aggregate = phrase.aggregate, model.role == .measure { return .aggregate(aggregate.1, column) }
        if phrase.count != nil || (phrase.isDistinct && phrase.aggregate == nil && phrase.total == nil) {
            if model.role == .measure, !phrase.isDistinct { return .aggregate(.sum, column) }
            if self.model.tables[model.table].key == column { return .count(model.table) }
            return .countDistinct(column)
        }
        if let aggregate = phrase.aggregate { return .aggregate(aggregate.1, column) }
        if phrase.total != nil { return .aggregate(.sum, column) }
        return .aggregate(model.defaultAggregate, column)
    }

    /// What a number would be of a bare noun, where a number is wanted: "by amount", "and revenue".
    mutating func bareNumber(_ phrase: Phrase) throws -> Draft.Number? {
        if phrase.count != nil || phrase.aggregate != nil || phrase.total != nil { return try number(of: phrase) }
        guard !phrase.terms.isEmpty else { return nil }
        let noun = try noun(phrase, wants: .number)
        useDeterminers(phrase)
        draft.filters += noun.filters
        switch noun.head {
        case .metric(let metric): return .metric(metric)
        case .table(let table): return .count(table)
        case .column(let column):
            guard model.columns[column].role == .measure else { return nil }
            let aggregate = model.columns[column].defaultAggregate
            assume("\(capitalised(aggregate)) of \(model.columns[column].title) is shown.")
            return .aggregate(aggregate, column)
        case .duration(let from, let to): return .duration(.average, from, to, unit(from))
        case .none: return nil
        }
    }

    /// The unit that durations are told in.
    mutating func unit(_ from: Int) -> RowValue.DurationUnit {
        for (index, piece) in pieces.enumerated() {
            if case .unit(let unit)? = piece.grammar {
                use(index, "in \(unit.rawValue)s", .grammar)
                return unit
            }
        }
        // What holds for a while lasts for days.
        let isLong =
            model.columns[from].kind == .date || model.stockEnd(of: model.columns[from].id.table) != nil
        let unit: RowValue.DurationUnit = isLong ? .day : .minute
        assume("It is shown in \(unit.rawValue)s.")
        return unit
    }

    mutating func assume(_ text: String) {
        if !draft.assumptions.contains(text) { draft.assumptions.append(text) }
    }

    func capitalised(_ aggregate: Measure.Aggregate) -> String {
        switch aggregate {
        case .sum: "The sum"
        case .average: "The average"
        case .minimum: "The lowest"
        case .maximum: "The highest"
        case .median: "The median"
        case .standardDeviation: "The standard deviation"
        }
    }
}
