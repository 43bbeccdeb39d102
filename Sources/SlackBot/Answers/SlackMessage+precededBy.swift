import SlackAPI

extension SlackMessage {
    /// The same below a line of its own; without the line where Slack would not take both.
    func preceded(by line: SlackText) -> SlackMessage {
        var message = self
        message.text = line + "\n\n" + text
        if !blocks.isEmpty { message.blocks = [.context([line])] + blocks }
        return message.violations().isEmpty ? message : self
    }
}
