import ServiceRuntime

/// A native chart (`data_visualization`). All texts are plain.
package struct ChartBlock: Sendable, Equatable {
    package enum Form: String, Sendable {
        case bar, line, area
    }

    package struct Segment: Sendable, Equatable {
        package var label: SlackPlainText
        package var value: Double

        package init(label: SlackPlainText, value: Double) {
            self.label = label
            self.value = value
        }
    }

    package struct Series: Sendable, Equatable {
        package var name: SlackPlainText
        /// One value per category, in their order.
        package var values: [Double]

        package init(name: SlackPlainText, values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    package enum Content: Sendable, Equatable {
        case pie([Segment])
        case series(Form, [Series], categories: [SlackPlainText], xLabel: SlackPlainText?, yLabel: SlackPlainText?)
    }

    package var title: SlackPlainText
    package var content: Content

    package init(title: SlackPlainText, content: Content) {
        self.title = title
        self.content = content
    }

    var members: [String: JSONValue] {
        let chart: JSONValue
        switch content {
        case .pie(let segments):
            chart = [
                "type": "pie",
                "segments": .array(
                    segments.map { ["label": .string($0.label.text), "value": TableCell.number($0.value)] }),
            ]
        case .series(let form, let series, let categories, let xLabel, let yLabel):
            var axis: [String: JSONValue] = ["categories": .array(categories.map { .string($0.text) })]
            if let xLabel { axis["x_label"] = .string(xLabel.text) }
            if let yLabel { axis["y_label"] = .string(yLabel.text) }
            chart = [
                "type": .string(form.rawValue), "axis_config": .object(axis),
                "series": .array(
                    series.map { series in
                        let points = zip(categories, series.values).map { label, value -> JSONValue in
                            ["label": .string(label.text), "value": TableCell.number(value)]
                        }
                        return ["name": .string(series.name.text), "data": .array(points)]
                    }),
            ]
        }
        return ["title": .string(title.text), "chart": chart]
    }

    var characters: Int {
        switch content {
        case .pie(let segments): title.length + segments.reduce(0) { $0 + $1.label.length }
        case .series(_, let series, let categories, let xLabel, let yLabel):
            ([title, xLabel ?? "", yLabel ?? ""] + series.map(\.name)).reduce(0) { $0 + $1.length }
                + (series.count + 1) * categories.reduce(0) { $0 + $1.length }
        }
    }

    func check(_ checks: inout BlockChecks) {
        checks.length(title.text, in: 1...SlackLimits.chartTitle, "title")
        switch content {
        case .pie(let segments):
            checks.count(segments.count, in: 1...SlackLimits.chartSeries, "chart.segments")
            checkLabels(segments.map(\.label), "chart.segments", &checks)
            checks.require(
                segments.allSatisfy { $0.value > 0 && $0.value.isFinite }, "chart.segments",
                "values must be greater than 0")
        case .series(_, let series, let categories, let xLabel, let yLabel):
            checks.count(series.count, in: 1...SlackLimits.chartSeries, "chart.series")
            checks.count(categories.count, in: 1...SlackLimits.chartPoints, "chart.axis_config.categories")
            checkLabels(series.map(\.name), "chart.series", &checks)
            checkLabels(categories, "chart.axis_config.categories", &checks)
            for label in [xLabel, yLabel] {
                if let label { checks.length(label.text, in: 1...SlackLimits.chartAxisLabel, "chart.axis_config") }
            }
            for series in series {
                checks.require(
                    series.values.count == categories.count, "chart.series", "one value per category is required")
                checks.require(series.values.allSatisfy(\.isFinite), "chart.series", "values must be finite")
            }
        }
    }

    private func checkLabels(_ labels: [SlackPlainText], _ path: String, _ checks: inout BlockChecks) {
        for label in labels { checks.length(label.text, in: 1...SlackLimits.chartLabel, path) }
        checks.require(Set(labels).count == labels.count, path, "names must differ")
    }
}
