/// A `tables/*.json` file: what a table is for and what to beware of.
package struct TableKnowledge: Sendable, Codable, Equatable {
    package struct Column: Sendable, Codable, Equatable {
        package var name: String
        package var type: String
        package var description: String
        package var synonyms: [String]
        /// The values that occur, for an enumeration kept as text.
        package var values: [String]
        package var unit: String?
        /// Personal data: masked in samples, left out of value indexes.
        package var isPersonal: Bool

        package init(
            name: String, type: String, description: String = "", synonyms: [String] = [], values: [String] = [],
            unit: String? = nil, isPersonal: Bool = false
        ) {
            self.name = name
            self.type = type
            self.description = description
            self.synonyms = synonyms
            self.values = values
            self.unit = unit
            self.isPersonal = isPersonal
        }
    }

    package struct Relationship: Sendable, Codable, Equatable {
        package var column: String
        /// `table.column`.
        package var references: String

        package init(column: String, references: String) {
            self.column = column
            self.references = references
        }
    }

    package var name: String
    package var description: String
    package var useCases: [String]
    package var dataQualityNotes: [String]
    package var columns: [Column]
    package var relationships: [Relationship]
    package var timeColumn: String?
    package var synonyms: [String]

    package init(
        name: String, description: String, useCases: [String] = [], dataQualityNotes: [String] = [],
        columns: [Column] = [], relationships: [Relationship] = [], timeColumn: String? = nil, synonyms: [String] = []
    ) {
        self.name = name
        self.description = description
        self.useCases = useCases
        self.dataQualityNotes = dataQualityNotes
        self.columns = columns
        self.relationships = relationships
        self.timeColumn = timeColumn
        self.synonyms = synonyms
    }
}
