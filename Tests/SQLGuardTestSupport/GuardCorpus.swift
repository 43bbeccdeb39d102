import FoundationEssentials
package import SQLGuard
import ServiceRuntime

/// The statements under `Tests/Corpus/sql`, the functions and types of PostgreSQL 15, and guards as the product makes
/// them.
package enum GuardCorpus {
    package struct Statement: Sendable, CustomStringConvertible {
        package let id: String
        package let role: SQLRole
        package let sql: String
        package var description: String { id }
    }

    /// What does harm, and what is not on the list of what may run although nothing of it shows.
    package static let attacks = load("attacks.jsonl") + load("unlisted.jsonl")
    package static let benign = load("benign.jsonl")
    /// What the fuzzer kept: each reaches code of the guard that no other one does, or was once decided about wrongly.
    package static let fuzzed: [String] = text("Tests/Corpus/sql/fuzz.jsonl").split(separator: "\n").compactMap {
        line in
        (try? JSONValue(parsing: Array(line.utf8)))?["sql"]?.string
    }
    package static let companyRelations: Set<String> = [
        "customers", "subscriptions", "plan_changes", "invoices", "usage_metrics", "support_tickets", "paid_invoices",
    ]

    package static let catalog = FunctionCatalog(
        rows: builtInFunctions + [function("forget", isVolatile: true)], searchPath: ["public", "dash"])
    package static let types = TypeCatalog(rows: builtInTypes, searchPath: ["public", "dash"])
    package static let analyst = SQLGuard(policy: .analyst(dataSchemas: ["public"]), functions: catalog, types: types)
    package static let engineer = SQLGuard(
        policy: .engineer(dataSchemas: ["public"], companyRelations: companyRelations), functions: catalog, types: types
    )

    package static func sqlGuard(_ role: SQLRole) -> SQLGuard {
        role == .analyst ? analyst : engineer
    }

    /// What is said against a statement; nil when it passes.
    package static func refusal(_ sql: String, as role: SQLRole = .analyst) async -> GuardRefusal? {
        do throws(GuardRefusal) {
            _ = try await sqlGuard(role).check(sql)
            return nil
        } catch {
            return error
        }
    }

    package static func function(
        _ name: String, schema: String = "public", isVolatile: Bool = false, isExtension: Bool = false
    ) -> FunctionCatalog.Row {
        FunctionCatalog.Row(
            schema: schema, name: name, isVolatile: isVolatile, isMachinery: false, isAboutServer: false,
            takesValue: true, takesRow: true, isExtension: isExtension)
    }

    package static let builtInTypes = text("Tests/Corpus/sql/types-15.txt").split(separator: "\n").map {
        TypeCatalog.Row(schema: "pg_catalog", name: String($0))
    }

    /// A name and the letters of what holds for it, as in `FunctionCatalog.Row`.
    package static let builtInFunctions: [FunctionCatalog.Row] = text("Tests/Corpus/sql/functions-15.tsv").split(
        separator: "\n"
    )
    .map { line in
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
        let flags = parts.count > 1 ? parts[1] : ""
        return FunctionCatalog.Row(
            schema: "pg_catalog", name: String(parts[0]), isVolatile: flags.contains("v"),
            isMachinery: flags.contains("m"), isAboutServer: flags.contains("s"), takesValue: flags.contains("a"),
            takesRow: flags.contains("r"),
            isExtension: flags.contains("x"))
    }

    /// A file of the project; empty when it cannot be read, which the counts in the tests notice.
    package static func text(_ path: String) -> String {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../\(path)")
        return (try? Data(contentsOf: url)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private static func load(_ name: String) -> [Statement] {
        text("Tests/Corpus/sql/\(name)").split(separator: "\n").compactMap { line in
            guard let value = try? JSONValue(parsing: Array(line.utf8)), let id = value["id"]?.string,
                let role = value["role"]?.string.flatMap(SQLRole.init), let sql = value["sql"]?.string
            else { return nil }
            return Statement(id: id, role: role, sql: sql)
        }
    }
}
