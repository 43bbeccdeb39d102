import Planner

/// A period beside another one: one number, groups, or all that is measured.
extension PlanNarrator {
    private struct Move {
        var name: String
        var old: Double
        var new: Double
        var text: String
        var size: Double
        var isUp: Bool { new > old }
    }

    /// The period that is looked at and the one before, as they stand in a sentence.
    private var sides: (now: String, then: String) {
        if let sides = scope.sides { return sides }
        let then =
            switch plan.comparison {
            case .yearBefore?: "the year before"
            case .with(let period)?: period.phrase
            case .previousPeriod?, nil: "the period before"
            }
        return (period ?? "the period", then)
    }

    /// "+7.8%", "-1.2 points", "unchanged"; nothing where a percentage would say nothing.
    func signedChange(_ old: Double, _ new: Double, isPercent: Bool, scale: Double = 1) -> String {
        guard old != new else { return "unchanged" }
        let sign = new > old ? "+" : "-"
        if isPercent { return "\(sign)\(NumberText.formatted(abs(new - old) * scale)) points" }
        guard old > 0, new <= 10 * old else { return new > old ? "up" : "down" }
        return "\(sign)\(NumberText.rounded(abs(new - old) / old * 100, places: 1, padded: false))%"
    }

    // MARK: - One measure

    func comparison() -> Narration {
        guard let measure = measures.first, let compared = indices(.compared).first else { return groups() }
        if let time, periods(time).count > 1 { return courses(measure, compared) }
        let (now, then) = sides
        let subject = "\(titled(measure))\(scope.conditions(except: dimensions.isEmpty ? [] : splitColumns))"
        let scale = NumberText.isPercent(unit(measure)) ? 1.0 : 100.0
        if dimensions.isEmpty || table.rows.count == 1 {
            let who = dimensions.isEmpty ? "" : " for \(name(0))"
            let lead = "\(subject)\(who)\(scope.placed(now))"
            guard let value = number(0, measure) else {
                return Narration(headline: "\(lead) has no value: no row fits.", meaning: definition)
            }
            guard let old = number(0, compared) else {
                return Narration(
                    headline: "\(lead): \(shown(value, measure)).", meaning: "There is no value\(scope.placed(then)).")
            }
            let change = signedChange(old, value, isPercent: isPercent(measure), scale: scale)
            let before = "from \(shown(0, compared))\(scope.placed(then))"
            return Narration(
                headline:
                    "\(lead): \(shown(0, measure)), \(["up", "down"].contains(change) ? "\(change) \(before)" : "\(change) (\(before))").",
                meaning: definition)
        }
        let moves = table.rows.indices.compactMap { row -> Move? in
            guard let new = number(row, measure), let old = number(row, compared) else { return nil }
            let change = signedChange(old, new, isPercent: isPercent(measure), scale: scale)
            return Move(
                name: name(row), old: old, new: new,
                text: "\(change) to \(shown(row, measure)) (from \(shown(row, compared)))", size: abs(new - old))
        }.sorted { $0.size > $1.size }
        let lead = "\(subject)\(scope.placed(now)) by \(dimensions.map(groupLabel).joinedAsList)"
        guard isComplete, let most = moves.first, most.size > 0 else {
            return Narration(headline: "\(lead), beside \(then).", meaning: definition)
        }
        let headline =
            "\(lead): \(most.name) \(most.isUp ? "up" : "down") most, \(most.text.dropLast())\(scope.placed(then)))."
        let others = moves.dropFirst().filter { $0.size > 0 }.prefix(2)
        let rest = others.isEmpty ? nil : "Then \(others.map { "\($0.name) \($0.text)" }.joinedAsList)."
        let meaning = [total(moves, measure, then), rest].compactMap(\.self).joined(separator: " ")
        return Narration(headline: headline, meaning: meaning.isEmpty ? definition : meaning)
    }

    /// What the groups add up to, where they do.
    private func total(_ moves: [Move], _ measure: Int, _ then: String) -> String? {
        guard isAdditive(measure), plan.limit == nil, plan.having.isEmpty, moves.count == table.rows.count else {
            return nil
        }
        let new = moves.reduce(0) { $0 + $1.new }
        let old = moves.reduce(0) { $0 + $1.old }
        guard old > 0, new != old else { return nil }
        return "In total \(shown(new, measure)), from \(shown(old, measure))\(scope.placed(then))."
    }

    /// Each period of a course beside an earlier one: the last that is over is what counts.
    private func courses(_ measure: Int, _ compared: Int) -> Narration {
        guard let time else { return groups() }
        let cells = periods(time)
        let text = periodText(time)
        var done = cells
        if let today, let last = cells.last, text.contains(today, from: last), cells.count > 1 { done.removeLast() }
        let other = dimensions.filter { $0 != time }
        let scale = NumberText.isPercent(unit(measure)) ? 1.0 : 100.0
        guard let last = done.last else { return groups() }
        let than = counterpart(of: last, text)
        let facts = table.rows.indices.filter { table.rows[$0][time] == last }.compactMap { row -> Move? in
            guard let new = number(row, measure), let old = number(row, compared) else { return nil }
            return Move(
                name: other.map { name(row, $0) }.joined(separator: " / "), old: old, new: new,
                text:
                    "\(signedChange(old, new, isPercent: isPercent(measure), scale: scale)) to \(shown(row, measure)) (from \(shown(row, compared)))",
                size: abs(new - old))
        }.sorted { $0.size > $1.size }
        let by = other.isEmpty ? "" : " by \(other.map(groupLabel).joinedAsList)"
        let lead =
            "\(titled(measure))\(scope.conditions(except: splitColumns)) \(text.placed(last))\(by) against \(than)"
        guard let most = facts.first else { return Narration(headline: "\(lead).", meaning: definition) }
        if other.isEmpty { return Narration(headline: "\(lead): \(most.text).", meaning: definition) }
        return Narration(
            headline: "\(lead): \(most.name) \(most.isUp ? "up" : "down") most, \(most.text).",
            meaning: facts.count > 1
                ? "Then \(facts.dropFirst().prefix(2).map { "\($0.name) \($0.text)" }.joinedAsList)." : definition)
    }

    // MARK: - All that is measured

    /// What moved most comes first; what hardly counts, such as one more of two, comes last.
    func review() -> Narration {
        guard let measure = measures.first, let compared = indices(.compared).first else { return listing() }
        let (now, then) = sides
        var moves: [(move: Move, weight: Double, isGood: Bool?)] = []
        var same = 0
        for row in table.rows.indices {
            guard let name = cell(row, 0), let new = number(row, measure), let old = number(row, compared) else {
                continue
            }
            guard new != old else {
                same += 1
                continue
            }
            let metric = reviewed(row)
            let unit = metric?.unit
            let isPercent = NumberText.isPercent(unit)
            let shown = { (value: Double) in
                unit.map(NumberText.isMoneyOrPercent) == true
                    ? NumberText.formatted(value, unit: unit) : NumberText.formatted(value)
            }
            let bare = metric?.shortName ?? name
            let change = signedChange(old, new, isPercent: isPercent)
            let move = Move(
                name: bare, old: old, new: new, text: "\(change) to \(shown(new)) (from \(shown(old)))",
                size: abs(new - old))
            moves.append((move, weight(move, metric), metric?.goodDirection.map { ($0 == .up) == (new > old) }))
        }
        moves.sort { $0.weight > $1.weight }
        let period = PeriodWords(now).during().dropFirst()
        let lead = "\(period.prefix(1).uppercased())\(period.dropFirst()), against \(then): "
        guard !moves.isEmpty else { return Narration(headline: lead + "nothing changed.") }
        let notable = moves.prefix(3).map { "\($0.move.name) \($0.move.text)" }
        let worse = moves.filter { $0.isGood == false }.prefix(12).map(\.move.name)
        let better = moves.filter { $0.isGood == true }.prefix(12).map(\.move.name)
        let other = moves.filter { $0.isGood == nil }.prefix(12).map { "\($0.move.name) \($0.move.text)" }
        var meaning: [String] = []
        if !worse.isEmpty { meaning.append("Worse: \(worse.joinedAsList).") }
        if !better.isEmpty { meaning.append("Better: \(better.joinedAsList).") }
        if !other.isEmpty { meaning.append("Also: \(other.joined(separator: ", ")).") }
        if same > 0 { meaning.append("Unchanged: \(same) of \(table.rows.count).") }
        return Narration(
            headline: lead + notable.joined(separator: ", ") + ".",
            meaning: meaning.isEmpty ? nil : meaning.joined(separator: " "))
    }

    private func reviewed(_ row: Int) -> Metric? {
        guard plan.measures.indices.contains(row), case .metric(let name) = plan.measures[row] else { return nil }
        return knowledge.metrics.first { $0.name == name }
    }

    /// The relative change, less where few things are counted and where there was nothing or is nothing left.
    private func weight(_ move: Move, _ metric: Metric?) -> Double {
        let relative = move.size / max(abs(move.old), abs(move.new))
        if move.old == 0 || move.new == 0 { return 0.2 }
        let isCounted = metric?.unit.map { !NumberText.isMoneyOrPercent($0) } ?? true
        return isCounted ? relative * min(1, move.size / 10) : relative
    }
}
