/// Reads the conditions of a curated definition, where they are as plain as a plan's own.
enum FilterText {
    /// `status = 'paid' AND closed_at IS NULL`; nil for anything that a plan could not say in the same words.
    static func conditions(_ text: String, of table: TableID, columns: Set<String>) -> [Condition]? {
        guard text.utf8.count <= 2_000, let tokens = tokens(text) else { return nil }
        var reader = Reader(tokens: tokens, table: table, columns: columns)
        return reader.conditions()
    }

    private enum Token: Equatable {
        case word(String), text(String), number(NumberLiteral), mark(String)
    }

    private static func tokens(_ text: String) -> [Token]? {
        var tokens: [Token] = []
        let letters = Array(text)
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            if letter == "'" {
                guard let end = letters[(index + 1)...].firstIndex(of: "'"),
                    end + 1 == letters.count || letters[end + 1] != "'"
                else { return nil }
                tokens.append(.text(String(letters[index + 1..<end])))
                index = end + 1
            } else if letter.isLetter || letter == "_" {
                let end = letters[index...].firstIndex { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? letters.count
                tokens.append(.word(String(letters[index..<end])))
                index = end
            } else if letter.isNumber {
                let end = letters[index...].firstIndex { !$0.isNumber && $0 != "." } ?? letters.count
                guard let number = NumberLiteral(String(letters[index..<end])) else { return nil }
                tokens.append(.number(number))
                index = end
            } else if letter.isWhitespace {
                index += 1
            } else {
                let pair = index + 1 < letters.count ? String(letters[index...index + 1]) : ""
                let mark = ["<>", "!=", "<=", ">="].contains(pair) ? pair : String(letter)
                guard ["<>", "!=", "<=", ">=", "=", "<", ">", "(", ")", ","].contains(mark) else { return nil }
                tokens.append(.mark(mark))
                index += mark.count
            }
        }
        return tokens
    }

    private struct Reader {
        let tokens: [Token]
        let table: TableID
        let columns: Set<String>
        var index = 0

        mutating func conditions() -> [Condition]? {
            var conditions: [Condition] = []
            repeat {
                guard let condition = condition() else { return nil }
                conditions.append(condition)
            } while keyword("and")
            return index == tokens.count ? conditions : nil
        }

        private mutating func condition() -> Condition? {
            if keyword("not") { return condition().map { .not($0) } }
            guard index < tokens.count, case .word(let name) = tokens[index], columns.contains(name) else { return nil }
            index += 1
            let column = ColumnID(table, name)
            if keyword("is") {
                let isNegated = keyword("not")
                if keyword("null") { return isNegated ? .not(.isEmpty(column)) : .isEmpty(column) }
                if keyword("true") { return isNegated ? nil : .isTrue(column) }
                return nil
            }
            let isNegated = keyword("not")
            if keyword("in") {
                return list().map { isNegated ? .not(.oneOf(column, $0)) : .oneOf(column, $0) }
            }
            guard !isNegated else { return nil }
            guard index < tokens.count, case .mark(let mark) = tokens[index], mark != "(", mark != ")", mark != ","
            else {
                return .isTrue(column)
            }
            index += 1
            return compared(column, mark)
        }

        private mutating func compared(_ column: ColumnID, _ mark: String) -> Condition? {
            guard index < tokens.count else { return nil }
            defer { index += 1 }
            switch (tokens[index], mark) {
            case (.text(let value), "="): return .oneOf(column, [value])
            case (.text(let value), "<>"), (.text(let value), "!="): return .not(.oneOf(column, [value]))
            case (.number(let number), _):
                return Comparator(rawValue: mark == "!=" ? "<>" : mark).map { .compare(column, $0, number) }
            case (.word(let word), "="): return word.lowercased() == "true" ? .isTrue(column) : nil
            default: return nil
            }
        }

        private mutating func list() -> [String]? {
            guard take(.mark("(")) else { return nil }
            var values: [String] = []
            repeat {
                guard index < tokens.count, case .text(let value) = tokens[index] else { return nil }
                values.append(value)
                index += 1
            } while take(.mark(","))
            return take(.mark(")")) ? values : nil
        }

        private mutating func take(_ token: Token) -> Bool {
            guard index < tokens.count, tokens[index] == token else { return false }
            index += 1
            return true
        }

        private mutating func keyword(_ word: String) -> Bool {
            guard index < tokens.count, case .word(let said) = tokens[index], said.lowercased() == word else {
                return false
            }
            index += 1
            return true
        }
    }
}
