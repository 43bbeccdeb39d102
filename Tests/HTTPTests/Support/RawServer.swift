import Glibc
import ServiceRuntime

/// A server that answers each connection as a script says, for what a proper server never does.
final class RawServer: Sendable {
    let port: Int
    private let socket: Int32
    private let accepted = Locked(0)

    /// The script gets every connection with its number, counted from 0, on a thread of its own.
    init(_ script: @escaping @Sendable (RawSocket, Int) throws -> Void) throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = RawSocket.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
            guard let name = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            guard bind(socket, name, length) == 0, listen(socket, 16) == 0 else { return -1 }
            return getsockname(socket, name, &length)
        }
        guard status == 0 else { throw RawSocket.Failure(call: "bind") }
        self.socket = socket
        port = Int(UInt16(bigEndian: address.sin_port))
        SystemThread.start(name: "raw-server") { [accepted] in
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else {
                    close(socket)
                    return
                }
                let number = accepted.withLock { count in
                    defer { count += 1 }
                    return count
                }
                SystemThread.start(name: "raw-script") {
                    try? script(RawSocket(adopting: connection), number)
                }
            }
        }
    }

    /// To be called at the end of the test; a server must not go away with its last mention in it.
    func stop() {
        shutdown(socket, Int32(SHUT_RDWR))
    }

    var connections: Int { accepted.withLock { $0 } }
}

extension RawSocket {
    /// Reads one request without a body, or with a body that ends in `!`.
    func readRequest() throws -> String {
        try receiveNow { $0.hasSuffix("\r\n\r\n") || $0.hasSuffix("!") }
    }
}
