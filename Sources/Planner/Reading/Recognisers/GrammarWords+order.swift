/// Into which groups, and in which order.
extension GrammarWords {
    static func addOrder(_ table: inout GrammarTable) {
        table.add(
            .group, "per", "for each", "for every", "by each", "grouped by", "group by", "split by", "broken down by",
            "in each", "at each", "on each", "of each", "from each", "to each", "with each", "for each of", "across",
            "in every", "of every", "per each", "segmented by", "categorized by", "broken out by", "breakdown by",
            "split into", "broken down into", "according to", "depending on", "across different", "across all",
            "for all", "breakdown of", "in all", "by all", "arranged by", "within each", "under each", "does each",
            "do each", "did each", "has each", "one row per", "one row for each", "with one row per",
            "with one row for each", "one line per", "broken out per", "broken down per", "split per")
        table.add(.each, "each", "every", "each of")
        table.add(
            .orderBy, "order by", "ordered by", "sort by", "sorted by", "order the results by", "sort the results by",
            "ranked by", "in order of", "order results by", "sort results by", "order them by", "sort them by",
            "order it by", "ordering by", "sorting by", "order the result by", "rank them by", "sorted on",
            "order the list by", "rank the results by")
        table.add(.descending, "desc", "in reverse alphabetical order")
        table.add(.ascending, "asc")
        table.add(.alphabetical, "alphabetically", "in alphabetical order", "alphabetical order", "alphabetical")
        table.add(.limit, "limit", "limit to", "only the first", "at most the first", "limit the results to")
        for (phrase, isDescending) in OrderWords.spoken { table.add(isDescending ? .descending : .ascending, phrase) }
        for (phrase, isDescending) in OrderWords.directed { table.add(.ordered(isDescending: isDescending), phrase) }
        for verb in OrderWords.verbs {
            table.add(.alphabetical, verb + " alphabetically", verb + " in alphabetical order")
        }
        table.add(.orderBy, OrderWords.by)
    }
}
