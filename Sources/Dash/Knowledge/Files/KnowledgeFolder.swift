import FoundationEssentials

/// A folder of curated knowledge: `tables/*.json`, `queries/*.sql`, `business/*.json` and `docs/*.md`.
///
/// Reading never throws: what cannot be read becomes a problem, and the rest loads.
package struct KnowledgeFolder: Sendable {
    package struct Contents: Sendable, Equatable {
        package var entries: [KnowledgeEntry]
        package var problems: [KnowledgeProblem]

        package init(entries: [KnowledgeEntry] = [], problems: [KnowledgeProblem] = []) {
            self.entries = entries
            self.problems = problems
        }

        package var hasErrors: Bool { problems.contains { $0.severity == .error } }
    }

    /// Larger files are refused, so that one wrong file cannot fill the memory.
    package static let maximumFileBytes = 1 << 20
    package static let maximumFiles = 5_000

    package var path: String

    package init(path: String) {
        self.path = path
    }

    /// Reads every file, in order of name, off the caller's executor.
    @concurrent
    package func read() async -> Contents {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
            return Contents(problems: [
                KnowledgeProblem(file: path, cause: "there is no such folder; DASH_KNOWLEDGE_DIR names another one")
            ])
        }
        var contents = Contents()
        var count = 0
        for section in KnowledgeSection.allCases {
            for name in names(in: section, problems: &contents.problems) {
                count += 1
                guard count <= Self.maximumFiles else {
                    contents.problems.append(
                        KnowledgeProblem(
                            file: section.rawValue,
                            cause: "the folder holds more than \(Self.maximumFiles) files; the rest was not read"))
                    break
                }
                let read = self.contents(ofFile: "\(section.rawValue)/\(name)", in: section)
                contents.entries += read.entries
                contents.problems += read.problems
            }
        }
        return contents.withoutDuplicates()
    }

    private func names(in section: KnowledgeSection, problems: inout [KnowledgeProblem]) -> [String] {
        let folder = "\(path)/\(section.rawValue)"
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        do {
            let all = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
            for name in all where !name.hasSuffix(section.fileExtension) {
                problems.append(
                    KnowledgeProblem(
                        .notice, file: "\(section.rawValue)/\(name)",
                        cause: "not read: only *\(section.fileExtension) files belong here"))
            }
            return all.filter { $0.hasSuffix(section.fileExtension) }
        } catch {
            problems.append(KnowledgeProblem(file: section.rawValue, cause: "the folder cannot be read"))
            return []
        }
    }

    private func contents(ofFile file: String, in section: KnowledgeSection) -> Contents {
        let size = (try? FileManager.default.attributesOfItem(atPath: "\(path)/\(file)"))?[.size] as? Int
        if let size, size > Self.maximumFileBytes { return section.parse([], size: size, file: file) }
        guard let data = FileManager.default.contents(atPath: "\(path)/\(file)") else {
            return Contents(problems: [KnowledgeProblem(file: file, cause: "the file cannot be read")])
        }
        return section.parse([UInt8](data), size: data.count, file: file)
    }
}

extension KnowledgeFolder.Contents {
    /// Keeps the first entry of each kind and name, and says where the others are.
    package func withoutDuplicates() -> Self {
        struct Key: Hashable {
            var kind: KnowledgeContent.Kind
            var name: String
        }
        var places: [Key: String] = [:]
        var result = Self(problems: problems)
        for entry in entries {
            let key = Key(kind: entry.content.kind, name: entry.content.name)
            guard let first = places[key] else {
                places[key] = entry.source
                result.entries.append(entry)
                continue
            }
            result.problems.append(
                KnowledgeProblem(
                    file: entry.source, entry: entry.content.label,
                    cause: "the name is taken already, by \(first == entry.source ? "an earlier entry" : first)"))
        }
        return result
    }
}
