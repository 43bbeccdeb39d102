package import Planner
package import ServiceRuntime

extension ValidatedQuery {
    /// The query of one question: every parameter stands as a literal in its statement and in words in its texts; nil where
    /// one has no value.
    func bound(to values: [String: ParameterValue]) -> ValidatedQuery? {
        func said(_ text: String) -> String? {
            QuerySlot.filled(text, QuerySlot.all(inText: text)) { values[$0.name]?.words }
        }
        guard let slots = QuerySlot.all(inStatement: sql),
            let sql = QuerySlot.filled(sql, slots, { values[$0.name]?.literal($0.part) }),
            let description = said(description)
        else { return nil }
        let questions = questions.compactMap(said)
        guard questions.count == self.questions.count else { return nil }
        let notes = parameters.compactMap { values[$0.name]?.note }
        return ValidatedQuery(
            name: name, description: ([description] + notes).joined(separator: " "), sql: sql, questions: questions,
            tables: tables, columns: columns)
    }

    /// Why its parameters do not fit its texts, a sentence each.
    var parameterProblems: [String] {
        var problems: [String] = []
        guard let slots = QuerySlot.all(inStatement: sql) else {
            return parameters.isEmpty ? [] : ["a brace in the statement holds no parameter's name"]
        }
        let known = Set(parameters.map(\.name))
        for slot in slots {
            let parameter = parameters.first { $0.name == slot.name }
            if parameter?.parts.contains(slot.part) != true {
                let text = slot.name + (slot.part.map { ".\($0)" } ?? "")
                problems.append("the statement has {\(text)}, which is no parameter of it")
            }
        }
        for parameter in parameters where !slots.contains(where: { $0.name == parameter.name }) {
            problems.append("the statement does not use the parameter {\(parameter.name)}")
        }
        if !parameters.isEmpty, questions.isEmpty {
            problems.append("parameters need a <question> that has them")
        }
        for question in questions {
            let names = QuerySlot.all(inText: question).map(\.name)
            if !parameters.isEmpty, names.count != known.count || Set(names) != known {
                problems.append("“\(question)” must have each parameter once")
            } else if let stray = names.first(where: { !known.contains($0) }) {
                problems.append("“\(question)” has {\(stray)}, which is no parameter")
            }
        }
        for slot in QuerySlot.all(inText: description) where !parameters.isEmpty && !known.contains(slot.name) {
            problems.append("the description has {\(slot.name)}, which is no parameter")
        }
        return problems
    }

    /// The query with the examples of its parameters. Throws what is wrong with one.
    package func example(
        calendar: CalendarRules = CalendarRules(), today: CivilDate,
        newest: (QueryParameter) -> CivilDate? = { _ in nil }
    ) throws(QueryExampleError) -> ValidatedQuery {
        guard !parameters.isEmpty else { return self }
        var values: [String: ParameterValue] = [:]
        for parameter in parameters {
            let days = PeriodResolver(rules: calendar, today: today, newest: newest(parameter))
            guard let value = parameter.exampleValue(days) else {
                throw QueryExampleError(
                    description: "the example “\(parameter.example)” of {\(parameter.name)} is no "
                        + "\(parameter.kind.rawValue)")
            }
            values[parameter.name] = value
        }
        guard let bound = bound(to: values) else {
            throw QueryExampleError(description: "its parameters do not fit its statement")
        }
        return bound
    }
}

/// Why a query cannot be tried.
package struct QueryExampleError: Error, CustomStringConvertible {
    package let description: String
}

extension QueryParameter {
    fileprivate func exampleValue(_ days: PeriodResolver) -> ParameterValue? {
        let tokens = Tokenizer.tokens(of: example)
        switch kind {
        case .value: return example.isEmpty ? nil : .text(example)
        case .number: return tokens.count == 1 ? ParameterValue(number: tokens[0]) : nil
        case .day, .period:
            let spans = PeriodParser.spans(in: tokens)
            guard spans.count == 1, spans[0].tokens == tokens.indices else { return nil }
            return ParameterValue(kind, spans[0], days)
        }
    }
}

extension ParameterValue {
    init?(number token: Token) {
        guard token.isNumber, let number = token.number.flatMap({ NumberLiteral($0) }) else { return nil }
        self = .number(number)
    }

    /// Nil where the words may mean several stretches of time, or one without a first or last day.
    init?(_ kind: QueryParameter.Kind, _ span: TimeSpan, _ days: PeriodResolver) {
        guard span.alternatives.isEmpty, span.grain == nil else { return nil }
        let period: Period
        switch span.meaning {
        case .period(let said): period = said
        case .asOf(let said) where kind == .day: period = said
        default: return nil
        }
        let resolved = days.resolve(period)
        guard let start = resolved.start, let end = resolved.end, start < end else { return nil }
        switch kind {
        case .day where start.adding(days: 1) == end: self = .day(start)
        case .period: self = .period(start..<end, label: resolved.label, note: resolved.note)
        default: return nil
        }
    }
}
