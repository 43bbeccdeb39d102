/// `docs/*.md`: institutional knowledge as text, cut at its headings into pieces that fit an answer's context.
enum DocumentFile {
    /// In characters; a document this short stays whole.
    static let pieceLength = 4_000

    static func parse(_ text: String, file: String) -> KnowledgeFolder.Contents {
        let body = SourceText.trimmed(text)
        guard !body.isEmpty else {
            return .init(problems: [KnowledgeProblem(.notice, file: file, cause: "the document is empty")])
        }
        let title = heading(in: body.prefix { $0 != "\n" }, levels: 1...1) ?? SourceText.stem(of: file)
        guard body.count > pieceLength else {
            return .init(entries: [entry(title, body, file)])
        }
        var titles: [String: Int] = [:]
        var entries: [KnowledgeEntry] = []
        for section in sections(of: body, title: title) {
            for piece in pieces(of: section.text) {
                let count = titles[section.title, default: 0] + 1
                titles[section.title] = count
                entries.append(entry(count == 1 ? section.title : "\(section.title) (\(count))", piece, file))
            }
        }
        return .init(entries: entries)
    }

    private static func entry(_ title: String, _ text: String, _ file: String) -> KnowledgeEntry {
        KnowledgeEntry(content: .document(Document(title: title, text: text)), source: file)
    }

    private static func heading(in line: Substring, levels: ClosedRange<Int>) -> String? {
        let marks = line.prefix { $0 == "#" }.count
        guard levels.contains(marks), line.dropFirst(marks).first == " " else { return nil }
        let title = SourceText.trimmed(line.dropFirst(marks))
        return title.isEmpty ? nil : title
    }

    private static func sections(of body: String, title: String) -> [(title: String, text: String)] {
        var sections: [(title: String, lines: [Substring])] = [(title, [])]
        var isCode = false
        for line in SourceText.lines(of: body) {
            if line.hasPrefix("```") { isCode.toggle() }
            if !isCode, let heading = heading(in: line, levels: 1...2), heading != title {
                sections.append(("\(title): \(heading)", []))
            }
            sections[sections.count - 1].lines.append(line)
        }
        return sections.map { ($0.title, SourceText.trimmed($0.lines.joined(separator: "\n"))) }
            .filter { !$0.text.isEmpty }
    }

    /// Whole lines up to the length of a piece; a longer line is cut.
    private static func pieces(of text: String) -> [String] {
        guard text.count > pieceLength else { return [text] }
        var pieces: [String] = []
        var current = ""
        for line in SourceText.lines(of: text) {
            var rest = line
            while !rest.isEmpty || line.isEmpty {
                let room = pieceLength - current.utf8.count
                if rest.utf8.count < room {
                    current += rest + "\n"
                    break
                }
                if current.isEmpty {
                    pieces.append(String(rest.prefix(pieceLength)))
                    rest = rest.dropFirst(pieceLength)
                } else {
                    pieces.append(SourceText.trimmed(current))
                    current = ""
                }
            }
        }
        pieces.append(SourceText.trimmed(current))
        return pieces.filter { !$0.isEmpty }
    }
}
