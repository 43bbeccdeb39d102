import ServiceRuntime
import Testing

private enum Outcome: String, MetricLabel {
    case accepted, refused
    static let name = "outcome"
}

private enum Place: String, MetricLabel {
    case quoted = #"a"b\c"#
    case broken = "two\nlines"
    static let name = "place"
}

@Suite struct MetricRegistryTests {
    @Test("Every series is there from the start, at 0")
    func startsAtZero() {
        let registry = MetricRegistry()
        let events = registry.counters("dash_events_total", "Events.", by: Outcome.self)
        events[.refused].increment()
        events[.refused].increment(by: 2)
        events[.refused].increment(by: -5)
        #expect(
            registry.text == """
                # HELP dash_events_total Events.
                # TYPE dash_events_total counter
                dash_events_total{outcome="accepted"} 0
                dash_events_total{outcome="refused"} 3

                """)
    }

    @Test("Buckets add up, end in +Inf, and a value on a bound belongs to it")
    func histogram() {
        let registry = MetricRegistry()
        let histogram = registry.histogram("dash_wait_seconds", "Waits.", bounds: [0.5, 1, 2.5])
        for value in [0.25, 0.5, 1.5, 1000] { histogram.observe(value) }
        histogram.observe(.nan)
        histogram.observe(.milliseconds(750))
        #expect(
            registry.text == """
                # HELP dash_wait_seconds Waits.
                # TYPE dash_wait_seconds histogram
                dash_wait_seconds_bucket{le="0.5"} 2
                dash_wait_seconds_bucket{le="1"} 3
                dash_wait_seconds_bucket{le="2.5"} 4
                dash_wait_seconds_bucket{le="+Inf"} 5
                dash_wait_seconds_sum 1003
                dash_wait_seconds_count 5

                """)
    }

    @Test("Quotes, backslashes and line breaks are escaped, in help texts only the last two")
    func escaping() {
        let registry = MetricRegistry()
        let gauges = registry.gauges("dash_x", "A \"b\" \\ c\nd\re.", by: MetricLabelPair<Place, Outcome>.self)
        gauges[.quoted, .accepted].set(-1.5)
        gauges[.broken, .refused].set(.infinity)
        #expect(
            registry.text == #"""
                # HELP dash_x A "b" \\ c\nd e.
                # TYPE dash_x gauge
                dash_x{place="a\"b\\c",outcome="accepted"} -1.5
                dash_x{place="two\nlines",outcome="refused"} +Inf

                """#)
    }

    @Test("What nobody knows is left out, with its heading")
    func unknown() {
        let registry = MetricRegistry()
        let gauge = registry.gauge("dash_age_seconds", "Age.")
        #expect(registry.text.isEmpty)
        gauge.set(2)
        #expect(registry.text.hasSuffix("\ndash_age_seconds 2\n"))
        gauge.set(nil)
        #expect(registry.text.isEmpty)
    }

    @Test("Values that others keep are read each time")
    func reading() {
        let registry = MetricRegistry()
        let value = Locked(1.0)
        registry.read("dash_value", "Value.", .gauge) { value.withLock { $0 } }
        registry.read("dash_lost_total", "Lost.", .counter, by: Outcome.self) { outcome in
            outcome == .refused ? value.withLock { $0 } : nil
        }
        value.withLock { $0 = 7 }
        #expect(registry.text.contains("dash_value 7\n"))
        #expect(registry.text.contains("dash_lost_total{outcome=\"refused\"} 7\n"))
        #expect(!registry.text.contains("accepted"))
    }

    @Test("Nothing is lost when many tasks count at once")
    func concurrency() async {
        let registry = MetricRegistry()
        let counter = registry.counter("dash_n_total", "N.")
        let histogram = registry.histogram("dash_h", "H.", bounds: [1])
        await withDiscardingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask {
                    for _ in 0..<200 {
                        counter.increment()
                        histogram.observe(0.5)
                    }
                }
            }
        }
        #expect(counter.value == 10_000)
        #expect(histogram.count == 10_000)
        #expect(registry.text.contains("dash_h_sum 5000\n"))
    }

    @Test("What Linux says about the process is plausible")
    func process() throws {
        let registry = MetricRegistry()
        ProcessMetrics.install(in: registry)
        var values: [String: Double] = [:]
        for line in registry.text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            values[String(parts[0])] = Double(parts[1])
        }
        let start = try #require(values["process_start_time_seconds"])
        let resident = try #require(values["process_resident_memory_bytes"])
        let virtual = try #require(values["process_virtual_memory_bytes"])
        #expect(start > 1_700_000_000)
        #expect(resident > 1_000_000)
        #expect(virtual >= resident)
        #expect(values["process_open_fds"] ?? 0 >= 3)
        #expect(values["process_threads"] ?? 0 >= 1)
        #expect(values["process_cpu_seconds_total"] != nil)
        #expect(values["process_max_fds"] != nil)
    }
}
