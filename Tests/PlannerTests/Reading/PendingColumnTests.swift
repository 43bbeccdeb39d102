import Testing

@testable import Planner

/// A column that something is yet to be said about.
struct PendingColumnTests {
    private static let schema = SchemaQuestions(
        """
        tenants | people who rent
          id int
          tenant_name text!
          phone text
          city text | Leeds, York
          rent num | monthly rent in dollars
          moved_in date!
        """)

    @Test(
        "What one condition denies is denied of no other",
        arguments: [
            "tenants without a phone in York over $900", "tenants without a phone in York, over $900",
            "tenants with no phone in York and over $900", "tenants without a phone in York with a rent over 900",
        ])
    func denies(_ question: String) throws {
        let sql = try #require(try Self.schema.sql(question))
        #expect(sql.contains("phone IS NULL"), "\(sql)")
        #expect(sql.contains("city = 'York'"), "\(sql)")
        #expect(sql.contains("rent > 900") && !sql.contains("NOT"), "\(sql)")
    }

    @Test("What is said of the column itself is denied", arguments: ["tenants without a rent over $900"])
    func deniesItself(_ question: String) throws {
        let sql = try #require(try Self.schema.sql(question))
        #expect(sql.contains("NOT") || sql.contains("rent <= 900"), "\(sql)")
    }
}
