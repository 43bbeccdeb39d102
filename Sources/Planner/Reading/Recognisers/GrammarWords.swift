/// The closed phrases of English that a question is built from, by their words.
///
/// No word here names a thing of a business; a schema's own name of the same words wins where it is longer.
enum GrammarWords {
    static let longest = 8

    static func meaning(_ words: ArraySlice<String>) -> Grammar? { phrases[words.joined(separator: " ")] }

    private static let phrases: [String: Grammar] = {
        var phrases: [String: Grammar] = [:]
        func add(_ meaning: Grammar, _ texts: String...) {
            for text in texts { phrases[text] = meaning }
        }
        add(
            .show, "show", "show me", "list", "list out", "list down", "return", "give", "give me", "display", "get",
            "get me",
            "find", "find me", "tell me", "tell", "provide", "fetch", "report", "present", "i want", "i want to know",
            "i need", "i would like", "i want to see", "show us", "give us", "include", "output", "retrieve",
            "identify",
            "determine", "calculate", "compute", "let me know", "break down", "break", "split up", "split",
            "how high is", "how large is", "how big is", "how high are", "how big are", "give me a breakdown of",
            "look at", "i d like to see", "what s", "whats", "can you show", "could you show", "pull", "pull up",
            "return only", "only return", "select", "print", "what about", "how about", "i d like to know", "see",
            "break down", "tell us", "let us know", "let us see", "we want to know",
            "we need", "we would like to know", "i d like to see", "please list", "please show", "please give",
            "along with", "together with", "as well as", "could you list", "can you list")
        add(
            .which, "which", "what", "who", "whats", "whom", "what are", "what is", "what was", "what were", "who are",
            "which are", "who is", "who was", "where", "what s")
        add(
            .howMany, "how many", "number of", "total number of", "the number of", "count of", "total count of",
            "count",
            "numbers of", "no of", "how many total", "count how many", "overall number of", "amount of times",
            "number", "total count", "the count of", "volume of", "counts", "how often", "how many times")
        add(.howMuch, "how much")
        add(.howLong, "how long")
        add(
            .aggregate(.average), "average", "mean", "avg", "average of", "the average", "mean of", "on average",
            "typical", "averaged")
        add(
            .total, "total", "sum of", "sum", "total of", "overall", "combined", "altogether", "in total",
            "aggregate", "grand total")
        add(.running(isSure: false), "cumulative", "cumulated", "accumulated")
        add(
            .running(isSure: true), "running total", "running total of", "running totals of", "running sum",
            "running sum of", "cumulative sum", "cumulative sum of", "cumulative total", "cumulative total of",
            "cumulatively", "running count of", "cumulative count of", "cumulative number of", "running number of")
        add(.aggregate(.minimum), "minimum", "min", "minimum of")
        add(.aggregate(.maximum), "maximum", "max", "maximum of")
        add(.aggregate(.median), "median", "median of")
        add(.aggregate(.standardDeviation), "standard deviation", "standard deviation of", "stddev")
        add(
            .superlative(isDescending: true, quality: nil), "top", "highest", "most", "largest", "biggest", "greatest",
            "rank", "rank the",
            "best", "leading", "max number of", "highest number of", "the most", "maximum number of",
            "largest number of", "greatest number of", "the highest number of", "highest total", "most number of")
        add(
            .superlative(isDescending: false, quality: nil), "bottom", "lowest", "least", "smallest", "fewest", "worst",
            "lowest number of", "least number of", "fewest number of", "smallest number of", "minimum number of")
        add(
            .superlative(isDescending: true, quality: .frequency), "most common", "most frequent", "most frequently",
            "most popular", "most often", "most commonly", "most used", "most frequently used", "most commonly used",
            "most often used", "most widely used", "most prevalent", "main")
        add(
            .superlative(isDescending: false, quality: .frequency), "least common", "least frequent", "least popular",
            "least frequently", "least often", "rarest", "least used", "least frequently used")
        add(
            .superlative(isDescending: true, quality: .price), "most expensive", "priciest", "dearest", "costliest",
            "most costly")
        add(.superlative(isDescending: false, quality: .price), "cheapest", "least expensive")
        add(.superlative(isDescending: true, quality: .age), "oldest")
        add(.superlative(isDescending: false, quality: .age), "youngest")
        add(
            .superlative(isDescending: true, quality: .time), "latest", "most recent", "newest", "most recently", "last"
        )
        add(.superlative(isDescending: false, quality: .time), "earliest", "first ever")
        add(.superlative(isDescending: true, quality: .length), "longest")
        add(.superlative(isDescending: false, quality: .length), "shortest")
        add(.superlative(isDescending: true, quality: .weight), "heaviest")
        add(.superlative(isDescending: false, quality: .weight), "lightest")
        add(.superlative(isDescending: true, quality: .height), "tallest")
        add(.superlative(isDescending: true, quality: .population), "most populous", "most populated")
        add(.superlative(isDescending: false, quality: .population), "least populous", "least populated")
        add(.superlative(isDescending: true, quality: .distance), "farthest", "furthest", "most distant")
        add(.superlative(isDescending: false, quality: .distance), "nearest", "closest")
        add(.superlative(isDescending: true, quality: .depth), "deepest")
        add(.superlative(isDescending: false, quality: .depth), "shallowest")
        add(.superlative(isDescending: true, quality: .width), "widest")
        add(.superlative(isDescending: false, quality: .width), "narrowest")
        add(.superlative(isDescending: true, quality: .temperature), "hottest", "warmest")
        add(.superlative(isDescending: false, quality: .temperature), "coldest", "coolest")
        add(.superlative(isDescending: true, quality: .salary), "highest paid", "best paid", "highest-paid")
        add(.superlative(isDescending: false, quality: .salary), "lowest paid", "worst paid", "lowest-paid")
        add(
            .superlative(isDescending: true, quality: .rating), "highest rated", "top rated", "best rated",
            "highest-rated")
        add(.superlative(isDescending: false, quality: .rating), "lowest rated", "worst rated")
        add(.superlative(isDescending: true, quality: .speed), "fastest")
        add(.superlative(isDescending: false, quality: .speed), "slowest")
        add(.superlative(isDescending: true, quality: .severity), "most severe")
        add(.first, "first")
        add(
            .group, "per", "for each", "for every", "by each", "grouped by", "group by", "split by", "broken down by",
            "in each", "at each", "on each", "of each", "from each", "to each", "with each", "for each of", "across",
            "in every", "of every", "per each", "segmented by", "categorized by", "broken out by", "breakdown by",
            "split into",
            "broken down into", "according to", "depending on", "across different", "across all", "for all",
            "breakdown of", "in all", "by all", "arranged by", "within each", "under each", "does each", "do each",
            "did each", "has each", "one row per", "one row for each", "with one row per", "with one row for each",
            "one line per", "broken out per", "broken down per", "split per")
        add(.each, "each", "every", "each of")
        add(
            .distinct, "distinct", "unique", "different", "distinct list of", "unique list of", )
        add(
            .countDistinct, "distinct number of", "unique number of", "number of distinct", "number of unique",
            "number of different", "distinct count of", "unique count of", "count of distinct", "count of unique",
            "count distinct", "how many distinct", "how many different", "how many unique", "total number of distinct",
            "total number of unique")
        add(.ratio, "ratio", "ratio of", "ratio between", "quotient of")
        add(
            .percent, "percentage of", "percent of", "share of", "proportion of", "fraction of", "percentage",
            "percent",
            "share", "proportion", "what percentage of", "what percent of", "what share of", "what proportion of",
            "what fraction of", "rate of", "how much of", "what part of", "how many percent of",
            "what is the percentage of", "what is the share of", "what is the proportion of")
        add(.difference, "difference between", "difference", "gap between")
        add(
            .orderBy, "order by", "ordered by", "sort by", "sorted by", "order the results by", "sort the results by",
            "ranked by", "rank by", "in order of", "order results by", "sort results by", "order them by",
            "sort them by",
            "order it by", "ordering by", "sorting by", "order the result by", "rank them by", "sorted on",
            "order the list by", "sort the list by", "rank the results by")
        add(
            .descending, "descending", "in descending order", "descending order", "desc", "from highest to lowest",
            "highest first", "largest first", "biggest first", "in decreasing order", "from high to low", "most first",
            "highest to lowest", "in reverse order", "newest first", "latest first", "most recent first",
            "from largest to smallest", "from most to least", "from newest to oldest",
            "in reverse chronological order", "in reverse alphabetical order")
        add(
            .ascending, "ascending", "in ascending order", "ascending order", "asc", "from lowest to highest",
            "lowest first", "smallest first", "in increasing order", "from low to high", "lowest to highest",
            "oldest first", "earliest first", "from smallest to largest", "fewest first",
            "least first", "from oldest to newest",
            "in chronological order", "chronologically")
        add(.alphabetical, "alphabetically", "in alphabetical order", "alphabetical order", "alphabetical")
        add(.and, "and", "plus", "&", "and also", "then", "and then", "both")
        add(.or, "or", "either", "and or")
        add(.of, "of", "of all", "of the")
        add(
            .within, "in", "at", "within", "inside", "into", "under", "during", "among", "amongst", "for", "about",
            "as of", "when", "via", "through", "using", "regarding", "concerning", "there")
        add(
            .with, "with", "having", "where", "that have", "that has", "who have", "who has", "which have", "which has",
            "that had", "who had", "which had", "such that", "for which", "in which", "given")
        add(.by, "by")
        add(.on, "on", "upon")
        add(.from, "from")
        add(.to, "to", "towards", "versus the")
        add(
            .outOf, "out of", "among all", "out of all", "of total", "of the total", "as a percentage of",
            "as a share of", "as a fraction of", "relative to", "divided by", "over the total")
        add(
            .relative, "who", "that", "which are", "that are", "who are", "that were", "who were", "that was",
            "that is", "who is", "which is", "which were", "which was", "whom")
        add(.whose, "whose")
        add(
            .have, "have", "has", "had", "have had", "has had", "have been", "has been", "had been", "have ever",
            "has ever", "do have", "does have", "did have", "got", "hold", "holds", "held", "possess", "own", "owns")
        add(
            .be, "is", "are", "was", "were", "be", "being", "been", "equals", "equal to", "is equal to", "=", "does",
            "do", "did", "am", "there are", "are there", "there is", "is there", "were there", "was there", "equal",
            "set to", "marked as", "classified as", "called", "named", "labeled", "labelled", "known as")
        add(.than, "than", "compared to the", "compared with the")
        add(
            .not, "not", "never", "nor", "neither", "have not", "has not", "did not", "do not", "does not",
            "have never",
            "has never", "is not", "are not", "was not", "were not", "had not", "never been", "have not been",
            "not been", "has never been", "have never been", "had never",
            "who have not", "cannot", "isnt", "arent", "that have not", "that has not", "have never had",
            "has never had", "had no", "have no", "has no", "had never been")
        add(
            .without, "without", "no", "with no", "with zero", "lacking", "that have no", "who have no", "without any",
            "without a", "that lack", "zero", "that had no", "who had no", "which have no", "not any", "none",
            "with none", "having no", "lack", "lacks", "lack a", "lacks a", "lack any", "without an", "do not have any",
            "have not any")
        add(
            .except, "except", "excluding", "exclude", "except for", "other than", "apart from", "but not", "besides",
            "ignoring", "leaving out", "not including")
        add(
            .versus, "vs", "versus", "against", "compared to", "compared with", "in comparison to",
            "in comparison with", "as opposed to", "rather than")
        add(.compare, "compare", "comparing", "comparison of", "compare the", "comparison between")
        add(
            .matches(.startsWith), "starts with", "start with", "starting with", "begins with", "begin with",
            "beginning with", "starts with the letter", "starting with the letter", "start with the letter",
            "begins with the letter")
        add(
            .matches(.endsWith), "ends with", "end with", "ending with", "ends in", "ending in",
            "ending with the letter", "ends with the letter", "end with the letter", "end in")
        add(
            .matches(.contains), "contains", "contain", "containing", "contains the word", "containing the word",
            "includes the word", "with the word", "that contain", "like", "contains the text", "includes the text",
            "includes", "containing the text", "contain the word")
        add(
            .empty, "missing", "is null", "is empty", "null", "empty", "are null", "are empty", "blank", "is missing",
            "are missing", "unspecified", "not set", "not specified", "not recorded", "is unknown", "is blank",
            "was not recorded", "on record")
        phrases["on record"] = .nonEmpty
        add(
            .nonEmpty, "is not null", "not null", "non-null", "known", "is set", "is known", "filled in", "recorded",
            "specified", "is not empty", "on file", "available")
        add(
            .define, "define", "definition of", "what does", "what do you mean by", "mean by", "meaning of",
            "how do you define",
            "how do we define", "how do we calculate", "how do you calculate", "how is", "how are", "what counts as",
            "what exactly counts as", "what exactly is", "how do we measure", "what do we mean by",
            "what is the meaning of", "what is the definition of", "what s the definition of", "explain what",
            "what is meant by", "the definition of")
        add(
            .describe, "what can you answer about", "what can i ask about", "what do you know about",
            "what data do you have about",
            "describe", "what can you tell me about", "what data do you have on", "what is in", "what columns",
            "what fields", "tell me about", "what do we know about", "what information do you have about")
        add(
            .explain, "why", "how come", "what caused", "what drives", "what drove", "what explains", "because",
            "reason for", "reasons for", "root cause")
        add(
            .includeEmpty, "including those with none", "including those without", "including those without any",
            "including those with zero", "even those without", "even if none", "even if zero", "including zero",
            "including those with no", "include those with no", "include those without", "including those with 0",
            "even those with none", "including ones without", "also those without")
        add(
            .distribution, "distribution of", "distribution", "histogram of", "histogram", "spread of", "how are",
            "distributed")
        add(
            .chart, "as a chart", "as chart", "chart", "plot", "graph", "as a graph", "visualize", "as a bar chart",
            "as a line chart", "chart of", "graph of", "plot of", "draw", "visualise")
        add(.table, "as a table", "in a table", "as table", "tabulate", "table of")
        for names in [
            ["kg", "kilogram", "kilograms", "kilo", "kilos"], ["g", "gram", "grams"],
            ["km", "kilometers", "kilometres"],
            ["m", "meters", "metres"], ["cm", "centimeters"], ["lbs", "pounds"], ["mb", "megabytes"],
            ["gb", "gigabytes"],
            ["usd", "dollars", "dollar"], ["eur", "euros", "euro"], ["pct", "percent"], ["min", "minutes"],
            ["sec", "seconds"], ["hours", "hour"],
            ["years", "year"], ["days", "day"], ["m2", "sqm"], ["kwh"], ["stars"], ["points"], ["units"],
        ] {
            for name in names where phrases[name] == nil { phrases[name] = .measureUnit(names) }
        }
        add(.new, "new", "newly")
        add(
            .current, "current", "present", "today s", "up to date")
        add(
            .overTime, "trend", "trends", "trend of", "trends of", "trend in", "trends in", "the trend of",
            "evolution of", "development of", "history of", "evolve", "evolved", "develop", "developed", "trend for",
            "progression of", "how did", "how has", "how have")
        for grain in TimeGrain.allCases where grain != .hour {
            let name = grain.name
            add(
                .rankedGrain(grain, isDescending: true, isJudged: true), "best " + name, "strongest " + name,
                "the best " + name)
            add(.rankedGrain(grain, isDescending: false, isJudged: true), "worst " + name, "weakest " + name)
            add(
                .rankedGrain(grain, isDescending: true, isJudged: false), "busiest " + name, "highest " + name,
                "top " + name, "peak " + name, "biggest " + name)
            add(.rankedGrain(grain, isDescending: false, isJudged: false), "lowest " + name, "quietest " + name)
            add(
                .whichGrain(grain), "which " + name, "what " + name, "in which " + name, "in what " + name,
                "on which " + name, "on what " + name)
        }
        add(.limit, "limit", "limit to", "only the first", "at most the first", "limit the results to")
        add(
            .unsupported, "forecast", "predict", "prediction", "projected", "project", "should we", "should i",
            "recommend", "will be", "expected to", "how can",
            "how could", "how should", "how would", "how do i", "delete", "drop", "insert", "update", "remove all",
            "create", "correlation between", "correlation", "correlated", "what if", "probability", "anomalies",
            "likely", "trending", "moving average", "rank of", "percentile",
            "rolling average", "consecutive", "in a row", "streak", "retention", "cohort", "growth rate",
            "year over year growth")
        add(
            .remark, "respectively", "respective", "the result", "the results", "results", "result", "in the database",
            "in our database", "in the data", "in our data", "please", "overall", "exactly", "also",
            "in the dataset", "their respective", "the following", "following", "in the results", "in the result",
            "in your answer", "in the answer", "on the list", "in the list", "altogether", "in the system",
            "in our system", "of all time", "thanks", "thank you", "currently", "now", "right now",
            "at the moment", "at present", "as of now", "to date",
            "so far", "as an integer", "as a number", "as a date", "as date", "as a decimal", "as a percentage",
            "as percentage", "case insensitive", "case insensitively", "match case insensitively", "case-insensitively",
            "in order", "just", "only", "ever", "first of all")
        for (unit, name) in [
            (RowValue.DurationUnit.second, "seconds"), (.minute, "minutes"), (.hour, "hours"), (.day, "days"),
        ] {
            add(.unit(unit), "in " + name, "measured in " + name, "expressed in " + name)
        }
        for (unit, nouns) in ElapsedWords.units {
            for noun in nouns { add(.elapsed(unit), noun) }
        }
        add(.later, "after", "later than")
        add(.earlier, "before", "earlier than")
        add(.their, "their", "its", "his", "her", "our", "my", "your")
        for phrase in RemarkWords.phrases { phrases[phrase] = .remark }
        for (phrase, isDescending) in OrderWords.directions {
            phrases[phrase] = isDescending ? .descending : .ascending
            for verb in OrderWords.verbs { phrases[verb + " " + phrase] = isDescending ? .descending : .ascending }
        }
        for verb in OrderWords.verbs {
            for phrase in ["alphabetically", "in alphabetical order"] { phrases[verb + " " + phrase] = .alphabetical }
        }
        for (phrase, isDescending) in OrderWords.directed { phrases[phrase] = .ordered(isDescending: isDescending) }
        for phrase in OrderWords.by { phrases[phrase] = .orderBy }
        for phrase in ["can be found", "are found", "is found", "were found", "can be seen"] { phrases[phrase] = .be }
        for phrase in ["but only", "but just"] { phrases[phrase] = .comma }
        for phrase in AskingWords.ourselves { phrases[phrase] = .remark }
        for phrase in ["combinations of", "combination of", "pairs of"] { phrases[phrase] = .remark }
        for phrase in AskingWords.show { phrases[phrase] = .show }
        for phrase in AskingWords.includeEmpty { phrases[phrase] = .includeEmpty }
        for phrase in AskingWords.sums { phrases[phrase] = .total }
        for phrase in AskingWords.without { phrases[phrase] = .without }
        for phrase in AskingWords.except { phrases[phrase] = .except }
        return phrases
    }()
}
