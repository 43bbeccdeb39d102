import Dash
import Planner
import ServiceRuntime

/// A reading of a question as lines for a terminal: words and what they were taken for, then plan and statement.
struct PlanText {
    private let preview: PlanPreview
    private let page: TextPage

    init(_ preview: PlanPreview, page: TextPage = .current) {
        self.preview = preview
        self.page = page
    }

    var rendered: String {
        var blocks: [String] = []
        if let name = preview.validatedQuery, let sql = preview.querySQL {
            blocks.append(page.strong(page.wrapped("Answered by the validated query \(clean(name))")))
            blocks.append(clean(sql) + ";")
        }
        switch preview.outcome {
        case .plan: break
        case .clarify: blocks.append(page.strong(page.wrapped("Could mean: \(clean(preview.text ?? ""))")))
        case .declined:
            blocks.append(page.strong(page.wrapped("No plan: \(clean(preview.text ?? ""))")))
            if !preview.unknown.isEmpty {
                blocks.append(page.wrapped("Not known: \(preview.unknown.map(clean).joined(separator: ", "))"))
            }
            if !preview.suggestions.isEmpty { blocks.append("Near it\n" + page.list(preview.suggestions.map(clean))) }
        }
        for (index, reading) in preview.readings.enumerated() {
            if let label = reading.label { blocks.append(page.strong("\(index + 1). \(clean(label))")) }
            blocks += self.blocks(reading)
        }
        return blocks.joined(separator: "\n\n")
    }

    private func blocks(_ reading: PlanPreview.Reading) -> [String] {
        var blocks: [String] = []
        let evidence = reading.planned.evidence
        if !evidence.isEmpty {
            blocks.append(
                TextTable(
                    header: ["words", "taken for", "from", "score"],
                    rows: evidence.map {
                        [clean($0.words), clean($0.meaning), $0.source.rawValue, Self.score($0.score)]
                    },
                    rightAligned: [3]
                ).rendered(width: page.width))
        }
        var lines = ["Plan    \(reading.planned.plan.recipe.rawValue), hash \(reading.hash.prefix(16))"]
        lines[0] += reading.isCurated ? ", of curated definitions alone" : ""
        func add(_ label: String, _ texts: [String]) {
            guard !texts.isEmpty else { return }
            let padding = String(repeating: " ", count: max(1, 8 - label.count))
            lines.append(page.wrapped(label + padding + texts.map(clean).joined(separator: "; "), indent: 8))
        }
        add("Period", [reading.period].compactMap(\.self))
        add("Filters", reading.filters)
        add("Tables", reading.tables)
        add("Unused", reading.planned.unused)
        add("Assumed", reading.planned.assumptions)
        add("Caveats", reading.caveats)
        add("No SQL", [reading.failure].compactMap(\.self))
        blocks.append(lines.joined(separator: "\n"))
        if let sql = reading.sql { blocks.append(clean(sql) + ";") }
        return blocks
    }

    private static func score(_ score: Double) -> String { DecimalText.fixed("\(score)", decimals: 2) ?? "\(score)" }

    /// Values of the data must not move the cursor.
    private func clean(_ text: String) -> String { VisibleText.clean(text) }
}
