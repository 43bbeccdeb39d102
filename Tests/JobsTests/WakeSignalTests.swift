import Jobs
import Testing

@Suite struct WakeSignalTests {
    @Test("A signal before the wait is kept")
    func early() async {
        let signal = WakeSignal()
        signal.signal()
        signal.signal()
        await signal.wait()
    }

    @Test("A waiting task is woken")
    func late() async {
        let signal = WakeSignal()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait() }
            group.addTask { signal.signal() }
        }
    }

    @Test("A cancelled task does not wait")
    func cancelled() async {
        let signal = WakeSignal()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait() }
            group.cancelAll()
        }
    }

    @Test("A wait with a limit ends without a signal")
    func limit() async {
        await WakeSignal().wait(atMost: .milliseconds(1))
    }

    @Test("No signal is lost under load")
    func load() async {
        let signals = (0..<200).map { _ in WakeSignal() }
        await withTaskGroup(of: Void.self) { group in
            for signal in signals {
                group.addTask { await signal.wait() }
                group.addTask { signal.signal() }
            }
        }
    }
}
