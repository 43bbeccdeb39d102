/// Which table's rows belong to which other table's, counted in steps over declared keys.
struct Relations: Sendable {
    let graph: JoinGraph
    private let indices: [TableID: Int]
    /// Per table, the tables of which a row has at most one partner, with the steps to them.
    private let up: [[Int: Int]]
    /// Per table, whatever hangs together with it, within a few steps.
    private let near: [[Int: Int]]

    init(_ tables: [SemanticSource.Table]) {
        graph = JoinGraph(tables: tables)
        var indices: [TableID: Int] = [:]
        for (number, table) in tables.enumerated() { indices[table.id] = number }
        self.indices = indices
        var up: [[Int: Int]] = []
        var near: [[Int: Int]] = []
        for (number, table) in tables.enumerated() {
            var steps: [Int: Int] = [:]
            for (target, count) in graph.reachableManyToOne(from: table.id) {
                if let target = indices[target] { steps[target] = count }
            }
            up.append(steps)
            near.append(Self.near(number, table.id, graph: graph, indices: indices))
        }
        self.up = up
        self.near = near
    }

    private static func near(_ number: Int, _ id: TableID, graph: JoinGraph, indices: [TableID: Int]) -> [Int: Int] {
        var distances = [number: 0]
        var front = [id]
        for step in 1...4 {
            var next: [TableID] = []
            for table in front {
                for edge in graph.edges(from: table) {
                    guard let target = indices[edge.to], distances[target] == nil else { continue }
                    distances[target] = step
                    next.append(edge.to)
                }
            }
            front = next
        }
        return distances
    }

    /// Steps from a row to the one row of the other table that it belongs to; nil where there is none.
    func stepsUp(from table: Int, to target: Int) -> Int? { up[table][target] }

    /// Steps between the tables whichever way; nil where they do not hang together.
    func distance(_ table: Int, _ target: Int) -> Int? { near[table][target] }

    /// Every table of which a row of the first has at most one partner.
    func reachable(from table: Int) -> [Int: Int] { up[table] }

    /// Tables that refer to the table directly, in order.
    func children(of table: Int) -> [Int] {
        up.indices.filter { $0 != table && up[$0][table] == 1 }
    }
}
