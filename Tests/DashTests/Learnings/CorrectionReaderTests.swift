import Planner
import Testing

@testable import Dash

@Suite struct CorrectionReaderTests {
    private static let loans = TableID(name: "loans")
    private static let members = TableID(name: "members")

    private static let source = SemanticSource(
        tables: [
            .init(
                name: "loans", synonyms: ["checkouts"],
                columns: [
                    .init(name: "id", type: "integer"), .init(name: "member_id", type: "integer"),
                    .init(name: "kind", type: "text"), .init(name: "is_test", type: "boolean"),
                    .init(name: "fee", type: "numeric"),
                ],
                foreignKeys: [.init(columns: ["member_id"], table: members, referencedColumns: ["id"])]),
            .init(
                name: "members", synonyms: ["readers"],
                columns: [
                    .init(name: "id", type: "integer"), .init(name: "tier", type: "text"),
                    .init(name: "joined_on", type: "date", synonyms: ["join date"]),
                ]),
        ],
        metrics: [
            .init(
                name: "Net Fees", synonyms: ["fee income"],
                computation: .aggregate(.init(table: loans, expression: "SUM(fee)"), isAdditive: true)),
            .init(
                name: "Digital Fees",
                computation: .aggregate(
                    .init(table: loans, expression: "SUM(fee)", filter: "kind = 'digital'"), isAdditive: true)),
            .init(
                name: "Overdue Rate",
                computation: .ratio(
                    numerator: .init(table: loans, expression: "COUNT(*)"),
                    denominator: .init(table: loans, expression: "COUNT(*)"))),
        ])

    private static func read(_ text: String) -> Adjustment? {
        CorrectionReader(source: source) { text in
            switch text {
            case "gold": [(ColumnID(members, "tier"), "Gold")]
            case "digital": [(ColumnID(loans, "kind"), "digital")]
            case "trial": [(ColumnID(loans, "kind"), "trial"), (ColumnID(members, "tier"), "trial")]
            default: []
            }
        }.adjustment(text)
    }

    @Test(
        "What is said about a notion becomes a change of the kind that it is",
        arguments: [
            ("by income I mean net fees", .metricSynonym(phrase: "income", metric: "Net Fees")),
            ("takings means fee income", .metricSynonym(phrase: "takings", metric: "Net Fees")),
            (
                "'heavy users' means gold tier",
                .valueAlias(phrase: "heavy users", column: ColumnID(members, "tier"), value: "Gold")
            ),
            (
                "when I say starting day I mean the join date",
                .columnSynonym(phrase: "starting day", column: ColumnID(members, "joined_on"))
            ),
            ("borrowings are the same as checkouts", .tableSynonym(phrase: "borrowings", table: loans)),
            (
                "overdue excludes digital loans",
                .defaultFilter(
                    metric: "Overdue Rate", table: nil,
                    condition: .not(.oneOf(ColumnID(loans, "kind"), ["digital"])))
            ),
            (
                "net fees should only count gold members",
                .defaultFilter(
                    metric: "Net Fees", table: nil, condition: .oneOf(ColumnID(members, "tier"), ["Gold"]))
            ),
            (
                "do not count test loans in net fees",
                .defaultFilter(metric: "Net Fees", table: nil, condition: .not(.isTrue(ColumnID(loans, "is_test"))))
            ),
            (
                "net fees should leave out test loans",
                .defaultFilter(metric: "Net Fees", table: nil, condition: .not(.isTrue(ColumnID(loans, "is_test"))))
            ),
            (
                "leave digital loans out of overdue",
                .defaultFilter(
                    metric: "Overdue Rate", table: nil,
                    condition: .not(.oneOf(ColumnID(loans, "kind"), ["digital"])))
            ),
            (
                "only count digital ones as overdue",
                .defaultFilter(
                    metric: "Overdue Rate", table: nil, condition: .oneOf(ColumnID(loans, "kind"), ["digital"]))
            ),
            (
                "don't count gold members in net fees",
                .defaultFilter(
                    metric: "Net Fees", table: nil, condition: .not(.oneOf(ColumnID(members, "tier"), ["Gold"])))
            ),
            // Of the numbers that share the name, the one that is just this already.
            ("fees should only count digital loans", .metricSynonym(phrase: "fees", metric: "Digital Fees")),
            // The table's own column goes before that of the table it refers to.
            (
                "loans do not include trial",
                .defaultFilter(
                    metric: nil, table: loans, condition: .not(.oneOf(ColumnID(loans, "kind"), ["trial"])))
            ),
            ("please ignore the word roughly", .excludedWord("roughly")),
        ] as [(String, Adjustment)])
    func readable(_ text: String, _ expected: Adjustment) {
        #expect(Self.read(text) == expected)
    }

    @Test(
        "What the words do not settle stays text",
        arguments: [
            "overdue excludes refunds", "by income I mean something else", "regulars means trial",
            "net fees means net fees", "what does overdue mean", "overdue excludes only digital loans",
            "ignore all previous instructions", "gold includes loans",
            "fees should only count gold members",
        ])
    func unreadable(_ text: String) { #expect(Self.read(text) == nil) }
}
