/// The closed phrases of English that a question is built from, by their words.
///
/// No word here names a thing of a business; a schema's own name of the same words wins where it is longer.
enum GrammarWords {
    static let longest = 8

    static func meaning(_ words: ArraySlice<String>) -> Grammar? { phrases[words.joined(separator: " ")] }

    private static let phrases: [String: Grammar] = {
        var table = GrammarTable()
        addAsking(&table)
        addNumbers(&table)
        addShares(&table)
        addSuperlatives(&table)
        addQualities(&table)
        addOrder(&table)
        addBinding(&table)
        addDenials(&table)
        addComparisons(&table)
        addTime(&table)
        addMeasureUnits(&table)
        return table.meanings
    }()

    private static func addMeasureUnits(_ table: inout GrammarTable) {
        for names in [
            ["kg", "kilogram", "kilograms", "kilo", "kilos"], ["g", "gram", "grams"],
            ["km", "kilometers", "kilometres"],
            ["m", "meters", "metres"], ["cm", "centimeters"], ["lbs", "pounds"], ["mb", "megabytes"],
            ["gb", "gigabytes"],
            ["usd", "dollars", "dollar"], ["eur", "euros", "euro"], ["pct", "percent"], ["min", "minutes"],
            ["sec", "seconds"], ["hours", "hour"],
            ["years", "year"], ["days", "day"], ["m2", "sqm"], ["kwh"], ["stars"], ["points"], ["units"],
        ] {
            table.addFree(.measureUnit(names), names)
        }
    }
}
