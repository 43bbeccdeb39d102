/// "Resolution time", "delivery time": how long it took, where rows tell when they came and when that was.
extension QuestionReader {
    /// The two times; nil where the words name a moment.
    func elapsed(to head: Noun.Head, _ phrase: Phrase, piece: Int) -> (from: Int, to: Int)? {
        guard case .column(let end) = head, model.columns[end].isTime, model.columns[end].isNullable,
            phrase.aggregate != nil || [.length, .speed].contains(phrase.superlative?.quality),
            pieces[piece].words.count == 2, ["time", "duration"].contains(pieces[piece].words[1]),
            !pieces[piece].words[0].hasSuffix("ed"), !WordFamily.isDeed(pieces[piece].words[0]),
            let start = model.tables[model.columns[end].table].mainTime, start != end,
            model.columns[start].kind == model.columns[end].kind
        else { return nil }
        return (start, end)
    }
}
