import Glibc
import ServiceRuntime

/// Passes connections on to a port of the loopback interface, until told to swallow what they carry.
package final class BlackHoleProxy: Sendable {
    private struct Pair {
        var client: Int32
        var server: Int32
        var isSwallowed = false
    }

    private struct State {
        var pairs: [Pair] = []
        var isStopped = false
    }

    private let listening: SilentPort
    private let state = Locked(State())

    package var port: Int { listening.port }

    package init(to target: Int) throws {
        listening = try SilentPort()
        SystemThread.start(name: "proxy") { [self] in serve(target) }
    }

    /// From now on nothing passes on the connections there are; they stay open. New ones are served.
    package func swallowPresentConnections() {
        state.withLock { state in
            for index in state.pairs.indices { state.pairs[index].isSwallowed = true }
        }
    }

    package func stop() {
        state.withLock { $0.isStopped = true }
    }

    private func serve(_ target: Int) {
        while !state.withLock(\.isStopped) {
            let pairs = state.withLock { $0.pairs.filter { !$0.isSwallowed } }
            var waits = [pollfd(fd: listening.descriptor, events: Int16(POLLIN), revents: 0)]
            for pair in pairs {
                waits.append(pollfd(fd: pair.client, events: Int16(POLLIN), revents: 0))
                waits.append(pollfd(fd: pair.server, events: Int16(POLLIN), revents: 0))
            }
            poll(&waits, nfds_t(waits.count), 5)
            if waits[0].revents != 0 { accept(target) }
            for (index, pair) in pairs.enumerated() {
                let goesOn =
                    (waits[2 * index + 1].revents == 0 || pass(from: pair.client, to: pair.server))
                    && (waits[2 * index + 2].revents == 0 || pass(from: pair.server, to: pair.client))
                if !goesOn { end(pair) }
            }
        }
        for pair in state.withLock(\.pairs) { end(pair) }
    }

    private func accept(_ target: Int) {
        let client = Glibc.accept(listening.descriptor, nil, nil)
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = SilentPort.loopback(target)
        _ = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        state.withLock { $0.pairs.append(Pair(client: client, server: server)) }
    }

    private func pass(from source: Int32, to sink: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let count = read(source, &buffer, buffer.count)
        let isSwallowed = state.withLock { state in
            state.pairs.contains { ($0.client == source || $0.server == source) && $0.isSwallowed }
        }
        guard !isSwallowed else { return true }
        return count > 0 && send(sink, buffer, count, Int32(MSG_NOSIGNAL)) == count
    }

    private func end(_ pair: Pair) {
        close(pair.client)
        close(pair.server)
        state.withLock { $0.pairs.removeAll { $0.client == pair.client } }
    }
}
