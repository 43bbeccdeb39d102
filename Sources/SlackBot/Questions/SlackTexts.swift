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

    private static func message(_ text: String) -> SlackMessage {
        SlackMessage(text: text, blocks: [.section(text: text)])
    }
}
