/// The chunks of a response body as they arrive; throws where the connection breaks or the task is cancelled.
package struct HTTPBodyStream: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = any Error

    package struct AsyncIterator: AsyncIteratorProtocol {
        package mutating func next() async throws -> [UInt8]? { nil }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator() }
}
