import Planner

/// A series with one column per part and one for their total (`north_sales`, `south_sales`, `total_sales`), turned into
/// rows per part.
struct WideSeries: Sendable {
    /// Time, part, value; the parts of every period add up.
    let long: ResultTable
    let chart: Chart

    /// nil where the columns are not proven to be parts of a whole, or where the question names one of them.
    init?(_ table: ResultTable, _ shape: ResultShape, _ question: Wording, label: (String) -> String) {
        guard let time = shape.time, shape.categories.isEmpty, shape.measures.count >= 3, !table.rows.isEmpty else {
            return nil
        }
        let words = shape.measures.map { (column: $0, words: Words.plain(table.columns[$0].name)) }
        guard let total = words.first(where: { $0.words.count >= 2 && ["total", "all"].contains($0.words[0]) }),
            let noun = total.words.last
        else { return nil }
        let parts = words.filter { $0.column != total.column && $0.words.count >= 2 && $0.words.last == noun }
        guard parts.count >= 2 else { return nil }
        for row in table.rows {
            let sum = parts.reduce(0) { $0 + (row[$1.column].flatMap(Double.init) ?? 0) }
            guard let whole = row[total.column].flatMap(Double.init), abs(whole - sum) <= 0.01 * Double(parts.count)
            else {
                return nil
            }
        }
        let hits = Set(
            parts.map { part in
                question.terms.filter { term in part.words.contains { Term($0).sharesForm(with: term) } }.count
            })
        guard hits.count == 1 else { return nil }

        let group = question.groups.joined().first { !$0.isTimeGrain }?.surface ?? "part"
        let names = parts.map { ($0.column, $0.words.dropLast().joined(separator: " ")) }
        long = ResultTable(
            id: table.id, sql: table.sql,
            columns: [table.columns[time], .init(name: group, type: .text), .init(name: noun, type: .decimal)],
            rows: table.rows.flatMap { row in names.map { [row[time], $0.1, row[$0.0]] } },
            isTruncated: table.isTruncated,
            milliseconds: table.milliseconds)
        chart = Chart(
            form: .line, title: "\(Words.title(label(noun))) by \(group)", resultID: table.id,
            category: table.columns[time].name, values: parts.map { table.columns[$0.column].name })
    }
}
