import SQLGuardTestSupport
import ServiceRuntime

/// Half of the time the text is changed by words instead of bytes: the parser is a library without coverage, and refuses
/// nearly everything whose bytes were changed at random.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(_ text: UnsafeMutablePointer<UInt8>?, _ count: Int, _ capacity: Int, _ seed: CUnsignedInt) -> Int {
    guard let text else { return 0 }
    var generator = SplitMix64(seed: UInt64(seed))
    guard Bool.random(using: &generator) else { return mutateBytes(text, count, capacity) }
    let sql = String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    let bytes = Array(WordMutator.change(sql, using: &generator).utf8)
    guard bytes.count <= capacity else { return mutateBytes(text, count, capacity) }
    for (index, byte) in bytes.enumerated() { text[index] = byte }
    return bytes.count
}

/// libFuzzer's own way, which knows the dictionary.
@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ text: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int) -> Int

private enum WordMutator {
    private static let pieces = (GuardCorpus.attacks + GuardCorpus.benign).map { SQLPiece.split($0.sql).map(\.text) }

    static func change(_ sql: String, using generator: inout SplitMix64) -> String {
        var words = SQLPiece.split(sql).map(\.text)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let start = Int.random(in: 0...words.count, using: &generator)
            let end = min(words.count, start + Int.random(in: 0...4, using: &generator))
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: words.removeSubrange(start..<end)
            case 1: words.insert(contentsOf: words[start..<end], at: start)
            case 2: words.replaceSubrange(start..<end, with: ["("] + words[start..<end] + [")"])
            default: words.replaceSubrange(start..<end, with: part(using: &generator))
            }
        }
        return words.joined()
    }

    /// Some words in a row of one of the project's statements.
    private static func part(using generator: inout SplitMix64) -> [String] {
        guard let words = pieces.randomElement(using: &generator), !words.isEmpty else { return [] }
        let start = Int.random(in: 0..<words.count, using: &generator)
        return Array(words[start..<min(words.count, start + Int.random(in: 1...10, using: &generator))])
    }
}
