/// A stretch of a question and what it is taken for.
struct Piece: Sendable {
    enum Kind: Sendable {
        /// A name of the schema or a value of the data, in several senses perhaps.
        case term([Lexicon.Entry])
        case time(TimeSpan)
        case quantity(QuantitySpan)
        case quoted(String)
        case grammar(Grammar)
        /// A verb that says that two things belong together.
        case relation(isWeak: Bool)
        /// Changes nothing.
        case filler
        case unknown
    }

    /// Of tokens.
    var range: Range<Int>
    var kind: Kind
    /// As written.
    var text: String
    /// In lower case, as tokens.
    var words: [String]
    var isPossessive = false
    var isQuoted = false
    /// "unresolved": what the rest of the word names is not there.
    var isNegated = false
    /// "first" of "first and last name".
    var isShared: Bool { words.count == 1 && ["first", "last"].contains(words[0]) }
    /// A verb that names what it leaves behind: "treated" of treatments.
    var isDeed = false
    /// A verb that says by which key two named tables belong together.
    var isRole = false
    /// Values that the word is another form of: "upgraded" of upgrade.
    var kin: [Lexicon.Entry] = []
    var quality: Double = 1
    /// What it was taken for, where whoever asked has to be told.
    var remark: String?

    var grammar: Grammar? {
        if case .grammar(let grammar) = kind { return grammar }
        return nil
    }

    var entries: [Lexicon.Entry] {
        if case .term(let entries) = kind { return entries }
        return []
    }

    var time: TimeSpan? {
        if case .time(let span) = kind { return span }
        return nil
    }

    var quantity: QuantitySpan? {
        if case .quantity(let span) = kind { return span }
        return nil
    }

    var isPassedOver: Bool {
        switch kind {
        case .filler, .relation: true
        case .grammar(let grammar): !grammar.matters
        default: false
        }
    }
}
