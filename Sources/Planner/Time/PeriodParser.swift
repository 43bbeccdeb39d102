/// Finds what speaks of time among the tokens of a question.
package enum PeriodParser {
    /// In the order of the question, without overlaps.
    ///
    /// Little words that lead to a period ("in", "during the") belong to its span. A rolling stretch of weeks or longer
    /// whose trend is asked at that very unit becomes whole units: half a week at both ends is no trend.
    package static func spans(in tokens: [Token]) -> [TimeSpan] {
        var spans: [TimeSpan] = []
        let reader = TimeReader(tokens)
        guard reader.hasTime else { return [] }
        var index = 0
        while index < tokens.count {
            guard reader.canBegin(index), var span = reader.span(at: index, behind: spans), !span.tokens.isEmpty else {
                index += 1
                continue
            }
            let taken = spans.last?.tokens.upperBound ?? 0
            var start = span.tokens.lowerBound
            while start > taken, reader.isLeading(start - 1, to: span) { start -= 1 }
            span.tokens = start..<span.tokens.upperBound
            spans.append(span)
            index = span.tokens.upperBound
        }
        return wholeUnits(spans)
    }

    private static func wholeUnits(_ spans: [TimeSpan]) -> [TimeSpan] {
        let grains = Set(spans.compactMap { span in span.grain })
        return spans.map { span in
            guard case .period(.rolling(let count, let grain)) = span.meaning, grains.contains(grain),
                grain != .hour, grain != .day
            else { return span }
            var span = span
            let period = Period.complete(count: count, grain, isFiscal: false)
            span.meaning = .period(period)
            span.label = period.phrase
            return span
        }
    }
}
