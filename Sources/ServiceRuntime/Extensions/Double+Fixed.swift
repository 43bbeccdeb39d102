import Glibc

extension Double {
    /// A fixed number of decimals (0 to 30), rounded, by default with thousands separators: `1,234.50`.
    ///
    /// What is not a number is written `NaN`, `Infinity` or `-Infinity`, as PostgreSQL does.
    package func fixed(decimals: Int, grouping: Bool = true) -> String {
        guard isFinite else { return isNaN ? "NaN" : self < 0 ? "-Infinity" : "Infinity" }
        let digits = max(0, min(decimals, 30))
        let capacity = 400
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer -> String in
            guard let start = buffer.baseAddress else { return "" }
            let count = withVaList([Int32(digits), self]) { vsnprintf(start, capacity, "%.*f", $0) }
            let bytes = UnsafeRawBufferPointer(start: start, count: max(0, min(Int(count), capacity - 1)))
            return String(decoding: bytes, as: UTF8.self)
        }
        return DecimalText.finished(text, grouping: grouping)
    }
}
