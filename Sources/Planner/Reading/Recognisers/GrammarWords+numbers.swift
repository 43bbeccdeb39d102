/// What is computed, and what is greatest.
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
        table.add(
            .superlative(isDescending: true, quality: nil), "top", "highest", "most", "largest", "biggest", "greatest",
            "rank", "rank the", "best", "leading", "max number of", "highest number of", "the most",
            "maximum number of", "largest number of", "greatest number of", "the highest number of", "highest total",
            "most number of")
        table.add(
            .superlative(isDescending: false, quality: nil), "bottom", "lowest", "least", "smallest", "fewest", "worst",
            "lowest number of", "least number of", "fewest number of", "smallest number of", "minimum number of")
        table.add(
            .superlative(isDescending: true, quality: .frequency), "most common", "most frequent", "most frequently",
            "most popular", "most often", "most commonly", "most used", "most frequently used", "most commonly used",
            "most often used", "most widely used", "most prevalent", "main")
        table.add(
            .superlative(isDescending: false, quality: .frequency), "least common", "least frequent", "least popular",
            "least frequently", "least often", "rarest", "least used", "least frequently used")
        table.add(
            .superlative(isDescending: true, quality: .price), "most expensive", "priciest", "dearest", "costliest",
            "most costly")
        table.add(.superlative(isDescending: false, quality: .price), "cheapest", "least expensive")
        table.add(.superlative(isDescending: true, quality: .age), "oldest")
        table.add(.superlative(isDescending: false, quality: .age), "youngest")
        table.add(
            .superlative(isDescending: true, quality: .time), "latest", "most recent", "newest", "most recently",
            "last")
        table.add(.superlative(isDescending: false, quality: .time), "earliest", "first ever")
        table.add(.superlative(isDescending: true, quality: .length), "longest")
        table.add(.superlative(isDescending: false, quality: .length), "shortest")
        table.add(.superlative(isDescending: true, quality: .weight), "heaviest")
        table.add(.superlative(isDescending: false, quality: .weight), "lightest")
        table.add(.superlative(isDescending: true, quality: .height), "tallest")
        table.add(.superlative(isDescending: true, quality: .population), "most populous", "most populated")
        table.add(.superlative(isDescending: false, quality: .population), "least populous", "least populated")
        table.add(.superlative(isDescending: true, quality: .distance), "farthest", "furthest", "most distant")
        table.add(.superlative(isDescending: false, quality: .distance), "nearest", "closest")
        table.add(.superlative(isDescending: true, quality: .depth), "deepest")
        table.add(.superlative(isDescending: false, quality: .depth), "shallowest")
        table.add(.superlative(isDescending: true, quality: .width), "widest")
        table.add(.superlative(isDescending: false, quality: .width), "narrowest")
        table.add(.superlative(isDescending: true, quality: .temperature), "hottest", "warmest")
        table.add(.superlative(isDescending: false, quality: .temperature), "coldest", "coolest")
        table.add(.superlative(isDescending: true, quality: .salary), "highest paid", "best paid", "highest-paid")
        table.add(.superlative(isDescending: false, quality: .salary), "lowest paid", "worst paid", "lowest-paid")
        table.add(
            .superlative(isDescending: true, quality: .rating), "highest rated", "top rated", "best rated",
            "highest-rated")
        table.add(.superlative(isDescending: false, quality: .rating), "lowest rated", "worst rated")
        table.add(.superlative(isDescending: true, quality: .speed), "fastest")
        table.add(.superlative(isDescending: false, quality: .speed), "slowest")
        table.add(.superlative(isDescending: true, quality: .severity), "most severe")
        table.add(.first, "first")
        table.add(.distinct, "distinct", "unique", "different", "distinct list of", "unique list of")
        table.add(
            .countDistinct, "distinct number of", "unique number of", "number of distinct", "number of unique",
            "number of different", "distinct count of", "unique count of", "count of distinct", "count of unique",
            "count distinct", "how many distinct", "how many different", "how many unique", "total number of distinct",
            "total number of unique")
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
