package import Jobs
package import ServiceRuntime
package import SlackAPI

/// What the Slack surface needs to be told.
package struct SlackConfiguration: Sendable {
    /// The bot token, `xoxb-…`.
    package var token: Secret
    package var signingSecret: Secret
    /// Accepted as well while the secret is being rotated.
    package var previousSigningSecret: Secret?
    package var apiURL: String
    /// Who may decide about confirmations beside the person who asked.
    package var approvers: Set<SlackUserID>
    /// How long what Slack says about a person and about a channel is believed.
    package var userLifetime: Duration = .seconds(300)
    package var channelLifetime: Duration = .seconds(10)
    package var worker: JobWorkerOptions
    package var outbox: OutboxOptions
    package var catchUp = CatchUpOptions()
    package var questions: QuestionJob.Options

    package init(
        token: Secret, signingSecret: Secret, previousSigningSecret: Secret? = nil, apiURL: String? = nil,
        approvers: Set<SlackUserID> = [], worker: JobWorkerOptions = JobWorkerOptions(),
        outbox: OutboxOptions = OutboxOptions(),
        questions: QuestionJob.Options = QuestionJob.Options()
    ) {
        self.token = token
        self.signingSecret = signingSecret
        self.previousSigningSecret = previousSigningSecret
        self.apiURL = apiURL ?? SlackClient.defaultURL
        self.approvers = approvers
        self.worker = worker
        self.outbox = outbox
        self.questions = questions
    }
}
