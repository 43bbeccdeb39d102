/// The chunks of a response body as they arrive; throws where the connection breaks or the task is cancelled.
///
/// For one consumer; valid until the closure it was handed to returns.
package struct HTTPBodyStream: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = any Error

    let pipe: BodyPipe
    /// Tells the sender that there is room again.
    let resume: @Sendable () -> Void
    let cancel: @Sendable () -> Void

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let stream: HTTPBodyStream

        package mutating func next() async throws -> [UInt8]? {
            let (chunk, hasRoomAgain) = try await stream.pipe.next(cancel: stream.cancel)
            if hasRoomAgain { stream.resume() }
            return chunk
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream: self) }
}
