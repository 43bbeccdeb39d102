/// Days of the week, hours of the day and months of the year, on the company's clock.
struct CycleWriter {
    let days: PeriodDays

    /// What the rows are split by: names in English, or the hour.
    func group(
        _ cycle: CalendarCycle, of column: ColumnID, value: SQLExpression
    ) throws(CompileError) -> SQLExpression {
        let local = try local(cycle, of: column, value: value)
        switch cycle {
        case .weekday: return .call("to_char", [local, .text("FMDay")])
        case .monthOfYear: return .call("to_char", [local, .text("FMMonth")])
        case .hourOfDay: return .cast(.extract("HOUR", local), "integer")
        }
    }

    func condition(
        _ cycle: CalendarCycle, _ values: [Int], of column: ColumnID, value: SQLExpression
    ) throws(CompileError) -> SQLExpression {
        let local = try local(cycle, of: column, value: value)
        let (field, numbers) =
            switch cycle {
            // The database counts from Monday, 1, to Sunday, 7.
            case .weekday: ("ISODOW", values.map { $0 == 0 ? 7 : $0 })
            case .monthOfYear: ("MONTH", values)
            case .hourOfDay: ("HOUR", values)
            }
        let part = SQLExpression.extract(field, local)
        let sorted = Set(numbers).sorted()
        guard let first = sorted.first else { throw CompileError("Which days or months are meant is not said.") }
        return sorted.count == 1
            ? .binary(part, .equal, .number(first))
            : .among(sorted.map { SQLExpression.number($0) }, part, isNegated: false)
    }

    /// In the order of the calendar.
    func place(_ cycle: CalendarCycle, _ group: SQLExpression) -> SQLExpression {
        let labels: [String]
        switch cycle {
        case .hourOfDay: return group
        case .weekday: labels = (0..<7).map { DayText.weekday($0 + days.schema.calendar.weekStart) }
        case .monthOfYear: labels = (1...12).map(DayText.month)
        }
        return .call("array_position", [.array(labels.map { .text($0) }), group])
    }

    static func name(_ cycle: CalendarCycle) -> String {
        switch cycle {
        case .weekday: "weekday"
        case .monthOfYear: "month"
        case .hourOfDay: "hour"
        }
    }

    /// For people: "on Saturdays, Sundays".
    static func text(_ cycle: CalendarCycle, _ values: [Int]) -> String {
        switch cycle {
        case .weekday: "on " + values.map { DayText.weekday($0) + "s" }.joined(separator: ", ")
        case .monthOfYear: "in " + values.map(DayText.month).joined(separator: ", ") + " of every year"
        case .hourOfDay: "at " + values.map { "\($0):00" }.joined(separator: ", ")
        }
    }

    private func local(
        _ cycle: CalendarCycle, of column: ColumnID, value: SQLExpression
    ) throws(CompileError) -> SQLExpression {
        if cycle == .hourOfDay, try days.schema.type(column) == .date {
            throw CompileError("\(column.name) holds days, which have no hours.")
        }
        return try days.local(value, of: column)
    }
}
