/// The declared keys as ways between tables.
///
/// A foreign key leads from many rows to one. Against its direction it leads to many, unless its columns hold a unique
/// key. A key that only the knowledge files declare may name nothing, and leads to one row only where the database keeps
/// the columns it names unique or the rows were seen to; of a table without any key that nobody looked at the files' word
/// is the only one, and is taken.
package struct JoinGraph: Sendable {
    /// Steps of the longest path.
    private static let longestPath = 6
    private static let mostPaths = 16

    private let edges: [TableID: [JoinEdge]]

    package init(tables: [SemanticSource.Table]) {
        let known = Dictionary(tables.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let uniques = Self.uniqueKeys(of: tables)
        var edges: [TableID: [JoinEdge]] = [:]
        for table in tables {
            var seen: Set<SemanticSource.ForeignKey> = []
            for key in table.foreignKeys {
                var same = key
                same.isEnforced = true
                same.namesOne = nil
                guard seen.insert(same).inserted, known[key.table] != nil,
                    key.columns.count == key.referencedColumns.count, !key.columns.isEmpty
                else { continue }
                let nullable = table.columns.contains { key.columns.contains($0.name) && $0.isNullable }
                let isUnique = (uniques[table.id] ?? []).contains { $0.isSubset(of: key.columns) }
                let namesOne =
                    key.namesOne ?? (uniques[key.table] ?? []).contains { $0.isSubset(of: key.referencedColumns) }
                edges[table.id, default: []].append(
                    JoinEdge(
                        from: table.id, to: key.table, fromColumns: key.columns, toColumns: key.referencedColumns,
                        isForward: true, isToOne: namesOne, isOptional: nullable || !key.isEnforced,
                        isEnforced: key.isEnforced))
                edges[key.table, default: []].append(
                    JoinEdge(
                        from: key.table, to: table.id, fromColumns: key.referencedColumns, toColumns: key.columns,
                        isForward: false, isToOne: isUnique, isOptional: true, isEnforced: key.isEnforced))
            }
        }
        self.edges = edges.mapValues { $0.sorted { Self.order($0) < Self.order($1) } }
    }

    package func edges(from table: TableID) -> [JoinEdge] { edges[table] ?? [] }

    /// The shortest paths on which a row has at most one partner; where there are none, the shortest ones of any kind.
    ///
    /// From a table to itself the first is the empty path; keys that lead from a table into itself follow.
    package func paths(from start: TableID, to end: TableID) -> [JoinPath] {
        guard start != end else {
            let own = edges(from: start).filter { $0.to == start && $0.isForward }
            return [JoinPath(edges: [])] + own.map { JoinPath(edges: [$0]) }
        }
        let sound = shortestPaths(from: start, to: end, where: \.isToOne)
        return sound.isEmpty ? shortestPaths(from: start, to: end) { _ in true } : sound
    }

    /// The one path, by the role where several are equally short.
    package func route(from start: TableID, to end: TableID, role: String? = nil) -> JoinRoute {
        var paths = paths(from: start, to: end)
        if let role {
            let named = paths.filter { $0.hasRole(role) }
            // A role that names a way which is not the shortest one.
            let others =
                named.isEmpty
                ? edges(from: start).filter { $0.role == role }
                    .flatMap { edge -> [JoinPath] in
                        guard edge.to != end else { return [JoinPath(edges: [edge])] }
                        return shortestPaths(from: edge.to, to: end, where: \.isToOne)
                            .map { JoinPath(edges: [edge] + $0.edges) }
                    } : []
            paths = named + others
        } else if start == end {
            return .path(JoinPath(edges: []))
        }
        guard let first = paths.first else { return .unreachable }
        return paths.count == 1 ? .path(first) : .ambiguous(paths)
    }

    /// Whether every row of the first has at most one of the second, in whichever way.
    package func isReachableManyToOne(from start: TableID, to end: TableID) -> Bool {
        start == end || !shortestPaths(from: start, to: end, where: \.isToOne).isEmpty
    }

    /// Every table of which a row has at most one partner, with the number of steps; the table itself with 0.
    package func reachableManyToOne(from start: TableID) -> [TableID: Int] {
        var distances = [start: 0]
        var frontier = [start]
        for distance in 1...Self.longestPath {
            var next: [TableID] = []
            for table in frontier {
                for edge in edges(from: table) where edge.isToOne && distances[edge.to] == nil {
                    distances[edge.to] = distance
                    next.append(edge.to)
                }
            }
            frontier = next
        }
        return distances
    }

    /// What tells the ways from one table to another apart; empty where there is one way, or none.
    ///
    /// From a table to itself: its keys into itself.
    package func roles(from start: TableID, to end: TableID) -> [String] {
        let paths = paths(from: start, to: end).filter { !$0.edges.isEmpty }
        guard paths.count > 1 || start == end else { return [] }
        return paths.compactMap { path in
            path.edges.map(\.role).first { role in paths.count { $0.hasRole(role) } == 1 }
        }
    }

    private func shortestPaths(
        from start: TableID, to end: TableID, where isAllowed: (JoinEdge) -> Bool
    ) -> [JoinPath] {
        var frontier: [(table: TableID, edges: [JoinEdge])] = [(start, [])]
        var visited: Set<TableID> = [start]
        for _ in 1...Self.longestPath {
            var next: [(table: TableID, edges: [JoinEdge])] = []
            for (table, path) in frontier {
                for edge in edges(from: table) where isAllowed(edge) && !visited.contains(edge.to) {
                    next.append((edge.to, path + [edge]))
                }
            }
            let found = next.filter { $0.table == end }
            if !found.isEmpty { return found.prefix(Self.mostPaths).map { JoinPath(edges: $0.edges) } }
            visited.formUnion(next.map(\.table))
            // Beyond so many ways nothing is unambiguous any more.
            frontier = Array(next.prefix(512))
            if frontier.isEmpty { return [] }
        }
        return []
    }

    private static func uniqueKeys(of tables: [SemanticSource.Table]) -> [TableID: [Set<String>]] {
        var uniques: [TableID: [Set<String>]] = [:]
        for table in tables {
            for key in [table.primaryKey] + table.uniqueKeys where !key.isEmpty {
                uniques[table.id, default: []].append(Set(key))
            }
            for key in table.foreignKeys where key.isEnforced {
                uniques[key.table, default: []].append(Set(key.referencedColumns))
            }
        }
        var curated: [TableID: [Set<String>]] = [:]
        for key in tables.flatMap(\.foreignKeys)
        where key.namesOne ?? (uniques[key.table] == nil) {
            curated[key.table, default: []].append(Set(key.referencedColumns))
        }
        return uniques.merging(curated) { declared, seen in declared + seen }
    }

    private static func order(_ edge: JoinEdge) -> (String, String, Int) {
        (edge.to.description, edge.role, edge.isForward ? 0 : 1)
    }
}
