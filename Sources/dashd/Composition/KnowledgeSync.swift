import Dash
import ServiceRuntime

/// Keeps the stored knowledge as the folder says: loaded at start, and while developing whenever a file changes.
final class KnowledgeSync: Service {
    private static let interval = Duration.seconds(2)

    private let folder: KnowledgeFolder
    private let knowledge: KnowledgeStore
    private let logger: Logger
    private let loaded = Locked<KnowledgeFolder.Contents?>(nil)

    init(folder: KnowledgeFolder, knowledge: KnowledgeStore, logger: Logger) {
        self.folder = folder
        self.knowledge = knowledge
        self.logger = logger
    }

    /// Looks for changes until shutdown. Reading the small folder is simpler than watching it, and misses nothing.
    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    try await Task.sleep(for: Self.interval)
                    await self.load()
                }
            }
        } catch is CancellationError {}
    }

    /// Loads what changed since the last time. A broken file is told and keeps nobody from answering from the others.
    func load() async {
        let contents = await folder.read()
        guard contents != loaded.withLock({ $0 }) else { return }
        for problem in contents.problems { logger.warning("knowledge", ["problem": "\(problem)"]) }
        do {
            try await knowledge.load(contents)
            loaded.withLock { $0 = contents }
        } catch {
            logger.error("the knowledge folder could not be loaded", ["error": "\(error)"])
        }
    }
}
