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

    /// As much of what follows a name is looked at.
    private static let longestPath = 200

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
        let characters = Array(run)
        let plain = characters.map(HostNames.base)
        guard plain.contains(where: Self.isDot) else { return run }
        var result = ""
        var index = 0
        while index < characters.count {
            guard plain[index].isLetter || plain[index].isNumber else {
                result.append(characters[index])
                index += 1
                continue
            }
            var end = index
            while end < plain.count, Self.isHostCharacter(plain[end]) {
                // More than one dot belongs to no name.
                if Self.isDot(plain[end]), end + 1 < plain.count, Self.isDot(plain[end + 1]) { break }
                end += 1
            }
            let token = plain[index..<end]
            let name = token.dropLast(token.reversed().prefix { Self.isDot($0) || "_-".contains($0) }.count)
            let (hasPort, path) = Self.following(plain[end...])
            let isMail =
                index > 0 && plain[index - 1] == "@" && !hasPort && path == nil
                || end < plain.count && plain[end] == "@"
            if !isMail, HostNames.isHost(String(name), hasPort: hasPort, path: path) { result += "hxxps://" }
            result += String(characters[index..<end])
            index = end
        }
        return result
    }

    /// What would belong to an address after its host; a question mark that ends a sentence does not.
    private static func following(_ rest: ArraySlice<Character>) -> (hasPort: Bool, path: String?) {
        var rest = rest.prefix(longestPath)
        var hasPort = false
        if rest.first == ":" {
            let digits = rest.dropFirst().prefix { $0.isNumber }
            hasPort = !digits.isEmpty
            if hasPort { rest = rest.dropFirst(1 + digits.count) }
        }
        guard let first = rest.first, "/?#".contains(first) else { return (hasPort, nil) }
        let path = rest.dropLast(rest.reversed().prefix { ".,;:!?*_~…".contains($0) }.count)
        return (hasPort, path.isEmpty || path.count == 1 && first != "/" ? nil : String(path))
    }

    private static func isDot(_ character: Character) -> Bool { HostNames.dots.contains(character) }

    private static func isHostCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "-" || character == "_" || isDot(character)
    }
}
