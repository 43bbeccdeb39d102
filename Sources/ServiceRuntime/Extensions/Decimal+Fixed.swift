package import FoundationEssentials

extension Decimal {
    /// A fixed number of decimals, halves rounded away from zero, by default with thousands separators: `1,234.50`.
    package func fixed(decimals: Int, grouping: Bool = true) -> String {
        DecimalText.fixed(description, decimals: decimals, grouping: grouping) ?? description
    }
}
