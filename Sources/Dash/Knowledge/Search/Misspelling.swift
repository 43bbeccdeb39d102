import ServiceRuntime

/// When one word may be a misspelling of another.
enum Misspelling {
    /// Shorter words and those with digits are never corrected: `MRR` is not `ARR`.
    static func mayBe(_ word: String) -> Bool {
        word.count >= 5 && word.allSatisfy(\.isLetter)
    }

    /// One edit or one swap of neighbours; from eight letters, two edits.
    static func isLikely(_ written: String, meant: String) -> Bool {
        guard mayBe(written), abs(written.count - meant.count) <= 2 else { return false }
        let distance = written.editDistance(to: meant)
        return distance <= 1 || (written.count >= 8 && distance == 2) || swaps(of: written).contains(meant)
    }

    /// The word with each pair of neighbours swapped, which trigrams do not find.
    static func swaps(of word: String) -> [String] {
        let letters = Array(word)
        return letters.indices.dropLast().compactMap { index in
            guard letters[index] != letters[index + 1] else { return nil }
            var swapped = letters
            swapped.swapAt(index, index + 1)
            return String(swapped)
        }
    }
}
