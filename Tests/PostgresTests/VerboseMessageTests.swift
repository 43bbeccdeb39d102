import Testing

@testable import Postgres

@Suite struct VerboseMessageTests {
    @Test(
        "The state is taken out of a verbose message, and the place in the server's source with it",
        arguments: [
            (
                #"connection to server at "h", port 1 failed: FATAL: 28P01: password authentication failed for user "a" LOCATION: auth_failed, auth.c:332"#,
                "28P01",
                #"connection to server at "h", port 1 failed: FATAL: password authentication failed for user "a""#
            ),
            (
                #"FATAL: 3D000: database "x" does not exist LOCATION: InitPostgres, postinit.c:1000 more"#, "3D000",
                #"FATAL: database "x" does not exist more"#
            ),
            (#"FATAL: 28000: a LOCATION: f, a.c:1 FATAL: 28P01: b LOCATION: f, a.c:2"#, "28000", "FATAL: a FATAL: b"),
        ])
    func state(_ message: String, _ state: String, _ text: String) {
        #expect(VerboseMessage(message).sqlState == state)
        #expect(VerboseMessage(message).text == text)
    }

    @Test(
        "A message of libpq's own stays as it is",
        arguments: [
            "connection to server on socket failed: Connection refused Is the server running?", "",
            "could not translate",
            "port 54321: refused",
        ])
    func none(_ message: String) {
        #expect(VerboseMessage(message).sqlState == nil)
        #expect(VerboseMessage(message).text == message)
    }
}
