/// What people said about the words of a question, shown because a fixed query cannot follow it.
///
/// Of two that are about the same thing the newer one holds; the older is only named as replaced.
struct SaidCorrections {
    let caveats: [String]
    private static let shown = 2

    init(newestFirst texts: [String]) {
        var groups: [(text: String, older: String?)] = []
        for text in texts where !groups.contains(where: { $0.text == text || $0.older == text }) {
            if let same = groups.firstIndex(where: { Self.areAboutTheSame($0.text, text) }) {
                if groups[same].older == nil { groups[same].older = text }
            } else {
                groups.append((text, nil))
            }
        }
        caveats = groups.prefix(Self.shown).map { group in
            let replaced = group.older.map { " It replaced “\($0)”." } ?? ""
            let text = group.text.last.map { ".!".contains($0) } == true ? String(group.text.dropLast()) : group.text
            return "Noted earlier: “\(text)”.\(replaced) This number may not follow it yet."
        }
    }

    /// The same subject, and at least half of what is said of it: "MRR includes trials" after "MRR excludes trials".
    private static func areAboutTheSame(_ new: String, _ old: String) -> Bool {
        let (a, b) = (Wording(new).core, Wording(old).core)
        guard let first = a.first, let other = b.first, first.sharesForm(with: other) else { return false }
        let shared = a.filter { word in b.contains { $0.sharesForm(with: word) } }.count
        return shared >= 2 && 2 * shared >= min(a.count, b.count)
    }
}
