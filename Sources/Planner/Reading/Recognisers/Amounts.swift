/// The one column by which rows of a table are money, or so many of something.
struct Amounts {
    let model: SemanticModel

    /// What changed hands with a row; nil where there is none, or more than one.
    func money(of table: Int) -> Int? {
        let columns = model.columns(of: table)
        var found = columns.filter { $0.role == .measure && $0.kind == .number && isPaid($0) }
        if found.count > 1 { found.removeAll { $0.words.contains(where: Self.each.contains) } }
        guard found.count == 1, let only = found.first else { return nil }
        // So much for each of several, or of what is sold by rows of its own, is not what was paid.
        let isPrice = only.words.contains { Self.prices.contains(NameWords.base($0)) }
        if isPrice, quantity(of: table) != nil || !model.relations.children(of: table).isEmpty { return nil }
        return model.tables[table].times.isEmpty ? nil : only.index
    }

    /// How many a row stands for; nil where it is one.
    func quantity(of table: Int) -> Int? {
        let found = model.columns(of: table).filter { column in
            column.role == .measure && column.kind == .number && column.isWhole
                && column.words.contains { Self.quantities.contains(NameWords.base($0)) }
        }
        return found.count == 1 ? found.first?.index : nil
    }

    /// Whether a row says how many of the kind there were.
    func isTally(of table: Int) -> Bool {
        quantity(of: table).map { column in
            model.columns[column].words.contains { ["count", "cnt", "number"].contains(NameWords.base($0)) }
        } ?? false
    }

    /// Whether some of the rows may be called off, so that not all of them count.
    func hasState(_ table: Int) -> Bool {
        model.columns(of: table).contains { column in
            column.words.contains { SpokenForms.States.words.contains($0) }
                || (column.kind == .flag || column.isTime)
                    && column.words.contains { Self.undone.contains($0) }
        }
    }

    /// Whether a defined number is taken from the rows, which says what counts.
    func isDefined(_ table: Int) -> Bool {
        model.source.metrics.contains { $0.tables.contains(model.tables[table].id) }
    }

    private func isPaid(_ column: ColumnModel) -> Bool {
        let words = column.words.map(NameWords.base)
        guard !words.contains(where: Self.plans.contains) else { return false }
        if words.contains(where: Self.sums.contains) { return true }
        return model.source.tables[column.table].columns.first { $0.name == column.id.name }
            .flatMap { UnitWords.unit(of: $0, words: NameWords.split($0.name)) }?.dimension == .money
    }

    private static let sums: Set<String> = [
        "amount", "price", "total", "revenue", "paid", "donation", "fee", "fare", "payment", "income", "sum", "charge",
    ]
    private static let prices: Set<String> = ["price", "fee", "fare", "charge", "unit"]
    /// Of one of what a row stands for, beside what all of it came to.
    private static let each: Set<String> = ["per", "unit", "each"]
    private static let undone: Set<String> = [
        "cancelled", "canceled", "cancel", "refunded", "refund", "void", "voided", "deleted", "reversed", "returned",
    ]
    /// Money that is meant, allowed or owed, and parts of a sum.
    private static let plans: Set<String> = [
        "budget", "goal", "target", "limit", "salary", "wage", "tax", "discount", "balance", "rate", "list", "max",
        "min", "minimum", "maximum", "estimate", "estimated", "planned", "expected", "deposit", "refund", "cost",
        "value",
    ]
    private static let quantities: Set<String> = ["quantity", "qty", "count", "cnt", "unit", "number"]
}
