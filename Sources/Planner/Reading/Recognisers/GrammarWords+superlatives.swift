/// What is greatest, most common, newest: the ends of any order.
extension GrammarWords {
    static func addSuperlatives(_ table: inout GrammarTable) {
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
    }

    /// "cheapest", "longest": what a thing must have, so that it can be the most so.
    static func addQualities(_ table: inout GrammarTable) {
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
    }
}
