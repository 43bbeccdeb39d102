/// Whether a double says what a decimal text says, digit by digit.
enum ExactNumber {
    /// Nil where the double would be printed as another number, and for what is no number.
    static func value(of text: String) -> Double? {
        guard let number = Double(text), number.isFinite, let own = Digits(text), own == Digits("\(number)") else {
            return nil
        }
        return number
    }

    /// A decimal number without a choice of writing it.
    private struct Digits: Equatable {
        private let isNegative: Bool
        /// Without zeros at either end.
        private let digits: String
        /// Of ten, by which the digits are multiplied.
        private let exponent: Int

        init?(_ text: String) {
            let lower = text.lowercased()
            let parts = lower.split(separator: "e", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), let mantissa = parts.first else { return nil }
            var power = 0
            if parts.count == 2 {
                guard let said = Int(parts[1]) else { return nil }
                power = said
            }
            let sign = mantissa.first
            let unsigned = sign == "-" || sign == "+" ? mantissa.dropFirst() : mantissa
            let halves = unsigned.split(separator: ".", omittingEmptySubsequences: false)
            guard (1...2).contains(halves.count), unsigned.contains(where: \.isNumber),
                halves.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
            else { return nil }
            let fraction = halves.count == 2 ? halves[1] : ""
            var digits = Substring(halves[0] + fraction)
            power -= fraction.count
            while digits.last == "0" {
                digits.removeLast()
                power += 1
            }
            digits = digits.drop { $0 == "0" }
            isNegative = sign == "-" && !digits.isEmpty
            self.digits = String(digits)
            exponent = digits.isEmpty ? 0 : power
        }
    }
}
