import FoundationEssentials
import ServiceRuntime
import Testing

@testable import Agents

@Suite(.timeLimit(.minutes(20))) struct RunEventRecorderTests {
    @Test("Events are numbered from 1, carry the run and the injected time")
    func numbering() {
        let received = Locked<[RunEvent]>([])
        let id = RunID()
        let time = Date(timeIntervalSince1970: 1_000)
        let recorder = RunEventRecorder(runID: id, now: { time }) { event in received.withLock { $0.append(event) } }
        recorder.record(.started(question: "?"))
        recorder.record(.finished(milliseconds: 3))
        let events = received.withLock { $0 }
        #expect(events.map(\.sequence) == [1, 2])
        #expect(events.allSatisfy { $0.runID == id && $0.time == time && $0.span == 0 && $0.parentSpan == nil })
    }

    @Test("Spans are numbered and know what caused them")
    func spans() {
        let log = EventLog()
        let loop = log.recorder.root.child()
        let tool = loop.child()
        let second = loop.child()
        #expect([loop.id, tool.id, second.id] == [1, 2, 3])
        #expect([loop.parent, tool.parent, second.parent] == [0, 1, 1])
        tool.record(.budgetReached(.tokens))
        #expect(log.events.first?.span == 2)
        #expect(log.events.first?.parentSpan == 1)
    }

    @Test("Many writers at once: the sink gets all events in order, one at a time")
    func concurrentWriters() async {
        let received = Locked<[Int]>([])
        let inside = Locked(0)
        let overlaps = Locked(0)
        let recorder = RunEventRecorder(runID: RunID()) { event in
            let others = inside.withLock { count in
                count += 1
                return count - 1
            }
            if others > 0 { overlaps.withLock { $0 += 1 } }
            received.withLock { $0.append(event.sequence) }
            inside.withLock { $0 -= 1 }
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<250 { recorder.record(.budgetReached(.tokens)) }
                }
            }
        }
        #expect(received.withLock { $0 } == Array(1...2000))
        #expect(overlaps.withLock { $0 } == 0)
    }

    @Test("A sink that records an event itself gets it next")
    func reentrantSink() {
        let received = Locked<[Int]>([])
        let holder = Locked<RunEventRecorder?>(nil)
        let recorder = RunEventRecorder(runID: RunID()) { event in
            if event.sequence == 1 { holder.withLock { $0 }?.record(.budgetReached(.seconds)) }
            received.withLock { $0.append(event.sequence) }
        }
        holder.withLock { $0 = recorder }
        recorder.record(.started(question: "?"))
        #expect(received.withLock { $0 } == [1, 2])
    }

    @Test("Events survive being stored as JSON")
    func codable() throws {
        let log = EventLog()
        log.recorder.record(.delegated(from: "leader", to: "analyst", task: "count"))
        let event = try #require(log.events.first)
        let copy: RunEvent = try JSONValue(encoding: event).decode()
        #expect(copy.outline == event.outline)
        #expect(copy.runID == event.runID)
    }
}
