import LanguageModels
import ServiceRuntime

/// What is done with objects that stand in schema `dash`.
extension GroundedEngineer {
    /// Drops an object, and where others use it, those with it: what would be lost by that a person is asked about, below
    /// this.
    func drop(_ full: String) -> ModelResponse {
        guard transcript.last(ToolName.introspectSchema) != nil else { return look }
        guard let kind = kind(of: full), let words = Self.objects[kind] else { return missing(full) }
        let statement = "DROP \(words.uppercased()) \(sqlName(full))"
        let tries = transcript.all(ToolName.runSQL)
        guard let last = tries.last else { return run(statement) }
        guard last.result.isError else {
            let isCascade = tries.count > 1
            return transcript.reply(
                "Dropped the \(words) \(full)\(isCascade ? " and what used it" : ""), which Dash had built. Company data is as it was\(kind == "table" ? "." : "; it can be built again at any time.")"
            )
        }
        switch code(last) {
        case SQLFailure.Class.other.rawValue where tries.count == 1: return run(statement + " CASCADE")
        case "declined": return transcript.reply("I left \(full) as it is: it was not confirmed.")
        case "interrupted":
            return transcript.reply(
                "I was interrupted while I dropped \(full) and cannot tell whether it is gone. Please look before you ask again."
            )
        default: return transcript.reply("I could not drop \(full): \(message(last)).")
        }
    }

    func refresh(_ full: String) -> ModelResponse {
        guard transcript.last(ToolName.introspectSchema) != nil else { return look }
        switch kind(of: full) {
        case nil: return missing(full)
        case "materializedView": break
        case "view":
            return transcript.reply("\(full) is a view: it always shows the data of now and needs no refresh.")
        default:
            return transcript.reply("\(full) is a table with data of its own; there is nothing to refresh it from.")
        }
        guard let done = transcript.last(ToolName.runSQL) else {
            return run("REFRESH MATERIALIZED VIEW \(sqlName(full))")
        }
        return transcript.reply(
            done.result.isError
                ? "I could not refresh \(full): \(message(done))." : "Refreshed \(full): it shows the data of now.")
    }

    /// The error's class in what a tool gave back.
    func code(_ step: Transcript.Step) -> String? {
        (try? JSONValue(parsing: step.result.content))?["error"]?.string
    }

    private static let objects = ["view": "view", "materializedView": "materialized view", "table": "table"]

    private var look: ModelResponse { transcript.call([(ToolName.introspectSchema, [:])]) }

    private func missing(_ full: String) -> ModelResponse {
        transcript.reply("There is no \(full); nothing was changed.")
    }

    private func run(_ sql: String) -> ModelResponse {
        transcript.call([(ToolName.runSQL, ["sql": .string(sql)])])
    }

    private func kind(of full: String) -> String? {
        (transcript.json(ToolName.introspectSchema)?["relations"]?.array ?? []).first {
            $0["name"]?.string?.lowercased() == full.lowercased()
        }?["kind"]?.string
    }

    private func sqlName(_ full: String) -> String {
        SQLIdentifier.parts(of: full).map(SQLIdentifier.sql).joined(separator: ".")
    }
}
