import FoundationEssentials
import Glibc
import ServiceRuntime

/// Command lines of all processes, and environments of all but `dashd` itself, gathered over and over.
final class ProcessWatch: Sendable {
    private let seen = Locked(Set<String>())
    private let programs = Locked(Set<String>())

    /// Everything seen, one text a line.
    var text: String { seen.withLock { $0.sorted().joined(separator: "\n") } }
    /// Names of the programs whose environment was read.
    var environmentsRead: Set<String> { programs.withLock { $0 } }

    /// Looks until it is cancelled.
    func run() async {
        while !Task.isCancelled {
            look()
            // Processes come and go without telling.
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    func look() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for name in names where name.allSatisfy(\.isNumber) {
            let line = Self.text(ofFile: "/proc/\(name)/cmdline")
            // Between fork and exec a child still shows its parent's environment.
            let before = program(name)
            let environment = Self.text(ofFile: "/proc/\(name)/environ")
            seen.withLock { _ = $0.insert(line) }
            guard let before, before == program(name), !before.hasPrefix("dashd"), !environment.isEmpty else {
                continue
            }
            seen.withLock { _ = $0.insert(environment) }
            programs.withLock { _ = $0.insert(before) }
        }
    }

    private func program(_ process: String) -> String? {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe"))
            .flatMap { $0.split(separator: "/").last.map(String.init) }
    }

    private static func text(ofFile path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < 1 << 20 {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
    }
}
