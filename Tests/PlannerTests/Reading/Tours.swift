import Planner

/// A made-up agency: tours between venues, with guides and what went wrong.
enum Tours {
    static let source: SemanticSource = {
        func column(_ name: String, _ type: String = "text", nullable: Bool = true, values: [String] = [])
            -> SemanticSource.Column
        {
            .init(name: name, type: type, isNullable: nullable, values: values)
        }
        func key(_ column: String, _ table: String) -> SemanticSource.ForeignKey {
            .init(columns: [column], table: TableID(name: table), referencedColumns: ["id"])
        }
        func table(
            _ name: String, _ columns: [SemanticSource.Column], _ keys: [SemanticSource.ForeignKey] = [],
            time: String? = nil
        ) -> SemanticSource.Table {
            .init(
                name: name, columns: [column("id", "integer", nullable: false)] + columns, primaryKey: ["id"],
                foreignKeys: keys, timeColumn: time)
        }
        return SemanticSource(tables: [
            table(
                "venues",
                [column("name"), column("city"), column("area_m2", "numeric(8,1)"), column("rating", "numeric(2,1)")]),
            table("venue_tags", [column("venue_id", "integer"), column("tag_name")], [key("venue_id", "venues")]),
            table(
                "guides",
                [
                    column("first_name"), column("middle_name"), column("last_name"), column("fax_number"),
                    column("wage", "numeric(8,2)"), column("tour_level", "integer"),
                ]),
            table(
                "tours",
                [
                    column("title"), column("guide_id", "integer"), column("venue_id", "integer"),
                    column("stops", "integer"), column("fare", "numeric(8,2)"), column("promised_on", "date"),
                    column("started_at", "timestamp with time zone"),
                    column("finished_at", "timestamp with time zone"),
                ], [key("guide_id", "guides"), key("venue_id", "venues")], time: "started_at"),
            table(
                "mishaps",
                [
                    column("tour_id", "integer"), column("severity", "integer"), column("final_level", "integer"),
                    column("kind", values: ["delay", "injury"]),
                ], [key("tour_id", "tours")]),
        ])
    }()

    static let planner = Planner(
        over: source,
        values: [
            "venue_tags.tag_name": ["Museums", "Gardens", "Old Pubs"],
            "venues.city": ["Ghent", "Bruges"],
            "mishaps.kind": ["delay", "injury"],
        ])

    /// In one line; nil where the question is not answered.
    static func sql(_ question: String) throws -> String? {
        try planner.sql(question, over: source, on: "2026-05-04")
    }
}
