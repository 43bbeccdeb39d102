/// What the closed words of English ask for.
enum Grammar: Sendable, Hashable {
    case show, which, howMany, howMuch, howLong
    /// "number of unique".
    case countDistinct
    case aggregate(Measure.Aggregate)
    /// "total" and its like, which before a count is nothing and before a number its sum.
    case total
    /// The most or the least of something; by the words it implies where it names a quality ("cheapest").
    case superlative(isDescending: Bool, quality: Quality?)
    /// "second" of "second highest".
    case place(Int)
    /// "first" after an ordered word: "cheapest first".
    case first
    case group, each, distinct, ratio, percent, difference
    case orderBy, descending, ascending, alphabetical
    /// "in descending order of" what stands behind.
    case ordered(isDescending: Bool)
    case and, or, comma, open, close, sentence
    case of, within, with, by, to, outOf, on, from
    case relative, whose, have, be, than
    case not, without, except
    case versus, compare
    case matches(Condition.TextMatch)
    case empty, nonEmpty
    case define, describe, explain
    case includeEmpty
    case average, overTime
    /// "running total", which adds up from period to period; "cumulative" does so where there are periods.
    case running(isSure: Bool)
    case distribution
    case chart, table
    case frequency
    case between, limit
    case unsupported
    case remark
    case their
    /// "time between" two moments of a row.
    case elapsed(RowValue.DurationUnit?)
    /// "in kg": a unit that numbers had better be kept in.
    case measured(UnitWords.Unit)
    /// "in seconds".
    case unit(RowValue.DurationUnit)
    /// "after", "before" another time.
    case later, earlier
    /// "rounded to 2 decimals".
    case rounded(Int)
    case current
    /// Of a number: "kg".
    case measureUnit([String])
    /// "new customers", which in a period are those that came in it.
    case new
    /// "which month".
    case whichGrain(TimeGrain)
    /// "best month": the first or the last of them by a number; which end that is may depend on what is good.
    case rankedGrain(TimeGrain, isDescending: Bool, isJudged: Bool)

    enum Quality: String, Sendable, Hashable {
        case price, age, time, length, weight, height, size, rating, frequency, speed, severity
        case population, distance, depth, width, temperature, salary
    }

    /// Whether a question means something else without it.
    var matters: Bool {
        switch self {
        case .show, .which, .and, .comma, .open, .close, .sentence, .of, .within, .with, .by, .to, .on, .from,
            .relative, .whose, .have, .be, .each, .group, .remark, .their, .first, .howMuch, .compare, .chart, .table,
            .later, .earlier:
            false
        default: true
        }
    }
}
