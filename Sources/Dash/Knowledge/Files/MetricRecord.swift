import ServiceRuntime

/// A metric in a business file.
///
/// Optional fields: `synonyms`, `expression`, `filter`, `time_column`, `kind`, `dimensions`, `unit`, `good_direction`
/// (`up` or `down`), `min_impact`, `owner`. `kind` is `"sum"`, `"count"`, `"count_distinct"`, `"average"`, or an object:
/// `{"ratio": {"numerator": "…", "denominator": "…"}}` with aggregate expressions, each over the metric's table and
/// filter or with a FROM of its own; `{"snapshot": {"start": "started_at", "end": "ended_at"}}` with columns.
/// `"ratio"` and `"snapshot"` as texts take those fields from the metric itself.
enum MetricRecord {
    static func read(
        _ members: [String: JSONValue], index: Int, file: String, problems: inout [KnowledgeProblem]
    ) -> Metric? {
        let label = members["name"]?.string.map { "metric \"\($0)\"" } ?? "metrics[\(index)]"
        var reader = RecordReader(members, file: file, entry: label)
        defer { problems += reader.finish() }
        let name = reader.text("name", required: true)
        let calculation = reader.text("calculation")
        var metric = Metric(
            name: name ?? "", definition: reader.text("definition") ?? "", table: reader.text("table") ?? "",
            calculation: calculation ?? "", synonyms: reader.texts("synonyms"), expression: reader.text("expression"),
            filter: reader.text("filter"), timeColumn: reader.text("time_column"))
        metric.kind = kind(&reader)
        metric.dimensions = reader.texts("dimensions")
        metric.unit = reader.text("unit")
        metric.goodDirection = direction(&reader)
        metric.minimumImpact = reader.number("min_impact")
        metric.owner = reader.text("owner")
        guard name != nil else { return nil }
        complete(&metric)
        if metric.table.isEmpty {
            reader.report("\"table\" is missing")
            return nil
        }
        if calculation == nil, metric.expression == nil, metric.kind == nil {
            reader.report("one of \"calculation\" and \"expression\" is required")
            return nil
        }
        return metric
    }

    /// Takes what the calculation says where the optional fields are silent.
    private static func complete(_ metric: inout Metric) {
        guard let parsed = MetricCalculation(parsing: metric.calculation) else { return }
        let table = parsed.source.flatMap { MetricCalculation.isTableName($0) ? $0 : nil }
        if metric.table.isEmpty, let table { metric.table = table }
        guard metric.expression == nil, metric.filter == nil else { return }
        if case .ratio = metric.kind { return }
        let fits = parsed.source == nil ? MetricCalculation.isTableName(metric.table) : true
        guard fits else { return }
        metric.expression = parsed.expression
        metric.filter = parsed.filter
    }

    private static func direction(_ reader: inout RecordReader) -> Metric.Direction? {
        guard let text = reader.text("good_direction") else { return nil }
        if let direction = Metric.Direction(rawValue: text.lowercased()) { return direction }
        reader.report("\"good_direction\" must be \"up\" or \"down\"")
        return nil
    }

    private static func kind(_ reader: inout RecordReader) -> Metric.Kind? {
        let outer = Parts(
            numerator: reader.value("numerator")?.string, denominator: reader.value("denominator")?.string,
            start: reader.value("start")?.string, end: reader.value("end")?.string)
        guard let value = reader.value("kind") else { return nil }
        let word: String
        var parts = outer
        if let text = value.string {
            word = text
        } else if let object = value.object, object.count == 1, let (key, inner) = object.first, inner.object != nil {
            word = key
            parts = Parts(
                numerator: inner["numerator"]?.string, denominator: inner["denominator"]?.string,
                start: inner["start"]?.string, end: inner["end"]?.string)
        } else {
            reader.report("\"kind\" must be a text, or an object with one of \"ratio\" and \"snapshot\"")
            return nil
        }
        switch word.lowercased() {
        case "sum": return .sum
        case "count": return .count
        case "count_distinct", "countdistinct": return .countDistinct
        case "average", "avg": return .average
        case "ratio":
            guard let numerator = parts.numerator, let denominator = parts.denominator else {
                reader.report("a ratio needs \"numerator\" and \"denominator\" as texts")
                return nil
            }
            return .ratio(numerator: SourceText.trimmed(numerator), denominator: SourceText.trimmed(denominator))
        case "snapshot":
            guard let start = parts.start, let end = parts.end else {
                reader.report("a snapshot needs the columns \"start\" and \"end\" as texts")
                return nil
            }
            return .snapshot(start: SourceText.trimmed(start), end: SourceText.trimmed(end))
        default:
            reader.report(
                "unknown \"kind\": it is one of sum, count, count_distinct, average, ratio and snapshot")
            return nil
        }
    }

    private struct Parts {
        var numerator: String?
        var denominator: String?
        var start: String?
        var end: String?
    }
}
