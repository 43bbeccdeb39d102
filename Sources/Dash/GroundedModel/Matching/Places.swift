import Planner

/// Which columns say where something is, by what such columns are called everywhere.
enum Places {
    private static let names: Set<String> = [
        "country", "region", "city", "state", "location", "market", "area", "province", "county", "town",
        "place", "continent", "district", "territory",
    ]

    static func isPlace(_ column: String) -> Bool { Words.plain(column).contains(where: names.contains) }

    /// The output columns of a candidate that do.
    static func columns(of candidate: Candidate) -> [String] {
        let query = candidate.query
        return (query.columns.isEmpty ? SQLOutline.curated(query.sql).items.map(\.name) : query.columns).filter(isPlace)
    }
}
