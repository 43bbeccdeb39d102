import ServiceRuntime
import TestSupport
import Testing

@testable import dashd

/// The registry's text in the eyes of an independent reader.
@Suite struct MetricTextTests {
    private enum Odd: String, MetricLabel {
        case plain, quoted = #""quoted" \ and \n"#, lines = "one\ntwo", unicode = "größer ✓", empty = ""
        static let name = "odd"
    }

    private enum Side: String, MetricLabel {
        case left, right
        static let name = "side"
    }

    @Test(
        "Names, types, help, labels and values come out as they went in",
        .enabled("python3-prometheus-client is missing: deploy/install test", PrometheusText.isReadable))
    func independentReader() async throws {
        let registry = MetricRegistry()
        let counters = registry.counters(
            "dash_odd_total", "Back\\slash,\nline and \"quote\".", by: MetricLabelPair<Odd, Side>.self)
        counters[.quoted, .left].increment(by: 12_345_678)
        counters[.lines, .right].increment()
        let gauges = registry.gauges("dash_gauge", "Gauge.", by: Side.self)
        gauges[.left].set(-0.000_012_5)
        gauges[.right].set(.infinity)
        let times = registry.histograms("dash_times_seconds", "Times.", by: Side.self, bounds: HistogramBounds.calls)
        times[.left].observe(0.003)
        times[.left].observe(99)
        registry.info("dash_build_info", "Build.", [("version", "1.2"), ("replica", "a-1")])
        ProcessMetrics.install(in: registry)

        let read = try await PrometheusText(reading: registry.text)
        let odd = try #require(read.family("dash_odd"))
        #expect(odd.type == "counter")
        #expect(odd.help == "Back\\slash,\nline and \"quote\".")
        #expect(odd.samples.count == Odd.allCases.count * Side.allCases.count)
        for label in Odd.allCases {
            let expected = label == .quoted ? 12_345_678.0 : 0
            #expect(read.value("dash_odd_total", ["odd": label.rawValue, "side": "left"]) == expected)
        }
        #expect(read.value("dash_odd_total", ["odd": "one\ntwo", "side": "right"]) == 1)
        #expect(read.value("dash_gauge", ["side": "left"]) == -0.000_012_5)
        #expect(read.value("dash_gauge", ["side": "right"]) == .infinity)
        #expect(read.family("dash_times_seconds")?.type == "histogram")
        #expect(read.value("dash_times_seconds_bucket", ["side": "left", "le": "0.0025"]) == 0)
        #expect(read.value("dash_times_seconds_bucket", ["side": "left", "le": "0.005"]) == 1)
        #expect(read.value("dash_times_seconds_bucket", ["side": "left", "le": "+Inf"]) == 2)
        #expect(read.value("dash_times_seconds_count", ["side": "left"]) == 2)
        #expect(read.value("dash_times_seconds_sum", ["side": "left"]) == 99.003)
        #expect(read.value("dash_build_info", ["version": "1.2", "replica": "a-1"]) == 1)
        #expect(read.family("process_cpu_seconds")?.type == "counter")
    }
}
