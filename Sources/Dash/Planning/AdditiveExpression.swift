/// Whether the values of an aggregate expression's parts add up to the value of the whole.
///
/// True for sums and counts of all rows, with constant factors and added to each other; anything that is not seen to be
/// that is not additive.
struct AdditiveExpression {
    private var tokens: ArraySlice<SQLToken>

    static func isAdditive(_ expression: String) -> Bool {
        var reading = AdditiveExpression(tokens: SQLToken.scan(expression)[...])
        return reading.sum() == .additive && reading.tokens.isEmpty
    }

    private enum Kind {
        case additive, constant, other
    }

    private mutating func sum() -> Kind {
        var kind = product()
        while let sign = tokens.first, sign == .symbol("+") || sign == .symbol("-") {
            tokens.removeFirst()
            let next = product()
            // A constant would be added once per part.
            kind = kind == next ? kind : .other
        }
        return kind
    }

    private mutating func product() -> Kind {
        if tokens.first == .symbol("-") || tokens.first == .symbol("+") { tokens.removeFirst() }
        var kind = factor()
        while let sign = tokens.first, sign == .symbol("*") || sign == .symbol("/") {
            tokens.removeFirst()
            let next = factor()
            switch (kind, sign == .symbol("*"), next) {
            case (.additive, _, .constant), (.constant, _, .constant): break
            case (.constant, true, .additive): kind = .additive
            default: kind = .other
            }
        }
        return kind
    }

    private mutating func factor() -> Kind {
        var kind = primary()
        // A cast of the whole to a type with fewer digits would round each part.
        while tokens.starts(with: [.symbol(":"), .symbol(":")]) {
            tokens.removeFirst(2)
            guard case .word(let type, _) = tokens.popFirst() else { return .other }
            if !["numeric", "decimal", "float8", "bigint"].contains(type) || tokens.first == .symbol("(") {
                kind = .other
            }
        }
        return kind
    }

    private mutating func primary() -> Kind {
        switch tokens.popFirst() {
        case .number: return .constant
        case .symbol("("):
            let kind = sum()
            return tokens.popFirst() == .symbol(")") ? kind : .other
        case .word(let name, isQuoted: false) where tokens.first == .symbol("("):
            return call(name)
        default: return .other
        }
    }

    private mutating func call(_ name: String) -> Kind {
        tokens.removeFirst()
        if name == "coalesce" {
            let kind = sum()
            guard tokens.popFirst() == .symbol(","), tokens.popFirst() == .number("0"),
                tokens.popFirst() == .symbol(")")
            else { return .other }
            return kind
        }
        let isDistinct = tokens.first?.isWord("distinct") == true
        guard skipArguments() else { return .other }
        if tokens.first?.isWord("filter") == true {
            tokens.removeFirst()
            guard tokens.popFirst() == .symbol("("), skipArguments() else { return .other }
        }
        guard tokens.first?.isWord("over") != true else { return .other }
        return ["sum", "count"].contains(name) && !isDistinct ? .additive : .other
    }

    /// Behind an opening parenthesis; false where it does not close.
    private mutating func skipArguments() -> Bool {
        var depth = 1
        while let token = tokens.popFirst() {
            if token == .symbol("(") { depth += 1 }
            if token == .symbol(")") {
                depth -= 1
                if depth == 0 { return true }
            }
        }
        return false
    }
}
