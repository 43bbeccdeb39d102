/// Now, before, and over time.
extension GrammarWords {
    static func addTime(_ table: inout GrammarTable) {
        table.add(.new, "new", "newly")
        table.add(.current, "current", "present", "today s", "up to date")
        table.add(
            .overTime, "trend", "trends", "trend of", "trends of", "trend in", "trends in", "the trend of",
            "evolution of", "development of", "history of", "evolve", "evolved", "develop", "developed", "trend for",
            "progression of", "how did", "how has", "how have")
        table.add(.later, "after", "later than")
        table.add(.earlier, "before", "earlier than")
        for grain in TimeGrain.allCases where grain != .hour {
            let name = grain.name
            table.add(
                .rankedGrain(grain, isDescending: true, isJudged: true), "best " + name, "strongest " + name,
                "the best " + name)
            table.add(.rankedGrain(grain, isDescending: false, isJudged: true), "worst " + name, "weakest " + name)
            table.add(
                .rankedGrain(grain, isDescending: true, isJudged: false), "busiest " + name, "highest " + name,
                "top " + name, "peak " + name, "biggest " + name)
            table.add(.rankedGrain(grain, isDescending: false, isJudged: false), "lowest " + name, "quietest " + name)
            table.add(
                .whichGrain(grain), "which " + name, "what " + name, "in which " + name, "in what " + name,
                "on which " + name, "on what " + name)
        }
        for (unit, name) in [
            (RowValue.DurationUnit.second, "seconds"), (.minute, "minutes"), (.hour, "hours"), (.day, "days"),
        ] {
            table.add(.unit(unit), "in " + name, "measured in " + name, "expressed in " + name)
        }
        for (unit, nouns) in ElapsedWords.units {
            for noun in nouns { table.add(.elapsed(unit), noun) }
        }
    }
}
