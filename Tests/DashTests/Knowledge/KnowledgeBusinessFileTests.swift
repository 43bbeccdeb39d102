import Testing

@testable import Dash

@Suite struct KnowledgeBusinessFileTests {
    private func parse(_ text: String) -> KnowledgeFolder.Contents {
        KnowledgeSection.business.parse(Array(text.utf8), file: "business/b.json")
    }

    private func metric(_ fields: String) throws -> Metric {
        let contents = parse(#"{"metrics": [{"name": "M", "definition": "d", \#(fields)}]}"#)
        #expect(contents.problems.isEmpty)
        guard case .metric(let metric) = try #require(contents.entries.first).content else {
            throw Missing()
        }
        return metric
    }

    private struct Missing: Error {}

    @Test("Rules, traps and what holds for the company are read")
    func reads() {
        let contents = parse(
            #"""
            {"description": "We sell tea", "notes": ["Prices are net"], "fiscal_year_start": "April", "week_start": "Monday",
             "metrics": [], "business_rules": ["Count each pot once", "Count each pot once"],
             "common_gotchas": [{"issue": "Broken pots", "tables_affected": ["pots"], "solution": "Leave them out"}]}
            """#)
        #expect(contents.problems.isEmpty)
        #expect(
            contents.entries.map(\.content) == [
                .business(
                    BusinessProfile(
                        name: "b", description: "We sell tea", notes: ["Prices are net"], fiscalYearStart: 4,
                        weekStart: .monday)),
                .rule(BusinessRule(text: "Count each pot once")),
                .gotcha(Gotcha(issue: "Broken pots", tables: ["pots"], solution: "Leave them out")),
            ])
    }

    @Test(
        "Every spelling of a metric's kind",
        arguments: [
            (#""kind": "sum""#, Metric.Kind.sum), (#""kind": "COUNT""#, .count),
            (#""kind": "count_distinct""#, .countDistinct),
            (#""kind": "average""#, .average), (#""kind": "avg""#, .average),
            (
                #""kind": {"ratio": {"numerator": "SUM(a)", "denominator": "SUM(b)"}}"#,
                .ratio(numerator: "SUM(a)", denominator: "SUM(b)")
            ),
            (
                #""kind": "ratio", "numerator": "SUM(a)", "denominator": "SUM(b)""#,
                .ratio(numerator: "SUM(a)", denominator: "SUM(b)")
            ),
            (#""kind": {"snapshot": {"start": "s", "end": "e"}}"#, .snapshot(start: "s", end: "e")),
            (#""kind": "snapshot", "start": "s", "end": "e""#, .snapshot(start: "s", end: "e")),
        ])
    func kinds(field: String, kind: Metric.Kind) throws {
        #expect(try metric(#""table": "t", "expression": "SUM(x)", \#(field)"#).kind == kind)
    }

    @Test(
        "A wrong metric is named by entry and cause",
        arguments: [
            (#"{"definition": "d", "table": "t", "calculation": "c"}"#, #"metrics[0]: "name" is missing"#),
            (#"{"name": "M", "calculation": "c"}"#, #"metric "M": "table" is missing"#),
            (#"{"name": "M", "table": "t"}"#, #"metric "M": one of "calculation" and "expression" is required"#),
            (#"{"name": "M", "table": "t", "calculation": "c", "kind": "median"}"#, #"unknown "kind""#),
            (#"{"name": "M", "table": "t", "calculation": "c", "kind": {"ratio": {}}}"#, "a ratio needs"),
            (#"{"name": "M", "table": "t", "calculation": "c", "kind": {"ratio": 1, "sum": 2}}"#, #""kind" must be"#),
            (#"{"name": "M", "table": "t", "calculation": "c", "kind": "snapshot", "start": "a"}"#, "a snapshot needs"),
            (
                #"{"name": "M", "table": "t", "calculation": "c", "good_direction": "left"}"#,
                #""good_direction" must be"#
            ),
            (#"{"name": "M", "table": "t", "calculation": "c", "min_impact": "5"}"#, #""min_impact" must be a number"#),
        ])
    func wrongMetric(metric: String, problem: String) {
        let contents = parse(#"{"metrics": [\#(metric)], "business_rules": ["still read"]}"#)
        #expect(contents.problems.contains { $0.description.contains(problem) && $0.severity == .error })
        #expect(contents.entries.contains { $0.content == .rule(BusinessRule(text: "still read")) })
    }

    @Test(
        "A wrong month or weekday is named",
        arguments: [#""fiscal_year_start": 13"#, #""fiscal_year_start": "ju""#, #""week_start": "someday""#])
    func wrongCalendar(field: String) {
        #expect(parse("{\(field)}").hasErrors)
    }

    @Test("The calculation fills in what the optional fields leave open")
    func calculation() throws {
        let plain = try metric(#""table": "sales", "calculation": "SUM(net) FROM sales WHERE state = 'paid'""#)
        #expect(plain.expression == "SUM(net)")
        #expect(plain.filter == "state = 'paid'")
        let given = try metric(
            #""table": "sales", "calculation": "SUM(net) FROM sales WHERE a", "expression": "SUM(gross)""#)
        #expect(given.expression == "SUM(gross)")
        #expect(given.filter == nil)
        let named = try metric(#""calculation": "COUNT(*) FROM shop.sales""#)
        #expect(named.table == "shop.sales")
        #expect(named.filter == nil)
        let prose = try metric(#""table": "a, b", "calculation": "SUM(x) grouped by customers.source""#)
        #expect(prose.expression == nil)
        let bare = try metric(#""table": "t", "calculation": "AVG(score) WHERE score IS NOT NULL""#)
        #expect(bare.expression == "AVG(score)")
        #expect(bare.filter == "score IS NOT NULL")
        let several = try metric(#""table": "a, b", "calculation": "AVG(score) WHERE score IS NOT NULL""#)
        #expect(several.expression == nil)
    }
}
