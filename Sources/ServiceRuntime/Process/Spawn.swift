import CSystem
import Glibc

extension Command {
    /// Which signals of our terminal a program gets.
    package enum Group: Int32, Sendable {
        /// The same as we: for a program that takes the terminal over.
        case ours
        /// None, nor may it read from the terminal.
        case own
        /// None: it has no terminal.
        case ownSession
    }

    /// Starts the program with the given descriptors as its standard ones and returns its process id.
    ///
    /// It gets default signals and no other descriptor of ours. The caller reaps it.
    package func spawn(input: Int32, output: Int32, error: Int32, group: Group) throws -> Int32 {
        let arguments = CStringArray([executable] + self.arguments)
        let pairs = environment.map { $0.map { "\($0.key)=\($0.value)" } }
        var pid: pid_t = 0
        let code = arguments.withPointers { arguments in
            guard let pairs else {
                return csystem_spawn(
                    &pid, executable, arguments, environ, directory, input, output, error, group.rawValue)
            }
            return CStringArray(pairs).withPointers {
                csystem_spawn(&pid, executable, arguments, $0, directory, input, output, error, group.rawValue)
            }
        }
        guard code == 0 else { throw SystemError(call: "starting \(executable)", code: code) }
        return pid
    }
}

/// Strings as C wants an argument vector: pointers to NUL-terminated copies, then a null pointer.
private struct CStringArray {
    private let strings: [String]

    init(_ strings: [String]) {
        self.strings = strings
    }

    func withPointers<Result>(_ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result) -> Result {
        let pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
