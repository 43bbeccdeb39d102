import Agents

/// The server with the company's data cannot be reached. Ends the run: no model can mend it, and its address is nobody's
/// business.
struct WarehouseAway: RunEndingError {
    static let sentence = "I can't reach the company's database right now."
    static let advice = "Please ask again in a few minutes. What a figure means I can still tell you."
}
