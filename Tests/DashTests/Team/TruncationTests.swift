import ServiceRuntime
import Testing

@testable import Dash

@Suite struct TruncationTests {
    @Test("Of more rows than an answer holds the first are shown, and it says so in headline and caveats")
    func caveat() async throws {
        let schema = """
            CREATE TABLE public.parcels (id int PRIMARY KEY, label text);
            INSERT INTO public.parcels SELECT i, 'Parcel ' || i FROM generate_series(1, 1200) i;
            """
        try await TeamFixture.with(schema: schema, knowledge: []) { team in
            let answer = try await team.ask("List all parcels")
            #expect(answer.kind == .result, "\(answer)")
            let table = try #require(answer.tables.first)
            #expect(table.isTruncated && table.rows.count == 1_000)
            #expect(answer.headline.hasPrefix("The first 1,000 parcels"))
            #expect(answer.caveats.filter { $0 == "The table shows the first 1,000 rows; there are more." }.count == 1)
            let counted = try await team.ask("How many parcels are there?", in: "count")
            #expect(counted.headline.contains("1,200") && counted.caveats.isEmpty, "\(counted)")
        }
    }

    @Test("A cut result verifies nothing")
    func badge() async throws {
        try await TeamFixture.with { team in
            let run = team.run()
            let query = ValidatedQuery(name: "wards", description: "Wards.", sql: "SELECT ward FROM admissions")
            let table = ResultTable(
                id: run.nextResultID(), sql: query.sql, columns: [.init(name: "ward", type: .text)], rows: [["icu"]],
                isTruncated: true, milliseconds: 1)
            run.keep(table, .query(query, isCurated: true))
            _ = try await team.giveAnswer(run).call(["headline": "See the table.", "result_ids": ["result_1"]])
            #expect(run.answer?.badge == .derived)
            #expect(run.answer?.caveats == ["The table shows the first 1 rows; there are more."])
        }
    }
}
