import CSystem
import Glibc

/// A pipe that programs we start do not inherit by themselves. Closed when released.
package final class Pipe {
    package private(set) var reading: Int32 = -1
    package private(set) var writing: Int32 = -1

    package init() throws {
        var ends: [Int32] = [-1, -1]
        guard csystem_pipe(&ends) == 0 else { throw SystemError(call: "pipe") }
        reading = ends[0]
        writing = ends[1]
    }

    deinit {
        closeReading()
        closeWriting()
    }

    package func closeReading() {
        if reading >= 0 { close(reading) }
        reading = -1
    }

    package func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    /// Reads what is there without blocking, keeping no more than the limit; closes at the end of the stream.
    func read(into bytes: inout [UInt8], limit: Int) {
        guard reading >= 0 else { return }
        makeNonBlocking(reading)
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = Glibc.read(reading, &buffer, buffer.count)
            if count == 0 { return closeReading() }
            guard count > 0 else { return }
            bytes.append(contentsOf: buffer.prefix(min(count, limit - bytes.count)))
        }
    }

    /// Writes what the pipe takes without blocking, and drops the rest when nobody reads it any more.
    func write(_ bytes: inout ArraySlice<UInt8>) {
        guard writing >= 0, !bytes.isEmpty else { return }
        makeNonBlocking(writing)
        let count = bytes.withUnsafeBytes { Glibc.write(writing, $0.baseAddress, $0.count) }
        if count > 0 {
            bytes.removeFirst(count)
        } else if errno != EAGAIN, errno != EINTR {
            // The program does not want the rest.
            bytes = []
        }
    }

    /// The program's ends keep blocking: the flag belongs to each end of a pipe separately.
    private func makeNonBlocking(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
}
