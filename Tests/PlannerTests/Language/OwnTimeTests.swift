import Testing

@testable import Planner

@Suite("A table's own date")
struct OwnTimeTests {
    @Test(
        "Of several dates the one counts that says when a row came to be",
        arguments: [
            ("loans|ln_id int|loan_date date!|due_date date!|return_date date", "loan_date"),
            ("orders|id int|ordered_at ts!|shipped_at ts|delivered_at ts|updated_at ts!", "ordered_at"),
            ("tickets|id int|opened date!|closed date|created_at ts!", "opened"),
            ("contracts|id int|start_date date!|end_date date", "start_date"),
            ("orders|id int|created_at ts!|order_date date!|updated_at ts!", "order_date"),
            ("notes|id int|created_at ts!|updated_at ts!", "created_at"),
            ("jobs|id int|escalated_at ts|created_at ts!", "created_at"),
            ("alarms|id int|rsd ts! : time the alarm was raised|clr ts : time it was cleared", "rsd"),
            ("payments|id int|due date!|paid_on date", "paid_on"),
            ("stays|id int|checked_in_at ts!|checked_out_at ts", "checked_in_at"),
            ("people|id int|birth_date date!|hired date!", "hired"),
        ])
    func chooses(text: String, column: String) {
        #expect(Self.ownTime(text) == column)
    }

    @Test(
        "Where that is unclear there is none, and an end never is",
        arguments: [
            "trips|id int|booked date!|started date!", "terms|id int|end_date date!|due_date date!",
            "people|id int|birth_date date", "jobs|id int|alpha date!|beta date!",
        ])
    func declines(text: String) {
        #expect(Self.ownTime(text) == nil)
    }

    /// The first part is the table's name, each other one a column with what describes it behind a colon.
    private static func ownTime(_ text: String) -> String? {
        let parts = text.split(separator: "|").map(String.init)
        let columns = parts.dropFirst().map { part in
            let halves = part.split(separator: ":").map(String.init)
            return "  \(halves[0])" + (halves.count > 1 ? " |\(halves[1])" : "")
        }
        let model = SemanticModel(SchemaText.source(([parts[0]] + columns).joined(separator: "\n")).source)
        return model.tables[0].mainTime.map { model.columns[$0].id.name }
    }
}
