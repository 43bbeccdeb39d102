import FoundationEssentials
import Testing

@testable import Dash

@Suite struct KnowledgeDraftTests {
    private func draft(of table: TableKnowledge) -> KnowledgeFolder.Contents {
        KnowledgeSection.tables.parse(Array(TableFile.text(of: table).utf8), file: "t")
    }

    @Test("What is written reads back the same, whatever the texts hold")
    func roundTrip() {
        let table = TableKnowledge(
            name: "odd \"name\"", description: "tabs\tand\nlines \\ 🦆", useCases: ["a", "b"], dataQualityNotes: ["n"],
            columns: [
                .init(
                    name: "a", type: "numeric(10,2)", description: "d", synonyms: ["s"], values: ["v", "w"], unit: "€",
                    isPersonal: true),
                .init(name: "b", type: "text"),
            ],
            relationships: [.init(column: "a", references: "t.id")], timeColumn: "at", synonyms: ["y"])
        let contents = draft(of: table)
        #expect(contents.problems.isEmpty)
        #expect(contents.entries.map(\.content) == [.table(table)])
        #expect(draft(of: TableKnowledge(name: "x", description: "")).problems.isEmpty)
    }

    @Test("Fields come in the order of the published format, a column per line")
    func order() {
        let table = TableKnowledge(
            name: "t", description: "d",
            columns: [.init(name: "a", type: "text"), .init(name: "b", type: "text", isPersonal: true)])
        #expect(
            TableFile.text(of: table) == """
                {
                  "table_name": "t",
                  "table_description": "d",
                  "use_cases": [],
                  "data_quality_notes": [],
                  "table_columns": [
                    {"name": "a", "type": "text", "description": ""},
                    {"name": "b", "type": "text", "description": "", "pii": true}
                  ]
                }

                """)
    }

    @Test("Keys, comments, labels and values of the schema go into the draft")
    func schema() {
        let relation = SchemaCatalog.Relation(
            schema: "shop", name: "orders", kind: .table, comment: "Orders",
            columns: [
                .init(name: "id", type: "bigint", isNullable: false),
                .init(name: "buyer", type: "bigint", isNullable: false),
                .init(
                    name: "state", type: "shop.state", isNullable: false, comment: "Where it is",
                    labels: ["new", "sent"]),
                .init(name: "channel", type: "text", isNullable: true),
                .init(name: "email", type: "text", isNullable: true),
            ], primaryKey: ["id"],
            foreignKeys: [
                .init(
                    columns: ["buyer"], referencedSchema: "public", referencedTable: "buyers", referencedColumns: ["id"]
                ),
                .init(
                    columns: ["a", "b"], referencedSchema: "public", referencedTable: "x",
                    referencedColumns: ["a", "b"]),
            ])
        let table = KnowledgeDraft(of: relation, values: ["channel": ["web"], "email": ["never@example.com"]]).table
        #expect(table.name == "shop.orders")
        #expect(table.description == "Orders")
        #expect(table.relationships == [.init(column: "buyer", references: "buyers.id")])
        #expect(
            table.columns == [
                .init(name: "id", type: "bigint", description: "Primary key"),
                .init(name: "buyer", type: "bigint", description: "References buyers.id"),
                .init(name: "state", type: "shop.state", description: "Where it is", values: ["new", "sent"]),
                .init(name: "channel", type: "text", values: ["web"]),
                .init(name: "email", type: "text", isPersonal: true),
            ])
    }

    @Test(
        "Personal data is guessed by name",
        arguments: [
            ("users", "email", true), ("orders", "contact_email", true), ("orders", "phoneNumber", true),
            ("users", "name", true), ("products", "name", false), ("orders", "customer_id", false),
            ("companies", "company_name", false), ("orders", "first_name", true), ("staff", "birth_date", true),
            ("orders", "email_count", false), ("orders", "has_phone", false), ("x", "ip", true),
            ("orders", "ship_to", false),
            ("orders", "shipping_address", true), ("x", "address_type", false), ("x", "user_name", true),
            ("x", "recipe", false),
        ])
    func personal(table: String, column: String, expected: Bool) {
        let isAboutPeople = PersonalDataGuess.isAboutPeople(table)
        #expect(PersonalDataGuess.isPersonal(column, inTableAboutPeople: isAboutPeople) == expected)
    }

    @Test(
        "Secrets are guessed by name",
        arguments: [
            ("api_key", true), ("apiKey", true), ("secretKey", true), ("access_key_id", true), ("private_key", true),
            ("stripe_secret", true), ("refresh_token", true), ("authtoken", true), ("credentials", true),
            ("user_password", true), ("pwd", true), ("passwd", true), ("password_hash", true), ("hashes", true),
            ("salt", true), ("otp", true), ("pin", true), ("ssn", true), ("iban", true), ("card_number", true),
            ("credit_card", true), ("cardNo", true), ("recovery_codes", true), ("key", false), ("public_key", false),
            ("key_account", false), ("secretary", false), ("token_count", false), ("password_changed_at", false),
            ("has_token", false), ("token_status", false), ("card_type", false), ("credit_card_type", false),
            ("spin", false), ("name", false),
            ("", false),
        ])
    func secrets(column: String, expected: Bool) {
        #expect(SecretColumnGuess.isSecret(column) == expected)
    }

    @Test(
        "The time column is the one that says when it happened",
        arguments: [
            (["updated_at", "created_at"], "created_at"), (["due_date", "issued_at", "paid_at"], "issued_at"),
            (["ended_at", "started_at"], "started_at"), (["day"], "day"), (["valid_until"], nil), ([], nil),
            (["birth_date"], nil), (["sbTxDateTime", "sbTxSettlementDate"], "sbTxDateTime"),
        ] as [([String], String?)])
    func timeColumn(names: [String], expected: String?) {
        let columns = names.map { SchemaCatalog.Column(name: $0, type: "timestamp with time zone", isNullable: true) }
        #expect(TimeColumnGuess.best(of: columns) == expected)
        #expect(TimeColumnGuess.best(of: names.map { .init(name: $0, type: "text", isNullable: true) }) == nil)
    }

    @Test("A live schema is drafted into files that load and pass the check; nothing is overwritten")
    func live() async throws {
        try await WarehouseFixture.with { fixture in
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("draft-\(UUID())").path
            defer { try? FileManager.default.removeItem(atPath: path) }
            let folder = KnowledgeFolder(path: path)
            let drafting = KnowledgeDrafting(warehouse: fixture.warehouse, folder: folder)
            let summary = try await drafting.run()
            #expect(summary == .init(written: ["tables/customers.json", "tables/orders.json"]))
            let contents = await folder.read()
            #expect(contents.problems.isEmpty)
            let problems = try await KnowledgeCheck(warehouse: fixture.warehouse).problems(in: contents.entries)
            #expect(problems == [])
            guard case .table(let customers) = contents.entries.first?.content,
                case .table(let orders) = contents.entries.last?.content
            else {
                Issue.record("not two tables")
                return
            }
            #expect(customers.columns.first { $0.name == "plan" }?.values == ["free", "team"])
            #expect(customers.columns.first { $0.name == "email" }?.isPersonal == true)
            #expect(customers.columns.first { $0.name == "name" }?.values == [])
            #expect(orders.timeColumn == "placed_at")
            #expect(orders.relationships == [.init(column: "customer_id", references: "customers.id")])

            try Data(#"{"table_name": "public.Orders"}"#.utf8).write(
                to: URL(fileURLWithPath: "\(path)/tables/mine.json"))
            try FileManager.default.removeItem(atPath: "\(path)/tables/orders.json")
            try Data("my notes".utf8).write(to: URL(fileURLWithPath: "\(path)/tables/customers.json"))
            let again = try await drafting.run()
            #expect(again == .init(skipped: ["customers", "orders"]))
            let kept = try String(contentsOf: URL(fileURLWithPath: "\(path)/tables/customers.json"), encoding: .utf8)
            #expect(kept == "my notes")
        }
    }
}
