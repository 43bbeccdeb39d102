/// Which number or time tells a quality: the age of rows, their length, their price.
extension QuestionReader {
    func qualityColumn(_ quality: Grammar.Quality, of table: Int) throws -> Int {
        let columns = model.columns(of: table)
        if quality == .time, let time = draft.timeColumn ?? model.tables[table].mainTime { return time }
        if quality == .time || quality == .age {
            if let column = Qualities.column([quality == .age ? ["age"] : ["year"]], in: columns) { return column }
            guard quality == .age else {
                throw ReadFailure.unsound("\(model.tables[table].title) have no one time that could be meant.")
            }
            let births = columns.filter { column in
                column.isTime && column.words.contains { ["birth", "dob", "birthdate", "born"].contains($0) }
            }
            if births.count == 1 { return births[births.startIndex].index }
            let years = columns.filter {
                !YearEvents.beginnings.isDisjoint(with: $0.words) && $0.words.contains("year")
            }
            if births.isEmpty, years.count == 1, let year = years.first { return year.index }
            if births.isEmpty, let time = model.tables[table].mainTime { return time }
        }
        guard let only = Qualities.column(Qualities.words(quality), in: columns) else {
            throw ReadFailure.unsound("\(model.tables[table].title) have no one number that could be meant.")
        }
        return only
    }

    /// "the most expensive productions by budget": a number of its own stands behind.
    func isSaidBy() -> Bool {
        guard position < phrases.count, phrases[position].links(.by), !phrases[position].isEach,
            let last = phrases[position].terms.last, case .column(let column)? = pieces[last].entries.first?.sense
        else { return false }
        return model.columns[column].role == .measure
    }

    /// From their start to their end, where nothing else says how long rows are.
    func span(of table: Int) -> (from: Int, to: Int)? {
        guard Qualities.column(Qualities.words(.length), in: model.columns(of: table)) == nil else { return nil }
        return LexiconBuilder.span(of: model.tables[table], model.columns)
    }

    /// A time, or the year of one: the older, the smaller.
    func isDated(_ column: Int) -> Bool { model.columns[column].isTime || model.columns[column].words.contains("year") }
}
