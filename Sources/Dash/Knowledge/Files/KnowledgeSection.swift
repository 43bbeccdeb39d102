/// The parts of a knowledge folder and how their files are read.
package enum KnowledgeSection: String, Sendable, CaseIterable {
    case tables, queries, business
    case documents = "docs"

    package var fileExtension: String {
        switch self {
        case .tables, .business: ".json"
        case .queries: ".sql"
        case .documents: ".md"
        }
    }

    /// Parses one file's bytes. `file` is its path inside the folder, for entries and problems.
    package func parse(_ bytes: [UInt8], file: String) -> KnowledgeFolder.Contents {
        parse(bytes, size: bytes.count, file: file)
    }

    func parse(_ bytes: [UInt8], size: Int, file: String) -> KnowledgeFolder.Contents {
        guard size <= KnowledgeFolder.maximumFileBytes else {
            let limit = KnowledgeFolder.maximumFileBytes / 1024
            return .init(problems: [
                KnowledgeProblem(file: file, cause: "the file is larger than \(limit) KiB; split it")
            ])
        }
        let marked = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if let line = SourceText.lineOfUnusableByte(in: marked) {
            return .init(problems: [
                KnowledgeProblem(file: file, line: line, cause: "the text is not UTF-8, or holds a NUL character")
            ])
        }
        let text = SourceText.withUnixLines(String(decoding: marked, as: UTF8.self))
        switch self {
        case .tables: return TableFile.parse(text, file: file)
        case .queries: return QueryFile.parse(text, file: file)
        case .business: return BusinessFile.parse(text, file: file)
        case .documents: return DocumentFile.parse(text, file: file)
        }
    }
}
