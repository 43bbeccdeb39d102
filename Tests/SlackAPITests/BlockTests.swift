import ServiceRuntime
import SlackAPI
import Testing

@Suite struct BlockTests {
    private static func text(_ count: Int) -> SlackText { SlackText(String(repeating: "x", count: count)) }
    private static func plain(_ count: Int) -> SlackPlainText { SlackPlainText(raw(count)) }
    private static func raw(_ count: Int) -> String { String(repeating: "x", count: count) }
    private static func cells(_ rows: Int, _ columns: Int, _ text: SlackPlainText = "x") -> [[TableCell]] {
        Array(repeating: Array(repeating: .text(text), count: columns), count: rows)
    }
    private static func dataTable(
        _ rows: Int, _ columns: Int, text: SlackPlainText = "x", caption: SlackPlainText = "c"
    ) -> SlackBlock {
        .dataTable(
            DataTableBlock(
                caption: caption, header: Array(repeating: "h", count: columns), rows: cells(rows, columns, text)))
    }
    private static func buttons(_ count: Int) -> SlackBlock {
        .actions((0..<count).map { SlackButton(actionID: "a\($0)", text: "t") })
    }
    private static func bars(_ series: Int, _ points: Int, name: SlackPlainText = "s", title: SlackPlainText = "t")
        -> SlackBlock
    {
        .dataVisualization(
            ChartBlock(
                title: title,
                content: .series(
                    .bar, (0..<series).map { .init(name: "\(name)\($0)", values: Array(repeating: 1, count: points)) },
                    categories: (0..<points).map { "c\($0)" }, xLabel: nil, yLabel: "y")))
    }
    private static func pie(_ values: [Double]) -> SlackBlock {
        .dataVisualization(
            ChartBlock(
                title: "t", content: .pie(values.enumerated().map { .init(label: "l\($0.offset)", value: $0.element) }))
        )
    }

    @Test(
        "Blocks at the limit are fine",
        arguments: [
            .section(text: text(3000)), .section(text: nil, fields: Array(repeating: text(2000), count: 10)),
            .header(plain(150)), .context(Array(repeating: text(1), count: 10)), buttons(25),
            .divider,
            dataTable(200, 20), dataTable(1, 1), .table(TableBlock(rows: cells(100, 20))), bars(6, 20),
            pie([1, 2, 3, 4, 5, 6]),
        ] as [SlackBlock])
    func accepted(_ block: SlackBlock) {
        #expect(block.violations() == [])
    }

    @Test(
        "Blocks beyond a limit are refused",
        arguments: [
            .section(text: text(3001)), .section(text: text(0)), .section(text: nil),
            .section(text: nil, fields: Array(repeating: text(1), count: 11)),
            .section(text: nil, fields: [text(2001)]),
            .header(plain(151)), .header(plain(0)), .context([]), .context(Array(repeating: text(1), count: 11)),
            buttons(26), buttons(0),
            .actions([SlackButton(actionID: "a", text: "t"), SlackButton(actionID: "a", text: "t")]),
            .actions([SlackButton(actionID: "a", text: plain(76))]),
            .actions([SlackButton(actionID: raw(256), text: "t")]),
            .actions([SlackButton(actionID: "a", text: "t", value: raw(2001))]),
            dataTable(201, 1), dataTable(0, 1), dataTable(1, 21), dataTable(1, 1, text: ""),
            dataTable(1, 1, caption: ""), dataTable(1, 1, text: plain(10_001)),
            .dataTable(DataTableBlock(caption: "c", header: ["a", "b"], rows: cells(1, 1))),
            .dataTable(DataTableBlock(caption: "c", header: ["a"], rows: [[.number(value: .nan, text: "x")]])),
            .dataTable(DataTableBlock(caption: "c", header: ["a"], rows: cells(1, 1), pageSize: 101)),
            .table(TableBlock(rows: cells(101, 1))), .table(TableBlock(rows: cells(1, 21))),
            .table(TableBlock(rows: [])),
            .table(TableBlock(rows: cells(1, 1) + cells(1, 2))), bars(7, 1), bars(0, 1), bars(1, 21), bars(1, 0),
            bars(1, 1, name: plain(20)), bars(1, 1, title: plain(51)), pie([]), pie([1, 0]), pie([1, -1]),
            pie(Array(repeating: 1, count: 7)),
            .dataVisualization(
                ChartBlock(
                    title: "t",
                    content: .series(
                        .line, [.init(name: "s", values: [1])], categories: ["a", "b"], xLabel: nil, yLabel: nil))),
            .dataVisualization(
                ChartBlock(
                    title: "t",
                    content: .series(
                        .line, [.init(name: "s", values: [1, 2])], categories: ["a", "a"], xLabel: nil, yLabel: nil))),
        ] as [SlackBlock])
    func refused(_ block: SlackBlock) {
        #expect(block.violations() != [])
    }

    @Test(
        "A message is checked as a whole",
        arguments: [
            (SlackMessage(text: "t", blocks: [.divider]), true), (SlackMessage(text: ""), false),
            (SlackMessage(text: text(4000)), true), (SlackMessage(text: text(4001)), false),
            (SlackMessage(text: "t", blocks: Array(repeating: .divider, count: 50)), true),
            (SlackMessage(text: "t", blocks: Array(repeating: .divider, count: 51)), false),
            (SlackMessage(text: "t", blocks: Array(repeating: .section(text: text(2700)), count: 5)), false),
            (SlackMessage(text: "t", blocks: Array(repeating: bars(1, 1), count: 3)), false),
            (
                SlackMessage(
                    text: "t", blocks: [dataTable(1, 1, text: plain(6000)), dataTable(1, 1, text: plain(6000))]), false
            ),
            (SlackMessage(text: "t", blocks: [.header(plain(0))]), false),
        ])
    func messages(_ message: SlackMessage, _ isFine: Bool) {
        #expect(message.violations().isEmpty == isFine)
    }

    @Test("Tables and charts have the shapes that Slack documents")
    func shapes() throws {
        let table = SlackBlock.dataTable(
            DataTableBlock(
                caption: "Top customers", header: ["Customer", "Revenue"],
                rows: [[.text("Acme"), .number(value: 1200, text: "1,200")]]))
        #expect(
            table.json
                == (try JSONValue(
                    parsing: """
                        {"type":"data_table","caption":"Top customers","page_size":10,"rows":[
                         [{"type":"raw_text","text":"Customer"},{"type":"raw_text","text":"Revenue"}],
                         [{"type":"raw_text","text":"Acme"},{"type":"raw_number","value":1200,"text":"1,200"}]]}
                        """)))
        let chart = SlackBlock.dataVisualization(
            ChartBlock(
                title: "Revenue 2026",
                content: .series(
                    .line, [.init(name: "EMEA", values: [12.5, 14])], categories: ["Jan", "Feb"], xLabel: "Month",
                    yLabel: "EUR m")))
        #expect(
            chart.json
                == (try JSONValue(
                    parsing: """
                        {"type":"data_visualization","title":"Revenue 2026","chart":{"type":"line",
                         "series":[{"name":"EMEA","data":[{"label":"Jan","value":12.5},{"label":"Feb","value":14}]}],
                         "axis_config":{"categories":["Jan","Feb"],"x_label":"Month","y_label":"EUR m"}}}
                        """)))
    }

    @Test("A message survives being kept as JSON")
    func keeping() {
        let message = SlackMessage(text: "t", blocks: [.section(text: "s"), Self.dataTable(2, 2)])
        #expect(SlackMessage(json: message.json)?.json == message.json)
        #expect(SlackMessage(json: ["blocks": []]) == nil)
    }
}
