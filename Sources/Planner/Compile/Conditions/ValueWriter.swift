/// Comparisons with values that people gave, written as the column's type needs it.
struct ValueWriter {
    let schema: CompileSchema

    func predicate(_ condition: Condition, value: SQLExpression) throws(CompileError) -> SQLExpression {
        switch condition {
        case .compare(let column, let comparator, let number):
            guard try schema.type(column).isNumber else {
                throw CompileError("\(column.name) is no number, so it cannot be compared with \(number).")
            }
            return .binary(value, SQLOperator(comparator), .number(number.description))
        case .oneOf(let column, let values): return try oneOf(column, values, value)
        case .text(let column, let match, let text):
            let type = try schema.type(column)
            let plain = type == .text ? value : .cast(value, "text")
            let pattern = SQLName.likePattern(text)
            switch match {
            case .contains: return .binary(plain, .matches, .text("%\(pattern)%"))
            case .startsWith: return .binary(plain, .matches, .text("\(pattern)%"))
            case .endsWith: return .binary(plain, .matches, .text("%\(pattern)"))
            case .equals: return .binary(.call("lower", [plain]), .equal, .call("lower", [.text(text)]))
            }
        case .isEmpty(let column):
            return try schema.type(column) == .text ? .isNull(.call("NULLIF", [value, .text("")])) : .isNull(value)
        case .isTrue(let column):
            switch try schema.type(column) {
            case .boolean: return value
            case .integer: return .binary(value, .notEqual, .number(0))
            default: throw CompileError("\(column.name) is neither true nor false.")
            }
        default: throw CompileError("This condition has no value to compare with.")
        }
    }

    private func oneOf(
        _ column: ColumnID, _ values: [String], _ value: SQLExpression
    ) throws(CompileError) -> SQLExpression {
        let type = try schema.type(column)
        var literals: [SQLExpression] = []
        for text in values {
            let literal = try literal(text, type, column)
            if !literals.contains(literal) { literals.append(literal) }
        }
        guard let first = literals.first else { throw CompileError("No value is given for \(column.name).") }
        guard literals.count <= 1_000 else { throw CompileError("Too many values are given for \(column.name).") }
        return literals.count == 1
            ? .binary(value, .equal, first) : .among(literals, value, isNegated: false)
    }

    private func literal(
        _ text: String, _ type: SQLType, _ column: ColumnID
    ) throws(CompileError) -> SQLExpression {
        switch type {
        case .integer, .decimal:
            guard let number = NumberLiteral(text) else {
                throw CompileError("\(column.name) holds numbers; \"\(text.prefix(60))\" is none.")
            }
            return .number(number.description)
        case .boolean:
            switch text.lowercased() {
            case "true", "t", "yes", "y", "1", "on": return .boolean(true)
            case "false", "f", "no", "n", "0", "off": return .boolean(false)
            default: throw CompileError("\(column.name) is true or false, not \"\(text.prefix(60))\".")
            }
        case .date, .timestamp, .zonedTimestamp, .interval:
            throw CompileError("\(column.name) is a time, which has no values to choose from.")
        case .text, .other: return .text(text)
        }
    }

    /// Both numbers, both texts or both moments.
    func checkComparable(_ left: ColumnID, _ right: ColumnID) throws(CompileError) {
        let (one, other) = (try schema.type(left), try schema.type(right))
        let fits =
            one == other && one != .other || one.isNumber && other.isNumber || one.isTemporal && other.isTemporal
        let sameName = try schema.column(left).type == schema.column(right).type
        guard fits || sameName else {
            throw CompileError("\(left.name) and \(right.name) are of different kinds and cannot be compared.")
        }
    }
}
