import ServiceRuntime

/// Numbers of one row: a column, or the time between two moments.
struct RowValueWriter {
    let schema: CompileSchema
    let days: PeriodDays

    func value(_ value: RowValue, in scope: inout Scope) throws(CompileError) -> (SQLExpression, SQLType) {
        switch value {
        case .column(let column): return (try scope.column(column), try schema.type(column))
        case .duration(let from, let to, let unit):
            let types = (try schema.type(from), try schema.type(to))
            guard types.0.isTemporal, types.1.isTemporal else {
                throw CompileError("\(from.name) and \(to.name) are not both dates.")
            }
            let start = try moment(from, alike: types.0 == types.1, in: &scope)
            let end = try moment(to, alike: types.0 == types.1, in: &scope)
            return (Self.length(from: start, to: end, unit, areDays: types.0 == .date && types.1 == .date), .decimal)
        case .difference(let left, let right):
            for column in [left, right] where try !schema.type(column).isNumber {
                throw CompileError("\(column.name) is no number, so nothing is taken from it.")
            }
            return (.binary(try scope.column(left), .minus, try scope.column(right)), .decimal)
        case .converted(let column, let conversion):
            guard try schema.type(column).isNumber, conversion.divisor > 0 else {
                throw CompileError("\(column.name) is no number, so it has no unit.")
            }
            var number = try scope.column(column)
            if conversion.factor != 1 { number = .binary(number, .times, .number(conversion.factor)) }
            // A fraction stays one where whole numbers are divided.
            if conversion.divisor != 1 { number = .binary(number, .divided, .number("\(conversion.divisor).0")) }
            return (number, .decimal)
        case .age(let column, let unit):
            guard try schema.type(column).isTemporal else { throw CompileError("\(column.name) is no date.") }
            let today = days.today
            let local = try days.local(try scope.column(column), of: column)
            let day = try schema.type(column) == .date ? local : .cast(local, "date")
            let age = SQLExpression.call("age", [today, day])
            switch unit {
            case .year: return (.extract("YEAR", age), .decimal)
            case .month:
                let months = SQLExpression.binary(.extract("YEAR", age), .times, .number(12))
                return (.binary(months, .plus, .extract("MONTH", age)), .decimal)
            default: return (Self.length(from: day, to: today, unit, areDays: true), .decimal)
            }
        }
    }

    private func moment(_ column: ColumnID, alike: Bool, in scope: inout Scope) throws(CompileError) -> SQLExpression {
        let value = try scope.column(column)
        guard !alike else { return value }
        let local = try days.local(value, of: column)
        return try schema.type(column) == .date ? .cast(local, "timestamp") : local
    }

    private static func length(
        from start: SQLExpression, to end: SQLExpression, _ unit: RowValue.DurationUnit, areDays: Bool
    ) -> SQLExpression {
        let difference = SQLExpression.binary(end, .minus, start)
        // Days of the calendar are subtracted to a number of days.
        if areDays {
            return switch unit {
            case .day: difference
            case .second: .binary(difference, .times, .number(86_400))
            case .minute: .binary(difference, .times, .number(1_440))
            case .hour: .binary(difference, .times, .number(24))
            case .month: .binary(difference, .divided, .number("30.436875"))
            case .year: .binary(difference, .divided, .number("365.2425"))
            }
        }
        let seconds = SQLExpression.extract("EPOCH", difference)
        return switch unit {
        case .second: seconds
        case .minute: .binary(seconds, .divided, .number(60))
        case .hour: .binary(seconds, .divided, .number(3_600))
        case .day: .binary(seconds, .divided, .number(86_400))
        case .month: .binary(seconds, .divided, .number(2_629_746))
        case .year: .binary(seconds, .divided, .number(31_556_952))
        }
    }
}
