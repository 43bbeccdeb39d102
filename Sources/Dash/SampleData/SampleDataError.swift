/// Why the sample company was not loaded or removed. Nothing was changed.
package struct SampleDataError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        /// Tables of these names exist and were not made by the sample.
        case foreignTables([String])
        /// These views read from the sample's tables, in the order in which they can be dropped.
        case builtOn([SampleView])
        /// Other objects, or running statements, hold on to the sample's tables.
        case inUse
    }

    package var code: Code
    package var message: String

    package var description: String { message }
}
