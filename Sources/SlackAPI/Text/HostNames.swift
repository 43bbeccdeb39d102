/// Tells host names from what only has a dot: tables, versions, files, abbreviations.
///
/// With a path or a query behind it, whatever has the form of a name is a host, whether its end is known or not: an
/// address carries data away in there. A bare name is one only where hardly anything but a host ends like that.
enum HostNames {
    /// The full stop, and what browsers read as one.
    static let dots: Set<Character> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]

    /// Ends of names that hardly anything but a host has. Others are words that columns have too: name, email, date, …
    private static let common = Set(
        """
        com net org edu gov mil int io dev app ai co biz xyz top site online website cloud example onion invalid ru \
        cn de uk fr eu nl ch jp br au kr us ca es se pl cz gr hu ro ua tr il za mx ar cl nz sg hk tw vn ir su tv cc \
        gg ly tk ml ga cf gq pw ws dk fi pt ie academy actor adult aero africa apartments asia attorney auction \
        bargains bayern beauty beer berlin bet bible bingo blog boutique brussels builders buzz bzh cafe cam casa \
        casino catering cfd chat cheap church clothing coffee condos cool coop cricket cruises cyou dating dentist \
        desi diamonds durban eus exposed faith fans fashion fishing fitness florist football forex forsale frl fun \
        fyi gay gent gmbh golf gratis gripe guitars guru hamburg haus hiphop hockey hosting immo immobilien irish \
        istanbul jetzt jewelry joburg kaufen kitchen kiwi koeln krd kyoto lawyer lgbt lol london lotto love luxe \
        luxury madrid maison melbourne miami moda monster moscow motorcycles nagoya ninja nyc okinawa ooo osaka \
        paris pharmacy photography pics pizza plumbing poker porn quebec racing realty rehab reisen rentals \
        restaurant rip rodeo rsvp rugby ruhr saarland sarl sbs schule sexy shoes shopping singles ski soccer \
        stockholm sucks surf surgery sydney taipei tattoo taxi tennis tienda tirol tokyo tours toys tube university \
        vegas ventures viajes villas vlaanderen vodka voyage wales wang webcam wedding wien wtf xin xxx yachts yoga \
        yokohama zuerich ac ad ae af ag ao aq ax az ba bb bd bf bg bh bi bj bm bn bo bs bt bw bz cd cg ci ck cm cr \
        cu cv cw cx cy dj dz ec ee eg er fj fk fm fo gd ge gh gi gm gn gp gs gt gu gy hm hn hr ht iq jm jo ke kg kh \
        ki km kn kp kw kz lb lc lk lr ls lt lu lv mc mg mh mk mn mp mq mr mt mu mv mw mz nc nf ng np om pf pg ph pk \
        pn qa sb sc sd sk sl sm sn sr sv sx sy sz tc td tf tg th tj tm tn tt tz ug uy uz va vc ve vg vu wf ye zm zw
        """.split(separator: " ").map(String.init))
    private static let files = Set(
        """
        md py rs sh pl ps so js ts txt csv tsv json yaml yml sql xml html pdf png jpg gif zip gz tar log env toml lock \
        parquet xlsx docx pptx swift c h cc cpp java rb go ini cfg conf ipynb
        """.split(separator: " ").map(String.init))
    private static let schemas: Set = ["public", "dash", "information_schema", "pg_catalog"]
    private static let longestWord = 30

    /// - Parameters:
    ///   - text: begins with a letter or a digit; single dots only.
    ///   - path: what follows up to the next blank, from `/`, `?` or `#` on, without the punctuation that ends a sentence.
    static func isHost(_ text: String, hasPort: Bool, path: String?) -> Bool {
        let labels = text.split(whereSeparator: dots.contains).map { $0.lowercased() }
        if isAddressOfNumbers(labels) {
            return path.map { $0.first != "/" || hasPort || !isNumber($0.dropFirst()) } ?? false
        }
        guard labels.count >= 2, let last = labels.last, last.count >= 2,
            labels.suffix(2).allSatisfy({ !$0.hasPrefix("-") && !$0.hasSuffix("-") })
        else { return false }
        if labels.contains(where: { $0.hasPrefix("xn--") }) { return true }
        guard last.allSatisfy(\.isLetter) else { return false }
        if labels[0] == "www", labels.count > 2 || hasPort || path != nil { return true }
        guard let path else { return isBareHost(labels, hasPort: hasPort) }
        if TopLevelNames.all.contains(last) || !last.allSatisfy(\.isASCII) { return true }
        return !files.contains(last) && !isPlain(path, behind: labels)
    }

    /// Whether the name's end is one of files.
    static func isFile(_ name: some StringProtocol) -> Bool {
        name.split(whereSeparator: dots.contains).last.map { files.contains($0.lowercased()) } ?? false
    }

    /// The character without what is put on it: variation selectors and accents do not make another host of a name.
    static func base(_ character: Character) -> Character {
        guard let first = character.unicodeScalars.first else { return character }
        // Full-width forms are read as the ASCII characters that they look like.
        if (0xFF01...0xFF5E).contains(first.value), let ascii = Unicode.Scalar(first.value - 0xFEE0) {
            return Character(ascii)
        }
        return character.unicodeScalars.count == 1 ? character : Character(first)
    }

    private static func isBareHost(_ labels: [String], hasPort: Bool) -> Bool {
        let last = labels[labels.count - 1]
        let registered = labels[labels.count - 2]
        // Nobody can register a name with a low line: `my_table.com` is a column.
        guard common.contains(last), !files.contains(last), !registered.contains("_") else { return false }
        // `o.net` is a column, `public.us` a table.
        return hasPort || labels.count > 2 || registered.count > 1 && !schemas.contains(registered)
    }

    /// A column over a number, a word or another column: `orders.amount/100`, `customers.plan/region`. The name's end is
    /// none that leads anywhere today.
    private static func isPlain(_ path: String, behind labels: [String]) -> Bool {
        guard path.first == "/" else { return false }
        let rest = path.dropFirst()
        if rest.isEmpty || isNumber(rest) || labels.count == 2 && schemas.contains(labels[0]) && !rest.contains("/") {
            return true
        }
        return rest.count <= longestWord && rest.allSatisfy { $0.isLetter || $0 == "_" || $0 == "." }
    }

    /// `10.0.0.0`, which has no path unless it is an address: `10.0.0.0/8` is a network.
    private static func isAddressOfNumbers(_ labels: [String]) -> Bool {
        labels.count == 4 && labels.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } && UInt8($0) != nil }
    }

    private static func isNumber(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 || $0 == 44 }
    }
}
