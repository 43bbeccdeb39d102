import Planner
import Testing

@Suite struct LeansBackTests {
    @Test(
        "What leans on an answer before is told from a question that only begins so",
        arguments: [
            ("only retail", true), ("just the retail ones", true), ("by flour", true), ("per region", true),
            ("top 3", true), ("last year instead", true), ("last month", true), ("what about 2024", true),
            ("in the US", true), ("for retail", true), ("retail", true), ("as a chart", true), ("and by month?", true),
            ("without unpaid", true), ("how many of those are unpaid?", true), ("show it by flour", true),
            ("grist by flour", false), ("how many bakeries are there", false), ("In 2024, what was our grist?", false),
            ("for retail, number of sales by region", false), ("top 3 bakeries by grist", false),
            ("which flours are there", false), ("what is the average load?", false), ("list retail bakeries", false),
            ("In the US, how many bakeries do we have?", false), ("", false),
        ])
    func leaning(text: String, isLeaning: Bool) {
        #expect(Mill.planner.leansBack(text) == isLeaning)
    }
}
