/// How busy a pool is at a moment.
package struct PoolUsage: Sendable, Equatable {
    /// Connections that tasks have.
    package var inUse: Int
    package var idle: Int
    /// Tasks that wait for a connection.
    package var waiting: Int
}
