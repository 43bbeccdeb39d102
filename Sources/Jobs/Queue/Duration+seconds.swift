extension Duration {
    /// Seconds with their fraction, as intervals are bound.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
