import CLibPQ
import ServiceRuntime

/// Takes the server's notices, which libpq would write to standard error.
final class NoticeLog: Sendable {
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    func receive(_ result: OpaquePointer) {
        guard let message = clibpq_message(result) else { return }
        logger.debug("notice from the server", ["notice": String(cString: message)])
    }
}

/// A top-level function: a closure literal would inherit an isolation that libpq's calls do not have.
func receiveNotice(_ context: UnsafeMutableRawPointer?, _ result: OpaquePointer?) {
    guard let context, let result else { return }
    Unmanaged<NoticeLog>.fromOpaque(context).takeUnretainedValue().receive(result)
}
