import FoundationEssentials
import Glibc

/// What Linux says about this process, under the names that Prometheus's own libraries use.
package enum ProcessMetrics {
    package static func install(in registry: MetricRegistry) {
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        let page = Double(sysconf(Int32(_SC_PAGESIZE)))
        let bootTime = Self.bootTime
        registry.read("process_cpu_seconds_total", "User and system time that was used, in seconds.", .counter) {
            fields().map { ($0[11] + $0[12]) / ticks }
        }
        registry.read("process_resident_memory_bytes", "Memory in use.", .gauge) { fields().map { $0[21] * page } }
        registry.read("process_virtual_memory_bytes", "Address space in use.", .gauge) { fields().map { $0[20] } }
        registry.read("process_threads", "Threads of the operating system.", .gauge) { fields().map { $0[17] } }
        registry.read("process_start_time_seconds", "When the process began, in seconds since 1970.", .gauge) {
            guard let bootTime, let fields = fields() else { return nil }
            return bootTime + fields[19] / ticks
        }
        registry.read("process_open_fds", "Open files and sockets.", .gauge) {
            (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count) }
        }
        registry.read("process_max_fds", "How many files and sockets may be open.", .gauge) {
            var limit = rlimit()
            guard getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit) == 0 else { return nil }
            return Double(limit.rlim_cur)
        }
    }

    /// The fields of `/proc/self/stat` after the program's name, which may itself hold spaces; counted from 0.
    private static func fields() -> [Double]? {
        guard let text = content("/proc/self/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ").map { Double($0) ?? 0 }
        return fields.count > 21 ? fields : nil
    }

    private static var bootTime: Double? {
        content("/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
            .flatMap { Double($0.dropFirst("btime ".count)) }
    }

    private static func content(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
