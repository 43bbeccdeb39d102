/// What the built-in model says about a result.
struct Narration: Sendable, Equatable {
    var headline: String
    var meaning: String?
    var chart: Chart?
    var caveats: [String] = []
    /// Whether its meaning is only what the number is defined as.
    var isDefinition = false
    /// Whether rows are held against each other, so that nothing is to be said of the others.
    var isComparison = false
    /// Whether it speaks of the parts that the number is made of.
    var usesParts = false
}
