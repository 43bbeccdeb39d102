import Glibc

/// A bound TCP socket; whoever serves on it closes it.
package struct ListeningSocket: Sendable {
    let descriptor: Int32
    package let port: Int

    /// Binds and listens. Throws `HTTPError.bindFailed` with port and remedy. Port 0 lets the system choose.
    package init(host: String, port: Int) throws(HTTPError) {
        guard (0...65_535).contains(port) else {
            throw HTTPError(.bindFailed, message: "\(port) is no port; set PORT to a number from 1 to 65535")
        }
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &found) == 0, let address = found?.pointee else {
            throw HTTPError(.bindFailed, message: "\(host) is no IP address to listen on; use 0.0.0.0 or 127.0.0.1")
        }
        defer { freeaddrinfo(found) }
        let socket = Glibc.socket(
            address.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard socket >= 0 else { throw Self.failure(host, port, errno) }
        var on: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard bind(socket, address.ai_addr, address.ai_addrlen) == 0, listen(socket, 511) == 0,
            let bound = Self.boundPort(of: socket)
        else {
            let code = errno
            close(socket)
            throw Self.failure(host, port, code)
        }
        descriptor = socket
        self.port = bound
    }

    private static func boundPort(of socket: Int32) -> Int? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = withUnsafeMutableBytes(of: &storage) { bytes -> Int32 in
            guard let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            return getsockname(socket, address, &length)
        }
        guard status == 0 else { return nil }
        return withUnsafeBytes(of: storage) { bytes in
            // Both address families have the port, in network order, after the family.
            Int(UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self)))
        }
    }

    private static func failure(_ host: String, _ port: Int, _ code: Int32) -> HTTPError {
        let message =
            switch code {
            case EADDRINUSE: "port \(port) is taken by another program; set PORT to a free one"
            case EACCES: "port \(port) may be used by root only; set PORT to 1024 or above"
            case EADDRNOTAVAIL: "\(host) is no address of this machine; use 0.0.0.0 or 127.0.0.1"
            default: "cannot listen on \(host) port \(port): \(String(cString: strerror(code)))"
            }
        return HTTPError(.bindFailed, message: message)
    }
}
