import ServiceRuntime
import Testing

@Suite struct LoggerTests {
    @Test("Lines carry label and merged metadata, the later winning; quiet levels are not even built")
    func lines() {
        let lines = Locked<[String]>([])
        let logger = Logger(label: "a", minimumLevel: .notice, metadata: ["x": "1", "y": "1"]) {
            level, label, message, metadata in
            let pairs = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            lines.withLock { $0.append("\(level.name) \(label) \(message) \(pairs.joined(separator: " "))") }
        }
        func unwanted() -> [String: String] {
            Issue.record("metadata of a quiet level was built")
            return [:]
        }
        logger.info("quiet", unwanted())
        logger.labelled("b").with(["y": "2"]).warning("loud", ["z": "3"])
        logger.notice("plain")
        #expect(lines.withLock { $0 } == ["warning b loud x=1 y=2 z=3", "notice a plain x=1 y=1"])
    }

    @Test("What is done for one question carries its metadata, in every logger and task of it and nowhere else")
    func context() async {
        let lines = Locked<Set<String>>([])
        let logger = Logger(label: "a", minimumLevel: .notice, metadata: ["replica": "r1"]) {
            _, label, message, metadata in
            let pairs = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            lines.withLock { _ = $0.insert("\(label) \(message) \(pairs.joined(separator: " "))") }
        }
        await Logger.withContext(["lane": "L", "run": "first"]) {
            await Logger.withContext(["run": "second"]) {
                logger.notice("inside")
                logger.with(["lane": "own"]).notice("own")
                await Task { logger.labelled("b").notice("in a task") }.value
            }
            async let child: Void = logger.notice("in a child")
            await child
        }
        logger.notice("outside")
        #expect(
            lines.withLock { $0 } == [
                "a inside lane=L replica=r1 run=second", "a own lane=own replica=r1 run=second",
                "b in a task lane=L replica=r1 run=second", "a in a child lane=L replica=r1 run=first",
                "a outside replica=r1",
            ])
    }

    @Test("A locked value keeps every change of many tasks")
    func locked() async {
        let counter = Locked(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask { for _ in 0..<200 { counter.withLock { $0 += 1 } } }
            }
        }
        #expect(counter.withLock { $0 } == 10_000)
    }
}
