import Dash
import FoundationEssentials

/// A first draft of the knowledge files for somebody's own tables.
struct KnowledgeInitCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["knowledge", "init"], summary: "Draft tables/*.json from the live schema",
        discussion: """
            Writes one file per table that has none yet, into DASH_KNOWLEDGE_DIR: columns, keys, values, a guess at the time
            column and at personal data. Edit them, then run 'dashd knowledge check' and 'dashd knowledge load'.
            """)

    init(_ arguments: Arguments) {}

    func run() async throws {
        let settings = try Settings.current()
        let folder = KnowledgeFolder(path: settings.knowledgeDirectory)
        let written = try await Application.with(settings, logger: settings.commandLogger) { application in
            do {
                return try await KnowledgeDrafting(
                    warehouse: application.warehouseAccess(for: .system("knowledge init")), folder: folder
                ).run().written
            } catch is CocoaError {
                throw CommandFailure(
                    "\(settings.knowledgeDirectory) cannot be written: change who may, or let DASH_KNOWLEDGE_DIR name "
                        + "another folder")
            }
        }
        for file in written { Terminal.write("wrote \(settings.knowledgeDirectory)/\(file)\n") }
        Terminal.write(
            written.isEmpty
                ? "Every table has its file already.\n"
                : "Now describe what the columns mean, then: dashd knowledge check, dashd knowledge load\n")
    }
}
