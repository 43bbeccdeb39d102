/// What a plan answers beside what was asked, told from the words and the plan together.
///
/// Every word may have left its trace, and still the way they stand together says something else.
struct PlanObjection {
    let model: SemanticModel
    let pieces: [Piece]

    /// A sentence for people; nil where nothing speaks against the plan.
    func cause(against plan: Plan) -> String? {
        if let number = splitPer(plan) { return "Per \(number.title) every amount would be a group of its own." }
        if ranksWithinGroups(plan) { return "The first of each group are not computed." }
        if isRankOfOne(plan) { return "It is not said by which number that is meant." }
        if let thing = firstOfEach(plan) { return "Only the first of the \(thing) of each is not computed." }
        if isNumberOfRanked(plan) { return "It is not clear whether so many are wanted, or those that have so many." }
        if comparesNothing(plan) { return "It is not said what is compared with what." }
        if let metric = totalled(plan) {
            return "“\(metric.name)” is an average; how much it comes to altogether is not defined."
        }
        if let ended = endedOfToday(plan) {
            return "What is \(ended) has nothing that still holds; what there was before is not said."
        }
        if let values = eitherOfBoth(plan) {
            return "It is not said whether both of \(values) have to be there; ask with “or”, or for one at a time."
        }
        if let table = countsMass(plan) { return "It is not said which number of \(table.title) is meant." }
        if let (number, owner) = sumOfOthers(plan) {
            return "\(number.title) is of \(model.tables[number.table].title) and not of \(owner.title)."
        }
        if let level = addedLevel(plan) {
            return "\(level.title) is how much there is at a time, which is not added up over times."
        }
        if let other = otherThan {
            return "What differs from “\(other)” cannot be told; a value of it can be left out."
        }
        if let column = ageByEnd(plan) { return "How old something is, is not told by \(column.title)." }
        if asksAhead(plan) { return "What will be is not in the data." }
        if UnpaidRows(model: model, pieces: pieces).isUnclear(plan) {
            return "It is not said whether those are meant who paid nothing, or who have something that is not paid."
        }
        if let (table, word) = MoneyNouns(model: model, pieces: pieces).asked(in: plan) {
            return "It is not said which amount is meant by “\(word)”; the number of \(table.title) can be asked for."
        }
        if let part = addedPart(plan) { return "\(part.title) tells parts of something, which are not added up." }
        if let column = unsaidArrival(plan) {
            return "Of that period only \(column.title) is known, which is another matter."
        }
        if mergesCounts(plan) { return "Two numbers are asked for here; please ask for one at a time." }
        if plan.recipe == .trend, pieces.contains(where: { $0.words == ["net"] && $0.time != nil }) {
            return "What was added on balance is told of one period at a time, such as last month."
        }
        if let unlike = unlikeNumbers(plan) { return unlike }
        if losesPercent(plan) { return "It is not said what the percentage is taken of." }
        return nil
    }

    /// What the description of a table says of rows that are not there, where its rows are added up.
    func gaps(in plan: Plan) -> [String] {
        var tables: [TableID] = []
        for case .aggregate(.sum, .column(let column)) in PlanContent(plan).measures
        where !tables.contains(column.table) {
            tables.append(column.table)
        }
        return tables.compactMap { id in
            let description = model.source.tables.first { $0.id == id }?.description ?? ""
            let sentences = description.split(separator: ".").map { $0.drop { $0 == " " } }
            return sentences.first { $0.hasPrefix("Not every ") || $0.hasPrefix("Not all ") }.map { "\($0)." }
        }
    }

    // MARK: The first of each group

    /// "top 3 customers per plan": so many of each, where the plan has so many of all.
    private func ranksWithinGroups(_ plan: Plan) -> Bool {
        guard plan.limit != nil, !plan.measures.isEmpty, !plan.dimensions.isEmpty,
            !plan.measures.contains(where: { $0.isQuotient || isOfGroups($0) }),
            let rank = pieces.firstIndex(where: isRank)
        else { return false }
        let isGrain = if case .rankedGrain? = pieces[rank].grammar { true } else { false }
        let ranked = pieces[(rank + 1)...].first { !$0.entries.isEmpty || $0.time != nil }
        return pieces.indices.contains { index in
            guard let group = group(at: index), isSplit(plan, by: group) else { return false }
            if isGrain, group.time != nil { return true }
            guard let ranked, !isSame(ranked, group) else { return false }
            // Something else is told apart within each of them.
            if plan.dimensions.count > 1 { return true }
            if pieces[rank].words.contains(where: Self.heads.contains) { return true }
            return ranked.time == nil && isThing(ranked) && !isMeasured(ranked, plan)
        }
    }

    private static let heads: Set<String> = ["top", "bottom", "best", "worst", "leading", "first", "last"]

    private func isRank(_ piece: Piece) -> Bool {
        switch piece.grammar {
        case .superlative, .rankedGrain: true
        default: piece.words.contains { ["top", "bottom"].contains($0) }
        }
    }

    /// What stands behind "per" or "each".
    private func group(at index: Int) -> Piece? {
        let piece = pieces[index]
        guard piece.words.contains(where: { ["per", "each", "every"].contains($0) }) else { return nil }
        if piece.time != nil { return piece }
        guard piece.isPassedOver, index + 1 < pieces.count else { return nil }
        let next = pieces[(index + 1)...].first { !$0.isPassedOver }
        return next.flatMap { $0.entries.isEmpty && $0.time == nil ? nil : $0 }
    }

    private func isSplit(_ plan: Plan, by group: Piece) -> Bool {
        plan.dimensions.contains { dimension in
            guard case .column(let id) = dimension, let column = model.column(id) else {
                return group.time != nil && dimension.isTime
            }
            return group.entries.contains { entry in
                switch entry.sense {
                case .table(let table): column.table == table && column.role == .key || column.targets.contains(table)
                case .column(let other): other == column.index
                default: false
                }
            }
        }
    }

    private func isSame(_ ranked: Piece, _ group: Piece) -> Bool {
        if ranked.time != nil || group.time != nil { return ranked.time != nil && group.time != nil }
        return !Set(ranked.entries.map(\.sense)).isDisjoint(with: group.entries.map(\.sense))
    }

    private func isThing(_ piece: Piece) -> Bool {
        guard let best = piece.entries.max(by: { $0.quality < $1.quality }) else { return false }
        switch best.sense {
        case .table: return true
        case .column(let column): return model.columns[column].role == .category
        default: return false
        }
    }

    private func isMeasured(_ piece: Piece, _ plan: Plan) -> Bool {
        let content = PlanContent(plan)
        let counted = content.rows.union(
            plan.measures.flatMap { measure -> [TableID] in
                guard case .countDistinct(let column) = measure, let known = model.column(column) else { return [] }
                return [column.table] + known.targets.map { model.tables[$0].id }
            })
        return piece.entries.contains { entry in
            switch entry.sense {
            case .table(let table): counted.contains(model.tables[table].id)
            case .metric: true
            default: false
            }
        }
    }

    private func isOfGroups(_ measure: Measure) -> Bool {
        if case .aggregateOfGroups = measure { true } else { false }
    }

    // MARK: Ranks, comparisons and groups that nobody asked for

    private static let sizes: Set<String> = ["highest", "largest", "biggest", "smallest", "lowest", "greatest"]

    /// "the highest bill per member" is no number of bills.
    private func isRankOfOne(_ plan: Plan) -> Bool {
        guard plan.measures.count == 1, case .count(let table) = plan.measures[0], !plan.order.isEmpty,
            !pieces.contains(where: { $0.grammar == .howMany })
        else { return false }
        return pieces.indices.dropLast().contains { index in
            let next = pieces[index + 1]
            guard pieces[index].words.contains(where: Self.sizes.contains),
                !pieces[index].words.contains("number"), let word = next.words.last,
                NameWords.base(word) == word
            else { return false }
            return next.entries.contains { entry in
                if case .table(let named) = entry.sense { model.tables[named].id == table } else { false }
            }
        }
    }

    /// "compare Ada Ltd and the members in York": both conditions at once, which is one side at most.
    private func comparesNothing(_ plan: Plan) -> Bool {
        guard pieces.contains(where: { [.versus, .compare].contains($0.grammar) }), plan.comparison == nil,
            plan.measures.count == 1, !plan.dimensions.isEmpty,
            !pieces.contains(where: { [.group, .each, .by].contains($0.grammar) })
        else { return false }
        var fixed = 0
        for case .oneOf(_, let values) in plan.conditions {
            if values.count > 1 { return false }
            fixed += 1
        }
        return fixed > 1
            && plan.dimensions.allSatisfy {
                if case .column(let id) = $0 { model.column(id)?.role == .key } else { false }
            }
    }

    /// "fees per seat": a ratio, and no group for every number of seats.
    private func splitPer(_ plan: Plan) -> ColumnModel? {
        for index in pieces.indices.dropLast() where pieces[index].words.contains("per") {
            for entry in pieces[index + 1].entries {
                guard case .column(let column) = entry.sense, model.columns[column].role == .measure else { continue }
                if plan.dimensions.contains(.column(model.columns[column].id)) { return model.columns[column] }
            }
        }
        return nil
    }

    // MARK: Totals of what is no sum

    private static let averaging: Set<String> = ["per", "average", "avg", "mean", "daily", "typical", "typically"]

    private static let adding = [["overall"], ["altogether"]]

    /// "how many calls", where only calls per day are defined.
    private func totalled(_ plan: Plan) -> SemanticSource.Metric? {
        guard plan.measures.count == 1, case .metric(let name) = plan.measures[0], let metric = model.metric(name),
            metric.has(.average), !metric.isRate,
            pieces.contains(where: { $0.grammar == .howMany || Self.adding.contains($0.words) }),
            Words.plain(metric.name).contains("per"),
            !pieces.contains(where: { $0.words.contains(where: Self.averaging.contains) })
        else { return nil }
        return metric
    }

    /// "total storage" over days of which each has all that is stored.
    private func addedLevel(_ plan: Plan) -> ColumnModel? {
        for case .aggregate(.sum, .column(let id)) in PlanContent(plan).measures {
            guard let table = model.source.tables.first(where: { $0.id == id.table }), table.timeColumn != nil,
                let known = table.columns.first(where: { $0.name == id.name })
            else { continue }
            let text = " " + Words.plain(known.description).joined(separator: " ") + " "
            let isOfMoment = Self.moments.contains { text.contains(" \($0) ") }
            if isOfMoment, Self.levels.contains(where: { text.contains(" \($0) ") }) { return model.column(id) }
        }
        return nil
    }

    private static let moments = [
        "on that day", "on this day", "at that time", "at that moment", "at the time", "that day",
        "at the end of the day",
    ]

    private static let levels = [
        "in total", "so far", "stored", "level", "balance", "stock", "on hand", "connected", "cumulative", "altogether",
    ]
}
