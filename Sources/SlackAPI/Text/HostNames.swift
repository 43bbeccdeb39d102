/// Tells host names from what only has a dot: tables, versions, files, abbreviations.
enum HostNames {
    enum Following { case nothing, port, path }

    /// The full stop, and what browsers read as one.
    static let dots: Set<Character> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]

    /// Ends of names that hardly anything but a host has.
    private static let common = Set(
        """
        com net org edu gov mil int io dev app ai co biz xyz top site online website cloud example onion invalid \
        ru cn de uk fr eu nl ch jp br au kr us ca es se pl cz gr hu ro ua tr il za mx ar cl nz sg hk tw vn ir su tv cc \
        gg ly tk ml ga cf gq pw ws dk fi pt ie
        """.split(separator: " ").map(String.init))
    /// Ends that columns and files share with hosts: only with a path behind it is such a name a host.
    private static let doubtful = Set(
        """
        info name email company link click live shop store page pages work works world today report support group \
        date events media network news plus pro project sale services social software space studio systems tech \
        tools town trade zip mov foundation agency digital email finance fund health host icu life market money \
        mobi moe one ovh party review rocks run science stream team test tips vip win wiki zone local localhost
        """.split(separator: " ").map(String.init))
    private static let files = Set(
        """
        md py rs sh pl ps so js ts txt csv tsv json yaml yml sql xml html pdf png jpg gif zip gz tar log env toml lock \
        parquet xlsx docx pptx swift c h cc cpp java rb go ini cfg conf ipynb
        """.split(separator: " ").map(String.init))
    private static let schemas: Set = ["public", "dash", "information_schema", "pg_catalog"]

    static func isHost(_ text: String, _ following: Following) -> Bool {
        let labels = text.split(whereSeparator: dots.contains).map { $0.lowercased() }
        let inner = text.drop(while: dots.contains)
        guard labels.count >= 2, let last = labels.last, last.count >= 2,
            !hasEmptyLabel(inner), labels.allSatisfy({ !$0.hasPrefix("-") && !$0.hasSuffix("-") })
        else { return false }
        if labels.contains(where: { $0.hasPrefix("xn--") }) { return true }
        guard last.allSatisfy(\.isLetter) else { return false }
        if labels[0] == "www", labels.count > 2 || following != .nothing { return true }
        switch following {
        case .path:
            return common.contains(last) || doubtful.contains(last) || last.count == 2 || !last.allSatisfy(\.isASCII)
        case .port: return common.contains(last) && !files.contains(last)
        case .nothing:
            guard common.contains(last), !files.contains(last) else { return false }
            // `o.net` is a column, `public.us` a table.
            return labels.count > 2 || labels[0].count > 1 && !schemas.contains(labels[0])
        }
    }

    /// Whether the name's end is one of files.
    static func isFile(_ name: some StringProtocol) -> Bool {
        name.split(whereSeparator: dots.contains).last.map { files.contains($0.lowercased()) } ?? false
    }

    private static func hasEmptyLabel(_ text: Substring) -> Bool {
        var wasDot = false
        for character in text {
            let isDot = dots.contains(character)
            if isDot, wasDot { return true }
            wasDot = isDot
        }
        return false
    }
}
