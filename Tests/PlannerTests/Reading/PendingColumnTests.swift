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
          fee num | monthly fee in dollars
          moved_in date!
        """)

    @Test(
        "What one condition denies is denied of no other",
        arguments: [
            "tenants without a phone in York over $900", "tenants without a phone in York, over $900",
            "tenants with no phone in York and over $900", "tenants without a phone in York with a fee over 900",
        ])
    func denies(_ question: String) throws {
        let sql = try #require(try Self.schema.sql(question))
        #expect(sql.contains("NULLIF(phone, '') IS NULL"), "\(sql)")
        #expect(sql.contains("city = 'York'"), "\(sql)")
        #expect(sql.contains("fee > 900") && !sql.contains("NOT"), "\(sql)")
    }

    @Test("A number right behind what is not there is not held against something else")
    func declines() throws { #expect(try Self.schema.sql("tenants without a phone, over $900") == nil) }

    @Test("What is said of the column itself is denied", arguments: ["tenants without a fee over $900"])
    func deniesItself(_ question: String) throws {
        let sql = try #require(try Self.schema.sql(question))
        #expect(sql.contains("NOT") || sql.contains("fee <= 900"), "\(sql)")
    }
}
