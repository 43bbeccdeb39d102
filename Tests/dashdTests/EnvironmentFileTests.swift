import Testing

@testable import dashd

@Suite struct EnvironmentFileTests {
    @Test(
        "Values are read as the shell would show them",
        arguments: [
            ("A=1", "1"),
            ("A = 1 ", "1"),
            ("export A=1", "1"),
            ("A=", ""),
            ("A=one two # a remark", "one two"),
            ("A=#only a remark", ""),
            ("A=pass#word", "pass#word"),
            ("A='it # stays'", "it # stays"),
            (#"A="a\"b\\c\$d\ne""#, "a\"b\\c$d\ne"),
            (#"A='a\nb'"#, #"a\nb"#),
            ("A=\"first\nsecond\"", "first\nsecond"),
            ("A=a=b", "a=b"),
            ("\n# remark = x\n\n  A=1\r\nB=2", "1"),
        ])
    func value(text: String, expected: String) throws {
        #expect(try EnvironmentFile(parsing: text).values["A"] == expected)
    }

    @Test("A PEM key in quotes keeps its lines")
    func multipleLines() throws {
        let text = "KEY='-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----'\nNEXT=1\n"
        let file = try EnvironmentFile(parsing: text)
        #expect(file.values["KEY"] == "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----")
        #expect(file.values["NEXT"] == "1")
    }

    @Test(
        "What cannot be read is named with its line and without its value",
        arguments: [
            ("A=1\nsecret-token\n", "line 2"),
            ("A='hunter2 never ends\n", "line 1"),
            ("A=\"1\n2\"\nB-C=3", "line 3"),
        ])
    func malformed(text: String, place: String) {
        let error = #expect(throws: SettingsError.self) { try EnvironmentFile(parsing: text) }
        #expect(error?.description.contains(place) == true)
        #expect(error?.description.contains("hunter2") == false)
        #expect(error?.description.contains("secret-token") == false)
    }
}
