/// One pass over a text for everything that looks like a secret.
///
/// A table of the first two bytes of every form keeps the pass cheap: hardly any place of an ordinary text is looked at
/// more closely.
struct SecretScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let fingerprints: SecretFingerprints

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ fingerprints: SecretFingerprints) {
        self.bytes = bytes
        self.fingerprints = fingerprints
    }

    /// In order and apart from each other.
    func findings() -> [SecretFinding] {
        guard bytes.count >= 8 else { return [] }
        var found = fingerprints.matches(in: bytes).map { SecretFinding(range: $0, kind: .own) }
        Self.beginnings.withUnsafeBufferPointer { beginnings in
            var index = 0
            var previous = bytes[0]
            // Found already, and begins further on: what leads to it may be a secret as well.
            var ahead: Range<Int>?
            while index + 1 < bytes.count {
                if let range = ahead, index >= range.lowerBound {
                    ahead = nil
                    guard range.upperBound < bytes.count else { break }
                    index = max(index, range.upperBound)
                    previous = bytes[index]
                    continue
                }
                let next = bytes[index + 1]
                let start = index
                index += 1
                let isCandidate = beginnings[Int(previous) << 8 | Int(next)]
                previous = next
                guard isCandidate else { continue }
                if let end = replacementEnd(from: start) {
                    index = end
                    previous = bytes[end]
                    continue
                }
                guard let finding = finding(at: start) else { continue }
                found.append(finding)
                if finding.range.lowerBound > start {
                    if ahead.map({ finding.range.lowerBound < $0.lowerBound }) ?? true { ahead = finding.range }
                } else if finding.range.upperBound < bytes.count {
                    index = max(index, finding.range.upperBound)
                    previous = bytes[index]
                } else {
                    break
                }
            }
        }
        return Self.apart(found)
    }

    private static let replacementBeginning = Array("[removed: looks like ".utf8)
    private static let replacements = SecretKind.allCases.map { Array($0.replacement.utf8) }

    /// What an earlier pass put in a secret's place is no name of another one: the index of its closing bracket. Only the
    /// exact texts count, since anybody may write a bracket around a secret.
    private func replacementEnd(from start: Int) -> Int? {
        guard begins(with: Self.replacementBeginning, at: start) else { return nil }
        return Self.replacements.first { begins(with: $0, at: start) }.map { start + $0.count - 1 }
    }

    /// Findings that share a place are one.
    private static func apart(_ findings: [SecretFinding]) -> [SecretFinding] {
        var result: [SecretFinding] = []
        for finding in findings.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if let last = result.last, last.range.upperBound > finding.range.lowerBound {
                let end = max(last.range.upperBound, finding.range.upperBound)
                result[result.count - 1].range = last.range.lowerBound..<end
            } else {
                result.append(finding)
            }
        }
        return result
    }

    private func finding(at start: Int) -> SecretFinding? {
        if bytes[start] == UInt8(ascii: ":") { return passwordInAddress(at: start) }
        if let finding = wellKnown(at: start) { return finding }
        return namedValue(at: start)
    }

    // MARK: - Well-known forms

    private struct Form: Sendable {
        var prefix: [UInt8]
        var kind: SecretKind
        /// Bytes after the prefix, at least.
        var length: Int
        /// Beyond letters and digits.
        var others: [UInt8] = []
        /// The length of an unbroken run of letters and digits within, at least.
        var run = 0

        init(_ prefix: String, _ kind: SecretKind, _ length: Int, others: String = "", run: Int = 0) {
            self.prefix = Array(prefix.utf8)
            self.kind = kind
            self.length = length
            self.others = Array(others.utf8)
            self.run = run
        }
    }

    private static let forms: [Form] = {
        var forms: [Form] = []
        for letter in "abeposrcd" { forms.append(Form("xox\(letter)-", .slackToken, 10, others: "-")) }
        forms.append(Form("xoxe.xox", .slackToken, 10, others: "-."))
        forms.append(Form("xapp-", .slackToken, 10, others: "-"))
        forms.append(Form("hooks.slack.com/", .slackWebhook, 20, others: "/"))
        forms.append(Form("sk-", .apiKey, 20, others: "-_", run: 12))
        for name in ["sk", "rk", "pk"] { forms.append(Form("\(name)_test_", .stripeKey, 16)) }
        // Others give keys of that form as well, shorter and in parts.
        for name in ["sk", "rk", "pk"] { forms.append(Form("\(name)_live_", .stripeKey, 10, others: "-_")) }
        forms.append(Form("whsec_", .stripeKey, 16, others: "+/="))
        for letter in "pousr" { forms.append(Form("gh\(letter)_", .gitHubToken, 30)) }
        forms.append(Form("github_pat_", .gitHubToken, 20, others: "_"))
        forms.append(Form("glpat-", .gitLabToken, 20, others: "-_"))
        for prefix in ["AKIA", "ASIA"] { forms.append(Form(prefix, .awsKey, 16)) }
        forms.append(Form("AIza", .googleKey, 35, others: "-_"))
        forms.append(Form("ya29.", .googleKey, 20, others: "-_."))
        forms.append(Form("SG.", .apiKey, 40, others: "-_.", run: 12))
        for prefix in ["npm_", "hf_", "pypi-", "dop_v1_", "shpat_"] {
            forms.append(Form(prefix, .apiKey, 30, others: "-_", run: 12))
        }
        return forms
    }()

    private static let privateKey = Array("-----BEGIN ".utf8)
    private static let webToken = Array("eyJ".utf8)

    private func wellKnown(at start: Int) -> SecretFinding? {
        if begins(with: Self.privateKey, at: start) { return privateKey(at: start) }
        guard start == 0 || !isName(bytes[start - 1]) else { return nil }
        if begins(with: Self.webToken, at: start) { return webToken(at: start) }
        for form in Self.forms where begins(with: form.prefix, at: start) {
            let body = start + form.prefix.count
            let end = self.end(from: body) { form.others.contains($0) }
            guard end - body >= form.length, bytes[body..<end].contains(where: SecretNames.isDigit),
                form.run == 0 || hasRun(of: form.run, in: body..<end)
            else { continue }
            if form.kind == .awsKey {
                let isUpper = bytes[body..<end].allSatisfy { (65...90).contains($0) || SecretNames.isDigit($0) }
                guard end - body == form.length, isUpper else { continue }
            }
            return SecretFinding(range: start..<end, kind: form.kind)
        }
        return nil
    }

    /// With letters and digits both: a run of either alone is a word or a number.
    private func hasRun(of length: Int, in range: Range<Int>) -> Bool {
        bytes[range].split { !SecretNames.isLetter($0) && !SecretNames.isDigit($0) }.contains { run in
            run.count >= length && run.contains(where: SecretNames.isDigit) && run.contains(where: SecretNames.isLetter)
        }
    }

    /// Three parts of base64 with dots between, the first two of them JSON objects.
    private func webToken(at start: Int) -> SecretFinding? {
        func part(from index: Int) -> Int? {
            let end = self.end(from: index) { $0 == 45 || $0 == 95 }
            return end - index >= 8 ? end : nil
        }
        guard let first = part(from: start), first < bytes.count, bytes[first] == 46,
            begins(with: Self.webToken, at: first + 1), let second = part(from: first + 1), second < bytes.count,
            bytes[second] == 46
        else { return nil }
        return SecretFinding(range: start..<(part(from: second + 1) ?? second + 1), kind: .jsonWebToken)
    }

    /// Up to its end line, or to the end of the text where that is missing.
    private func privateKey(at start: Int) -> SecretFinding? {
        let head = start..<min(start + 80, bytes.count)
        let name = Array("PRIVATE KEY".utf8)
        guard head.contains(where: { begins(with: name, at: $0) }) else { return nil }
        let endLine = Array("-----END ".utf8)
        let dashes = Array("-----".utf8)
        var index = start + 11
        while index < bytes.count {
            if bytes[index] == 45, begins(with: endLine, at: index) {
                let tail = (index + endLine.count)..<min(index + 90, bytes.count)
                let close = tail.first { begins(with: dashes, at: $0) }
                return SecretFinding(range: start..<(close.map { $0 + 5 } ?? bytes.count), kind: .privateKey)
            }
            index += 1
        }
        return SecretFinding(range: start..<bytes.count, kind: .privateKey)
    }

    /// The password of `scheme://user:password@host`; only it is removed.
    private func passwordInAddress(at colon: Int) -> SecretFinding? {
        guard colon > 0, SecretNames.isLetter(bytes[colon - 1]) || SecretNames.isDigit(bytes[colon - 1]),
            begins(with: [58, 47, 47], at: colon)
        else { return nil }
        var separator: Int?
        var at: Int?
        var index = colon + 3
        while index < min(colon + 600, bytes.count) {
            let byte = bytes[index]
            if byte <= 32 || [34, 39, 60, 62, 96, 124].contains(byte) { break }
            // A password may hold a slash that nobody encoded; a path with an @ has no user before it.
            if separator == nil, byte == 47 || byte == 63 || byte == 35 { break }
            if byte == 58, separator == nil { separator = index }
            if byte == 64, separator != nil { at = index }
            index += 1
        }
        guard let separator, let at, at > separator + 1 else { return nil }
        let password = separator + 1..<at
        // `http://host:8080/path@2` has a port, no password.
        if bytes[password].prefix(while: SecretNames.isDigit).count > 0,
            let slash = bytes[password].firstIndex(of: 47),
            bytes[separator + 1..<slash].allSatisfy(SecretNames.isDigit)
        {
            return nil
        }
        return SecretFinding(range: password, kind: .password)
    }

    // MARK: - Values after their names

    private func namedValue(at start: Int) -> SecretFinding? {
        for (word, meaning) in SecretNames.words where beginsIgnoringCase(with: word, at: start) {
            let nameEnd = end(from: start + word.count) { $0 == 95 || $0 == 45 }
            let finding =
                switch meaning {
                case .password: password(after: nameEnd)
                case .token: randomValue(after: nameEnd)
                }
            if let finding { return finding }
        }
        return nil
    }

    /// After `=` or `:`, or in quotes as in `PASSWORD '…'`.
    private func password(after name: Int) -> SecretFinding? {
        var index = name
        var hasSign = false
        var quote: UInt8?
        while index < min(name + 12, bytes.count) {
            let byte = bytes[index]
            if byte == 58 || byte == 61 {
                // `password::text` is a cast.
                if byte == 58, index + 1 < bytes.count, bytes[index + 1] == 58 { return nil }
                if hasSign { return nil }
                hasSign = true
                quote = nil
            } else if byte == 34 || byte == 39 || byte == 96 {
                quote = byte
                // The quote that ends the name comes before the sign.
                if hasSign || index > name { break }
            } else if byte != 32, byte != 92 {
                break
            }
            index += 1
        }
        if let open = quote, index < bytes.count, bytes[index] == open, hasSign || index > name {
            let body = index + 1
            let end = bytes[body...].firstIndex { $0 == open || $0 < 32 } ?? bytes.count
            let value = body..<end
            guard (4...512).contains(value.count), !isPlaceholder(value) else { return nil }
            return SecretFinding(range: value, kind: .password)
        }
        guard hasSign else { return nil }
        let end = bytes[index...].firstIndex {
            $0 <= 32 || [34, 39, 40, 41, 44, 59, 60, 62, 91, 93, 96, 125].contains($0)
        }
        let value = index..<(end ?? bytes.count)
        guard SecretNames.isPassword(bytes[value]), end.map({ bytes[$0] != 40 }) ?? true, !isPlaceholder(value) else {
            return nil
        }
        return SecretFinding(range: value, kind: .password)
    }

    /// A random text within the next three words.
    private func randomValue(after name: Int) -> SecretFinding? {
        var index = name
        for _ in 0..<3 {
            let gap = index
            while index < min(gap + 8, bytes.count), !SecretNames.isLetter(bytes[index]),
                !SecretNames.isDigit(bytes[index]),
                bytes[index] < 128
            {
                index += 1
            }
            guard index > gap, index < bytes.count, replacementEnd(from: index - 1) == nil else { return nil }
            // Words that only look as if the scan had written them are none of the three.
            if begins(with: Self.replacementBeginning, at: index - 1) {
                index += Self.replacementBeginning.count - 1
                guard index < bytes.count else { return nil }
            }
            let end = self.end(from: index) { [43, 45, 46, 47, 61, 95, 126].contains($0) }
            var value = index..<end
            while let last = value.last, bytes[last] == 46 { value = value.dropLast() }
            if SecretNames.isRandom(bytes[value]) { return SecretFinding(range: value, kind: .highEntropy) }
            guard value.count <= 8 else { return nil }
            index = end
        }
        return nil
    }

    private func isPlaceholder(_ range: Range<Int>) -> Bool {
        let value = bytes[range]
        if value.allSatisfy({ $0 == 42 || $0 == 46 || $0 == 120 }) { return true }
        if value.first == 36 || value.first == 60 || value.elementsEqual("[removed]".utf8) { return true }
        // What this scan itself put in its place, with the apostrophe that one of them has.
        return replacementEnd(from: range.lowerBound).map { $0 + 1 >= range.upperBound } ?? false
    }

    // MARK: - Bytes

    private static let beginnings: [Bool] = {
        var table = [Bool](repeating: false, count: 65_536)
        func mark(_ first: UInt8, _ second: UInt8) { table[Int(first) << 8 | Int(second)] = true }
        for form in forms { mark(form.prefix[0], form.prefix[1]) }
        mark(privateKey[0], privateKey[1])
        mark(webToken[0], webToken[1])
        mark(58, 47)
        mark(replacementBeginning[0], replacementBeginning[1])
        for (word, _) in SecretNames.words {
            for first in [word[0], word[0] & 0xDF] {
                for second in [word[1], word[1] & 0xDF] { mark(first, second) }
            }
        }
        return table
    }()

    private func begins(with prefix: [UInt8], at index: Int) -> Bool {
        guard index + prefix.count <= bytes.count, bytes[index] == prefix[0] else { return false }
        return bytes[index..<index + prefix.count].elementsEqual(prefix)
    }

    private func beginsIgnoringCase(with prefix: [UInt8], at index: Int) -> Bool {
        guard index + prefix.count <= bytes.count, bytes[index] | 0x20 == prefix[0] else { return false }
        for (offset, byte) in prefix.enumerated() {
            let own = bytes[index + offset]
            guard own == byte || (65...90).contains(own) && own | 0x20 == byte else { return false }
        }
        return true
    }

    /// The end of a run of letters, digits and what else belongs.
    private func end(from start: Int, _ belongs: (UInt8) -> Bool) -> Int {
        var index = start
        while index < bytes.count,
            SecretNames.isLetter(bytes[index]) || SecretNames.isDigit(bytes[index]) || belongs(bytes[index])
        {
            index += 1
        }
        return index
    }

    private func isName(_ byte: UInt8) -> Bool {
        SecretNames.isLetter(byte) || SecretNames.isDigit(byte) || byte == 95
    }
}
