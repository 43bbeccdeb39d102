/// "sort by name", "newest first", "alphabetically", "the other way round".
extension EditReader {
    private static let reversing: Set<String> = [
        "reverse", "reverse it", "reverse the order", "reverse order", "in reverse", "in reverse order",
        "the other way round", "the other way around", "flip it", "flip the order", "other way round",
    ]
    private static let newest: Set<String> = ["newest", "latest", "recent"]
    private static let oldest: Set<String> = ["oldest", "earliest"]

    /// The whole text says in which order; which rows are shown stays.
    mutating func readOrder() throws -> Bool {
        let words = text.words.filter { !["?", ".", "!", ",", "please", "now", "and", "them"].contains($0) }
        if Self.reversing.contains(words.joined(separator: " ")) { return try reverse() }
        if let isDescending = Self.first(words) { return try sort(isDescending: isDescending) }
        var isOrdered = false
        var direction: Bool?
        var isAlphabetical = false
        var terms: [Int] = []
        var grain: TimeGrain?
        for (index, piece) in pieces.enumerated() {
            switch piece.kind {
            case .term: terms.append(index)
            case .grammar(.orderBy): isOrdered = true
            case .grammar(.ordered(let isDescending)): (isOrdered, direction) = (true, isDescending)
            case .grammar(.descending): (isOrdered, direction) = (true, true)
            case .grammar(.ascending): (isOrdered, direction) = (true, false)
            case .grammar(.alphabetical): (isOrdered, isAlphabetical) = (true, true)
            case .grammar(.howMany) where !piece.words.contains("how"): break
            case .grammar(.sentence), .grammar(.comma), .grammar(.and), .grammar(.their), .grammar(.by), .filler,
                .grammar(.remark):
                break
            case .time(let span):
                guard case .grain = span.meaning, grain == nil else { return false }
                grain = span.grain
            case .unknown where ["sort", "sorted", "order", "ordered", "rank"].contains(piece.words[0]):
                isOrdered = true
            default: return false
            }
        }
        guard isOrdered, terms.count <= 1, grain == nil || terms.isEmpty else { return false }
        if pieces.contains(where: { $0.words == ["only"] || $0.words == ["just"] }) { return false }
        let isAge = pieces.contains { !Self.newest.union(Self.oldest).isDisjoint(with: $0.words) }
        guard let key = try key(terms.first, grain, isAlphabetical: isAlphabetical, isAge: isAge) else { return false }
        var isNumber = false
        if case .measure = key { isNumber = true }
        let order = Plan.Order(key, isDescending: direction ?? isNumber)
        if earlier.limit != nil, case .hidden = key {
            throw surely(
                "In another order the first \(earlier.limit ?? 0) would be other ones; ask for all of them first.")
        }
        edits = [.order([order])]
        saySameRows()
        return true
    }

    /// "lowest first": false; nil where the words say no order.
    private static func first(_ words: [String]) -> Bool? {
        guard words.count == 2, words[1] == "first" else { return nil }
        if ["lowest", "smallest", "fewest", "least"].contains(words[0]) { return false }
        return ["highest", "largest", "biggest", "greatest", "most"].contains(words[0]) ? true : nil
    }

    private mutating func sort(isDescending: Bool) throws -> Bool {
        guard earlier.measures.count == 1, !earlier.dimensions.isEmpty else { return false }
        edits = [.sort(isDescending: isDescending)]
        saySameRows()
        return true
    }

    private mutating func saySameRows() {
        guard let limit = earlier.limit, limit > 1 else { return }
        assumptions.append("The same \(limit) as before, in another order.")
    }

    private mutating func reverse() throws -> Bool {
        let order = earlier.reordered ?? earlier.order
        if !order.isEmpty {
            edits = [.order(order.map { Plan.Order($0.key, isDescending: !$0.isDescending) })]
            saySameRows()
        } else if let index = earlier.dimensions.firstIndex(where: \.isTime) {
            edits = [.order([.init(.dimension(index), isDescending: true)])]
        } else {
            guard !earlier.measures.isEmpty, !earlier.dimensions.isEmpty else { throw ReadFailure.unplaced([]) }
            edits = [.sort(isDescending: false)]
        }
        return true
    }

    private func key(_ term: Int?, _ grain: TimeGrain?, isAlphabetical: Bool, isAge: Bool) throws -> Plan.Order.Key? {
        if let grain {
            return earlier.dimensions.firstIndex { if case .time(_, grain) = $0 { true } else { false } }.map {
                .dimension($0)
            }
        }
        if let term { return try key(named: term) }
        if isAlphabetical {
            if let label = earlier.columns.firstIndex(where: isText) { return .column(label) }
            return earlier.dimensions.firstIndex { if case .column(let column) = $0 { isText(column) } else { false } }
                .map { .dimension($0) }
        }
        guard earlier.measures.isEmpty else { return isAge ? nil : earlier.dimensions.isEmpty ? nil : .measure(0) }
        guard isAge, let subject = earlier.subject, let time = model.table(subject)?.mainTime else { return nil }
        let column = model.columns[time].id
        return earlier.columns.firstIndex(of: column).map { .column($0) } ?? .hidden(column)
    }

    private func isText(_ column: ColumnID) -> Bool { model.column(column)?.kind == .text }

    private func key(named term: Int) throws -> Plan.Order.Key? {
        let entries = pieces[term].entries.filter { $0.quality >= 0.7 }
        for case .metric(let metric) in entries.map(\.sense) {
            if let index = earlier.measures.firstIndex(of: .metric(model.source.metrics[metric].name)) {
                return .measure(index)
            }
        }
        let columns = entries.compactMap { entry -> ColumnID? in
            if case .column(let column) = entry.sense { model.columns[column].id } else { nil }
        }
        func isNamed(_ shown: ColumnID) -> Bool {
            columns.contains { $0.table == shown.table && $0.name == shown.name }
        }
        if let index = earlier.columns.firstIndex(where: isNamed) { return .column(index) }
        if let index = earlier.dimensions.firstIndex(where: {
            if case .column(let column) = $0 { isNamed(column) } else { false }
        }) {
            return .dimension(index)
        }
        if pieces[term].words.last.map(NameWords.base) == "name", let label = earlier.columns.firstIndex(where: isText)
        {
            return .column(label)
        }
        for case .table(let table) in entries.map(\.sense) {
            if let index = earlier.measures.firstIndex(of: .count(model.tables[table].id)) { return .measure(index) }
            if let index = earlier.columns.firstIndex(where: { $0.table == model.tables[table].id && isText($0) }) {
                return .column(index)
            }
        }
        guard earlier.recipe == .list, let subject = earlier.subject else { return nil }
        let own = columns.filter { $0.table == subject }
        return own.count == 1 ? .hidden(own[0]) : nil
    }
}
