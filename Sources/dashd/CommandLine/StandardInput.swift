import Glibc
import ServiceRuntime

/// Standard input line by line, read on a thread because reading blocks, and no faster than the lines are used.
struct StandardInput {
    private static let chunkBytes = 65_536

    private let thread = ThreadPoolExecutor(name: "standard-input", threads: 1)
    private var lines = LineReader()

    /// Nil at the end of the input, or where it cannot be read any more.
    mutating func next() async throws -> LineReader.Line? {
        try await lines.next { [thread] in try await thread.run(Self.read) }
    }

    /// Empty at the end.
    private static func read() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: chunkBytes) { buffer, count in
            var got = Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            while got < 0, errno == EINTR { got = Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count) }
            count = max(0, got)
        }
    }
}
