package import FoundationEssentials
import ServiceRuntime

/// Numbers the events of one run and hands them on, in order and one at a time.
///
/// Whoever owns the run records `.started`, then `.finished` or `.failed`; agents and tools record what lies between.
package final class RunEventRecorder: Sendable {
    package let runID: RunID
    private let now: @Sendable () -> Date
    private let sink: @Sendable (RunEvent) -> Void
    private let state: Locked<State>

    private struct State {
        var lastSequence = 0
        var lastSpan = 0
        var waiting: [RunEvent] = []
        var isForwarding = false
    }

    /// The numbers that a run's events have used up; a run that goes on counts from there.
    package struct Position: Sendable, Equatable {
        package var sequence: Int
        package var span: Int

        package init(sequence: Int = 0, span: Int = 0) {
            self.sequence = sequence
            self.span = span
        }
    }

    package init(
        runID: RunID, after position: Position = Position(), now: @escaping @Sendable () -> Date = { Date.now },
        sink: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.runID = runID
        self.now = now
        self.sink = sink
        state = Locked(State(lastSequence: position.sequence, lastSpan: position.span))
    }

    /// The run itself: events about no agent in particular, and the parent of all other spans.
    package var root: RunSpan { RunSpan(recorder: self, id: 0, parent: nil) }

    package func record(_ kind: RunEvent.Kind) { root.record(kind) }

    func makeSpan(under parent: Int) -> RunSpan {
        let id = state.withLock { state in
            state.lastSpan += 1
            return state.lastSpan
        }
        return RunSpan(recorder: self, id: id, parent: parent)
    }

    func record(_ kind: RunEvent.Kind, span: Int, parent: Int?) {
        let time = now()
        let mustForward = state.withLock { state in
            state.lastSequence += 1
            state.waiting.append(
                RunEvent(
                    runID: runID, sequence: state.lastSequence, time: time, span: span, parentSpan: parent, kind: kind))
            defer { state.isForwarding = true }
            return !state.isForwarding
        }
        if mustForward { forward() }
    }

    /// Only one caller forwards at a time, outside the lock; the others leave their events to it.
    private func forward() {
        while true {
            let batch = state.withLock { state in
                defer { state.waiting = [] }
                state.isForwarding = !state.waiting.isEmpty
                return state.waiting
            }
            guard !batch.isEmpty else { return }
            batch.forEach(sink)
        }
    }
}
