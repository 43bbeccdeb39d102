/// "out", "on loan": what has been handed over and is not back.
enum AwayWords {
    /// Whether the piece says so, and is no part of a verb: "taken out", "break it out by region".
    static func isSaid(at index: Int, in pieces: [Piece]) -> Bool {
        let next = index + 1 < pieces.count ? pieces[index + 1].words : []
        if pieces[index].words == ["on"] { return next.count == 1 && deals.contains(next[0]) }
        guard pieces[index].words == ["out"], index > 0, followers.contains(next.first ?? "") else { return false }
        let before = pieces[index - 1]
        switch before.kind {
        case .grammar(.be): return true
        case .term: return !before.isDeed && !(before.words.count == 1 && WordFamily.isDeed(before.words[0]))
        case .filler, .grammar(.current): return states.contains(before.words.joined(separator: " "))
        default: return false
        }
    }

    private static let deals: Set<String> = ["loan", "hire", "rent", "lease"]
    private static let states: Set<String> = ["still", "currently", "now", "right now", "already", "yet", "all"]
    /// What may stand behind; nothing at all for the end.
    private static let followers: Set<String> = ["", "on", "at", "right", "now", "currently", "there", "?", ".", ","]
}
