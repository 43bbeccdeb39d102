import Glibc

/// The name of this process in logs and metrics, the same for all its life.
enum Replica {
    /// Host (in a container: its own) and process: two daemons on a machine differ, and so does one after a restart.
    static let name: String = {
        var buffer = [CChar](repeating: 0, count: 101)
        let isKnown = gethostname(&buffer, buffer.count - 1) == 0
        let host = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(isKnown ? host : "host")-\(getpid())"
    }()
}
