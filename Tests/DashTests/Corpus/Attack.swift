import FoundationEssentials
import SQLGuard
import ServiceRuntime

/// A statement that has to be stopped, and what it does where nothing stops it.
struct Attack: Sendable, CustomStringConvertible {
    enum Harm: String, Sendable {
        /// Something is different afterwards that the role may not change.
        case changes
        /// The outcome depends on something that the role may not see.
        case reads
        /// It goes on past its limit, or hands out more than a result may have.
        case lasts
    }

    let id: String
    let kind: String
    let role: SQLRole
    let harm: Harm
    let sql: String
    /// What has happened in the session before.
    let setup: [String]
    /// Whoever uses what the statement has made; the harm of a carrier shows here.
    let use: String?
    /// Fails or answers differently once the statement has run.
    let probe: String?
    /// Outside of a transaction.
    let isAlone: Bool
    /// A signal carries the harm, which arrives when it arrives.
    let isLate: Bool

    var description: String { id }

    static let all: [Attack] = CorpusFile.lines("attacks.jsonl").compactMap(Attack.init)

    private init?(_ line: JSONValue) {
        guard let id = line["id"]?.string, let kind = line["class"]?.string, let sql = line["sql"]?.string,
            let role = line["role"]?.string.flatMap(SQLRole.init), let harm = line["harm"]?.string.flatMap(Harm.init)
        else { return nil }
        self.id = id
        self.kind = kind
        self.role = role
        self.harm = harm
        self.sql = sql
        setup = line["setup"]?.string?.split(separator: ";").map { String($0.trimmed) } ?? []
        use = line["then"]?.string
        probe = line["probe"]?.string
        isAlone = line["alone"] == true
        isLate = line["late"] == true
    }
}

/// The files under `Tests/Corpus/sql`.
enum CorpusFile {
    static func text(_ name: String) -> String {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Corpus/sql/\(name)")
        return (try? Data(contentsOf: url)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Lines that are no JSON are missing, which the counts in the tests notice.
    static func lines(_ name: String) -> [JSONValue] {
        text(name).split(separator: "\n").compactMap { try? JSONValue(parsing: Array($0.utf8)) }
    }
}
