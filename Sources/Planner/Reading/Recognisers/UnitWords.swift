/// Units of measure as people say them: "over 200 km", "in kilograms".
enum UnitWords {
    enum Dimension: Sendable, Hashable {
        case length, area, mass, volume, data, energy, power, speed, time, money, temperature
    }

    struct Unit: Sendable, Hashable {
        var dimension: Dimension
        /// One spelling for all.
        var name: String
    }

    static func unit(_ words: some StringProtocol) -> Unit? { units[String(words)] }

    static let longest = 3

    private static let units: [String: Unit] = {
        let groups: [(Dimension, [String])] = [
            (
                .length,
                [
                    "km|kms|kilometer|kilometers|kilometre|kilometres", "m|meter|meters|metre|metres",
                    "cm|centimeter|centimeters|centimetre|centimetres", "mm|millimeter|millimeters|millimetres",
                    "mile|miles|mi", "ft|foot|feet", "inch|inches", "yard|yards|yd",
                ]
            ),
            (
                .area,
                [
                    "sqkm|km2|square km|square kilometers|square kilometres|square kilometer",
                    "sqm|m2|square meters|square metres",
                    "sqmi|square miles|square mile", "sqft|square feet|square foot", "hectare|hectares|ha",
                    "acre|acres",
                ]
            ),
            (
                .mass,
                [
                    "kg|kgs|kilo|kilos|kilogram|kilograms", "g|gram|grams", "mg|milligram|milligrams",
                    "lb|lbs|pound|pounds",
                    "ton|tons|tonne|tonnes", "oz|ounce|ounces",
                ]
            ),
            (.volume, ["l|liter|liters|litre|litres", "ml|milliliter|milliliters|millilitres", "gallon|gallons"]),
            (
                .data,
                [
                    "kb|kilobyte|kilobytes", "mb|megabyte|megabytes", "gb|gigabyte|gigabytes", "tb|terabyte|terabytes",
                    "byte|bytes",
                ]
            ),
            (.power, ["kw|kilowatt|kilowatts", "megawatt|megawatts"]),
            (.energy, ["kwh|kilowatt hours", "mwh|megawatt hours"]),
            (.speed, ["kmh|km/h|kph|kilometers per hour", "mph|miles per hour", "knots|knot"]),
            (
                .time,
                ["ms|milliseconds", "s|sec|secs|second|seconds", "min|mins|minute|minutes", "h|hr|hrs|hour|hours"]
            ),
            (
                .money,
                [
                    "usd|dollar|dollars|us dollars|u.s. dollars", "eur|euro|euros", "gbp|pounds sterling", "jpy|yen",
                    "cent|cents",
                ]
            ),
            (.temperature, ["c|celsius|degrees celsius", "f|fahrenheit|degrees fahrenheit"]),
        ]
        var units: [String: Unit] = [:]
        for (dimension, spellings) in groups {
            for spelling in spellings {
                let names = spelling.split(separator: "|").map(String.init)
                for name in names { units[name] = Unit(dimension: dimension, name: names[0]) }
            }
        }
        return units
    }()

    /// In what a column's numbers are kept, as far as its unit, its name or its description says.
    static func unit(of column: SemanticSource.Column, words: [String]) -> Unit? {
        if let unit = column.unit.flatMap({ unit($0.lowercased()) }) { return unit }
        if words.count > 1, let last = words.last, let unit = unit(last) { return unit }
        let described = Words.plain(column.description)
        for (index, word) in described.enumerated() {
            let isSaid = index > 0 && ["in", "measured"].contains(described[index - 1]) || index == described.count - 1
            if isSaid {
                let two = described[index...].prefix(2).joined(separator: " ")
                if let unit = unit(two) ?? (word.utf8.count > 1 ? unit(word) : nil) { return unit }
            }
        }
        return nil
    }
}

extension PieceFinder {
    /// Units behind a number, or behind "in".
    mutating func findUnits() {
        for start in tokens.indices where tokens[start].isWord && start > 0 {
            let before = tokens[start - 1]
            for end in (start + 1...min(tokens.count, start + UnitWords.longest)).reversed() {
                let slice = tokens[start..<end]
                guard slice.allSatisfy(\.isWord),
                    let unit = UnitWords.unit(slice.map(\.word).joined(separator: " ")), unit.dimension != .time,
                    isOwnUnit(unit, before: start)
                        || !slice.contains(where: { token in
                            token.word.utf8.count > 2
                                && model.lexicon.vocabulary.matches(token.word).contains { $0.quality >= 0.93 }
                        })
                else { continue }
                if before.isNumber {
                    add(start..<end, .grammar(.measured(unit)), weight: 1.1 * Double(slice.count))
                } else if before.word == "in", slice.first?.word.utf8.count ?? 0 > 1, endsClause(end) {
                    add(start - 1..<end, .grammar(.measured(unit)), weight: 1.2 * Double(slice.count + 1))
                }
                break
            }
        }
    }

    /// "MRR in dollars": the defined number before it is kept in them.
    private func isOwnUnit(_ unit: UnitWords.Unit, before start: Int) -> Bool {
        start > 1 && tokens[start - 1].word == "in"
            && terms.contains { range, entries in
                guard range.upperBound == start - 1, case .metric(let metric)? = Lexicon.sorted(entries).first?.sense
                else { return false }
                return model.source.metrics[metric].unit.flatMap { UnitWords.unit($0.lowercased()) } == unit
            }
    }

    private func endsClause(_ end: Int) -> Bool {
        end == tokens.count || tokens[end].isMark || EnglishWords.stop.contains(tokens[end].word)
    }
}

extension QuestionReader {
    /// Whether the numbers are kept in the units that were said, where nothing was converted.
    mutating func checkUnits() throws {
        try checkMoney()
        for index in pieces.indices where !used.contains(index) {
            guard case .unit(let unit)? = pieces[index].grammar else { continue }
            // "in minutes", of a number that is kept so.
            let kept = numbersUsed().map { column in
                model.source.tables[column.table].columns.first { $0.name == column.id.name }
                    .flatMap { UnitWords.unit(of: $0, words: NameWords.split($0.name)) }
            }
            let isKept = !kept.isEmpty && kept.allSatisfy { $0 == UnitWords.unit(unit.rawValue) }
            if isKept { use(index, "in \(unit.rawValue)s", .grammar) }
        }
        for index in pieces.indices {
            if case .unit(let unit)? = pieces[index].grammar, isKept(in: unit) { use(index) }
            guard case .measured(let unit)? = pieces[index].grammar, !converted.contains(index) else { continue }
            var isSame = false
            var isOpen = false
            let curated = curatedUnits()
            for kept in curated where kept != unit && kept.dimension == unit.dimension {
                throw ReadFailure.unsound("The number is kept in \(kept.name), not in \(unit.name).")
            }
            if curated.contains(unit) { isSame = true }
            for column in numbersUsed() where curated.isEmpty {
                let described = model.source.tables[column.table].columns.first { $0.name == column.id.name }
                let kept = described.flatMap { UnitWords.unit(of: $0, words: column.words) }
                if kept == unit {
                    isSame = true
                } else if let kept, kept.dimension == unit.dimension {
                    throw ReadFailure.unsound("\(column.title) is kept in \(kept.name), not in \(unit.name).")
                } else if kept == nil {
                    isOpen = true
                }
            }
            guard isSame || isOpen else { continue }
            use(index)
            if !isSame { assume("Numbers are taken to be in \(unit.name).") }
        }
    }

    /// Whether each of the defined numbers is kept in hours, say, by its own words.
    private func isKept(in unit: RowValue.DurationUnit) -> Bool {
        !draft.numbers.isEmpty
            && draft.numbers.allSatisfy { number in
                guard case .metric(let index) = number else { return false }
                return [unit.rawValue, unit.rawValue + "s"].contains(model.source.metrics[index].unit?.lowercased())
            }
    }

    /// Of the metrics that are asked for, as far as they say one.
    private func curatedUnits() -> [UnitWords.Unit] {
        draft.numbers.compactMap { number in
            guard case .metric(let index) = number else { return nil }
            return model.source.metrics[index].unit.flatMap { UnitWords.unit($0.lowercased()) }
        }
    }

    /// "20 pounds" of a weight is no money.
    private func checkMoney() throws {
        guard pieces.contains(where: { if case .money? = $0.quantity?.unit { true } else { false } }) else { return }
        for column in numbersUsed() {
            let described = model.source.tables[column.table].columns.first { $0.name == column.id.name }
            if let kept = described.flatMap({ UnitWords.unit(of: $0, words: column.words) }), kept.dimension != .money {
                throw ReadFailure.unsound("\(column.title) is kept in \(kept.name), not in money.")
            }
        }
    }

    private func numbersUsed() -> [ColumnModel] {
        var columns: Set<Int> = []
        for index in used where pieces.indices.contains(index) {
            for entry in pieces[index].entries {
                if case .column(let column) = entry.sense, model.columns[column].role == .measure {
                    columns.insert(column)
                }
            }
        }
        // A word that several columns are called by means the one that was taken.
        let taken = Set(
            draft.columns + asked
                + draft.numbers.compactMap { number in
                    if case .aggregate(_, let column) = number { return column }
                    return nil
                })
        if !columns.isDisjoint(with: taken) { columns.formIntersection(taken) }
        if let column = lastComparedColumn { columns.insert(column) }
        if let column = draft.rankColumn, model.columns[column].role == .measure { columns.insert(column) }
        return columns.sorted().map { model.columns[$0] }
    }
}
