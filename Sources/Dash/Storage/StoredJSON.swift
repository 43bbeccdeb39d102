import FoundationEssentials

/// Reads typed values back from `jsonb` columns; the writing side is `JSONValue(encoding:)`.
enum StoredJSON {
    /// Nil for a document that another version wrote in a form this one cannot read.
    static func decode<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) -> Value? {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try? decoder.decode(type, from: Data(text.utf8))
    }
}
