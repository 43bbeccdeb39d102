/// What a SELECT reads and under which conditions, as far as checks of its result care. It decides nothing.
package struct SelectOutline: Sendable, Equatable {
    /// A column as it is written: `o.amount` or `amount`.
    package struct ColumnName: Sendable, Hashable {
        package var qualifier: String?
        package var name: String

        package init(_ qualifier: String? = nil, _ name: String) {
            self.qualifier = qualifier
            self.name = name
        }
    }

    package struct Source: Sendable, Equatable {
        package enum Origin: Sendable, Equatable {
            case table(schema: String?, name: String)
            /// A common table expression.
            case common(String)
            /// A query in FROM, by its index in `blocks`.
            case query(Int)
            /// Rows that `generate_series` makes.
            case series
            case other
        }

        /// As which columns name it.
        package var alias: String
        package var origin: Origin
        /// Of a series, what its columns are called.
        package var columns: [String] = []

        package init(alias: String, origin: Origin, columns: [String] = []) {
            self.alias = alias
            self.origin = origin
            self.columns = columns
        }
    }

    /// One of the conditions that AND joins in a WHERE, a HAVING or an ON.
    package struct Condition: Sendable, Equatable {
        package enum Comparison: Sendable, Equatable {
            /// With one of the texts; none where it is compared with numbers or something computed.
            case equal([String])
            case like(String)
            /// `upper` is the upper end where that is written as a text.
            case range(hasLower: Bool, hasUpper: Bool, upper: String?)
            /// Of two columns.
            case columns(ColumnName, ColumnName)
            case other
        }

        /// Conditions of one clause have the same.
        package var clause: Int
        /// UTF-8 offset of something in it, before which only parentheses can be.
        package var start: Int
        /// What is compared, also inside of a cast or of a function such as `lower`.
        package var column: ColumnName?
        package var comparison: Comparison
        package var mentions: [ColumnName]
        /// The same for conditions that differ in the names of tables only.
        package var signature: String
    }

    package struct Aggregate: Sendable, Equatable {
        package var function: String
        /// The columns it is made from.
        package var columns: [ColumnName]
        package var isDistinct: Bool
        package var signature: String

        /// Whether values of parts add up to the value of the whole.
        package var isAdditive: Bool { !isDistinct && (function == "sum" || function == "count") }
    }

    package struct Output: Sendable, Equatable {
        package enum Value: Sendable, Equatable {
            case column(ColumnName)
            case aggregate(Aggregate)
            case star(qualifier: String?)
            case other
        }

        package var name: String?
        package var value: Value
        var signature: String
        package var hasAggregate: Bool
        /// The columns it is made from.
        package var mentions: Set<ColumnName> = []
    }

    /// One SELECT of the statement: the outermost one, that of a common table expression, one in FROM or in an expression.
    package struct Block: Sendable, Equatable {
        /// As which a WITH names it.
        package var name: String?
        package var isOutermost: Bool
        /// One side of a UNION or the like.
        package var isPartOfSet: Bool
        package var sources: [Source] = []
        package var conditions: [Condition] = []
        /// Two columns that a join or a condition equates.
        package var equalities: [(ColumnName, ColumnName)] = []
        package var outputs: [Output] = []
        package var hasGrouping = false
        /// By what is grouped without being shown; an expression has no name.
        package var hiddenGroupings: [String?] = []
        package var isAggregated = false
        package var isDistinct = false
        package var hasHaving = false
        package var hasLimit = false
        /// An output is a row for every step of `generate_series`.
        package var makesSeries = false
        /// Joined in a way that names no columns, grouped in several ways and the like.
        package var isUnclear = false
        package var mentions: Set<ColumnName> = []
        /// UTF-8 offset of something in FROM, before which only parentheses can be.
        package var fromStart: Int?

        package var hasStar: Bool { outputs.contains { if case .star = $0.value { true } else { false } } }

        package static func == (one: Block, other: Block) -> Bool {
            one.name == other.name && one.sources == other.sources && one.conditions == other.conditions
                && one.outputs == other.outputs && one.hiddenGroupings == other.hiddenGroupings
        }
    }

    package var blocks: [Block]

    /// Nil for a UNION and the like.
    package var outermost: Block? { blocks.first { $0.isOutermost } }

    package func block(of source: Source) -> Block? {
        switch source.origin {
        case .common(let name): blocks.first { $0.name == name && !$0.isPartOfSet }
        case .query(let index): blocks.indices.contains(index) && !blocks[index].isPartOfSet ? blocks[index] : nil
        case .table, .series, .other: nil
        }
    }
}
