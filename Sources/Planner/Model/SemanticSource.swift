/// What a company's database and its knowledge files say, as plain values: the one thing the planner is made from.
///
/// Tables are named `schema.table` everywhere, columns as the database writes them.
package struct SemanticSource: Sendable, Codable, Equatable {
    package struct Table: Sendable, Codable, Equatable {
        package var schema: String
        package var name: String
        package var isView: Bool
        package var description: String
        package var synonyms: [String]
        package var columns: [Column]
        package var primaryKey: [String]
        /// Sets of columns that the database keeps unique, beside the primary key.
        package var uniqueKeys: [[String]]
        /// Declared in the database or in the knowledge files; the planner joins over nothing else.
        package var foreignKeys: [ForeignKey]
        /// The column that says when a row happened, where the knowledge files name it.
        package var timeColumn: String?
        package var estimatedRows: Int?

        package init(
            schema: String = "public", name: String, isView: Bool = false, description: String = "",
            synonyms: [String] = [], columns: [Column], primaryKey: [String] = [], uniqueKeys: [[String]] = [],
            foreignKeys: [ForeignKey] = [], timeColumn: String? = nil, estimatedRows: Int? = nil
        ) {
            self.schema = schema
            self.name = name
            self.isView = isView
            self.description = description
            self.synonyms = synonyms
            self.columns = columns
            self.primaryKey = primaryKey
            self.uniqueKeys = uniqueKeys
            self.foreignKeys = foreignKeys
            self.timeColumn = timeColumn
            self.estimatedRows = estimatedRows
        }

        package var id: TableID { TableID(schema: schema, name: name) }
    }

    package struct Column: Sendable, Codable, Equatable {
        package var name: String
        /// As `format_type` prints it, for example `numeric(10,2)`.
        package var type: String
        package var isNullable: Bool
        package var description: String
        package var synonyms: [String]
        /// What occurs, for an enumeration: curated, or the labels of its type.
        package var values: [String]
        package var unit: String?
        /// Personal data: its values are never indexed, shown as choices or grouped by unasked.
        package var isPersonal: Bool

        package init(
            name: String, type: String, isNullable: Bool = true, description: String = "", synonyms: [String] = [],
            values: [String] = [], unit: String? = nil, isPersonal: Bool = false
        ) {
            self.name = name
            self.type = type
            self.isNullable = isNullable
            self.description = description
            self.synonyms = synonyms
            self.values = values
            self.unit = unit
            self.isPersonal = isPersonal
        }
    }

    package struct ForeignKey: Sendable, Codable, Hashable {
        package var columns: [String]
        package var table: TableID
        package var referencedColumns: [String]
        /// The database holds every row to it; otherwise the knowledge files alone say so.
        package var isEnforced: Bool
        /// Whether the rows were seen to hold what it names once; nil where nobody looked.
        package var namesOne: Bool?

        package init(
            columns: [String], table: TableID, referencedColumns: [String], isEnforced: Bool = true,
            namesOne: Bool? = nil
        ) {
            self.columns = columns
            self.table = table
            self.referencedColumns = referencedColumns
            self.isEnforced = isEnforced
            self.namesOne = namesOne
        }
    }

    /// A curated number.
    package struct Metric: Sendable, Codable, Equatable {
        /// Rows of one table and what is computed over them, in the words of SQL that were curated.
        package struct Part: Sendable, Codable, Equatable {
            package var table: TableID
            /// An aggregate expression over the table's columns, for example `SUM(mrr)`.
            package var expression: String
            /// A condition over the table's columns, without WHERE.
            package var filter: String?
            package var timeColumn: String?

            package init(table: TableID, expression: String, filter: String? = nil, timeColumn: String? = nil) {
                self.table = table
                self.expression = expression
                self.filter = filter
                self.timeColumn = timeColumn
            }
        }

        package enum Computation: Sendable, Codable, Equatable {
            /// - Parameter isAdditive: the values of parts add up to the value of the whole: sums and counts.
            case aggregate(Part, isAdditive: Bool)
            /// Each part is aggregated by itself before the division.
            case ratio(numerator: Part, denominator: Part)
            /// A stock: rows with `start` before the moment, and `end` empty or not before it.
            case snapshot(Part, start: String, end: String, isAdditive: Bool)
            /// A whole statement of one value; nothing splits or filters it.
            case statement(String, tables: [TableID])
        }

        package var name: String
        package var definition: String
        package var synonyms: [String]
        package var computation: Computation
        /// Columns of its own table, or `table.column`, that it may be split by without a caveat.
        package var dimensions: [String]
        package var unit: String?
        package var higherIsBetter: Bool?

        package init(
            name: String, definition: String = "", synonyms: [String] = [], computation: Computation,
            dimensions: [String] = [], unit: String? = nil, higherIsBetter: Bool? = nil
        ) {
            self.name = name
            self.definition = definition
            self.synonyms = synonyms
            self.computation = computation
            self.dimensions = dimensions
            self.unit = unit
            self.higherIsBetter = higherIsBetter
        }
    }

    package var tables: [Table]
    package var metrics: [Metric]
    package var calendar: CalendarRules
    /// What people have taught since the files were written.
    package var adjustments: [Adjustment]

    package init(
        tables: [Table], metrics: [Metric] = [], calendar: CalendarRules = CalendarRules(),
        adjustments: [Adjustment] = []
    ) {
        self.tables = tables
        self.metrics = metrics
        self.calendar = calendar
        self.adjustments = adjustments
    }
}
