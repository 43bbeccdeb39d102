/// From what was read to the plan.
extension QuestionReader {
    mutating func finish() throws {
        try settlePending(unless: nil)
        if pendingNumber != nil { throw ReadFailure.unsound("It is not said what the number is held against.") }
        guard !isImpossible else {
            throw ReadFailure.unsound("What stands on the two sides of “or” cannot be held together.")
        }
        guard parentEvent == nil else { throw ReadFailure.unsound("It is not said when that happened.") }
        settleHappenings()
        settleStates()
        settleOutcomeTime()
        try settlePastStates()
        settleHours()
        settleStretch()
        try checkBoth()
        try checkStock()
        try finishPart()
        judge()
        settleWorstPeriods()
        dropVerbs()
        readRounding()
        try settleUnits()
        try readNow()
        if pieces.contains(where: { $0.grammar == .running(isSure: true) }), draft.grain == nil { isOverTime = true }
        if isListedGrain, draft.rank != nil { draft.grain = nil }
        if let awaited { throw ReadFailure.unplaced([awaited.piece]) }
        if let grain = comparedGrain, draft.grain == nil, draft.time?.isLonger(than: grain) == true {
            draft.grain = calendar(grain)
        }
        if draft.grain != nil, draft.assumptions.contains(where: { $0.hasPrefix("Over single rows of") }) {
            throw ReadFailure.unsound("It is not said whether single rows or whole periods are averaged.")
        }
        if isOverTime, draft.grain == nil {
            draft.grain = .month
            assume("It is split by month.")
        }
        if draft.time != nil || draft.grain != nil, draft.relations.isEmpty {
            for piece in news where isOfBase(piece) { use(piece, "in that period", .time) }
        }
        // Metrics are as of now where no time is said.
        if !draft.numbers.isEmpty, draft.numbers.allSatisfy({ if case .metric = $0 { true } else { false } }) {
            for piece in currents { use(piece, "as of now", .time) }
        }
        if draft.subject == nil, draft.numbers.isEmpty, draft.rank == nil, draft.having.isEmpty, draft.groups.isEmpty {
            let column = draft.columns.first ?? asked.first
            draft.subject = column.map { model.columns[$0].table }
        }
    }

    mutating func assemble() throws -> Plan {
        listCounted()
        rankByOrder()
        if draft.numbers.isEmpty, draft.rank == nil, draft.having.isEmpty, draft.groups.isEmpty, draft.entities.isEmpty,
            draft.grain == nil, draft.cycle == nil, draft.comparison == nil, !draft.hasCycleParts,
            !comparesValues
        {
            return try assembleList()
        }
        if draft.rank != nil, draft.numbers.isEmpty, draft.rankNumber == nil, draft.groups.isEmpty,
            draft.entities.isEmpty, draft.having.isEmpty, draft.cycle == nil, draft.subject != nil || !asked.isEmpty
        {
            return try assembleList()
        }
        if draft.numbers.isEmpty, draft.rank == nil, draft.having.isEmpty, draft.grain == nil, draft.groups.isEmpty,
            draft.entities.count == 1, !(asked + draft.columns).isEmpty || phrases.first?.links == [.show]
        {
            // "the price of each product": a column of every row.
            draft.subject = draft.entities[0]
            draft.columns = model.tables[draft.entities[0]].labels + asked + draft.columns
            asked = []
            return try assembleList()
        }
        if let extremes = try assembleExtremes() { return extremes }
        return try assembleNumbers()
    }

    // MARK: Numbers

    /// "average likes per post" is the average over posts.
    private mutating func dropOwnRow(_ numbers: inout [Draft.Number]) {
        guard draft.groups.isEmpty, draft.entities.count == 1, draft.rank == nil, draft.having.isEmpty,
            draft.relations.isEmpty, draft.columns.isEmpty
        else { return }
        let isOwn = numbers.allSatisfy { number in
            guard case .aggregate(.average, let column) = number else { return false }
            return model.columns[column].table == draft.entities[0]
        }
        if isOwn { draft.entities = [] }
    }

    /// "last 6 months" counts back from today, unless whole months are asked for or shown.
    func rolling(_ period: Period) -> Period {
        guard case .complete(let count, let grain, false) = period, count > 1 else { return period }
        let said = pieces.filter { $0.time != nil }.flatMap(\.words)
        let whole: Set<String> = [
            "excluding", "exclusive", "complete", "full", "whole", "calendar", "previous", "entire", "completed",
        ]
        return said.contains(where: whole.contains) || draft.comparison != nil ? period : .rolling(count: count, grain)
    }

    /// "customers by country": rows are counted.
    private var isCounted: Bool {
        guard let subject = draft.subject, asked.isEmpty, draft.columns.isEmpty else { return false }
        return !draft.groups.isEmpty || !draft.entities.isEmpty && !draft.entities.contains(subject)
    }

    private mutating func assembleNumbers() throws -> Plan {
        try countRanked()
        var numbers = try countedInFacts(numbersMeant())
        guard let first = numbers.first, let base = try base(of: draft.rankNumber ?? first) else {
            throw ReadFailure.unsound("It is not said what is counted or added up.")
        }
        try checkComputed()
        try groupByAsked(base)
        if comparesValues, numbers == [.count(base)] { draft.entities.removeAll { $0 == base } }
        dropOwnRow(&numbers)
        try settleAverage(&numbers)
        var plan = Plan(recipe: .value)
        plan.measures = try numbers.map { try measure($0) }
        if draft.isShare, part == nil { try addShare(to: &plan, base: base) }
        try addDimensions(to: &plan, base: base, numbers: numbers)
        try addConditions(to: &plan, base: base)
        nameKeys(&plan, base: base)
        try addTime(to: &plan, base: base, numbers: numbers)
        try addRunning(to: &plan)
        for having in draft.having {
            plan.having.append(.init(measure: try measure(having.number), comparator: having.1, number: having.2))
        }
        try addOrder(to: &plan, numbers: numbers, base: base)
        plan.includesEmpty =
            draft.includesEmpty || (!draft.entities.isEmpty && draft.rank == nil && hasSeveralTables(numbers))
        splitByListed(&plan)
        plan.presentation = draft.presentation
        plan.decimals = draft.decimals
        plan.recipe = recipe(plan)
        try checkStates(plan)
        try checkSplit(plan)
        if !plan.having.isEmpty, plan.dimensions.isEmpty {
            throw ReadFailure.notSupported("Counting rows by how many others they have needs two steps.")
        }
        return plan
    }

    /// What is computed: the numbers that are named, then what is ranked or compared by, then rows.
    private func numbersMeant() throws -> [Draft.Number] {
        var numbers = draft.numbers
        if let number = draft.rankNumber, !numbers.contains(number) { numbers.append(number) }
        if numbers.isEmpty, let having = draft.having.first { numbers = [having.number] }
        let isSplitByTime =
            draft.grain != nil || draft.cycle != nil || draft.comparison != nil || draft.hasCycleParts
        if numbers.isEmpty, isSplitByTime || isCounted || comparesValues, let subject = draft.subject {
            numbers = [.count(subject)]
        }
        if draft.numbers.isEmpty, draft.rankNumber == nil, draft.comparison != nil { try checkDeeds() }
        return numbers
    }

    private func checkComputed() throws {
        if draft.isShare, draft.comparison != nil {
            throw ReadFailure.notSupported("Shares are not compared over time yet.")
        }
        if draft.rank != nil, draft.grain != nil, askedGrain != .one, let subject = draft.subject,
            draft.entities.isEmpty,
            !draft.numbers.contains(.count(subject)), draft.rankNumber != .count(subject), draft.groups.isEmpty
        {
            throw ReadFailure.notSupported("The first of each period are not computed.")
        }
    }

    /// A share within each group, of all groups together, or of rows that a condition tells.
    private mutating func addShare(to plan: inout Plan, base: Int) throws {
        if !draft.groups.isEmpty || !draft.entities.isEmpty {
            if try takeShareOfGroups(&plan, base: base) { return }
            plan.measures = plan.measures.map { .shareOfTotal($0) }
        } else if try !takeShare(&plan) {
            throw ReadFailure.unsound("It is not said whose share is meant.")
        }
    }

    /// Numbers of different tables side by side: every entity shows, whichever of them it occurs in.
    private func hasSeveralTables(_ numbers: [Draft.Number]) -> Bool { Set(numbers.compactMap(table)).count > 1 }

    private func recipe(_ plan: Plan) -> Plan.Recipe {
        if draft.isShare { return .share }
        if plan.comparison != nil { return isStepwise(plan) ? .trend : .comparison }
        if draft.rank != nil { return .ranking }
        if plan.dimensions.isEmpty { return .value }
        if hasTime(plan) { return isOverTime || plan.measures.contains(where: \.isDefined) ? .trend : .breakdown }
        return draft.isDistribution ? .distribution : .breakdown
    }

    /// "month over month in 2026": each beside the one before it.
    private func isStepwise(_ plan: Plan) -> Bool {
        guard plan.comparison == .previousPeriod, hasTime(plan), let grain = comparedGrain else { return false }
        return calendar(grain) == draft.grain
    }

    private func hasTime(_ plan: Plan) -> Bool {
        plan.dimensions.contains { if case .time = $0 { true } else { false } }
    }

    /// "cumulative sign-ups by month"; without periods it is the total.
    private func addRunning(to plan: inout Plan) throws {
        let isRunning = pieces.contains { if case .running? = $0.grammar { true } else { false } }
        guard isRunning, draft.grain != nil else { return }
        guard hasTime(plan) else {
            throw ReadFailure.notSupported("A running total is computed over dates, not over columns of years.")
        }
        guard draft.rank == nil, draft.having.isEmpty, !draft.isShare, draft.comparison == nil, plan.measures.count == 1
        else { throw ReadFailure.notSupported("A running total is computed of one number by periods only.") }
        plan.measures = plan.measures.map { .running($0) }
    }
}
