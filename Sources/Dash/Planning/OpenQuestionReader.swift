import Planner
import ServiceRuntime

/// Reads what a person asks as one of the validated queries that leave values open: the query's own words in their order,
/// and in their places values of the right kind. Where a value may be meant otherwise, nothing is read.
struct OpenQuestionReader {
    private let tokens: [Token]
    private let times: [TimeSpan]
    private let values: [ValueSpan]
    private let days: (QueryParameter, ColumnID?) -> PeriodResolver

    private init(_ question: String, _ state: PlanningState, today: CivilDate) {
        tokens = Tokenizer.tokens(of: question)
        times = PeriodParser.spans(in: tokens)
        values = state.planner.values.lookup(tokens: tokens)
        let calendar = state.source.calendar
        let newest = state.newest
        days = { _, column in
            PeriodResolver(rules: calendar, today: today, newest: column.flatMap { newest[$0] })
        }
    }

    /// The one query that the question asks for, with the values that it says; nil where there is none, or several.
    static func query(asked question: String, _ state: PlanningState, today: CivilDate) -> ValidatedQuery? {
        guard !state.openQuestions.isEmpty, !Planner.isTooLong(question) else { return nil }
        let reader = OpenQuestionReader(question, state, today: today)
        var found: [ValidatedQuery] = []
        for open in state.openQuestions {
            var readings: [[String: ParameterValue]] = []
            reader.read(open, element: 0, token: 0, [:], into: &readings)
            for values in readings {
                // Of a value that may be meant otherwise no reading holds.
                guard let bound = open.query.bound(to: values) else { return nil }
                if !found.contains(where: { $0.sql == bound.sql }) { found.append(bound) }
            }
        }
        return found.count == 1 ? found[0] : nil
    }

    private func read(
        _ open: OpenQuestion, element: Int, token: Int, _ bound: [String: ParameterValue],
        into readings: inout [[String: ParameterValue]]
    ) {
        guard element < open.elements.count else {
            if tokens[token...].allSatisfy(OpenQuestion.isPassedOver), !readings.contains(bound) {
                readings.append(bound)
            }
            return
        }
        switch open.elements[element] {
        case .word(let word):
            var index = token
            while index < tokens.count, OpenQuestion.isPassedOver(tokens[index]) || asks(index, element) { index += 1 }
            guard index < tokens.count, Self.isSame(word, tokens[index]) else { return }
            read(open, element: element + 1, token: index + 1, bound, into: &readings)
        case .parameter(let parameter, let column):
            for (span, value, isNamed) in candidates(parameter, column, from: token, element: element) {
                guard isNamed || !isDoubtful(span, value, column, open) else { continue }
                var bound = bound
                bound[parameter.name] = value
                read(open, element: element + 1, token: span.upperBound, bound, into: &readings)
            }
        }
    }

    /// "Show me", before anything else was said.
    private func asks(_ index: Int, _ element: Int) -> Bool { element == 0 && OpenQuestion.asks(tokens[index]) }

    private static func isSame(_ word: Token, _ other: Token) -> Bool {
        guard word.kind == other.kind else { return false }
        switch word.kind {
        case .word: return Term(word.word).matches(Term(other.word))
        case .number: return word.number == other.number
        default: return word.word == other.word
        }
    }

    // MARK: - Values

    /// Stretches from the token on that give the parameter a value, with the words that name its column.
    private func candidates(
        _ parameter: QueryParameter, _ column: ColumnID?, from start: Int, element: Int
    ) -> [(span: Range<Int>, value: ParameterValue, isNamed: Bool)] {
        let naming = column.map { Words.plain($0.name) } ?? []
        func reach(_ span: Range<Int>) -> Bool {
            span.lowerBound >= start
                && tokens[start..<span.lowerBound].indices.allSatisfy {
                    OpenQuestion.isPassedOver(tokens[$0]) || asks($0, element)
                }
        }
        var found: [(span: Range<Int>, value: ParameterValue, isNamed: Bool)] = []
        switch parameter.kind {
        case .value:
            for span in values {
                for candidate in span.candidates where candidate.match == .exact && candidate.column == column {
                    let value = ParameterValue.text(candidate.value)
                    let behind = span.tokens.upperBound..<min(span.tokens.upperBound + naming.count, tokens.count)
                    let before = max(0, span.tokens.lowerBound - naming.count)..<span.tokens.lowerBound
                    if names(behind, naming), reach(span.tokens) {
                        found.append((span.tokens.lowerBound..<behind.upperBound, value, true))
                    }
                    if names(before, naming), reach(before.lowerBound..<span.tokens.upperBound) {
                        found.append((before.lowerBound..<span.tokens.upperBound, value, true))
                    }
                    // The query's own words may name the column as well ("on the {plan} plan").
                    let isNamed = names(behind, naming) || names(before, naming)
                    if reach(span.tokens) { found.append((span.tokens, value, isNamed)) }
                }
            }
        case .number:
            for index in tokens.indices where reach(index..<index + 1) {
                if let value = ParameterValue(number: tokens[index]) { found.append((index..<index + 1, value, true)) }
            }
        case .day, .period:
            for span in times where reach(span.tokens) {
                if let value = ParameterValue(parameter.kind, span, days(parameter, column)) {
                    found.append((span.tokens, value, true))
                }
            }
        }
        return found
    }

    private func names(_ range: Range<Int>, _ words: [String]) -> Bool {
        !words.isEmpty && range.count == words.count
            && zip(range, words).allSatisfy { Term(tokens[$0].word).matches(Term($1)) }
    }

    /// Whether the words stand in another column of what the query reads as well, or are a part of a longer value.
    private func isDoubtful(
        _ span: Range<Int>, _ value: ParameterValue, _ column: ColumnID?, _ open: OpenQuestion
    ) -> Bool {
        guard case .text = value else { return false }
        return values.contains { other in
            guard other.tokens.overlaps(span) else { return false }
            return other.candidates.contains { candidate in
                candidate.match == .exact && open.tables.contains(candidate.column.table)
                    && (candidate.column != column || other.tokens.count > span.count)
            }
        }
    }
}

extension PlanningState {
    /// The validated query that the question asks for with values of its own.
    func query(asked question: String, today: CivilDate) -> ValidatedQuery? {
        OpenQuestionReader.query(asked: question, self, today: today)
    }
}
