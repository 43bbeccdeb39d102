/// What was written otherwise than the data writes it, and has to be said.
extension QuestionReader {
    /// Whether a value was found although a letter of it was wrong.
    func isCorrected(_ piece: Int, _ column: Int, _ value: String) -> Bool {
        let said = pieces[piece].text.lowercased().split(separator: " ").map { Array($0.utf8) }
        let meant = String(decoding: FoldedText.key(value), as: UTF8.self).split(separator: " ").map { Array($0.utf8) }
        guard model.columns[column].codes.isEmpty, said.count == meant.count else { return false }
        let pairs = zip(said, meant).filter { $0 != $1 }
        guard pairs.count == 1, let (wrong, right) = pairs.first, wrong.count > 3 else { return false }
        let isNumber =
            NameWords.base(String(decoding: wrong, as: UTF8.self))
            == NameWords.base(
                String(decoding: right, as: UTF8.self))
        return !isNumber && FuzzyWords.areOneEditApart(wrong[...], right[...])
    }
}
