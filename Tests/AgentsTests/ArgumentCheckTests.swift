import ServiceRuntime
import Testing

@testable import Agents

@Suite struct ArgumentCheckTests {
    private static let schema: JSONValue = [
        "type": "object",
        "properties": [
            "name": ["type": "string"],
            "limit": ["type": "integer"],
            "share": ["type": "number"],
            "kind": ["type": "string", "enum": ["bar", "line"]],
            "flag": ["type": "boolean"],
            "note": ["type": ["string", "null"]],
            "ids": ["type": "array", "items": ["type": "string"]],
            "chart": [
                "type": "object", "properties": ["x": ["type": "string"]], "required": ["x"],
                "additionalProperties": false,
            ],
        ],
        "required": ["name"],
    ]

    @Test(
        "What fits passes",
        arguments: [
            ["name": "a"],
            ["name": "a", "limit": 3, "share": 3, "kind": "bar", "flag": false, "ids": ["x", "y"]],
            ["name": "a", "limit": 3.0, "share": 0.5, "note": nil],
            ["name": "a", "limit": nil, "kind": nil, "chart": nil],
            ["name": "a", "chart": ["x": "month"], "unheard_of": 1],
        ] as [JSONValue])
    func accepts(arguments: JSONValue) {
        #expect(ArgumentCheck.problems(of: arguments, against: Self.schema) == [])
    }

    @Test(
        "What does not fit is named with its path",
        arguments: [
            ([:], ["`name` is missing"]),
            (["name": nil], ["`name` must be string, not null"]),
            (["name": 1], ["`name` must be string, not integer"]),
            (["name": "a", "limit": 1.5], ["`limit` must be integer, not number"]),
            (["name": "a", "limit": "1"], ["`limit` must be integer, not string"]),
            (["name": "a", "share": true], ["`share` must be number, not boolean"]),
            (["name": "a", "kind": "pie"], ["`kind` must be one of \"bar\", \"line\""]),
            (["name": "a", "note": 1], ["`note` must be string or null, not integer"]),
            (["name": "a", "ids": "x"], ["`ids` must be array, not string"]),
            (["name": "a", "ids": ["x", 2]], ["`ids[1]` must be string, not integer"]),
            (["name": "a", "chart": [:]], ["`chart.x` is missing"]),
            (["name": "a", "chart": ["x": "m", "y": "n"]], ["`chart.y` is unknown; known are x"]),
            (["limit": "1"], ["`name` is missing", "`limit` must be integer, not string"]),
            ([1], ["the arguments must be object, not array"]),
        ] as [(JSONValue, [String])])
    func refuses(arguments: JSONValue, problems: [String]) {
        #expect(ArgumentCheck.problems(of: arguments, against: Self.schema) == problems)
    }

    @Test("A schema that says nothing accepts everything", arguments: [[:], nil, true] as [JSONValue])
    func silentSchema(schema: JSONValue) {
        #expect(ArgumentCheck.problems(of: ["a": [1, "b"]], against: schema) == [])
    }

    @Test("The list of problems is short however many there are")
    func bounded() {
        let many = JSONValue.array(Array(repeating: 1, count: 1000))
        #expect(ArgumentCheck.problems(of: many, against: ["items": ["type": "string"]]).count == 5)
    }
}
