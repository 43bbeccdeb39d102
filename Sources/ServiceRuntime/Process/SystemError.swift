import Glibc

/// A system call that failed, with the system's words for why.
package struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    package var call: String
    /// `errno` as the call left it.
    package var code: Int32

    package init(call: String, code: Int32 = errno) {
        self.call = call
        self.code = code
    }

    package var description: String { "\(call): \(String(cString: strerror(code)))" }
}
