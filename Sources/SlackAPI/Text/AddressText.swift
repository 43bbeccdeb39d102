/// Finds web addresses in a text, with and without a scheme, and breaks those that must not be clicked.
struct AddressText {
    enum Piece: Equatable {
        case text(String)
        /// An address that may be a link.
        case link(String)
    }

    enum Detail {
        /// Names without a scheme too: `evil.example/x`.
        case prose
        /// Only what has a scheme: in code, `o.net` is a column.
        case code
    }

    private let links: LinkPolicy
    private let detail: Detail

    init(links: LinkPolicy, detail: Detail = .prose) {
        self.links = links
        self.detail = detail
    }

    /// The text with every address broken, allowed ones too where `links` allows none.
    func plain(_ text: some StringProtocol) -> String {
        pieces(text).map { piece in
            switch piece {
            case .text(let text), .link(let text): text
            }
        }.joined()
    }

    func pieces(_ text: some StringProtocol) -> [Piece] {
        guard text.utf8.contains(where: { $0 == 46 || $0 == 58 || $0 > 127 }) else { return [.text(String(text))] }
        var pieces: [Piece] = []
        var plain = ""
        var run = ""
        func flush() {
            guard !run.isEmpty else { return }
            switch piece(run) {
            case .text(let text): plain += text
            case .link(let address):
                // What ends a sentence does not belong to the address.
                let tail = address.reversed().prefix { ".,;:!?*_~".contains($0) }.count
                if !plain.isEmpty { pieces.append(.text(plain)) }
                pieces.append(.link(String(address.dropLast(tail))))
                plain = String(address.suffix(tail))
            }
            run = ""
        }
        for character in text {
            if character.isWhitespace || "<>|\"'`()[]{},;\\“”‘’«»".contains(character) {
                flush()
                plain.append(character)
            } else {
                run.append(character)
            }
        }
        flush()
        if !plain.isEmpty { pieces.append(.text(plain)) }
        return pieces
    }

    /// An address that a Markdown link names: there any name with a dot is a host.
    func target(_ address: String) -> String {
        let broken = plain(address)
        guard broken == address, !address.contains("://") else { return broken }
        let name = address.drop { $0 == "/" || $0 == "\\" }
        let host = name.prefix { !"/?#:\\".contains($0) }
        let isHost = host.contains(where: Self.isDot) && host.last.map { $0.isLetter } == true
        let isRelative = !address.hasPrefix("/") && HostNames.isFile(host)
        return isHost && !isRelative ? "hxxps://" + name : address
    }

    // MARK: - One run without blanks

    private func piece(_ run: String) -> Piece {
        if let separator = Self.schemeEnd(in: run) {
            if links.allows(Self.withoutTail(run)) { return .link(run) }
            let before = run[..<separator]
            let letters = before.reversed().prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+.-".contains($0)) }
            let head = before.dropLast(letters.count)
            let scheme = before.suffix(letters.count)
            let rest = run[run.index(separator, offsetBy: 3)...]
            return .text(String(head) + Self.broken(scheme) + AddressText(links: .none, detail: .code).plain(rest))
        }
        return .text(detail == .prose ? brokenHosts(in: run) : run)
    }

    private static func withoutTail(_ run: String) -> String {
        String(run.dropLast(run.reversed().prefix { ".,;:!?*_~".contains($0) }.count))
    }

    private static func schemeEnd(in run: String) -> String.Index? {
        var rest = run[...]
        while let colon = rest.firstIndex(of: ":") {
            let after = rest[rest.index(after: colon)...]
            if after.hasPrefix("//") { return colon }
            rest = after
        }
        return nil
    }

    private static func broken(_ scheme: Substring) -> String {
        let lowered = scheme.lowercased()
        // Broken before.
        if lowered.hasSuffix("hxxps") || lowered.hasSuffix("hxxp") { return scheme + "://" }
        for (name, replacement) in [("https", "hxxps://"), ("http", "hxxp://")] where lowered.hasSuffix(name) {
            return scheme.dropLast(name.count) + replacement
        }
        return scheme + "[:]//"
    }

    /// A scheme, and a broken one, before every host, so that nothing in the run can be clicked.
    private func brokenHosts(in run: String) -> String {
        guard run.contains(where: Self.isDot) else { return run }
        let characters = Array(run)
        var result = ""
        var index = 0
        while index < characters.count {
            guard Self.isHostCharacter(characters[index]) else {
                result.append(characters[index])
                index += 1
                continue
            }
            var end = index
            while end < characters.count, Self.isHostCharacter(characters[end]) { end += 1 }
            let before = index > 0 ? characters[index - 1] : nil
            let after = end < characters.count ? characters[end] : nil
            let follows = end + 1 < characters.count ? characters[end + 1] : nil
            let text = String(characters[index..<end])
            let path: HostNames.Following =
                switch after {
                case "/", "?", "#": .path
                case ":" where follows?.isNumber == true: .port
                default: .nothing
                }
            let isName = before == "_" || after == "_" || before == "@" && path == .nothing || after == "@"
            if !isName, HostNames.isHost(text, path) { result += "hxxps://" }
            result += text
            index = end
        }
        return result
    }

    private static func isDot(_ character: Character) -> Bool { HostNames.dots.contains(character) }

    private static func isHostCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "-" || isDot(character)
    }
}
