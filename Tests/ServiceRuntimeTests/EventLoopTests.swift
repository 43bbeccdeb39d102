import Glibc
import ServiceRuntime
import Testing

@Suite struct EventLoopTests {
    @Test("A task wakes when its descriptor can be read, again and again")
    func readable() async throws {
        let loop = EventLoop()
        let pipe = try Pipe()
        for round in 0..<100 as Range<UInt8> {
            let reading = pipe.reading
            async let ready = loop.wait(for: .readable, on: reading)
            var byte = round
            #expect(write(pipe.writing, &byte, 1) == 1)
            let interest = try await ready
            #expect(interest == .readable)
            var read: UInt8 = 255
            #expect(Glibc.read(pipe.reading, &read, 1) == 1)
            #expect(read == round)
        }
    }

    @Test("The end of the other side wakes as readable")
    func hangUp() async throws {
        let loop = EventLoop()
        let pipe = try Pipe()
        pipe.closeWriting()
        let ready = try await loop.wait(for: .readable, on: pipe.reading)
        #expect(ready.contains(.readable))
    }

    @Test("A deadline that passes first gives nothing, and the next wait works")
    func deadline() async throws {
        let loop = EventLoop()
        let pipe = try Pipe()
        let nothing = try await loop.wait(for: .readable, on: pipe.reading, until: .now + .milliseconds(5))
        #expect(nothing.isEmpty)
        var byte: UInt8 = 1
        #expect(write(pipe.writing, &byte, 1) == 1)
        let ready = try await loop.wait(for: .readable, on: pipe.reading, until: .now + .seconds(600))
        #expect(ready == .readable)
    }

    @Test("Cancellation ends a wait, unless the wait is to be finished")
    func cancel() async throws {
        let loop = EventLoop()
        let pipe = try Pipe()
        let reading = pipe.reading
        let task = Task { try await loop.wait(for: .readable, on: reading) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let shielded = Task {
            try await loop.wait(for: .readable, on: reading, until: .now + .seconds(600), cancellable: false)
        }
        shielded.cancel()
        var byte: UInt8 = 1
        #expect(write(pipe.writing, &byte, 1) == 1)
        let ready = try await shielded.value
        #expect(ready == .readable)
    }

    @Test("A descriptor number that was closed and given away again can be waited on")
    func reusedDescriptor() async throws {
        let loop = EventLoop()
        for _ in 0..<20 {
            let pipe = try Pipe()
            var byte: UInt8 = 1
            #expect(write(pipe.writing, &byte, 1) == 1)
            let ready = try await loop.wait(for: .readable, on: pipe.reading)
            #expect(ready == .readable)
        }
    }

    @Test("Timers fire in the order of their deadlines; one taken back does not")
    func timers() async throws {
        let loop = EventLoop()
        let (stream, continuation) = AsyncStream<Int>.makeStream()
        let start = ContinuousClock.now
        let last = loop.schedule(at: start + .milliseconds(30)) { continuation.finish() }
        _ = loop.schedule(at: start + .milliseconds(20)) { continuation.yield(2) }
        let dropped = loop.schedule(at: start + .milliseconds(15)) { continuation.yield(99) }
        _ = loop.schedule(at: start + .milliseconds(10)) { continuation.yield(1) }
        loop.cancel(dropped)
        var fired: [Int] = []
        for await number in stream { fired.append(number) }
        #expect(fired == [1, 2])
        loop.cancel(last)
    }

    @Test("A stopped loop lets everybody go and takes nobody new")
    func stop() async throws {
        let loop = EventLoop()
        let pipe = try Pipe()
        let reading = pipe.reading
        let started = AsyncStream<Void>.makeStream()
        let task = Task {
            started.continuation.finish()
            _ = try await loop.wait(for: .readable, on: reading)
        }
        for await _ in started.stream {}
        loop.stop()
        await #expect(throws: EventLoopError.self) { try await task.value }
        await #expect(throws: EventLoopError.self) { _ = try await loop.wait(for: .readable, on: reading) }
        loop.stop()
    }

    @Test("What epoll cannot watch is an error")
    func refused() async throws {
        let loop = EventLoop()
        await #expect(throws: SystemError.self) { _ = try await loop.wait(for: .readable, on: -1) }
    }
}
