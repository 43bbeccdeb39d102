/// Identity of a job in the queue.
package struct JobID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package var rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
    package var description: String { String(rawValue) }
}
