import ServiceRuntime

/// `business/*.json`: metrics, rules and traps, and what holds for the whole company.
///
/// The published fields are `metrics[{name, definition, table, calculation}]`, `business_rules[]` and
/// `common_gotchas[{issue, tables_affected, solution}]`. Optional at the top: `description`, `notes`,
/// `fiscal_year_start` (the month, 1 to 12 or its English name) and `week_start` (an English weekday).
/// The optional fields of a metric are those of `MetricRecord`.
enum BusinessFile {
    static func parse(_ text: String, file: String) -> KnowledgeFolder.Contents {
        RecordReader.contents(of: text, file: file) { parse($0, file: file) }
    }

    private static func parse(_ members: [String: JSONValue], file: String) -> KnowledgeFolder.Contents {
        var reader = RecordReader(members, file: file, entry: nil)
        var contents: [KnowledgeContent] = []
        var problems: [KnowledgeProblem] = []
        if let profile = profile(&reader, name: SourceText.stem(of: file)) { contents.append(.business(profile)) }
        for (index, record) in reader.records("metrics") {
            if let metric = MetricRecord.read(record, index: index, file: file, problems: &problems) {
                contents.append(.metric(metric))
            }
        }
        contents += reader.texts("business_rules").map { .rule(BusinessRule(text: $0)) }
        for (index, record) in reader.records("common_gotchas") {
            let label = record["issue"]?.string.map { "gotcha \"\($0)\"" } ?? "common_gotchas[\(index)]"
            var gotcha = RecordReader(record, file: file, entry: label)
            let issue = gotcha.text("issue", required: true)
            let tables = gotcha.texts("tables_affected")
            let solution = gotcha.text("solution", required: true)
            problems += gotcha.finish()
            if let issue, let solution {
                contents.append(.gotcha(Gotcha(issue: issue, tables: tables, solution: solution)))
            }
        }
        problems = reader.finish() + problems
        return .init(entries: contents.map { KnowledgeEntry(content: $0, source: file) }, problems: problems)
    }

    private static func profile(_ reader: inout RecordReader, name: String) -> BusinessProfile? {
        let profile = BusinessProfile(
            name: name, description: reader.text("description"), notes: reader.texts("notes"),
            fiscalYearStart: month(&reader), weekStart: reader.choice("week_start", of: BusinessProfile.Weekday.self))
        return profile == BusinessProfile(name: name) ? nil : profile
    }

    private static func month(_ reader: inout RecordReader) -> Int? {
        guard let value = reader.value("fiscal_year_start") else { return nil }
        if let number = value.integer ?? value.string.flatMap({ Int($0) }), (1...12).contains(number) { return number }
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        if let name = value.string?.lowercased(), name.count >= 3,
            let index = names.firstIndex(where: { $0.hasPrefix(name) })
        {
            return index + 1
        }
        reader.report("\"fiscal_year_start\" must be a month: 1 to 12 or its English name")
        return nil
    }
}
