/// What is computed: counted, added up, averaged, divided.
extension GrammarWords {
    static func addNumbers(_ table: inout GrammarTable) {
        table.add(
            .howMany, "how many", "number of", "total number of", "the number of", "count of", "total count of",
            "count", "numbers of", "no of", "how many total", "count how many", "overall number of", "amount of times",
            "number", "total count", "the count of", "volume of", "counts", "how often", "how many times")
        table.add(.howMuch, "how much")
        table.add(.howLong, "how long")
        table.add(
            .aggregate(.average), "average", "mean", "avg", "average of", "the average", "mean of", "on average",
            "typical", "averaged")
        table.add(
            .total, "total", "sum of", "sum", "total of", "combined", "in total", "aggregate", "grand total", "add up",
            "sum up", "total up", "added up", "add together", "what do they add up to", "what do they sum up to",
            "what do they total", "how much do they add up to", "what is their total", "what is their sum",
            "what does that add up to", "how much is that in total", "what do they amount to")
        table.add(.running(isSure: false), "cumulative", "cumulated", "accumulated")
        table.add(
            .running(isSure: true), "running total", "running total of", "running totals of", "running sum",
            "running sum of", "cumulative sum", "cumulative sum of", "cumulative total", "cumulative total of",
            "cumulatively", "running count of", "cumulative count of", "cumulative number of", "running number of")
        table.add(.aggregate(.minimum), "minimum", "min", "minimum of")
        table.add(.aggregate(.maximum), "maximum", "max", "maximum of")
        table.add(.aggregate(.median), "median", "median of")
        table.add(.aggregate(.standardDeviation), "standard deviation", "standard deviation of", "stddev")
        table.add(.first, "first")
        table.add(.distinct, "distinct", "unique", "different", "distinct list of", "unique list of")
        table.add(
            .countDistinct, "distinct number of", "unique number of", "number of distinct", "number of unique",
            "number of different", "distinct count of", "unique count of", "count of distinct", "count of unique",
            "count distinct", "how many distinct", "how many different", "how many unique", "total number of distinct",
            "total number of unique")
    }

    /// Parts of a whole, one number held against another, how numbers spread.
    static func addShares(_ table: inout GrammarTable) {
        table.add(.ratio, "ratio", "ratio of", "ratio between", "quotient of")
        table.add(
            .percent, "percentage of", "percent of", "share of", "proportion of", "fraction of", "percentage",
            "percent", "share", "proportion", "what percentage of", "what percent of", "what share of",
            "what proportion of", "what fraction of", "rate of", "how much of", "what part of", "how many percent of",
            "what is the percentage of", "what is the share of", "what is the proportion of")
        table.add(.difference, "difference between", "difference", "gap between")
        table.add(
            .distribution, "distribution of", "distribution", "histogram of", "histogram", "spread of", "how are",
            "distributed")
    }
}
