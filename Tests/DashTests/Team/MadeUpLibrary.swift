@testable import Dash

/// A third company: lists that are cut, series over all time and over a part of it, rows that are named by a value.
enum MadeUpLibrary {
    static let knowledge = KnowledgeView(
        [
            .table(
                TableKnowledge(
                    name: "loans", description: "One row per loan.",
                    columns: [
                        .init(name: "id", type: "integer"), .init(name: "borrowed_at", type: "timestamptz"),
                        .init(name: "returned_at", type: "timestamptz"),
                    ], timeColumn: "borrowed_at", synonyms: ["checkouts"])),
            .table(
                TableKnowledge(
                    name: "members", description: "People with a card.",
                    columns: [
                        .init(name: "id", type: "integer"),
                        .init(name: "category", type: "text", values: ["adult", "child"]),
                    ], synonyms: ["readers"])),
            .table(
                TableKnowledge(
                    name: "branches", description: "Our libraries.",
                    columns: [
                        .init(
                            name: "branch_name", type: "text", synonyms: ["branch"], values: ["Central", "Hilltop"]),
                        .init(name: "city", type: "text", values: ["LY", "GR"]),
                    ])),
            .metric(
                Metric(
                    name: "Items on Loan", definition: "Items that are out now.", table: "loans", calculation: "",
                    synonyms: ["open loans"], expression: "COUNT(*)",
                    kind: .snapshot(start: "borrowed_at", end: "returned_at"))),
            .query(
                ValidatedQuery(
                    name: "loans_by_month", description: "Loans per month, all months.",
                    sql:
                        "SELECT date_trunc('month', borrowed_at) AS month, COUNT(*) AS loans FROM loans GROUP BY 1 ORDER BY 1",
                    questions: ["How many loans per month?"], tables: ["public.loans"], columns: ["month", "loans"])),
            .query(
                ValidatedQuery(
                    name: "visits_by_month", description: "Visits in each of the last 12 months.",
                    sql:
                        "SELECT month, SUM(visits) AS visits FROM visits WHERE month >= now() - INTERVAL '12 months' GROUP BY 1 ORDER BY 1",
                    questions: ["Visits per month"], tables: ["public.visits"], columns: ["month", "visits"])),
            .query(
                ValidatedQuery(
                    name: "loans_by_branch", description: "Loans by branch.",
                    sql:
                        "SELECT b.branch_name, b.city, COUNT(*) AS loans FROM loans l JOIN branches b ON true GROUP BY 1, 2 ORDER BY loans DESC",
                    questions: ["Which branch lends most?"], tables: ["public.loans", "public.branches"],
                    columns: ["branch_name", "city", "loans"])),
            .query(
                ValidatedQuery(
                    name: "keenest_members", description: "The ten members with the most loans.",
                    sql:
                        "SELECT m.id AS member_id, m.fees, COUNT(*) AS loans FROM loans l JOIN members m ON true GROUP BY 1, 2 ORDER BY loans DESC LIMIT 10",
                    questions: ["Top members by loans"], tables: ["public.loans", "public.members"],
                    columns: ["member_id", "fees", "loans"])),
        ].map { KnowledgeEntry(content: $0, source: "made-up") })
}
