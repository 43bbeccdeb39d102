import SlackAPI

/// What Dash says without running anything.
enum SlackTexts {
    static let help = message(
        """
        *Ask me about your company's data.*

        Mention me with a question, or write to me directly: what a number is, how it developed, how groups compare, \
        which ones stand out. In a thread I take part in you need not mention me again.

        To see what I know, ask: “What data do you have?” For each answer I say how it was computed and how fresh the \
        data is.
        """)

    static let tooLong = message(
        """
        That is more than I can read at once: a question may have up to \(SlackQuestion.longestText) characters. \
        Please put it shorter; the question itself is usually enough, without the text around it.
        """)

    static let sharedSinceAsked = message(
        """
        This channel is shared with another organisation, so I do not show company data here. Please ask me in a direct \
        message or in a channel of your own organisation.
        """)

    /// Where Slack does not say whether others read the channel, with what the administrator can do about it.
    static func unknownReaders(_ error: SlackError) -> SlackMessage {
        let beginning: SlackText = """
            I could not check with Slack whether people of another organisation read this channel, so I do not show company \
            data here. Please ask me in a direct message.
            """
        guard error.reaction == .mendScopes else {
            return message(
                """
                \(beginning) If this is a private channel, inviting me to it may help; if it stays like this, your \
                administrator should look at `dashd doctor`.
                """)
        }
        return message(
            """
            \(beginning) Your administrator can change that: the Slack app needs the permissions `channels:read`, \
            `groups:read` and `mpim:read`; `dashd doctor` names those it lacks.
            """)
    }

    static let unknownAsker = message(
        """
        I could not check with Slack who is asking, so I have not looked anything up. Please try again in a minute; if it \
        stays like this, your administrator should look at `dashd doctor`.
        """)

    static func refused(_ refusal: AccessPolicy.Refusal) -> SlackMessage? {
        switch refusal {
        case .bot, .deactivated: nil
        case .guest: message("Sorry, I answer full members of this workspace only, not guests.")
        case .external: message("Sorry, I answer people of this workspace's own organisation only.")
        case .sharedChannel: sharedSinceAsked
        case .channel: message("Sorry, I do not answer in this channel. You can ask me in a direct message.")
        case .user: message("Sorry, you are not among the people I may answer. Your administrator can change that.")
        }
    }

    /// In the place of an answer, or of the rest of one, that did not arrive.
    static func undelivered(isRest: Bool, isRefused: Bool) -> SlackMessage {
        let what: SlackText = isRest ? "the rest of this answer" : "my answer to this"
        return isRefused
            ? message("Sorry, Slack did not accept \(what). Please ask again, perhaps for less at once.")
            : message(
                "Sorry, I could not get \(what) through to Slack for too long and have let it go. Please ask again.")
    }

    static func late(_ time: SlackText) -> SlackText { "_Asked \(time); I was away then, sorry for the wait._" }

    static func limitReached(_ sentence: String) -> SlackMessage { message(SlackText(sentence)) }

    private static func message(_ text: SlackText) -> SlackMessage {
        SlackMessage(text: text, blocks: [.section(text: text)], isNotice: true)
    }
}
