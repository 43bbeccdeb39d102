import Postgres
import SQLGuard
import ServiceRuntime
import Testing

@testable import Dash

/// What each layer carries, with all of them and with single ones taken away.
@Suite(.timeLimit(.minutes(30))) struct LayeredCorpusTests {
    /// In the order of the table's columns.
    private static let configurations: [(name: String, layers: ProtectionLayers)] = [
        ("all layers", .all), ("no roles", [.guard, .transaction]), ("no transaction", [.guard, .roles]),
        ("guard alone", .guard), ("no guard", [.roles, .transaction]), ("roles alone", .roles),
        ("transaction alone", .transaction),
    ]

    private struct Cell {
        var harm: [(attack: Attack, by: String)] = []
        var harmless: [String] = []
        var stopped = 0

        static func + (left: Cell, right: Cell) -> Cell {
            Cell(
                harm: left.harm + right.harm, harmless: left.harmless + right.harmless,
                stopped: left.stopped + right.stopped)
        }
    }

    @Test("With all layers no attack gets through; each layer stops some that no other would")
    func table() async throws {
        var cells: [String: [Cell]] = [:]
        var version = 0
        try await CorpusServer.shared.exclusively { site in
            version = site.serverVersion / 10_000
            for (column, configuration) in Self.configurations.enumerated() {
                var run = try await LayeredRun(configuration.layers, site)
                for attack in Attack.all {
                    // The engineer's transaction is committed: alone it stops nothing, and the proof of harm stands.
                    if configuration.layers == .transaction, attack.role == .engineer { continue }
                    var row = cells[attack.kind] ?? Array(repeating: Cell(), count: Self.configurations.count)
                    switch try await run.fate(of: attack) {
                    case .stopped: row[column].stopped += 1
                    case .harmless: row[column].harmless.append(attack.id)
                    case .harm(let by): row[column].harm.append((attack, by))
                    }
                    cells[attack.kind] = row
                }
                let left = try await run.finish()
                #expect(left == [], "\(configuration.name)")
            }
        }
        func all(_ name: String) -> Cell {
            let column = Self.configurations.firstIndex { $0.name == name } ?? 0
            return cells.values.map { $0[column] }.reduce(Cell(), +)
        }
        for name in ["all layers", "no roles", "no transaction", "guard alone"] {
            #expect(all(name).harm.map(\.attack.id) == [], "\(name)")
        }
        // What the guard alone carries: catalogs, names, and objects of the engineer that he may make but should not.
        let unguarded = all("no guard").harm
        #expect(!unguarded.isEmpty && unguarded.count < Attack.all.count / 5)
        for (attack, by) in unguarded where attack.role == .analyst {
            #expect(attack.harm == .reads, "\(attack.id) does harm without the guard: \(by)")
        }
        for (attack, by) in unguarded where ["write_company", "own_state", "reading_ai", "files"].contains(attack.kind)
        {
            Issue.record("\(attack.id) does harm without the guard: \(by)")
        }
        #expect(all("roles alone").harm.count < Attack.all.count / 5)
        let transaction = all("transaction alone")
        #expect(transaction.stopped > transaction.harm.count)
        // What a server refuses differs a little from version to version.
        guard version == 15 else { return }
        let table = Self.markdown(cells)
        let isPublished = Self.agrees(CorpusFile.text("../../../docs/security.md"), with: table)
        let harmless = Self.configurations.map { "\($0.name): \(all($0.name).harmless.sorted())" }
        #expect(
            isPublished,
            "docs/security.md should say:\n\(table)\nran without harm:\n\(harmless.joined(separator: "\n"))")
    }

    /// Whether the document has every line of the table, with numbers that are at most two or a tenth off: what a notification or the
    /// server's own work does in the moment of a statement is not the same every time.
    private static func agrees(_ document: String, with table: String) -> Bool {
        func cells(_ line: some StringProtocol) -> [String] {
            line.split(separator: "|").map { String($0.filter { $0 != " " }) }
        }
        func numbers(_ cell: String) -> [Int?] { cell.split { "()".contains($0) }.map { Int($0) } }
        let published = document.split(separator: "\n").map(cells)
        return table.split(separator: "\n").map(cells).allSatisfy { line in
            published.contains { other in
                other.count == line.count && other.prefix(2) == line.prefix(2)
                    && zip(other, line).dropFirst(2).allSatisfy { pair in
                        let (first, second) = (numbers(pair.0).first ?? nil, numbers(pair.1).first ?? nil)
                        guard let first, let second else { return pair.0 == pair.1 }
                        return abs(first - second) <= max(2, first / 10)
                    }
            }
        }
    }

    private static func markdown(_ cells: [String: [Cell]]) -> String {
        var kinds: [String] = []
        for attack in Attack.all where !kinds.contains(attack.kind) { kinds.append(attack.kind) }
        func line(_ name: String, _ attacks: [Attack], _ row: [Cell]) -> String {
            let values = row.map { cell -> String in
                if cell.stopped + cell.harm.count + cell.harmless.count == 0 { return "–" }
                return "\(cell.harm.count)" + (cell.harmless.isEmpty ? "" : " (\(cell.harmless.count))")
            }
            return "| \(name) | \(attacks.count) | " + values.joined(separator: " | ") + " |"
        }
        let names = configurations.map(\.name).joined(separator: " | ")
        var lines = [
            "| class | attacks | \(names) |", "|---|---|" + String(repeating: "---|", count: configurations.count),
        ]
        var sum = Array(repeating: Cell(), count: configurations.count)
        for kind in kinds {
            let row = cells[kind] ?? []
            sum = zip(sum, row).map(+)
            lines.append(line(kind.replacing("_", with: " "), Attack.all.filter { $0.kind == kind }, row))
        }
        lines.append(line("all", Attack.all, sum))
        return lines.joined(separator: "\n")
    }
}
