import Glibc
package import HTTP
import ServiceRuntime

/// An HTTP/1.1 server that can misbehave, which a proper one cannot: it cuts, stalls and drops as a test says.
///
/// One thread and one request per connection, on a free port of the loopback interface.
package final class RawHTTPServer: Sendable {
    package typealias Handler = @Sendable (HTTPRequest, RawHTTPConnection) -> Void

    package let port: Int
    private let listener: Int32
    private let open = Locked<(isStopped: Bool, connections: Set<Int32>)>((false, []))

    package struct Failure: Error {
        var call: String
        var code: Int32
    }

    /// - Parameter handler: runs on a thread of its own and may block; the connection ends when it returns.
    package init(_ handler: @escaping Handler) throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Failure(call: "socket", code: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && listen(socket, 1024) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard isBound else { throw Failure(call: "bind", code: errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
        listener = socket
        let open = open
        SystemThread.start(name: "test-http") { Self.serve(on: socket, open, handler) }
    }

    deinit { stop() }

    /// Ends listening and every open connection. Calling it again does nothing.
    package func stop() {
        open.withLock { open in
            guard !open.isStopped else { return }
            open.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            for connection in open.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    private static func serve(
        on listener: Int32, _ open: Locked<(isStopped: Bool, connections: Set<Int32>)>, _ handler: @escaping Handler
    ) {
        while true {
            let socket = Glibc.accept(listener, nil, nil)
            if socket < 0 && errno == EINTR { continue }
            guard socket >= 0 else { break }
            let isStopped = open.withLock { open in
                if !open.isStopped { open.connections.insert(socket) }
                return open.isStopped
            }
            guard !isStopped else {
                close(socket)
                break
            }
            SystemThread.start(name: "test-http-conn") {
                let connection = RawHTTPConnection(socket: socket)
                if let request = connection.readRequest() { handler(request, connection) }
                // Under the lock, so that `stop` never touches a number that names another file by then.
                open.withLock { open in
                    open.connections.remove(socket)
                    _ = close(socket)
                }
            }
        }
        close(listener)
    }
}
