extension BinaryInteger {
    /// Decimal digits with a comma after every third: `1,234,567`.
    package var grouped: String { DecimalText.grouped(String(self)) }
}
