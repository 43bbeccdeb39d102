import HTTP
import ServiceRuntime
import SlackAPI
import Testing

@Suite struct SlackReplyTests {
    private func reply(_ status: Int, _ body: String, _ headers: HTTPHeaders = [:]) throws -> SlackReply {
        try SlackReply(
            HTTPResponse(status: status, headers: headers, body: Array(body.utf8)), method: "chat.postMessage")
    }

    private func failure(_ status: Int, _ body: String, _ headers: HTTPHeaders = [:]) -> SlackError? {
        do {
            _ = try reply(status, body, headers)
            return nil
        } catch {
            return error as? SlackError
        }
    }

    @Test("A good answer carries its body and the granted scopes")
    func success() throws {
        let reply = try reply(200, #"{"ok":true,"ts":"1.2"}"#, ["X-OAuth-Scopes": "chat:write, im:history,users:read"])
        #expect(reply.body["ts"]?.string == "1.2")
        #expect(reply.scopes == ["chat:write", "im:history", "users:read"])
        #expect(try self.reply(200, #"{"ok":true}"#).scopes == nil)
    }

    @Test(
        "A request to wait is taken from the header, within bounds",
        arguments: [("7", 7), ("0", 1), ("-3", 1), ("99999999", 3600), ("soon", 30), ("", 30)])
    func rateLimited(_ header: String, _ seconds: Int) {
        for (status, body) in [(429, "too many"), (200, #"{"ok":false,"error":"ratelimited"}"#)] {
            let error = failure(status, body, ["Retry-After": header])
            #expect(error?.code == .rateLimited(retryAfter: .seconds(seconds)))
            #expect(error?.isCertainlyNotDone == true)
        }
    }

    @Test(
        "An answer that does not say what happened leaves the call in doubt",
        arguments: [
            (503, "<html>Service Unavailable</html>"), (500, ""), (200, "<html>"), (200, "{}"), (200, "[1]"),
            (502, #"{"ok":true,"ts":"1.2"}"#), (200, #"{"ok":false,"error":"fatal_error"}"#),
            (200, #"{"ok":false,"error":"internal_error"}"#), (500, #"{"ok":false,"error":"anything"}"#),
            (404, "<html>not found</html>"),
        ])
    func ambiguous(_ status: Int, _ body: String) {
        #expect(failure(status, body)?.code == .ambiguous)
        #expect(failure(status, body)?.isCertainlyNotDone == false)
        #expect(failure(status, body)?.reaction == .retry)
    }

    @Test(
        "A refusal says what can be done about it",
        arguments: [
            ("invalid_auth", .mendToken), ("token_revoked", .mendToken), ("missing_scope", .mendScopes),
            ("channel_not_found", .leaveTarget), ("not_in_channel", .leaveTarget), ("invalid_blocks", .simplify),
            ("msg_too_long", .simplify), ("message_not_found", .postAnew), ("cant_update_message", .postAnew),
            ("accesslimited", .retry), ("something_new", .giveUp),
        ] as [(String, SlackError.Reaction)])
    func refused(_ name: String, _ reaction: SlackError.Reaction) {
        let error = failure(200, #"{"ok":false,"error":"\#(name)"}"#)
        #expect(error?.code == .refused(name))
        #expect(error?.reaction == reaction)
        #expect(error?.isCertainlyNotDone == true)
    }

    @Test("A token that Slack repeats is gone before anything is cut")
    func repeatedToken() {
        let token = "xoxb-" + "123456789012-abcdefGHIJ"
        for length in 170..<200 {
            let reason = String(repeating: "-", count: length) + token
            let error = failure(
                200, #"{"ok":false,"error":"\#(reason)","response_metadata":{"messages":["\#(reason)"]}}"#)
            #expect(error?.description.contains("xox") == false)
        }
    }

    @Test("The reasons Slack gives are kept, but not without end")
    func details() {
        let long = String(repeating: "x", count: 10_000)
        let error = failure(
            200,
            """
            {"ok":false,"error":"invalid_blocks","needed":"chat:write",
             "response_metadata":{"messages":["[ERROR] no more than 50 items","\(long)"]}}
            """)
        #expect(error?.details.first == "[ERROR] no more than 50 items")
        #expect(error?.details.last == "needs chat:write")
        #expect((error?.description.utf8.count ?? .max) < 1000)
    }

    @Test(
        "Only a request that never left is certain not to have been carried out",
        arguments: [
            (.connectionFailed, true), (.invalidURL, true), (.connectionLost, false), (.timeout, false),
            (.responseTooLarge, false),
        ] as [(HTTPError.Code, Bool)])
    func transport(_ code: HTTPError.Code, _ isCertain: Bool) {
        #expect(SlackError(HTTPError(code, message: "m"), method: "x").isCertainlyNotDone == isCertain)
    }
}
