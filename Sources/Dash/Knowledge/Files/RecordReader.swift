import ServiceRuntime

/// Reads the fields of one JSON object, collecting problems instead of stopping at the first.
struct RecordReader {
    private let members: [String: JSONValue]
    private let file: String
    private let entry: String?
    private var read: Set<String> = []
    private(set) var problems: [KnowledgeProblem] = []

    init(_ members: [String: JSONValue], file: String, entry: String?) {
        self.members = members
        self.file = file
        self.entry = entry
    }

    mutating func report(_ cause: String, severity: KnowledgeProblem.Severity = .error) {
        problems.append(KnowledgeProblem(severity, file: file, entry: entry, cause: cause))
    }

    /// The member as it stands, nil where it is missing or null.
    mutating func value(_ key: String) -> JSONValue? {
        read.insert(key)
        guard let value = members[key], value != .null else { return nil }
        return value
    }

    /// A text without surrounding white space; an empty one counts as missing.
    mutating func text(_ key: String, required: Bool = false) -> String? {
        let value = value(key)
        if let value, value.string == nil {
            report("\"\(key)\" must be a text")
            return nil
        }
        let text = value?.string.map { SourceText.trimmed($0) } ?? ""
        guard !text.isEmpty else {
            if required { report("\"\(key)\" is missing") }
            return nil
        }
        guard !text.utf8.contains(0) else {
            report("\"\(key)\" holds a NUL character")
            return nil
        }
        return text
    }

    /// A list of texts; one text alone is a list of one, and numbers and flags are read as they are written.
    mutating func texts(_ key: String) -> [String] {
        guard let value = value(key) else { return [] }
        let elements = value.array ?? [value]
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            let text =
                switch element {
                case .string(let text): SourceText.trimmed(text)
                case .integer, .number, .bool: element.encoded()
                default: ""
                }
            if text.isEmpty || text.utf8.contains(0) {
                report("\"\(key)\"[\(index)] must be a text that is not empty")
            } else if !texts.contains(text) {
                texts.append(text)
            }
        }
        return texts
    }

    mutating func flag(_ key: String) -> Bool {
        guard let value = value(key) else { return false }
        guard let flag = value.bool else {
            report("\"\(key)\" must be true or false")
            return false
        }
        return flag
    }

    mutating func number(_ key: String) -> Double? {
        guard let value = value(key) else { return nil }
        guard let number = value.double else {
            report("\"\(key)\" must be a number")
            return nil
        }
        return number
    }

    /// A list of objects with their positions; elements of another shape are reported and left out.
    mutating func records(_ key: String) -> [(index: Int, members: [String: JSONValue])] {
        guard let value = value(key) else { return [] }
        guard let elements = value.array else {
            report("\"\(key)\" must be a list")
            return []
        }
        var records: [(index: Int, members: [String: JSONValue])] = []
        for (index, element) in elements.enumerated() {
            if let members = element.object {
                records.append((index, members))
            } else {
                report("\"\(key)\"[\(index)] must be an object")
            }
        }
        return records
    }

    /// One of the raw values of an enumeration, without regard to case.
    mutating func choice<Choice>(_ key: String, of type: Choice.Type) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        guard let text = text(key) else { return nil }
        if let choice = Choice(rawValue: text.lowercased()) { return choice }
        let allowed = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        report("\"\(key)\" must be one of \(allowed)")
        return nil
    }

    /// Notices for members that nobody asked for: most often a misspelled optional field.
    mutating func finish() -> [KnowledgeProblem] {
        for key in members.keys.sorted() where !read.contains(key) {
            report("unknown field \"\(key)\" is ignored", severity: .notice)
        }
        return problems
    }
}

extension RecordReader {
    /// The document's members, or the problem that says why there are none.
    static func contents(
        of text: String, file: String, _ parse: ([String: JSONValue]) -> KnowledgeFolder.Contents
    ) -> KnowledgeFolder.Contents {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: text)
        } catch {
            let cause = "not valid JSON at column \(error.column): \(error.message)"
            return .init(problems: [KnowledgeProblem(file: file, line: error.line, cause: cause)])
        }
        guard let members = document.object else {
            let cause = "the file must hold one JSON object"
            return .init(problems: [KnowledgeProblem(file: file, line: 1, cause: cause)])
        }
        return parse(members)
    }
}
