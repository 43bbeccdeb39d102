/// What happened in the year that a number says: "formed" of `formed_year`, "manufactured" of `year_made`.
enum YearEvents {
    static func words(of column: ColumnModel) -> [String] {
        if column.isWhole, column.words.count == 1, founded.contains(column.words[0]) { return column.words }
        guard column.kind == .number, column.words.count == 2,
            let place = column.words.firstIndex(of: "year")
        else { return [] }
        let word = column.words[1 - place]
        if making.contains(word) || word == "make" || word == "build" { return making.sorted() }
        return WordFamily.isDeed(word) || nouns.contains(word) ? [word] : []
    }

    /// Words of the year from which something is there.
    static let beginnings: Set<String> = [
        "made", "manufactured", "built", "produced", "constructed", "open", "opened", "opening", "founded",
        "foundation",
        "established", "establishment", "construction", "build", "make", "formed",
    ]

    /// Whole numbers that are called so are years.
    private static let founded: Set<String> = ["founded", "established", "built", "incorporated"]

    private static let making: Set<String> = ["made", "manufactured", "built", "produced", "constructed"]
    private static let nouns: Set<String> = [
        "birth", "release", "launch", "foundation", "founding", "death", "publication", "establishment", "opening",
        "construction", "completion", "graduation", "registration", "admission", "enrollment",
    ]
}
