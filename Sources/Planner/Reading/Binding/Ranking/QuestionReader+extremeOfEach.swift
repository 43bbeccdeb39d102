/// "The highest offer for each listing": of what rows have one number of, that number.
extension QuestionReader {
    /// False where the rows themselves are ranked, or nothing says which of their numbers is meant.
    mutating func readExtremeOfEach(
        _ table: Int, _ superlative: Phrase.Superlative, _ noun: Noun, _ phrase: Phrase
    ) -> Bool {
        guard superlative.quality == nil, phrase.limit == nil, phrase.count == nil, let piece = noun.headPiece,
            !isPlural(piece), draft.columns.isEmpty, asked.isEmpty, position < phrases.count,
            phrases[position].isEach || phrases[position].links(.group), !phrases[position].terms.isEmpty,
            pieces[superlative.piece].words.contains(where: Self.sizes.contains),
            let called = model.tables[table].words.last.map(NameWords.base),
            Self.moneyNames.contains(called) || Self.amounts.contains(called)
        else { return false }
        let measures = model.columns(of: table).filter { $0.role == .measure }
        guard measures.count == 1, let only = measures.first else { return false }
        assume("By \(only.title).")
        add(.aggregate(superlative.isDescending ? .maximum : .minimum, only.index))
        return true
    }

    /// Things that are high or low by their amount.
    private static let amounts: Set<String> = ["offer", "bid", "quote", "invoice", "bill"]
    private static let sizes: Set<String> = ["highest", "largest", "biggest", "greatest", "smallest", "lowest"]
}
