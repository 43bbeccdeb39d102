import Dash
import SlackAPI
import SlackBot
import Testing

@Suite struct ChartRendererTests {
    private func chart(_ form: Chart.Form = .line, values: [String] = ["mrr"], series: String? = nil) -> Chart {
        Chart(form: form, title: "MRR", resultID: "result_1", category: "month", values: values, series: series)
    }

    private func months(_ count: Int, type: ColumnType = .date) -> ResultTable {
        let rows = (0..<count).map {
            ["20\(10 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)-01", "\($0)"] as [String?]
        }
        return Answers.table(columns: [("month", type), ("mrr", .decimal)], rows: rows)
    }

    @Test("A line is drawn over its categories")
    func line() throws {
        let block = try #require(ChartRenderer.block(chart(), of: months(3)))
        #expect(
            block.content
                == .series(
                    .line, [.init(name: "MRR", values: [0, 1, 2])],
                    categories: ["2010-01-01", "2010-02-01", "2010-03-01"], xLabel: "Month", yLabel: "MRR"))
    }

    @Test("Of a long time line the end is drawn, and the title says so")
    func longTimeLine() throws {
        let block = try #require(ChartRenderer.block(chart(), of: months(36)))
        #expect(block.title == "MRR (last 20)")
        guard case .series(_, let series, let categories, _, _) = block.content else {
            Issue.record("not a series")
            return
        }
        #expect(categories.last == "2012-12-01")
        #expect(series[0].values.last == 35)
        #expect(categories.count == 20)
    }

    @Test("Too many categories that are no times are not drawn")
    func tooManyCategories() {
        #expect(ChartRenderer.block(chart(.bar), of: months(21, type: .text)) == nil)
    }

    @Test("One column splits the rows into series")
    func split() throws {
        let table = Answers.table(
            columns: [("month", .date), ("plan", .text), ("mrr", .decimal)],
            rows: [
                ["2026-02-01", "a", "3"], ["2026-01-01", "a", "1"], ["2026-01-01", "b", "2"], ["2026-02-01", "b", "4"],
            ])
        let block = try #require(ChartRenderer.block(chart(series: "plan"), of: table))
        guard case .series(_, let series, let categories, _, _) = block.content else {
            Issue.record("not a series")
            return
        }
        #expect(categories == ["2026-01-01", "2026-02-01"])
        #expect(series == [.init(name: "a", values: [1, 3]), .init(name: "b", values: [2, 4])])
    }

    @Test("A missing point is no zero: the chart is left out")
    func missingPoint() {
        let table = Answers.table(
            columns: [("month", .date), ("plan", .text), ("mrr", .decimal)],
            rows: [["2026-01-01", "a", "1"], ["2026-02-01", "a", "1"], ["2026-01-01", "b", "2"]])
        #expect(ChartRenderer.block(chart(series: "plan"), of: table) == nil)
        #expect(ChartRenderer.block(chart(), of: Answers.table(rows: [["2026-01-01", nil]])) == nil)
    }

    @Test("What cannot be drawn is left out", arguments: [("nope", ["mrr"]), ("month", ["nope"]), ("month", [])])
    func impossible(_ category: String, _ values: [String]) {
        let chart = Chart(form: .bar, title: "t", resultID: "result_1", category: category, values: values)
        #expect(ChartRenderer.block(chart, of: months(3)) == nil)
    }

    @Test("Small slices of a pie are put together, so that the whole stays the whole")
    func pie() throws {
        let block = try #require(ChartRenderer.block(chart(.pie), of: months(12)))
        guard case .pie(let segments) = block.content else {
            Issue.record("not a pie")
            return
        }
        #expect(segments.count == 6)
        #expect(segments.last?.label == "Other")
        #expect(segments.reduce(0) { $0 + $1.value } == 66)
    }

    @Test("A negative slice cannot be drawn")
    func negativeSlice() {
        #expect(ChartRenderer.block(chart(.pie), of: Answers.table(rows: [["a", "1"], ["b", "-1"]])) == nil)
    }

    @Test("Long labels are clamped and still differ")
    func labels() throws {
        let long = String(repeating: "x", count: 40)
        let table = Answers.table(
            columns: [("month", .text), ("mrr", .decimal)], rows: [[long + "a", "1"], [long + "b", "2"]])
        let block = try #require(ChartRenderer.block(chart(.bar), of: table))
        #expect(SlackBlock.dataVisualization(block).violations() == [])
    }
}
