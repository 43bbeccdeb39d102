/// Cells and columns as people read them.
extension Narrator {
    func cell(_ row: Int, _ column: Int) -> String? { table.rows[row][column] }

    func number(_ row: Int, _ column: Int) -> Double? { cell(row, column).flatMap(Double.init) }

    func shown(_ row: Int, _ column: Int) -> String {
        guard let text = cell(row, column) else { return "no value" }
        return NumberText.formatted(text, unit: unit(column))
    }

    func shown(_ value: Double, _ column: Int) -> String { NumberText.formatted(value, unit: unit(column)) }

    func unit(_ column: Int) -> String? { labels.unit(table.columns[column], in: tables) }

    func isPercent(_ column: Int) -> Bool { NumberText.isPercent(unit(column)) }

    /// A number inside a name reads as one of the result.
    func isSayable(_ column: Int) -> Bool { !label(column).contains(where: \.isNumber) }

    func label(_ column: Int) -> String { labels.label(table.columns[column].name) }

    func name(_ row: Int, _ columns: [Int]) -> String {
        columns.map { column in
            guard let text = cell(row, column) else { return "(none)" }
            return table.columns[column].type.isTemporal
                ? PeriodText(periods(column), column: table.columns[column].name).text(text) : text
        }.joined(separator: " / ")
    }

    func chartTitle(_ title: String, _ shape: ResultShape) -> String {
        guard let category = shape.categories.first else { return title }
        return "\(title) by \(label(category))"
    }

    func choice(_ shape: ResultShape, _ outline: SQLOutline) -> MeasureChoice {
        MeasureChoice(
            question, table, shape, outline, shown: shown, named: labels.expressions(namedIn: question),
            aliases: labels.aliases(namedIn: question), unit: unit)
    }
}
