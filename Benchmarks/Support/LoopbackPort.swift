import Glibc
import ServiceRuntime

/// A port of the loopback interface that nobody listens on at the moment.
package enum LoopbackPort {
    package static func find() throws -> Int {
        guard let port = bind(to: 0) else { throw SystemError(call: "finding a free port") }
        return port
    }

    /// One that the system gives to no outgoing connection: it is still free when a program that was killed there
    /// starts again.
    package static func findLasting(_ random: inout SeededRandom) throws -> Int {
        for _ in 0..<200 {
            if let port = bind(to: random.integer(20_000...29_999)) { return port }
        }
        throw SystemError(call: "finding a free port")
    }

    /// The port that was free, nil where it is taken.
    private static func bind(to port: Int) -> Int? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard Glibc.bind(descriptor, address, length) == 0, getsockname(descriptor, address, &length) == 0
                else { return nil }
                return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    Int(in_port_t(bigEndian: $0.pointee.sin_port))
                }
            }
        }
    }
}
