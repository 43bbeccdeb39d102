extension Duration {
    /// As a number of seconds, with fractions.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }

    /// Whole milliseconds, rounded down; capped where they do not fit.
    package var inMilliseconds: Int {
        let (thousands, overflow) = Int(components.seconds).multipliedReportingOverflow(by: 1000)
        guard !overflow else { return components.seconds < 0 ? .min : .max }
        return thousands + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
