import ServiceRuntime
import Testing

@testable import HTTP

@Suite(.timeLimit(.minutes(20))) struct BodyPipeTests {
    private func offer(_ pipe: BodyPipe, _ count: Int) -> Bool {
        [UInt8](repeating: 7, count: count).withUnsafeBufferPointer { pipe.offer($0) }
    }

    @Test("No more than a megabyte and one chunk waits; reading lets the sender go on")
    func bounded() async throws {
        let pipe = BodyPipe()
        var accepted = 0
        while offer(pipe, 16 << 10) { accepted += 1 }
        #expect(accepted == 64)
        #expect(pipe.isPaused)
        var reads = 0
        while true {
            let (chunk, hasRoomAgain) = try await pipe.next(cancel: {})
            reads += 1
            #expect(chunk?.count == 16 << 10)
            if hasRoomAgain { break }
        }
        #expect(reads == 33)
        #expect(!pipe.isPaused)
        #expect(offer(pipe, 1))
    }

    @Test("Chunks that came before the end are read first, then the error")
    func orderOfEnd() async throws {
        let pipe = BodyPipe()
        #expect(offer(pipe, 3))
        pipe.finish(.failure(HTTPError(.connectionLost, message: "cut")))
        #expect(try await pipe.next(cancel: {}).chunk == [7, 7, 7])
        await #expect(throws: HTTPError.self) { try await pipe.next(cancel: {}) }
    }

    @Test("A cancelled pipe throws although chunks wait")
    func cancelled() async throws {
        let pipe = BodyPipe()
        #expect(offer(pipe, 3))
        pipe.cancel()
        await #expect(throws: CancellationError.self) { try await pipe.next(cancel: {}) }
    }
}
