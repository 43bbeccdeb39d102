import Dash
import SQLGuard
import ServiceRuntime
import Testing

@testable import dashd

@Suite struct SQLCheckLineTests {
    @Test(
        "A line may name its role; its id comes back as it was",
        arguments: [
            (#"{"id": 1, "sql": "SELECT 1"}"#, "analyst", "1"),
            (#"{"id": "a", "role": "engineer", "sql": "SELECT 1"}"#, "engineer", #""a""#),
            (#"{"sql": "SELECT 1", "role": null, "other": [1]}"#, "analyst", "null"),
            (#"{"id": {"n": [1, null]}, "sql": "SELECT 1"}"#, "analyst", #"{"n":[1,null]}"#),
        ])
    func lines(text: String, role: String, id: String) throws {
        let line = try SQLCheckLine(text, role: .analyst)
        #expect(line.role.rawValue == role)
        #expect(line.sql == "SELECT 1")
        let reply = line.reply(
            SQLCheck.Outcome(verdict: StatementVerdict(.stopped, layer: .limit, reason: "time"), milliseconds: 7))
        #expect(reply["id"] == (try JSONValue(parsing: id)))
        #expect(Set(try #require(reply.object).keys) == ["id", "verdict", "layer", "reason", "sqlstate", "rows", "ms"])
        #expect(reply["verdict"] == "stopped" && reply["layer"] == "limit" && reply["reason"] == "time")
        #expect(reply["sqlstate"] == .null && reply["rows"] == .null && reply["ms"] == 7)
    }

    @Test(
        "A line that says nothing usable is answered with the reason",
        arguments: [
            ("SELECT 1", "null", "not JSON"), ("", "null", "not JSON"), ("[]", "null", "no text"),
            (#"{"id": 5}"#, "5", "no text"), (#"{"id": 5, "sql": 7}"#, "5", "no text"),
            (#"{"id": 5, "sql": "SELECT 1", "role": "superuser"}"#, "5", "neither"),
            (#"{"id": 5, "sql": "SELECT 1", "role": 1}"#, "5", "neither"),
            (#"{"id": 5, "sql": "a", "sql": "b"}"#, "null", "twice"),
        ])
    func malformed(text: String, id: String, reason: String) throws {
        let error = #expect(throws: SQLCheckLine.Malformed.self) { try SQLCheckLine(text, role: .analyst) }
        let reply = try #require(error?.reply)
        #expect(reply["id"] == (try JSONValue(parsing: id)))
        #expect(reply["verdict"] == "failed" && reply["layer"] == .null)
        #expect(reply["reason"]?.string?.contains(reason) == true, "\(reply.encoded())")
    }
}
