import Agents
import Dash
import ServiceRuntime

/// An answer as lines for a terminal: headline first, then what it means, the rows, and where they come from.
struct AnswerText {
    private static let shownRows = 20
    private static let labelWidth = 12

    private let answer: Answer
    private let page: TextPage
    private let showsStatements: Bool
    private let statementsHint: String

    /// - Parameter statementsHint: what to enter to see the statements.
    init(
        _ answer: Answer, page: TextPage = .current, showsStatements: Bool = false, statementsHint: String = "--sql"
    ) {
        // Data and models must not move the cursor, colour the text or hide in it.
        self.answer = answer.mapTexts(tables: Self.visible, VisibleText.clean)
        self.page = page
        self.showsStatements = showsStatements
        self.statementsHint = statementsHint
    }

    var rendered: String {
        var blocks = [page.strong(page.wrapped(answer.headline))]
        if let meaning = answer.meaning { blocks.append(page.wrapped(meaning)) }
        if let action = answer.confirmation?.action { blocks += ActionText(action, page: page).details }
        if !answer.choices.isEmpty { blocks.append(page.numbered(answer.choices)) }
        // A single number is in the headline already.
        blocks += answer.tables.filter { $0.rows.count > 1 || $0.columns.count > 2 }.map(table)
        if !answer.caveats.isEmpty {
            blocks.append(answer.caveats.map { page.wrapped("Note: \($0)", indent: 2) }.joined(separator: "\n"))
        }
        if let source { blocks.append(source) }
        if showsStatements, !statements.isEmpty { blocks.append(statements) }
        if !answer.nextSteps.isEmpty { blocks.append("Next\n" + page.list(answer.nextSteps)) }
        return blocks.joined(separator: "\n\n")
    }

    /// The statements behind the answer as they ran; empty where none did.
    var statements: String {
        (answer.provenance?.statements ?? []).map { $0.trimmed + ";" }.joined(separator: "\n\n")
    }

    private func table(_ table: ResultTable) -> String {
        let texts = table.columns.enumerated().map { index, column in
            CellText(column: column, values: table.rows.map { $0[index] })
        }
        let rows = table.rows.prefix(Self.shownRows).map { cells in
            zip(cells, texts).map { cell, text in text.text(cell) }
        }
        let numeric = table.columns.indices.filter { table.columns[$0].type.isNumeric }
        let text = TextTable(
            header: table.columns.map { CellText.title(of: $0.name) }, rows: rows, rightAligned: Set(numeric)
        ).rendered(width: page.width)
        guard table.rows.count > Self.shownRows || table.isTruncated else { return text }
        let total = table.isTruncated ? "more than \(table.rows.count)" : "\(table.rows.count)"
        return text + "\n… the first \(rows.count) of \(total) rows; --json prints them all"
    }

    private var source: String? {
        guard let badge = answer.badge else { return nil }
        let mark = badge == .needsInput ? "?" : badge == .verified ? "✓" : "·"
        var lines = [page.strong("\(mark) \(badge.label)")]
        if let provenance = answer.provenance {
            lines += field("Definition", answer.shownDefinitions)
            lines += field("Query", [provenance.validatedQuery].compactMap(\.self))
            lines += field("Filters", provenance.filters)
            lines += field("Period", [provenance.period].compactMap(\.self))
            lines += field("Tables", [provenance.tables.map(Provenance.short).joined(separator: ", ")])
            lines += field("Data until", provenance.freshness.map(Self.text))
            if !showsStatements, !provenance.statements.isEmpty {
                let count = provenance.statements.count
                lines += field("SQL", ["\(count) statement\(count == 1 ? "" : "s"), shown with \(statementsHint)"])
            }
        }
        lines += field("Run", [answer.runID.short])
        return lines.joined(separator: "\n")
    }

    /// A cell keeps to its line.
    private static func visible(_ table: ResultTable) -> ResultTable {
        func line(_ text: String) -> String {
            String(VisibleText.clean(text).map { $0.isNewline || $0 == "\t" ? " " : $0 })
        }
        var table = table
        table.columns = table.columns.map {
            ResultTable.Column(name: line($0.name), type: $0.type, meaning: $0.meaning)
        }
        table.rows = table.rows.map { $0.map { $0.map(line) } }
        return table
    }

    private func field(_ label: String, _ values: [String]) -> [String] {
        values.filter { !$0.isEmpty }.enumerated().map { index, value in
            let head = index == 0 ? label : ""
            let padding = String(repeating: " ", count: Self.labelWidth - head.count)
            return page.wrapped("  " + head + padding + value, indent: 2 + Self.labelWidth)
        }
    }

    private static func text(_ freshness: Provenance.Freshness) -> String {
        "\(freshness.latest)  \(Provenance.short(freshness.table)).\(freshness.column)"
    }
}
