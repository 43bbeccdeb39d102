import SlackAPI
import Testing

@Suite struct SlackTimestampTests {
    @Test("Time stamps are ordered by number, to the last digit")
    func order() {
        #expect(SlackTimestamp("1700000000.000100") < SlackTimestamp("1700000000.000101"))
        #expect(SlackTimestamp("999999999.999999") < SlackTimestamp("1000000000.000000"))
        #expect(!(SlackTimestamp("1700000000.000100") < SlackTimestamp("1700000000.000100")))
    }

    @Test("Texts that are no time stamps have no seconds", arguments: ["", ".5", "abc", "-1.0", "1e5", "1.2.3", "1 "])
    func malformed(_ text: String) {
        #expect(SlackTimestamp(rawValue: text).seconds == nil)
    }

    @Test("Seconds are read with their fraction")
    func seconds() {
        #expect(SlackTimestamp("1769220155.940449").seconds == 1_769_220_155.940449)
        #expect(SlackTimestamp("1").seconds == 1)
    }
}
