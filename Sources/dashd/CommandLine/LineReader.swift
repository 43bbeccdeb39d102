/// Cuts bytes into lines, whatever the pieces in which they come.
struct LineReader {
    enum Line: Equatable {
        /// Without the line's end.
        case text(String)
        /// What cannot be a line of text, with the reason.
        case unusable(String)
    }

    /// Bytes; nothing longer is kept.
    static let longestLine = 1_048_576

    private var buffer: ArraySlice<UInt8> = []
    /// How much of the buffer is known to have no line's end.
    private var searched = 0
    private var isTooLong = false
    private var hasEnded = false

    /// The next line, nil after the last; `read` gives the next piece, an empty one at the end.
    mutating func next(_ read: () async throws -> [UInt8]) async throws -> Line? {
        while true {
            if let end = buffer.dropFirst(searched).firstIndex(of: UInt8(ascii: "\n")) {
                defer { keep(buffer[(end + 1)...]) }
                return line(buffer[..<end])
            }
            searched = buffer.count
            if searched > Self.longestLine {
                keep([])
                isTooLong = true
            }
            if hasEnded {
                guard !buffer.isEmpty || isTooLong else { return nil }
                defer { keep([]) }
                return line(buffer)
            }
            let piece = try await read()
            hasEnded = piece.isEmpty
            buffer += piece
        }
    }

    private mutating func keep(_ rest: ArraySlice<UInt8>) {
        buffer = rest
        searched = 0
        isTooLong = false
    }

    private func line(_ bytes: ArraySlice<UInt8>) -> Line {
        guard !isTooLong, bytes.count <= Self.longestLine else {
            return .unusable("the line is longer than \(Self.longestLine) bytes")
        }
        let text = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
        guard let line = String(validating: text, as: UTF8.self) else { return .unusable("the line is not UTF-8") }
        return .text(line)
    }
}
