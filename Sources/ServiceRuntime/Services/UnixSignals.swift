import CSystem
import Glibc

/// The signals that reach the process, as a sequence. From `init` until it is released they have no other effect.
package final class UnixSignals: AsyncSequence, Sendable {
    package typealias Element = UnixSignal
    package typealias Failure = Never

    private let stream: AsyncStream<UnixSignal>
    private let continuation: AsyncStream<UnixSignal>.Continuation
    private let subscription: Int

    /// `onArrival` is called on the thread that receives signals, even where the task pool is stuck.
    package init(_ signals: [UnixSignal], onArrival: @escaping @Sendable (UnixSignal) -> Void = { _ in }) {
        Self.ignoreBrokenPipes()
        let (stream, continuation) = AsyncStream<UnixSignal>.makeStream(bufferingPolicy: .bufferingNewest(16))
        self.stream = stream
        self.continuation = continuation
        subscription = SignalHub.shared.subscribe(to: signals) { signal in
            onArrival(signal)
            continuation.yield(signal)
        }
    }

    deinit {
        SignalHub.shared.unsubscribe(subscription)
        continuation.finish()
    }

    package func makeAsyncIterator() -> AsyncStream<UnixSignal>.Iterator { stream.makeAsyncIterator() }

    /// Waits for one signal; nil when the task is cancelled.
    package func next() async -> UnixSignal? {
        var iterator = stream.makeAsyncIterator()
        return await iterator.next()
    }

    /// Makes writing to a closed pipe or socket an error of that write, not the end of the process.
    package static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }
}

/// Reads the signal pipe on one thread for all subscribers.
private final class SignalHub: Sendable {
    static let shared = SignalHub()

    private struct Subscriber {
        var signals: Set<UnixSignal>
        var handler: @Sendable (UnixSignal) -> Void
    }

    private struct State {
        var isReading = false
        var nextID = 0
        var subscribers: [Int: Subscriber] = [:]
    }

    private let state = Locked(State())

    func subscribe(to signals: [UnixSignal], handler: @escaping @Sendable (UnixSignal) -> Void) -> Int {
        state.withLock { state in
            if !state.isReading {
                state.isReading = true
                let pipe = csystem_signal_pipe()
                precondition(pipe >= 0, "no pipe for signals: error \(errno)")
                SystemThread.start(name: "signals", stackBytes: 256 << 10) { self.read(pipe) }
            }
            let watched = state.subscribers.values.reduce(into: Set<UnixSignal>()) { $0.formUnion($1.signals) }
            for signal in Set(signals).subtracting(watched) {
                precondition(csystem_watch_signal(signal.number) == 0, "\(signal) cannot be caught")
            }
            state.nextID += 1
            state.subscribers[state.nextID] = Subscriber(signals: Set(signals), handler: handler)
            return state.nextID
        }
    }

    func unsubscribe(_ id: Int) {
        state.withLock { state in
            guard let gone = state.subscribers.removeValue(forKey: id) else { return }
            let watched = state.subscribers.values.reduce(into: Set<UnixSignal>()) { $0.formUnion($1.signals) }
            for signal in gone.signals.subtracting(watched) { csystem_unwatch_signal(signal.number) }
        }
    }

    private func read(_ pipe: Int32) {
        var byte: UInt8 = 0
        while true {
            let count = Glibc.read(pipe, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            guard count == 1 else { return }
            let signal = UnixSignal(number: Int32(byte))
            let handlers = state.withLock { state in
                state.subscribers.sorted { $0.key < $1.key }.map(\.value)
                    .filter { $0.signals.contains(signal) }.map(\.handler)
            }
            for handler in handlers { handler(signal) }
        }
    }
}
