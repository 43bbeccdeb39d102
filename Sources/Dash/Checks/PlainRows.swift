import SQLGuard

/// The tables and conditions of a SELECT, seen through queries that only pass rows on.
struct PlainRows {
    private(set) var tables: Set<String> = []
    private(set) var conditions: [SelectOutline.Condition] = []
    /// Names of columns that are computed on the way.
    private(set) var made: Set<String> = []
    /// How many SELECTs were seen.
    private(set) var blocks = 0
    private var common: Set<String> = []

    /// False where a query changes how many rows there are, or where it cannot be told.
    mutating func take(_ block: SelectOutline.Block, _ outline: SelectOutline) -> Bool {
        blocks += 1
        guard blocks <= outline.blocks.count else { return false }
        conditions += block.conditions
        for source in block.sources {
            switch source.origin {
            case .table(_, let name): tables.insert(name)
            case .common(let name):
                guard common.insert(name).inserted, takeInner(of: source, outline) else { return false }
            case .query: guard takeInner(of: source, outline) else { return false }
            case .series, .other: return false
            }
        }
        return true
    }

    private mutating func takeInner(of source: SelectOutline.Source, _ outline: SelectOutline) -> Bool {
        guard let inner = outline.block(of: source), !inner.isAggregated, !inner.isDistinct, !inner.hasLimit,
            !inner.isUnclear, !inner.makesSeries
        else { return false }
        for output in inner.outputs {
            switch output.value {
            case .column(let column) where output.name == column.name: break
            case .star: break
            case .column, .aggregate, .other: made.insert(output.name ?? "")
            }
        }
        return take(inner, outline)
    }
}
