import ServiceRuntime

extension Settings {
    /// For commands that a person watches: only what went wrong, unless a level is set.
    var commandLogger: Logger {
        Logger(label: "dashd", minimumLevel: logLevel ?? .warning)
    }
}
