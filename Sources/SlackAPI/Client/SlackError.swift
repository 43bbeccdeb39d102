package import HTTP

/// Why a Web API call did not succeed. Never shows the token, the arguments or message text.
package struct SlackError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        /// Slack answered `ok: false` with this error.
        case refused(String)
        /// Too many calls; nothing was done.
        case rateLimited(retryAfter: Duration)
        /// The request never left: nothing was done.
        case unreachable
        /// The request may or may not have been carried out: time-out, lost connection, 5xx, an answer that is no JSON.
        case ambiguous
    }

    /// What a caller can do about it.
    package enum Reaction: Sendable, Equatable {
        /// The token is not accepted: an administrator must act.
        case mendToken
        /// The app lacks a permission.
        case mendScopes
        case retry
        /// The channel or thread cannot be written to.
        case leaveTarget
        /// Slack does not take this content; send less or plainer content.
        case simplify
        /// The message can no longer be edited; post a new one.
        case postAnew
        case giveUp
    }

    package var code: Code
    package var method: String
    /// What Slack says beyond the error's name, for example which block it does not like.
    package var details: [String]

    package init(_ code: Code, method: String, details: [String] = []) {
        self.code = code
        self.method = method
        self.details = details
    }

    package init(_ error: HTTPError, method: String) {
        let certain = error.code == .connectionFailed || error.code == .invalidURL
        self.init(certain ? .unreachable : .ambiguous, method: method, details: [error.message])
    }

    /// True where a repeated `chat.postMessage` cannot double a message.
    package var isCertainlyNotDone: Bool { code != .ambiguous }

    package var reaction: Reaction {
        switch code {
        case .rateLimited, .unreachable, .ambiguous: .retry
        case .refused(let name): Self.reactions[name] ?? .giveUp
        }
    }

    package var description: String {
        let reason =
            switch code {
            case .refused(let name): "Slack refused it: \(name)"
            case .rateLimited(let wait): "Slack asks to wait \(wait.components.seconds) s"
            case .unreachable: "Slack cannot be reached"
            case .ambiguous: "no usable answer came from Slack"
            }
        return "\(method): \(reason)" + (details.isEmpty ? "" : " (\(details.joined(separator: "; ")))")
    }

    /// Refusals that say nothing about whether the call took effect.
    static let ambiguousRefusals: Set<String> = [
        "fatal_error", "internal_error", "service_unavailable", "request_timeout",
    ]

    private static let reactions: [String: Reaction] = {
        var reactions: [String: Reaction] = [:]
        func add(_ reaction: Reaction, _ names: String) {
            for name in names.split(separator: " ") { reactions[String(name)] = reaction }
        }
        add(
            .mendToken,
            """
            not_authed invalid_auth account_inactive token_revoked token_expired org_login_required ekm_access_denied \
            team_access_not_granted not_allowed_token_type
            """)
        add(.mendScopes, "missing_scope no_permission access_denied not_authorized")
        add(.retry, "team_added_to_org accesslimited rate_limited ratelimited")
        add(
            .leaveTarget,
            """
            channel_not_found not_in_channel is_archived user_not_in_channel thread_not_found messages_tab_disabled \
            restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel \
            restricted_action_non_threadable_channel restricted_action_thread_locked cannot_reply_to_message \
            user_not_found users_not_found user_not_visible cant_dm_bot method_not_supported_for_channel_type
            """)
        add(
            .simplify,
            """
            msg_too_long msg_blocks_too_long msg_blocks_too_many no_text invalid_blocks invalid_blocks_format \
            invalid_attachments markdown_text_conflict metadata_too_large too_many_attachments message_limit_exceeded \
            invalid_arguments
            """)
        add(
            .postAnew,
            """
            message_not_found cant_update_message edit_window_closed block_mismatch is_inactive \
            streaming_state_conflict
            """)
        return reactions
    }()
}
