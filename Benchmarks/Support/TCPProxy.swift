import Glibc
import ServiceRuntime

/// Passes TCP connections of the loopback interface on to another port there, or does to them what networks do.
///
/// Two threads per connection: what becomes of a connection does not depend on how busy the rest of the program is.
package final class TCPProxy: Sendable {
    package enum Mode: Sendable, Equatable {
        case pass
        /// Every piece waits this long, each way.
        case latency(Duration)
        /// Nothing arrives any more, and nobody is told: what is open now or is opened meanwhile stays so for ever.
        case blackHole
        /// What is opened is reset at once.
        case refuse
    }

    private struct Link {
        var client: Int32
        var server: Int32
        var serverSidePort: Int
        var isBlackHole: Bool
        var openEnds = 2
    }

    private struct State {
        var target: Int
        var mode = Mode.pass
        var links: [Int: Link] = [:]
        var nextLink = 0
        var isStopped = false
        var history: [(port: Int, at: Double)] = []
    }

    package let port: Int
    private let listener: Int32
    private let state: Locked<State>

    /// - Parameter target: the port connections are passed on to.
    package init(to target: Int) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { throw SystemError(call: "socket") }
        guard let port = Self.bound(listener), listen(listener, 512) == 0 else {
            throw SystemError(call: "listening on a free port")
        }
        self.port = port
        state = Locked(State(target: target))
        SystemThread.start(name: "proxy", stackBytes: 256 << 10) { [listener, state] in Self.accept(listener, state) }
    }

    deinit { stop() }

    package func set(_ mode: Mode) {
        state.withLock { state in
            state.mode = mode
            if mode == .blackHole { for id in state.links.keys { state.links[id]?.isBlackHole = true } }
        }
    }

    /// Makes a black hole of the one connection that the other side sees coming from this port; false where there is none.
    package func blackHole(serverSidePort: Int) -> Bool {
        state.withLock { state in
            guard let id = state.links.first(where: { $0.value.serverSidePort == serverSidePort })?.key else {
                return false
            }
            state.links[id]?.isBlackHole = true
            return true
        }
    }

    /// Resets all connections.
    package func cut() {
        state.withLock { state in
            for link in state.links.values {
                for end in [link.client, link.server] {
                    Self.resetOnClose(end)
                    shutdown(end, Int32(SHUT_RDWR))
                }
            }
        }
    }

    package func stop() {
        let wasStopped = state.withLock { state in
            defer { state.isStopped = true }
            return state.isStopped
        }
        guard !wasStopped else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        cut()
    }

    package var connectionCount: Int { state.withLock { $0.links.count } }

    /// The ports that the other side has seen, with when each connection was opened, in seconds since 1970.
    package var history: [(port: Int, at: Double)] { state.withLock { $0.history } }

    // MARK: - Threads

    private static func accept(_ listener: Int32, _ state: Locked<State>) {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            if client < 0, errno == EINTR || errno == ECONNABORTED { continue }
            guard client >= 0 else { break }
            let (mode, target, isStopped) = state.withLock { ($0.mode, $0.target, $0.isStopped) }
            guard !isStopped else {
                close(client)
                break
            }
            guard mode != .refuse else {
                resetOnClose(client)
                close(client)
                continue
            }
            SystemThread.start(name: "proxy-open", stackBytes: 256 << 10) { open(client, target, state) }
        }
        close(listener)
    }

    private static func open(_ client: Int32, _ target: Int, _ state: Locked<State>) {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard server >= 0, connect(server, to: target) else {
            resetOnClose(client)
            close(client)
            if server >= 0 { close(server) }
            return
        }
        var one: Int32 = 1
        for end in [client, server] { setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4) }
        let id = state.withLock { state in
            state.nextLink += 1
            let port = localPort(server) ?? 0
            state.history.append((port, FakeSlack.now))
            state.links[state.nextLink] = Link(
                client: client, server: server, serverSidePort: port, isBlackHole: state.mode == .blackHole)
            return state.nextLink
        }
        SystemThread.start(name: "proxy-back", stackBytes: 256 << 10) { pump(id, from: server, to: client, state) }
        pump(id, from: client, to: server, state)
    }

    private static func pump(_ id: Int, from source: Int32, to sink: Int32, _ state: Locked<State>) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            let (mode, isBlackHole) = state.withLock { ($0.mode, $0.links[id]?.isBlackHole ?? false) }
            if isBlackHole {
                // Neither what is sent nor that somebody hung up arrives.
                if count > 0 { continue }
                break
            }
            guard count > 0 else { break }
            if case .latency(let delay) = mode { usleep(UInt32(delay / .microseconds(1))) }
            guard sendAll(buffer[..<count], to: sink) else { break }
        }
        let isBlackHole = state.withLock { $0.links[id]?.isBlackHole ?? false }
        if !isBlackHole { shutdown(sink, Int32(SHUT_WR)) }
        let finished: Link? = state.withLock { state in
            state.links[id]?.openEnds -= 1
            guard state.links[id]?.openEnds == 0 else { return nil }
            return state.links.removeValue(forKey: id)
        }
        if let finished {
            close(finished.client)
            close(finished.server)
        }
    }

    private static func sendAll(_ bytes: ArraySlice<UInt8>, to sink: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    // MARK: - Sockets

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        return address
    }

    private static func bound(_ socket: Int32) -> Int? {
        var address = address(0)
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        return isBound ? localPort(socket) : nil
    }

    private static func connect(_ socket: Int32, to port: Int) -> Bool {
        var address = address(port)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func localPort(_ socket: Int32) -> Int? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard getsockname(socket, address, &length) == 0 else { return nil }
                return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    Int(in_port_t(bigEndian: $0.pointee.sin_port))
                }
            }
        }
    }

    private static func resetOnClose(_ socket: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}
