/// What compiling one plan has come across; belongs to one compilation and one thread.
final class CompileNotes {
    private(set) var tables: Set<TableID> = []
    private(set) var caveats: [String] = []
    private(set) var filters: [String] = []
    var period: String?

    func read(_ table: TableID) { tables.insert(table) }

    func warn(_ caveat: String) {
        if !caveats.contains(caveat) { caveats.append(caveat) }
    }

    func applied(_ filter: String) {
        if !filters.contains(filter) { filters.append(filter) }
    }
}
