import Agents
import SQLGuard
import ServiceRuntime
import Testing

@testable import Dash

/// Checks of results on a parcel service's real tables, for statements as people and models write them.
@Suite(.timeLimit(.minutes(20))) struct ResultChecksTests {
    private static let schema = """
        CREATE TABLE public.depots (depot_id int PRIMARY KEY, town text, kind text, manager_email text, opened_on date);
        INSERT INTO public.depots VALUES (1, 'Aberdeen', 'hub', 'ann@example.com', '2020-01-01'),
            (2, 'Bristol', 'hub', 'bob@example.com', '2020-02-01'), (3, 'Cork', 'local', 'cat@example.com', '2020-03-01'),
            (4, 'Aberdeen', 'local', 'dan@example.com', '2020-04-01');
        CREATE TABLE public.parcels (parcel_id int PRIMARY KEY, depot_id int REFERENCES public.depots,
            service_level text, weight_kg numeric(8, 2), fee numeric(10, 2), sent_on date, note text);
        INSERT INTO public.parcels SELECT i, CASE WHEN i < 40 THEN 1 + i % 4 END,
            (ARRAY['express', 'next-day', 'economy'])[1 + i % 3], CASE i % 3 WHEN 0 THEN 2 ELSE 7.5 END, 4 + i % 5,
            current_date - i, NULL FROM generate_series(1, 40) i;
        CREATE TABLE public.scans (scan_id int PRIMARY KEY, parcel_id int REFERENCES public.parcels, outcome text,
            scanned_at timestamptz);
        INSERT INTO public.scans SELECT i, 1 + i % 40, (ARRAY['ok', 'missing'])[1 + i % 2],
            current_date - 200 - i * interval '1 day' FROM generate_series(1, 120) i;
        CREATE TABLE public.tariffs (tariff_id int PRIMARY KEY, label text, price numeric(10, 2));
        """

    private static let knowledge: [KnowledgeContent] = [
        .table(
            TableKnowledge(
                name: "depots", description: "Places where parcels are sorted.",
                columns: [
                    .init(name: "town", type: "text"), .init(name: "manager_email", type: "text", isPersonal: true),
                ])),
        .table(TableKnowledge(name: "scans", description: "Scans of parcels.", timeColumn: "scanned_at")),
    ]

    private static func with(_ body: @Sendable (TeamFixture) async throws -> Void) async throws {
        try await TeamFixture.with(schema: schema, knowledge: knowledge, body)
    }

    private static func checks(_ team: TeamFixture, _ run: Run, _ sql: String) async throws -> [String] {
        let output = try await team.sql(run).call(["sql": .string(sql)])
        let json = try #require(output.json)
        #expect(!output.isError, "\(sql): \(output.content)")
        return json["checks"]?.array?.compactMap(\.string) ?? []
    }

    @Test("Of a ranking it is told that others are as high as its last row")
    func cut() async throws {
        try await Self.with { team in
            let answer = try await team.ask("top 2 towns by number of depots")
            #expect(answer.tables.first?.rows.count == 2, "\(answer.headline)")
            #expect(answer.caveats.contains { $0.hasPrefix("1 more has the same") }, "\(answer.caveats)")
            let all = try await team.ask("top 3 towns by number of depots", in: "all")
            #expect(all.tables.first?.rows.count == 3, "\(all.headline)")
            #expect(!all.caveats.contains { $0.contains("has the same") })
        }
    }

    private static let emptied: [(sql: String, finding: String)] = [
        (
            "SELECT parcel_id FROM parcels WHERE service_level = 'Express'",
            "No service_level in parcels is “Express”; nearest to it: “express”."
        ),
        (
            """
            WITH p AS (SELECT x.parcel_id, x.service_level AS level, x.fee, x.depot_id AS d FROM parcels AS x WHERE x.fee > 0)
            SELECT d.town, sum(p.fee) AS fees FROM p JOIN depots d ON d.depot_id = p.d
            WHERE p.level = 'next day' AND d.kind = 'hub' GROUP BY 1
            """,
            "No service_level in parcels is “next day”; nearest to it: “next-day”."
        ),
        (
            "SELECT q.parcel_id FROM public.parcels q WHERE q.service_level IN ('ekspress', 'overnight')",
            "No service_level in parcels is “ekspress” or “overnight”; nearest to it: “express”."
        ),
        (
            "SELECT parcel_id FROM parcels WHERE service_level ILIKE '%econmy%'",
            "No service_level in parcels contains “econmy”; nearest to it: “economy”."
        ),
        (
            "SELECT parcel_id FROM parcels p JOIN depots d USING (depot_id) WHERE lower(d.town) = 'corke' AND p.fee > 1",
            "No town in depots is “corke”; nearest to it: “Cork”."
        ),
        (
            "SELECT town FROM depots WHERE kind = 'main'",
            "No kind in depots is “main”; there is “hub” and “local”."
        ),
        (
            "SELECT parcel_id, fee FROM parcels WHERE service_level = 'next-day' AND weight_kg < 1",
            "There would be something without the condition that weight kg is under 1; weight_kg in parcels goes from 2.00 to 7.50."
        ),
        (
            "SELECT parcel_id, fee FROM parcels WHERE service_level = 'express' AND weight_kg = 7.5 AND fee > 0",
            "There would be something without the condition that weight kg is 7.5; weight_kg in parcels goes from 2.00 to 7.50."
        ),
        (
            "SELECT t.town FROM depots t WHERE t.town = 'Cork' AND t.kind = 'hub'",
            "There would be rows without the condition that town is “Cork”, or without the condition that kind is “hub”."
        ),
        (
            "SELECT town FROM depots WHERE manager_email = 'zoe@example.com'",
            "There would be rows without the condition on manager_email."
        ),
        (
            "SELECT town FROM depots WHERE depot_id IN (SELECT depot_id FROM parcels WHERE service_level = 'Economy')",
            "No service_level in parcels is “Economy”; nearest to it: “economy”."
        ),
        (
            "SELECT count(*) AS parcels, sum(fee) AS fees FROM parcels WHERE service_level = 'EXPRESS' -- all",
            "No service_level in parcels is “EXPRESS”; nearest to it: “express”."
        ),
        (
            "SELECT label, price FROM tariffs WHERE label = 'basic'",
            "No label in tariffs is “basic”, nor anything like it."
        ),
    ]

    @Test("An empty result names the condition that emptied it, and what may have been meant")
    func emptied() async throws {
        try await Self.with { team in
            for (sql, finding) in Self.emptied {
                let checks = try await Self.checks(team, team.run(), sql)
                #expect(checks.first == finding, "\(sql)")
                #expect(checks.allSatisfy { !$0.contains("example.com") })
            }
            let range = try await Self.checks(
                team, team.run(),
                "SELECT parcel_id FROM parcels AS p WHERE p.sent_on >= DATE '2090-01-01' AND p.fee > 0")
            #expect(range.count == 1)
            #expect(
                range.first?.hasPrefix(
                    "There would be something without the condition that sent on is at least “2090-01-01”; sent_on")
                    == true)
        }
    }

    @Test("A result with nothing the matter gets no caveat, whatever it joins, groups and counts")
    func quiet() async throws {
        try await Self.with { team in
            for sql in [
                "SELECT service_level, count(*) AS parcels, sum(fee) AS fees FROM parcels GROUP BY 1 ORDER BY 2 DESC",
                "SELECT d.kind, sum(p.fee) AS fees FROM parcels p JOIN depots d USING (depot_id) GROUP BY d.kind",
                "SELECT d.kind, sum(p.fee) AS fees FROM depots d, parcels p WHERE p.depot_id = d.depot_id GROUP BY d.kind",
                "SELECT count(*) AS parcels FROM parcels WHERE service_level = 'express' AND weight_kg = 2",
                "SELECT town, kind FROM depots ORDER BY 1", "SELECT 1 AS one",
                "SELECT count(*) AS tariffs FROM tariffs",
                "WITH f AS (SELECT depot_id, sum(fee) AS fee FROM parcels GROUP BY 1) SELECT sum(f.fee) AS fees FROM f JOIN depots d USING (depot_id)",
                "SELECT date_trunc('month', scanned_at)::date AS month, count(*) AS scans FROM scans WHERE scanned_at < '2020-01-01' OR true GROUP BY 1",
                // Stocks along a row of dates.
                """
                WITH months AS (SELECT generate_series(date_trunc('month', min(opened_on)), current_date, interval '1 month')::date AS month FROM depots)
                SELECT m.month, count(d.depot_id) AS depots, sum(d.depot_id) AS total FROM months m
                LEFT JOIN depots d ON d.opened_on < m.month + interval '1 month' GROUP BY m.month ORDER BY 1
                """,
                """
                SELECT m::date AS day, sum(p.fee) AS fees FROM generate_series(current_date - 9, current_date, interval '1 day') AS m
                JOIN parcels p ON p.sent_on <= m GROUP BY m
                """,
                """
                SELECT days.day, avg(p.fee) AS fee FROM (SELECT DISTINCT sent_on AS day FROM parcels) AS days
                JOIN parcels p ON p.sent_on BETWEEN days.day - 7 AND days.day GROUP BY 1
                """,
                """
                WITH months AS (SELECT generate_series('2020-01-01'::date, '2020-06-01', interval '1 month') AS month)
                SELECT m.month, sum(d.depot_id) FILTER (WHERE d.opened_on < m.month) AS n FROM months m CROSS JOIN depots d GROUP BY 1
                """,
                // One row of each is all that there is.
                """
                WITH s AS (SELECT parcel_id, count(*) AS scans FROM scans GROUP BY 1), f AS (SELECT max(fee) AS top FROM parcels)
                SELECT p.service_level, sum(p.fee) AS fees, sum(s.scans) AS scans FROM parcels p LEFT JOIN s ON s.parcel_id = p.parcel_id CROSS JOIN f GROUP BY 1
                """,
                // Parcels are listed, which look alike.
                "SELECT p.service_level, p.weight_kg, d.kind FROM parcels p JOIN depots d USING (depot_id)",
                "SELECT s.outcome, p.weight_kg FROM scans s JOIN parcels p ON p.parcel_id = s.parcel_id WHERE s.outcome = 'ok'",
                // Each parcel counts once for each outcome.
                """
                SELECT q.outcome, count(p.parcel_id) AS parcels FROM parcels p
                JOIN (SELECT DISTINCT parcel_id, outcome FROM scans) AS q ON q.parcel_id = p.parcel_id GROUP BY q.outcome
                """,
                "SELECT service_level, sum(fee) AS fees FROM parcels GROUP BY 1 UNION ALL SELECT 'all', sum(fee) FROM parcels",
                """
                SELECT service_level, sum(fee) AS fees, rank() OVER (ORDER BY sum(fee) DESC) AS place FROM parcels GROUP BY 1
                """,
            ] {
                let checks = try await Self.checks(team, team.run(), sql)
                #expect(checks.filter { !$0.hasPrefix("The newest day in scans") } == [], "\(sql)")
            }
        }
    }

    @Test("Rows that a join repeats are told where they are added up, and where they are listed")
    func repeated() async throws {
        try await Self.with { team in
            let fees = try await Self.checks(
                team, team.run(),
                """
                SELECT p.service_level, sum(p.fee) AS fees, count(s.scan_id) AS scans
                FROM parcels p JOIN scans s ON s.parcel_id = p.parcel_id GROUP BY 1
                """)
            #expect(
                fees.contains(
                    "Each row of parcels counts 3.0 times on average, because of the join with scans; if each should count once, “fees” is not right."
                ), "\(fees)")
            let common = try await Self.checks(
                team, team.run(),
                "WITH s AS (SELECT parcel_id FROM scans) SELECT avg(p.fee) AS fee FROM parcels p JOIN s ON s.parcel_id = p.parcel_id"
            )
            #expect(common.contains { $0.contains("because of the join with s; if each should count once, “fee”") })
            let inner = try await Self.checks(
                team, team.run(),
                """
                WITH m AS (SELECT generate_series(current_date - 300, current_date, interval '1 day') AS day),
                levels AS (
                    SELECT m.day, p.service_level, sum(p.fee) AS fees FROM m JOIN parcels p ON p.sent_on <= m.day
                    JOIN scans s ON s.parcel_id = p.parcel_id GROUP BY 1, 2)
                SELECT service_level, max(fees) AS most FROM levels GROUP BY 1
                """)
            #expect(
                inner.contains {
                    $0.hasPrefix("Each row of parcels counts 3.0 times on average, because of the join with scans")
                        && $0.contains("“fees” is not right")
                }, "\(inner)")
            let grouped = try await Self.checks(
                team, team.run(),
                """
                SELECT d.kind, sum(t.parcels) AS parcels FROM (SELECT depot_id, count(*) AS parcels FROM parcels GROUP BY 1) AS t
                JOIN depots d ON d.depot_id = t.depot_id JOIN parcels p ON p.depot_id = d.depot_id GROUP BY 1
                """)
            #expect(grouped.contains { $0.contains("because of the join with parcels; if each") }, "\(grouped)")
            let sides = try await Self.checks(
                team, team.run(),
                """
                SELECT 'a' AS part, sum(p.fee) AS fees FROM parcels p JOIN scans s ON s.parcel_id = p.parcel_id
                UNION ALL SELECT 'b', sum(p.fee) FROM parcels p
                """)
            #expect(sides.contains { $0.contains("because of the join with scans") }, "\(sides)")
            let towns = try await Self.checks(
                team, team.run(),
                "SELECT d.town, sum(p.fee) AS fees FROM depots d JOIN parcels p ON p.depot_id = d.depot_id GROUP BY d.depot_id"
            )
            #expect(towns.contains { $0.hasPrefix("2 rows share their “town” with another one") }, "\(towns)")
            let list = try await Self.checks(
                team, team.run(), "SELECT d.town, d.kind FROM depots d JOIN parcels p ON p.depot_id = d.depot_id")
            #expect(list.contains { $0.hasPrefix("35 of the 39 rows repeat another one exactly") }, "\(list)")
        }
    }

    @Test("A source that ends earlier than usual is told, unless the question ends before it does")
    func stale() async throws {
        try await Self.with { team in
            let scans = "SELECT outcome, count(*) AS scans FROM scans GROUP BY 1"
            let checks = try await Self.checks(team, team.run(), scans)
            #expect(checks.count == 1)
            #expect(
                checks.first?.contains(", 201 days ago; usually something new comes every day.") == true, "\(checks)")
            let joined = try await Self.checks(
                team, team.run(),
                "SELECT p.service_level, count(*) AS n FROM scans s JOIN parcels p USING (parcel_id) WHERE s.scanned_at > now() - interval '9 years' GROUP BY 1"
            )
            #expect(joined.contains { $0.hasPrefix("The newest day in scans (by scanned_at) is") })
            let past = try await Self.checks(
                team, team.run(),
                "SELECT outcome, count(*) AS n FROM scans WHERE scanned_at >= '2001-01-01' AND scanned_at < '2002-01-01' GROUP BY 1 HAVING true"
            )
            #expect(!past.contains { $0.contains("newest day") }, "\(past)")
            let fresh = try await Self.checks(team, team.run(), "SELECT count(*) AS parcels FROM parcels")
            #expect(fresh == [])
        }
    }

    @Test("What is found becomes caveats of the answer; parts that do not add up to their total cost it its badge")
    func caveats() async throws {
        try await Self.with { team in
            let run = team.run(isGrounded: true)
            #expect(try await Self.checks(team, run, "SELECT sum(fee) AS fees FROM parcels") == [])
            let parts = try await Self.checks(
                team, run,
                "SELECT d.kind, sum(p.fee) AS fees FROM parcels p JOIN depots d ON d.depot_id = p.depot_id GROUP BY 1")
            #expect(parts.count == 1)
            #expect(
                parts.first?.hasPrefix("The parts of “fees” add up to 236, but its total is 240") == true, "\(parts)")
            #expect(run.findings(about: "result_1").map(\.text) == parts)
            _ = try await team.sql(run).call(["sql": "SELECT note, fee FROM parcels ORDER BY fee"])
            _ = try await team.giveAnswer(run).call([
                "headline": "The fees are 240.", "result_ids": ["result_1", "result_3"], "caveats": ["One of mine."],
            ])
            let answer = try #require(run.answer)
            #expect(answer.caveats == ["One of mine."] + parts + ["“note” is empty in all 40 rows."])
        }
    }

    @Test("Probes are few, recorded like any statement, and cost the question none of its own")
    func bounded() async throws {
        try await Self.with { team in
            var limits = TeamFixture.probes
            limits.perRun = 3
            let log = AuditLog(client: team.client)
            let run = team.run()
            let warehouse = team.access(for: StatementContext(run.question, run.id))
            let tool = RunSQLTool(
                role: .analyst, run: run, warehouse: warehouse, knowledge: team.knowledge, learnings: team.learnings,
                probes: limits, logger: team.sql(run).logger)
            for level in ["x1", "x2"] {
                _ = try await tool.call([
                    "sql": .string("SELECT parcel_id FROM parcels WHERE service_level = '\(level)' AND fee > 1000")
                ])
            }
            let entries = try await log.entries()
            #expect(entries.count == 2 + 3)
            #expect(entries.allSatisfy { $0.verdict.outcome == .ran && $0.context.runID == run.id })
            #expect(run.ledger.used(.statements) == 2)
        }
    }
}
