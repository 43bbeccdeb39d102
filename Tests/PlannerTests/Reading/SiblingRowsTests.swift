import Testing

@testable import Planner

@Suite struct SiblingRowsTests {
    @Test(
        "Rows of two tables meet in the one that both belong to, where it is named",
        arguments: [
            (
                "washes of clients on the deluxe tariff",
                "value · [Washed Loads] · where some contracts(contracts.tariff = deluxe and contracts.ended_on empty)"
            ),
            (
                "washes by fabric of clients on the deluxe tariff",
                "breakdown · [Washed Loads] · by loads.fabric · where some contracts(contracts.tariff = deluxe and "
                    + "contracts.ended_on empty)"
            ),
            (
                "fees of clients with open bills",
                "value · [Running Fees] · where some bills(bills.state = open)"
            ),
            ("washes of clients without bills", "value · [Washed Loads] · where not some bills()"),
        ])
    func meets(question: String, sketch: String) { #expect(Laundry.sketch([question]) == sketch) }

    @Test(
        "Where the owner is not named, they are not brought together",
        arguments: ["washes on the deluxe tariff", "fees with open bills", "washes with bills"])
    func keepsApart(question: String) { #expect(Laundry.sketch([question]) == nil) }
}
