/// Numbers told in another unit than they are kept in: "average duration in minutes" of a column of seconds.
extension QuestionReader {
    /// Notes by which columns that is, before anything is computed of them.
    mutating func settleUnits() throws {
        for index in pieces.indices where !used.contains(index) || pieces[index].grammar?.isUnit == true {
            guard let wanted = UnitConversion.wanted(pieces[index].grammar) else { continue }
            var found: [Int: UnitConversion] = [:]
            for number in draft.numbers + [draft.rankNumber].compactMap({ $0 }) {
                guard case .aggregate(_, let column) = number, let kept = keptUnit(of: column),
                    let conversion = conversion(of: column, kept, to: wanted)
                else { continue }
                found[column] = conversion
            }
            guard !found.isEmpty else { continue }
            conversions.merge(found) { first, _ in first }
            converted.insert(index)
            use(index, "in \(wanted.plural)", .grammar)
            for column in found.keys.sorted() {
                guard let kept = keptUnit(of: column) else { continue }
                assume("\(model.columns[column].title) is stored in \(kept.plural) and shown in \(wanted.plural).")
            }
        }
        for having in draft.having {
            guard case .aggregate(_, let column) = having.number,
                keptUnit(of: column)?.name == "cent", !pieces.contains(where: { $0.words.contains("cents") })
            else { continue }
            assumeCents(column, having.2)
        }
        guard pieces.contains(where: { if case .money? = $0.quantity?.unit { true } else { false } }) else { return }
        for having in draft.having {
            guard case .aggregate(_, let column) = having.number, keptUnit(of: column)?.name == "cent" else { continue }
            throw ReadFailure.unsound("\(model.columns[column].title) is kept in cents.")
        }
    }

    /// "longer than 30 minutes" of a column of seconds; nil where nothing is converted.
    mutating func convertedConditions(_ column: Int, _ span: QuantitySpan, _ piece: Int) throws -> [Condition]? {
        guard model.columns[column].kind == .number else { return nil }
        var said: UnitWords.Unit?
        var behind: Int?
        if piece + 1 < pieces.count {
            switch pieces[piece + 1].grammar {
            case .measureUnit(let names)?:
                (said, behind) = (names.lazy.compactMap { UnitWords.unit($0) }.first, piece + 1)
            case .measured(let unit)?: (said, behind) = (unit, piece + 1)
            default: break
            }
        }
        if case .money? = span.unit, keptUnit(of: column)?.name == "cent" { said = UnitWords.unit(currency(piece)) }
        if said == nil, span.unit == nil { assumeCents(column, span, piece) }
        guard let said, let kept = keptUnit(of: column), kept != said, kept.dimension == said.dimension else {
            return nil
        }
        func scaled(_ number: NumberLiteral) throws -> NumberLiteral {
            guard let literal = literal(number, in: said, of: column) else {
                throw ReadFailure.unsound("\(model.columns[column].title) is stored in \(kept.plural).")
            }
            return literal
        }
        let conditions: [Condition]
        let id = model.columns[column].id
        switch span.meaning {
        case .number(let number): conditions = [.compare(id, .equal, try scaled(number))]
        case .compare(let comparator, let number): conditions = [.compare(id, comparator, try scaled(number))]
        case .between(let low, let high):
            conditions = [.compare(id, .atLeast, try scaled(low)), .compare(id, .atMost, try scaled(high))]
        case .comparator: return nil
        }
        if let behind {
            use(behind, "in \(said.plural)", .number)
            converted.insert(behind)
        }
        assume("\(model.columns[column].title) is stored in \(kept.plural).")
        return conditions
    }

    /// "over 50" of what is kept in cents: fifty of these, which whoever asked may not have meant.
    private mutating func assumeCents(_ column: Int, _ span: QuantitySpan, _ piece: Int) {
        guard keptUnit(of: column)?.name == "cent", !pieces.contains(where: { $0.words.contains("cents") }) else {
            return
        }
        switch span.meaning {
        case .number(let number), .compare(_, let number): assumeCents(column, number)
        case .between(let low, let high):
            assumeCents(column, low)
            assumeCents(column, high)
        case .comparator: break
        }
    }

    private mutating func assumeCents(_ column: Int, _ number: NumberLiteral) {
        guard number.description != "0" else { return }
        assume("\(number.description) is taken as cents, in which \(model.columns[column].title) is stored.")
    }

    /// As it was written, by its sign or its name.
    private func currency(_ piece: Int) -> String {
        for word in pieces[piece].words {
            switch word {
            case "€": return "eur"
            case "$": return "usd"
            case "£": return "gbp"
            default: if let unit = UnitWords.unit(word), unit.dimension == .money { return unit.name }
            }
        }
        return pieces[piece].text.contains("$") ? "usd" : pieces[piece].text.contains("€") ? "eur" : "usd"
    }

    func keptUnit(of column: Int) -> UnitWords.Unit? {
        let known = model.columns[column]
        return model.source.tables[known.table].columns.first { $0.name == known.id.name }
            .flatMap { UnitWords.unit(of: $0, words: NameWords.split($0.name)) }
    }

    /// What a number that was said in one unit is in the one that the column is kept in; nil where that is another kind.
    func literal(_ number: NumberLiteral, in said: UnitWords.Unit, of column: Int) -> NumberLiteral? {
        guard let kept = keptUnit(of: column) else { return nil }
        if said == kept { return number }
        guard let conversion = conversion(of: column, said, to: kept), conversion.divisor == 1,
            let value = Int(number.description)
        else { return nil }
        let (product, isTooMuch) = value.multipliedReportingOverflow(by: conversion.factor)
        return isTooMuch ? nil : NumberLiteral(product)
    }

    private func conversion(of column: Int, _ kept: UnitWords.Unit, to wanted: UnitWords.Unit) -> UnitConversion? {
        if kept.dimension == .money, isOfOther(column, [kept, wanted]) { return nil }
        return UnitConversion(from: kept, to: wanted)
    }

    /// Cents of another currency than the one that is spoken of.
    private func isOfOther(_ column: Int, _ units: [UnitWords.Unit]) -> Bool {
        let known = model.columns[column]
        let text = model.source.tables[known.table].columns.first { $0.name == known.id.name }?.description ?? ""
        let said = (Words.plain(text) + known.words).compactMap { UnitWords.unit($0) }.filter {
            $0.dimension == .money && $0.name != "cent"
        }
        return said.contains { !units.contains($0) }
    }
}

extension Grammar {
    fileprivate var isUnit: Bool {
        switch self {
        case .unit, .measured: true
        default: false
        }
    }
}

extension UnitWords.Unit {
    fileprivate var plural: String { UnitConversion.plurals[name] ?? name }
}

extension UnitConversion {
    /// Nil where the two are the same, or where one is not so many of the other everywhere.
    init?(from kept: UnitWords.Unit, to wanted: UnitWords.Unit) {
        guard kept.dimension == wanted.dimension, kept != wanted, let one = Self.sizes[kept.name],
            let other = Self.sizes[wanted.name],
            kept.dimension != .money || kept.name == "cent" || wanted.name == "cent"
        else { return nil }
        var (greater, less) = (max(one, other), min(one, other))
        while less != 0 { (greater, less) = (less, greater % less) }
        self.init(to: Self.plurals[wanted.name] ?? wanted.name, factor: one / greater, divisor: other / greater)
    }

    fileprivate static func wanted(_ grammar: Grammar?) -> UnitWords.Unit? {
        switch grammar {
        case .unit(let unit)?: UnitWords.unit(unit.rawValue)
        case .measured(let unit)?: unit
        default: nil
        }
    }

    fileprivate static let plurals = [
        "ms": "milliseconds", "s": "seconds", "min": "minutes", "h": "hours", "cent": "cents", "usd": "dollars",
        "eur": "euros", "gbp": "pounds",
    ]

    /// In the smallest unit of each kind.
    private static let sizes: [String: Int] = [
        "ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000, "mm": 1, "cm": 10, "m": 1_000, "km": 1_000_000, "mg": 1,
        "g": 1_000, "kg": 1_000_000, "ml": 1, "l": 1_000, "cent": 1, "usd": 100, "eur": 100, "gbp": 100, "kw": 1,
        "megawatt": 1_000, "kwh": 1, "mwh": 1_000,
    ]
}
