/// What a finished plan says twice, of the wrong rows or by the wrong date is put right.
extension QuestionReader {
    mutating func settled(_ plan: Plan, _ witness: PlanWitness) -> Plan {
        var plan = plan
        countOnce(&plan, witness)
        useOwnDates(&plan, witness)
        dropSaidEnd(&plan, witness)
        useUnpaidRows(&plan)
        dropImplied(&plan)
        useDefinedState(&plan)
        useReasonDate(&plan)
        sumMoney(&plan)
        tellState(plan)
        return plan
    }

    /// "How many distinct customers paid an invoice": customers of such rows, each of them once.
    private func countOnce(_ plan: inout Plan, _ witness: PlanWitness) {
        guard plan.measures.count == 1, case .count(let rows)? = plan.measures.first, let asked = witness.countedOnce,
            let fact = model.table(rows)?.index, fact != asked, let key = keyColumn(of: fact, to: asked)
        else { return }
        plan.measures = [.countDistinct(model.columns[key].id)]
        guard plan.time != nil else { return }
        // What was done in a period has its own date, where there is one.
        for case .oneOf(let column, let texts) in plan.conditions where column.table == rows && texts.count == 1 {
            let said = WordFamily.keys(of: texts[0].lowercased())
            let times = model.columns(of: fact).filter { time in
                time.isTime && time.words.contains { witness.isKin($0, said) }
            }
            if times.count == 1, let time = times.first { plan.time?.column = time.id }
        }
    }

    /// "billed less collected revenue in 2026": each of them by its own date.
    private func useOwnDates(_ plan: inout Plan, _ witness: PlanWitness) {
        guard let column = plan.time?.column, plan.measures.count == 1,
            case .difference(.metric, .metric)? = plan.measures.first,
            !evidence.contains(where: { $0.meaning.hasPrefix("when:") })
        else { return }
        let metrics = witness.metrics(PlanContent(plan))
        let own = metrics.compactMap { metric -> ColumnID? in
            guard case .aggregate(let part, _) = metric.computation else { return nil }
            return part.timeColumn.map { ColumnID(part.table, $0) }
        }
        if own.count == 2, own[0] != own[1], own.contains(column) { plan.time?.column = nil }
    }

    /// "time to resolve tickets": what has no end has no such time, and what state it is in since is not said.
    private mutating func dropSaidEnd(_ plan: inout Plan, _ witness: PlanWitness) {
        guard plan.measures.count == 1, let measure = plan.measures.first else { return }
        let texts = witness.metrics(PlanContent(plan)).map { $0.text.lowercased() }
        let model = model
        func ends(_ time: ColumnModel) -> Bool {
            if case .aggregate(_, .duration(_, time.id, _)) = measure { return true }
            return texts.contains { $0.contains("epoch") && $0.contains(time.id.name.lowercased()) }
        }
        for case .oneOf(let column, let values) in plan.conditions where values.count == 1 {
            let value = values[0].lowercased()
            let said = WordFamily.keys(of: value)
            guard let table = model.table(column.table)?.index, !pieces.contains(where: { $0.words.contains(value) }),
                let piece = pieces.first(where: { piece in piece.words.contains { witness.isKin($0, said) } }),
                model.columns(of: table).contains(where: { time in
                    time.isTime && time.isNullable && time.words.contains { witness.isKin($0, said) } && ends(time)
                })
            else { continue }
            plan.conditions.removeAll { $0 == .oneOf(column, values) }
            draft.assumptions.removeAll { $0.hasPrefix("“\(piece.text)” is taken as") }
        }
    }

    /// Who has rows of a period has rows.
    private func dropImplied(_ plan: inout Plan) {
        let all = plan.conditions
        plan.conditions.removeAll { condition in
            guard case .related(let table, let conditions, let role) = condition, conditions.isEmpty else {
                return false
            }
            return all.contains { other in
                if case .related(table, let more, role) = other { !more.isEmpty } else { false }
            }
        }
    }

    /// "the oldest open ticket": by the one state, although a definition called so counts more.
    private mutating func tellState(_ plan: Plan) {
        guard plan.measures.isEmpty else { return }
        for case .oneOf(let column, let values) in plan.conditions where values.count == 1 {
            let wider = model.source.metrics.first { metric in
                metric.tables == [column.table] && metric.text.contains("'\(values[0])'")
                    && metric.text.count(where: { $0 == "'" }) > 2
                    && ([metric.name] + metric.synonyms).contains { Words.plain($0).first == values[0].lowercased() }
            }
            if let wider {
                assume("Only where \(column.name) is “\(values[0])”; “\(wider.name)” counts more than these.")
            }
        }
    }
}
