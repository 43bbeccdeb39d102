import ServiceRuntime
import SlackAPI

/// Sentences for one person's eyes, sent after the click that caused them was acknowledged; best effort.
final class PersonalNotices: Service {
    struct Notice: Sendable {
        var text: SlackText
        var user: SlackUserID
        var team: SlackTeamID
        var channel: SlackChannelID
        var thread: SlackTimestamp?
    }

    private let installations: any SlackInstallations
    private let logger: Logger
    private let stream: AsyncStream<Notice>
    private let continuation: AsyncStream<Notice>.Continuation

    init(installations: any SlackInstallations, logger: Logger) {
        self.installations = installations
        self.logger = logger
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(100))
    }

    func add(_ notice: Notice) { continuation.yield(notice) }

    func run() async throws {
        await withGracefulShutdownHandler {
            for await notice in stream { await send(notice) }
        } onGracefulShutdown: { [continuation] in
            continuation.finish()
        }
    }

    private func send(_ notice: Notice) async {
        guard let client = installations.installation(for: notice.team)?.client else { return }
        do {
            try await client.postEphemeral(
                SlackMessage(text: notice.text, isNotice: true), to: notice.user, in: notice.channel,
                thread: notice.thread)
        } catch {
            logger.debug("a person cannot be told about a click", ["error": "\(error)"])
        }
    }
}
