import Glibc
import ServiceRuntime

/// A TCP connection that says exactly what a test wants said. Closed when released.
final class RawSocket: Sendable {
    private let socket: Int32

    struct Failure: Error {
        var call: String
        var code = errno
    }

    init(adopting socket: Int32) {
        self.socket = socket
    }

    deinit { close(socket) }

    static func connect(to port: Int) throws -> RawSocket {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Failure(call: "socket") }
        let connection = RawSocket(adopting: socket)
        var address = loopback(port)
        let status = withUnsafeBytes(of: &address) { bytes in
            Glibc.connect(
                socket, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        guard status == 0 else { throw Failure(call: "connect") }
        return connection
    }

    static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    /// Sends all of it, on a thread of its own. Throws where the other side has gone.
    func send(_ bytes: [UInt8]) async throws {
        try await SystemThread.run(name: "raw-send") { try self.sendNow(bytes) }
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func sendNow(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Failure(call: "send") }
            rest = rest.dropFirst(count)
        }
    }

    /// Says that nothing more will be sent.
    func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// Reads until the end or until `isEnough`; nil bytes mean that nothing came for 20 seconds.
    func receive(until isEnough: @escaping @Sendable (String) -> Bool = { _ in false }) async throws -> String {
        try await SystemThread.run(name: "raw-receive") { try self.receiveNow(until: isEnough) }
    }

    func receiveNow(until isEnough: (String) -> Bool = { _ in false }) throws -> String {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&polled, 1, 20_000) > 0 else { throw Failure(call: "poll") }
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count >= 0 else { throw Failure(call: "recv") }
            if count == 0 { return String(decoding: received, as: UTF8.self) }
            received += buffer[..<count]
            let text = String(decoding: received, as: UTF8.self)
            if isEnough(text) { return text }
        }
    }

    /// Sends one byte after the other, slowly, until the other side closes.
    func drip(_ bytes: [UInt8]) async throws -> Int {
        try await SystemThread.run(name: "raw-drip") { [socket] in
            for (index, byte) in bytes.enumerated() {
                var one = byte
                guard Glibc.send(socket, &one, 1, Int32(MSG_NOSIGNAL)) == 1 else { return index }
                var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
                if poll(&polled, 1, 20) > 0 { return index }
            }
            return bytes.count
        }
    }
}

extension String {
    func occurrences(of text: String) -> Int { split(separator: text, omittingEmptySubsequences: false).count - 1 }
}
