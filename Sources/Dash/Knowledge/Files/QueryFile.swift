/// `queries/*.sql`: validated queries, each between tags in comments.
///
/// ```
/// -- <query name>
/// -- <description>What it answers, over one line
/// -- or several.</description>
/// -- <question>A question in people's words (optional, may be repeated)</question>
/// -- <parameter plan value subscriptions.plan>what {plan} is tried with (optional, may be repeated)</parameter>
/// -- <query>
/// SELECT …
/// -- </query>
/// ```
enum QueryFile {
    static func parse(_ text: String, file: String) -> KnowledgeFolder.Contents {
        var parser = QueryFileParser(file: file)
        for (index, line) in SourceText.lines(of: text).enumerated() {
            parser.take(line, number: index + 1)
        }
        return parser.finish()
    }
}

/// Where the reader is: a state per tag that is open.
private struct QueryFileParser {
    private struct Draft {
        var name: String
        var line: Int
        var description: [String] = []
        var questions: [String] = []
        var parameters: [QueryParameter] = []
        /// What it asks for is not known, so that it cannot be run.
        var isBroken = false
        var sql: [Substring] = []
    }

    private enum State {
        case outside
        case head(Draft)
        case description(Draft)
        case question(Draft, [String])
        case statement(Draft)
    }

    private let file: String
    private var state = State.outside
    private var contents = KnowledgeFolder.Contents()
    private var hasReportedStray = false

    init(file: String) {
        self.file = file
    }

    mutating func take(_ line: Substring, number: Int) {
        let comment = Self.comment(in: line)
        if let comment, let name = Self.name(in: comment) {
            abandon(reason: "a new query begins before -- </query>")
            if name.isEmpty {
                report("a query needs a name: -- <query name>", line: number)
            } else {
                state = .head(Draft(name: name, line: number))
            }
            return
        }
        switch state {
        case .outside: takeOutside(line, comment: comment, number: number)
        case .head(let draft): takeHead(draft, line: line, comment: comment, number: number)
        case .description(let draft): takeDescription(draft, text: comment ?? SourceText.trimmed(line))
        case .question(let draft, let parts):
            takeQuestion(draft, parts: parts, text: comment ?? SourceText.trimmed(line))
        case .statement(var draft):
            if comment?.lowercased() == "</query>" {
                close(draft)
            } else {
                draft.sql.append(line)
                state = .statement(draft)
            }
        }
    }

    mutating func finish() -> KnowledgeFolder.Contents {
        abandon(reason: "-- </query> is missing at the end of the file")
        return contents
    }

    private mutating func takeOutside(_ line: Substring, comment: String?, number: Int) {
        if let comment {
            let tag = comment.lowercased()
            if tag.hasPrefix("<query>") || tag.hasPrefix("<description>") || tag.hasPrefix("</query>") {
                report("\(comment.prefix(40)) stands outside of a query; it begins with -- <query name>", line: number)
            }
        } else if !line.allSatisfy(\.isWhitespace), !hasReportedStray {
            hasReportedStray = true
            report("text outside of a query is ignored", line: number, severity: .notice)
        }
    }

    private mutating func takeHead(_ draft: Draft, line: Substring, comment: String?, number: Int) {
        guard let comment else {
            if !line.allSatisfy(\.isWhitespace) {
                report(
                    "-- <query> is missing before the statement", line: number, entry: "query \"\(draft.name)\"")
                state = .outside
                hasReportedStray = true
            }
            return
        }
        let tag = comment.lowercased()
        if tag == "<query>" {
            state = .statement(draft)
        } else if tag.hasPrefix("<description>") {
            takeDescription(draft, text: String(comment.dropFirst("<description>".count)))
        } else if tag.hasPrefix("<question>") {
            takeQuestion(draft, parts: [], text: String(comment.dropFirst("<question>".count)))
        } else if tag.hasPrefix("<parameter") {
            takeParameter(draft, comment, number: number)
        } else if tag == "</query>" {
            report("the query has no statement", line: draft.line, entry: "query \"\(draft.name)\"")
            state = .outside
        } else if tag.hasPrefix("<") {
            report(
                "unknown tag \(comment.prefix(40)) is ignored", line: number, entry: "query \"\(draft.name)\"",
                severity: .notice)
        }
    }

    private mutating func takeDescription(_ draft: Draft, text: String) {
        var draft = draft
        let (part, isClosed) = Self.untilClosing("</description>", in: text)
        if text.lowercased() == "<query>" {
            report("</description> is missing", line: draft.line, entry: "query \"\(draft.name)\"")
            state = .statement(draft)
            return
        }
        if !part.isEmpty { draft.description.append(part) }
        state = isClosed ? .head(draft) : .description(draft)
    }

    private mutating func takeQuestion(_ draft: Draft, parts: [String], text: String) {
        var draft = draft
        if text.lowercased() == "<query>" {
            report("</question> is missing", line: draft.line, entry: "query \"\(draft.name)\"")
            state = .statement(draft)
            return
        }
        let (part, isClosed) = Self.untilClosing("</question>", in: text)
        let parts = part.isEmpty ? parts : parts + [part]
        guard isClosed else {
            state = .question(draft, parts)
            return
        }
        if !parts.isEmpty { draft.questions.append(parts.joined(separator: " ")) }
        state = .head(draft)
    }

    private mutating func takeParameter(_ draft: Draft, _ comment: String, number: Int) {
        var draft = draft
        if let parameter = QueryParameter(tag: comment),
            !draft.parameters.contains(where: { $0.name == parameter.name })
        {
            draft.parameters.append(parameter)
        } else {
            draft.isBroken = true
            report(
                "a parameter has a name of its own, a kind and an example: -- <parameter plan value table.column>example"
                    + "</parameter>, or of kind number, day or period",
                line: number, entry: "query \"\(draft.name)\"")
        }
        state = .head(draft)
    }

    private mutating func close(_ draft: Draft) {
        state = .outside
        let sql = Self.statement(draft.sql)
        guard !sql.isEmpty else {
            report("the query has no statement", line: draft.line, entry: "query \"\(draft.name)\"")
            return
        }
        let query = ValidatedQuery(
            name: draft.name, description: draft.description.joined(separator: " "), sql: sql,
            questions: draft.questions, parameters: draft.parameters)
        guard !draft.isBroken else { return }
        for problem in query.parameterProblems {
            report(problem, line: draft.line, entry: "query \"\(draft.name)\"")
        }
        guard query.parameterProblems.isEmpty else { return }
        contents.entries.append(KnowledgeEntry(content: .query(query), source: file))
    }

    private mutating func abandon(reason: String) {
        switch state {
        case .outside: break
        case .head(let draft), .description(let draft), .question(let draft, _), .statement(let draft):
            report(reason, line: draft.line, entry: "query \"\(draft.name)\"")
        }
        state = .outside
    }

    private mutating func report(
        _ cause: String, line: Int, entry: String? = nil, severity: KnowledgeProblem.Severity = .error
    ) {
        contents.problems.append(KnowledgeProblem(severity, file: file, line: line, entry: entry, cause: cause))
    }

    private static func comment(in line: Substring) -> String? {
        let text = line.drop(while: \.isWhitespace)
        guard text.hasPrefix("--") else { return nil }
        return SourceText.trimmed(text.drop { $0 == "-" })
    }

    /// The name in `<query name>`; nil for any other comment.
    private static func name(in comment: String) -> String? {
        guard comment.lowercased().hasPrefix("<query"), comment.hasSuffix(">") else { return nil }
        let inner = comment.dropFirst("<query".count).dropLast()
        guard inner.first?.isWhitespace == true else { return nil }
        return SourceText.trimmed(inner)
    }

    private static func untilClosing(_ tag: String, in text: String) -> (part: String, isClosed: Bool) {
        guard let range = text.lowercased().firstRange(of: tag) else { return (SourceText.trimmed(text), false) }
        let count = text.lowercased().distance(from: text.lowercased().startIndex, to: range.lowerBound)
        return (SourceText.trimmed(text.prefix(count)), true)
    }

    /// The lines without blank ones around them and without the semicolon that ends the statement.
    private static func statement(_ lines: [Substring]) -> String {
        var sql = SourceText.trimmed(lines.joined(separator: "\n"))
        while sql.last == ";" { sql = SourceText.trimmed(sql.dropLast()) }
        return sql
    }
}

extension QueryParameter {
    /// `<parameter name kind table.column>example</parameter>`, over one line.
    fileprivate init?(tag: String) {
        let closing = "</parameter>"
        guard tag.lowercased().hasSuffix(closing), let end = tag.firstIndex(of: ">") else { return nil }
        let words = tag[..<end].split(whereSeparator: \.isWhitespace).dropFirst().map { String($0) }
        let example = SourceText.trimmed(tag[tag.index(after: end)...].dropLast(closing.count))
        guard (2...3).contains(words.count), let kind = Kind(rawValue: words[1].lowercased()), !example.isEmpty,
            Self.isName(words[0]), kind != .value || words.count == 3
        else { return nil }
        self.init(name: words[0].lowercased(), kind: kind, column: words.count > 2 ? words[2] : nil, example: example)
    }

    private static func isName(_ text: String) -> Bool {
        text.first?.isLetter == true
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
}
