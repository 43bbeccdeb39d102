import Agents
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct WarehouseToolTests {
    private static let personal = PersonalColumns([
        TableKnowledge(
            name: "customers", description: "",
            columns: [.init(name: "name", type: "text"), .init(name: "email", type: "text", isPersonal: true)])
    ])

    private func call(_ tool: any Tool, _ arguments: JSONValue) async throws -> (output: ToolOutput, json: JSONValue) {
        let output = try await tool.call(arguments)
        return (output, try JSONValue(parsing: output.content))
    }

    @Test("introspect_schema gives an overview, or everything about one table")
    func introspectSchema() async throws {
        try await WarehouseFixture.with { fixture in
            let tool = IntrospectSchemaTool(introspection: fixture.warehouse.introspection)
            let overview = try await call(tool, [:]).json
            #expect(
                overview["relations"]?.array?.compactMap { $0["name"]?.string } == [
                    "public.customers", "public.orders",
                ])
            let orders = try await call(tool, ["table": "ORDERS"]).json
            #expect(orders["primary_key"] == ["id"])
            #expect(orders["foreign_keys"]?[0]?["references"] == "public.customers")
            #expect(orders["columns"]?[2]?["type"] == "numeric(10,2)")
            _ = try await fixture.setup.run("CREATE TABLE public.fresh (id int)")
            #expect(try await call(tool, ["table": "fresh"]).output.isError == false)
        }
    }

    @Test("get_table_stats counts and keeps personal ranges to itself")
    func tableStatistics() async throws {
        try await WarehouseFixture.with { fixture in
            let tool = TableStatisticsTool(
                introspection: fixture.warehouse.introspection, personalColumns: Self.personal)
            let (output, json) = try await call(tool, ["table": "customers"])
            #expect(json["rows"] == 20)
            #expect(json["columns"]?[1]?["min"] == "Customer 1")
            #expect(json["columns"]?[2]?["distinct_values"] == 20)
            #expect(!output.content.contains("example.com"))
        }
    }

    @Test("get_sample_data masks personal columns, also in views over them")
    func sampleData() async throws {
        try await WarehouseFixture.with { fixture in
            _ = try await fixture.build("CREATE VIEW dash.mail AS SELECT email, plan FROM customers")
            let tool = SampleDataTool(warehouse: fixture.warehouse, personalColumns: Self.personal)
            for table in ["customers", "dash.mail"] {
                let (output, json) = try await call(tool, ["table": .string(table), "limit": 3])
                #expect(json["rows"]?.array?.count == 3)
                #expect(json["rows"]?[0]?["email"] == "***")
                #expect(json["masked_columns"] == ["email"])
                #expect(!output.content.contains("example.com"))
            }
            let most = try await call(tool, ["table": "orders", "limit": 1_000_000]).json
            #expect(most["rows"]?.array?.count == 50)
        }
    }

    @Test("get_column_distribution shows values with their shares, and of personal columns only numbers")
    func columnDistribution() async throws {
        try await WarehouseFixture.with { fixture in
            let tool = ColumnDistributionTool(warehouse: fixture.warehouse, personalColumns: Self.personal)
            let plans = try await call(tool, ["table": "customers", "column": "plan"]).json
            #expect(plans["distinct_values"] == 2)
            #expect(plans["values"]?[0] == ["value": "free", "rows": "10", "percent": "50.00"])
            let (output, emails) = try await call(tool, ["table": "customers", "column": "email"])
            #expect(emails["distinct_values"] == 20)
            #expect(!output.content.contains("example.com"))
        }
    }

    @Test("Wrong names and missing arguments come back as errors that help")
    func errors() async throws {
        try await WarehouseFixture.with { fixture in
            let tools: [any Tool] = [
                IntrospectSchemaTool(introspection: fixture.warehouse.introspection),
                TableStatisticsTool(introspection: fixture.warehouse.introspection, personalColumns: .none),
                SampleDataTool(warehouse: fixture.warehouse, personalColumns: .none),
                ColumnDistributionTool(warehouse: fixture.warehouse, personalColumns: .none),
            ]
            for tool in tools {
                let (output, json) = try await call(tool, ["table": "custommers", "column": "plan"])
                #expect(output.isError)
                #expect(json["hint"]?.string?.contains("customers") == true)
                #expect(tool.annotations.isReadOnly)
            }
            for tool in tools.dropFirst() { #expect(try await call(tool, [:]).output.isError) }
            let (output, json) = try await call(tools[3], ["table": "customers", "column": "plans"])
            #expect(output.isError && json["hint"] == "Did you mean plan?")
        }
    }
}
