/// Texts as people see them: what hides in them, or reorders them, is gone.
package enum VisibleText {
    /// Without control characters (line ends and tabs stay), marks of direction, and characters of no width.
    ///
    /// Joiners stay where they join: between letters of scripts that need them, and within an emoji. Between the letters
    /// of an address or a token they could only hide it from whoever looks for it.
    package static func clean(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(where: { $0 < 32 && $0 != 9 && $0 != 10 || $0 == 127 || $0 >= 0xC2 }) else {
            return String(text)
        }
        var result = String.UnicodeScalarView()
        var scalars = Array(text.unicodeScalars)[...]
        var previous: Unicode.Scalar?
        while let scalar = scalars.popFirst() {
            switch scalar.value {
            case 0x0D:
                if scalars.first != "\n" { result.append("\n") }
            case 0x2028, 0x2029, 0x85: result.append("\n")
            case 0x200C, 0x200D:
                guard let last = previous, last.value > 127, let next = scalars.first, next.value > 127 else {
                    continue
                }
                result.append(scalar)
            default:
                guard !isHidden(scalar.value) else { continue }
                result.append(scalar)
            }
            previous = scalar
        }
        return String(result)
    }

    private static func isHidden(_ value: UInt32) -> Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0...0x1F, 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180E,
            0x200B...0x200F,
            0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1D173...0x1D17A,
            0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}
