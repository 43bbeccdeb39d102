/// What is asked of a metric beyond its value: by one of its dimensions, or only where a column has a value.
struct MetricRequest: Sendable, Equatable {
    struct Filter: Sendable, Equatable {
        var column: String
        var value: String
        /// Every row but those with the value.
        var isExcluded = false
    }

    var dimension: String?
    var filters: [Filter] = []

    init(dimension: String? = nil, filters: [Filter] = []) {
        self.dimension = dimension
        self.filters = filters
    }
}
