/// That something is there, or is not: "without stops", "with a phone number".
extension QuestionReader {
    func presence(of column: Int, isNegated: Bool) -> Condition {
        let known = model.columns[column]
        guard counts(known) else { return isNegated ? .isEmpty(known.id) : .not(.isEmpty(known.id)) }
        let zero = NumberLiteral(0)
        guard isNegated else { return .compare(known.id, .greater, zero) }
        return known.isNullable
            ? .any([.compare(known.id, .equal, zero), .isEmpty(known.id)]) : .compare(known.id, .equal, zero)
    }

    /// Whether the column can be without a value, or count none.
    func mayBeAbsent(_ column: Int) -> Bool { model.columns[column].isNullable || counts(model.columns[column]) }

    /// A whole number of things, called after them: `stops`, `seats`.
    private func counts(_ column: ColumnModel) -> Bool {
        guard column.role == .measure, column.isWhole, let last = column.words.last else { return false }
        return NameWords.base(last) != last && last.hasSuffix("s")
    }
}
