/// What the built-in model says about a result.
struct Narration: Sendable, Equatable {
    var headline: String
    var meaning: String?
    var chart: Chart?
    var caveats: [String] = []
}
