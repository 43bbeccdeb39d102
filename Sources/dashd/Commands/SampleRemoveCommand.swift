import Dash

/// Drops the sample company's tables and, where asked for, what Dash built on them.
struct SampleRemoveCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["sample", "remove"], summary: "Drop the sample company's tables",
        options: [
            .init(name: "database", value: "NAME", help: "Required with DB_HOST: the database you mean"),
            .init(name: "with-views", value: nil, help: "Drop the views that Dash built on them first"),
        ],
        discussion: "Views outside schema dash are never dropped: they are yours.")

    private let database: String?
    private let dropsViews: Bool

    init(_ arguments: Arguments) {
        database = arguments[option: "database"]
        dropsViews = arguments.has("with-views")
    }

    func run() async throws {
        let settings = try Settings.current()
        try await SampleTarget.with(settings, named: database) { loader, application in
            if dropsViews { try await Self.dropViews(loader, application) }
            do {
                let removed = try await loader.remove()
                Terminal.write(
                    removed.isEmpty
                        ? "The sample company is not loaded.\n" : "Removed \(removed.joined(separator: ", ")).\n")
            } catch let error as SampleDataError {
                guard case .builtOn(let views) = error.code else { throw error }
                throw Self.failure(views, hasOneDatabase: settings.warehouse == nil)
            }
        }
    }

    /// Drops what the Engineer built, as the Engineer: nothing else belongs to that role.
    private static func dropViews(_ loader: SampleLoader, _ application: Application) async throws {
        let views = try await loader.views()
        guard views.allSatisfy(\.isBuiltByDash) else { return }
        for view in views {
            _ = try await application.warehouse.warehouse.engineer.run(view.dropStatement, keepingAs: "drop")
            try await application.knowledge.forget(built: view.qualifiedName)
            Terminal.write("Dropped \(view.qualifiedName).\n")
        }
    }

    private static func failure(_ views: [SampleView], hasOneDatabase: Bool) -> CommandFailure {
        let names = views.map(\.qualifiedName).joined(separator: ", ")
        var lines = ["nothing was removed: these views were built on the sample company: \(names)"]
        if views.allSatisfy(\.isBuiltByDash) {
            lines.append("Drop them and the sample:  dashd sample remove --with-views")
        }
        if hasOneDatabase {
            lines.append("Drop them one by one:")
            lines += views.map { "  dashd psql '\($0.dropStatement)'" }
        } else {
            lines.append("Drop them one by one in the warehouse:")
            lines += views.map { "  \($0.dropStatement);" }
        }
        return CommandFailure(lines.joined(separator: "\n"))
    }
}
