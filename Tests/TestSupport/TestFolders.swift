import FoundationEssentials
import Glibc
import ServiceRuntime

/// Temporary folders that go when the test process has gone, together with a PostgreSQL that runs in them.
package enum TestFolders {
    private static let prefix = "/tmp/dash-test-"

    /// A new empty folder, for example `/tmp/dash-test-4711-postgres-1a2b3c`, which any account may pass through.
    package static func make(_ name: String) throws -> String {
        let path = "\(prefix)\(getpid())-\(name)-\(Hex.encode(RandomBytes.generate(4)))"
        guard mkdir(path, 0o711) == 0 else { throw SystemError(call: "mkdir \(path)") }
        try watch(path)
        return path
    }

    /// Removes what test processes left behind that ended together with their watchdogs.
    static func sweep() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
        for name in names where name.hasPrefix("dash-test-") {
            let parts = name.split(separator: "-")
            guard parts.count > 3, let owner = pid_t(parts[2]), kill(owner, 0) != 0, errno == ESRCH else { continue }
            try? startCleaner(of: "/tmp/" + name, input: nil)
        }
    }

    /// Starts a process that reads from a pipe only we hold open: the end of the stream is our end.
    private static func watch(_ path: String) throws {
        let pipe = try Pipe()
        try startCleaner(of: path, input: pipe.reading)
        pipe.closeReading()
        // The writing end stays open as long as this process lives.
        _ = Unmanaged.passRetained(pipe)
    }

    private static func startCleaner(of path: String, input: Int32?) throws {
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0 else { throw SystemError(call: "opening /dev/null") }
        defer { close(nothing) }
        // An immediate stop is enough for data that goes. The number may belong to another process by now.
        let script = """
            read -r _
            for pid_file in "$1"/data/postmaster.pid "$1"/*/data/postmaster.pid; do
              [ -f "$pid_file" ] || continue
              pid=$(head -n 1 "$pid_file")
              tr '\\0' '\\n' < "/proc/$pid/cmdline" | grep -qxF "$(dirname "$pid_file")" || continue
              kill -QUIT "$pid"
              for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                kill -0 "$pid" 2>/dev/null || break
                sleep 0.1
              done
            done
            rm -rf "$1"
            """
        _ = try Command("/bin/sh", ["-c", script, "sh", path]).spawn(
            input: input ?? nothing, output: nothing, error: nothing, group: .ownSession)
    }
}
