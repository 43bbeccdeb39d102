/// Formulas by groups over the rows that meet conditions.
struct GroupQuery {
    var formulas: [Formula]
    /// What the formulas are called, where they have names.
    var names: [String] = []
    var groupings: [Grouping]
    var conditions: [Condition]
    var time: Plan.TimeScope?
    /// Periods without rows show too.
    var fillsTime = false
    /// Groups without rows show too.
    var includesEmpty = false
    /// Only the first groups show.
    var isRanked = false

    var timeGrouping: Grouping? { groupings.first { $0.grain != nil } }

    /// Whether rows need a time column of their own.
    var needsOwnTime: Bool {
        if let time, time.column == nil { return true }
        return groupings.contains { $0.isTemporal && $0.column == nil }
    }
}

/// Formulas as expressions over the relations of one SELECT, whose items are still to be chosen.
struct GroupedRows {
    var select: SQLSelect
    /// By grouping: the expression behind each of its names.
    var groups: [[SQLExpression]]
    var isNullable: [Bool]
    var values: [SQLExpression]
    /// Whether conditions on values belong into HAVING.
    var isAggregated: Bool

    /// Expressions that are columns by themselves, or numbers of result columns, name what GROUP BY means.
    mutating func finish(_ groupings: [Grouping], names: [String], shown: Int) {
        var place = 0
        var keys: [SQLExpression] = []
        for (index, grouping) in groupings.enumerated() {
            for (name, expression) in zip(grouping.names, groups[index]) {
                guard !grouping.isHidden else {
                    keys.append(expression)
                    continue
                }
                place += 1
                select.items.append(.init(expression, name))
                if case .column = expression { keys.append(expression) } else { keys.append(.number(place)) }
            }
        }
        if isAggregated { select.groups = keys }
        for index in 0..<shown { select.items.append(.init(values[index], names[index])) }
    }
}
