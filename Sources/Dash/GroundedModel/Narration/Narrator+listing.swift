import Planner

/// Rows that are things rather than parts of a whole.
extension Narrator {
    func listing(_ shape: ResultShape, _ outline: SQLOutline, measure: Int?) -> Narration {
        let columns = shape.categories.isEmpty ? [shape.time].compactMap { $0 } : [shape.categories[0]]
        let count = NumberText.formatted(Double(rowCount))
        let atLeast = isCut(outline) ? "at least " : ""
        if table.rows.count == 1, shape.measures.isEmpty, let only = columns.first, table.columns.count == 1 {
            return Narration(headline: "\(titled(only)): \(name(0, [only])).", meaning: definition.map(sentence))
        }
        guard !columns.isEmpty else {
            return Narration(headline: "\(name): \(atLeast)\(count) rows.", meaning: definition.map(sentence))
        }
        let names = names(columns)
        if !shape.measures.isEmpty, names.count <= 6, atLeast.isEmpty, isComplete {
            return Narration(headline: "\(name): \(joined(names)).", meaning: extremes(measure, names, outline))
        }
        if shape.measures.isEmpty, names.count <= 12, atLeast.isEmpty, isComplete {
            return Narration(
                headline: "\(count) \(plural(label(columns[0]), names.count)): \(joined(names)).",
                meaning: definition.map(sentence))
        }
        let head = "\(name): \(atLeast)\(count) found, first \(joined(Array(names.prefix(3))))."
        return Narration(headline: head, meaning: extremes(measure, names, outline) ?? definition.map(sentence))
    }

    /// What to call the rows of a list: by their first column, where the first text repeats.
    func names(_ columns: [Int]) -> [String] {
        let names = table.rows.indices.map { name($0, columns) }
        let first = Words.plain(table.columns[0].name)
        guard Set(names).count < names.count, !columns.contains(0), first.last == "id" || first == ["no"],
            Set(table.rows.map { $0[0] }).count == table.rows.count
        else { return names }
        let noun = first.dropLast().joined(separator: " ")
        return table.rows.indices.map { row in
            "\(noun.isEmpty ? "no." : noun) \(cell(row, 0) ?? "(none)") (\(names[row]))"
        }
    }

    /// The largest value of a list, against its average; of a list that goes on, what its rows amount to.
    func extremes(_ measure: Int?, _ names: [String], _ outline: SQLOutline) -> String? {
        guard let measure else { return nil }
        let values = table.rows.indices.compactMap { row in number(row, measure).map { (row, $0) } }
        guard isComplete, values.count > 1, let top = values.max(by: { $0.1 < $1.1 }) else { return nil }
        let lead = "The highest \(label(measure)) among them is \(shown(top.0, measure)) (\(names[top.0]))"
        guard !isCut(outline) else { return lead + "." }
        let average = values.reduce(0) { $0 + $1.1 } / Double(values.count)
        return lead + ", against an average of \(shown(average, measure))."
    }

    /// A list of things rather than a breakdown: asked as "which things", or too long to be one.
    func isList(_ outline: SQLOutline, _ measure: Int) -> Bool {
        if isAdditive(measure, outline) { return table.rows.count > 30 }
        return !Wording.curated(title).isSplit && !question.isSplit
            && (table.rows.count > 12 || !question.groups.isEmpty)
    }
}
