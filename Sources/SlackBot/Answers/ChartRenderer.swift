package import Dash
package import SlackAPI

/// An answer's chart as a native block; nil where Slack cannot draw it.
package enum ChartRenderer {
    package static func block(_ chart: Chart, of table: ResultTable) -> ChartBlock? {
        guard let category = index(of: chart.category, in: table) else { return nil }
        let values = chart.values.compactMap { index(of: $0, in: table) }
        guard !values.isEmpty, values.count == chart.values.count, !table.rows.isEmpty else { return nil }
        let title = SlackPlainText(chart.title.isEmpty ? "Chart" : chart.title).clamped(to: SlackLimits.chartTitle)
        let block: ChartBlock?
        if chart.form == .pie {
            block = pie(table, category: category, value: values[0], title: title)
        } else {
            block = series(chart, table, category: category, values: values, title: title)
        }
        guard let block, SlackBlock.dataVisualization(block).violations().isEmpty else { return nil }
        return block
    }

    /// The largest slices; the rest together, so that the whole stays the whole.
    private static func pie(_ table: ResultTable, category: Int, value: Int, title: SlackPlainText) -> ChartBlock? {
        let text = cellText(table, category)
        var slices: [(label: String, value: Double)] = []
        for row in table.rows {
            guard let number = number(row, value), number >= 0 else { return nil }
            if number > 0 { slices.append((text.text(row[category]), number)) }
        }
        slices.sort { $0.value > $1.value }
        if slices.count > SlackLimits.chartSeries {
            let rest = slices[(SlackLimits.chartSeries - 1)...].reduce(0) { $0 + $1.value }
            slices = slices.prefix(SlackLimits.chartSeries - 1) + [("Other", rest)]
        }
        let labels = distinct(slices.map(\.label))
        return ChartBlock(
            title: title, content: .pie(zip(labels, slices).map { ChartBlock.Segment(label: $0, value: $1.value) }))
    }

    private static func series(
        _ chart: Chart, _ table: ResultTable, category: Int, values: [Int], title: SlackPlainText
    ) -> ChartBlock? {
        let categories = table.rows.map { $0[category] ?? "" }.uniqued()
        var named: [(name: String, points: [String: Double])] = []
        if let split = chart.series {
            guard let split = index(of: split, in: table), values.count == 1 else { return nil }
            let text = cellText(table, split)
            for name in table.rows.map({ $0[split] ?? "" }).uniqued() {
                guard let points = points(table.rows.filter { ($0[split] ?? "") == name }, category, values[0])
                else { return nil }
                named.append((text.text(name), points))
            }
        } else {
            for value in values {
                guard let points = points(table.rows, category, value) else { return nil }
                named.append((CellText.title(of: table.columns[value].name), points))
            }
        }
        guard named.count <= SlackLimits.chartSeries else { return nil }
        let isTemporal = table.columns[category].type.isTemporal
        // Of a long time line the end is shown; of anything else a part would mislead.
        guard isTemporal || categories.count <= SlackLimits.chartPoints else { return nil }
        let ordered = isTemporal ? categories.sorted() : categories
        let shown = ordered.suffix(SlackLimits.chartPoints)
        // A missing point is not a zero: such a chart is left out.
        var result: [ChartBlock.Series] = []
        for (name, series) in zip(distinct(named.map(\.name)), named) {
            let values = shown.compactMap { series.points[$0] }
            guard values.count == shown.count else { return nil }
            result.append(ChartBlock.Series(name: name, values: values))
        }
        let text = cellText(table, category)
        let isCut = shown.count < categories.count
        return ChartBlock(
            title: isCut ? "\(title.clamped(to: 36)) (last \(shown.count))" : title,
            content: .series(
                form(chart.form), result, categories: distinct(shown.map { text.text($0) }),
                xLabel: axisLabel(chart.category),
                yLabel: values.count == 1
                    ? axisLabel(table.columns[values[0]].name) : nil))
    }

    /// One number per category; nil where a category occurs twice or a value is no number.
    private static func points(_ rows: [[String?]], _ category: Int, _ value: Int) -> [String: Double]? {
        var points: [String: Double] = [:]
        for row in rows {
            guard let number = number(row, value), points.updateValue(number, forKey: row[category] ?? "") == nil
            else { return nil }
        }
        return points
    }

    private static func form(_ form: Chart.Form) -> ChartBlock.Form {
        switch form {
        case .line: .line
        case .area: .area
        case .bar, .pie: .bar
        }
    }

    private static func cellText(_ table: ResultTable, _ column: Int) -> CellText {
        CellText(column: table.columns[column], values: table.rows.lazy.map { $0[column] })
    }

    private static func index(of column: String, in table: ResultTable) -> Int? {
        guard let index = table.columns.firstIndex(where: { $0.name == column }),
            table.rows.allSatisfy({ $0.count > index })
        else { return nil }
        return index
    }

    private static func number(_ row: [String?], _ column: Int) -> Double? {
        row[column].flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
    }

    private static func axisLabel(_ column: String) -> SlackPlainText {
        SlackPlainText(CellText.title(of: column)).clamped(to: SlackLimits.chartAxisLabel)
    }

    /// Labels at Slack's length that still differ from each other.
    private static func distinct(_ labels: [String]) -> [SlackPlainText] {
        var taken: Set<SlackPlainText> = []
        return labels.map { label in
            let label = SlackPlainText(label)
            var candidate = label.clamped(to: SlackLimits.chartLabel)
            var counter = 2
            while !taken.insert(candidate).inserted {
                candidate = "\(label.clamped(to: SlackLimits.chartLabel - 4)) (\(counter))"
                counter += 1
            }
            return candidate
        }
    }
}

extension Array where Element: Hashable {
    /// Each element once, in the order of first occurrence.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
