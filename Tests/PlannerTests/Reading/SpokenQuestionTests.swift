import Testing

@testable import Planner

@Suite struct SpokenQuestionTests {
    @Test(
        "What people ask in a sentence has the plan of the short question",
        arguments: [
            (
                "fees in March compared to fees in February",
                "comparison · [Running Fees] · in March · against previousPeriod"
            ),
            ("fees in March vs those of February", "comparison · [Running Fees] · in March · against previousPeriod"),
            ("were fees higher in Q3 than in Q2?", "comparison · [Running Fees] · in Q3 · against previousPeriod"),
            (
                "did we have more washes in May than in April?",
                "comparison · [Washed Loads] · in May · against previousPeriod"
            ),
            ("fees growth last month", "comparison · [Running Fees] · in last month · against previousPeriod"),
            ("fees growth rate", "comparison · [Running Fees] · in month to date · against previousPeriod"),
            ("fees growth by month", "trend · [Running Fees] · by month · against previousPeriod"),
            (
                "how much did fees grow last month?",
                "comparison · [Running Fees] · in last month · against previousPeriod"
            ),
            ("net new fees last quarter", "comparison · [Running Fees] · in last quarter · against previousPeriod"),
            (
                "do we have more hotels or clinics?",
                "breakdown · count(clients) · by clients.trade · where clients.trade = hotel|clinic"
            ),
            (
                "more monthly or more annual contracts?",
                "breakdown · count(contracts) · by contracts.rhythm · where contracts.rhythm = monthly|annual"
            ),
            (
                "longest turnaround",
                "value · maximum(loads.taken_at…loads.returned_at hour)[not loads.returned_at empty]"
            ),
            (
                "shortest turnaround by fabric",
                "breakdown · minimum(loads.taken_at…loads.returned_at hour)[not loads.returned_at empty] · by loads.fabric"
            ),
            ("fees in dollars", "value · [Running Fees]"),
            ("turnaround in hours", "value · [Turnaround]"),
            ("how much was charged last month", "value · [Invoiced Amount] · in last month"),
            ("how much do clients owe us?", "value · [Receivables]"),
            (
                "clients excluding prospects",
                "list · of clients · showing clients.id, clients.name, clients.status · where not clients.status = trial"
            ),
            (
                "fees by tariff, leave out basic",
                "breakdown · [Running Fees] · by contracts.tariff · where not contracts.tariff = basic"
            ),
            (
                "top 2 most common trades and their respective counts",
                "ranking · count(clients) · by clients.trade · where not clients.trade empty · order measure 0 desc · limit 2"
            ),
            ("clients by trade with counts", "breakdown · count(clients) · by clients.trade"),
            ("are fees going up?", "trend · [Running Fees] · by month"),
            ("is turnaround getting worse", "trend · [Turnaround] · by month"),
            ("are washes increasing this year?", "trend · [Washed Loads] · by month · in this year"),
            ("how many records are in contracts", "value · count(contracts)"),
            (
                "clients that raised loads in May",
                "list · of clients · showing clients.id, clients.name · where some loads(loads.taken_at in May)"
            ),
            (
                "contracts older than 30 days",
                "list · of contracts · showing contracts.id, contracts.started_on · in before past 30 days of contracts.started_on"
            ),
            (
                "clients outside Germany",
                "list · of clients · showing clients.id, clients.name, clients.country · where not clients.country = DE"
            ),
        ])
    func reads(question: String, sketch: String) { #expect(Laundry.sketch([question]) == sketch) }

    @Test(
        "What a word was taken for is said",
        arguments: [
            ("fees growth last month", "“growth” is read as the change from the period before."),
            ("fees growth rate", "“growth rate” is read as the change from the period before."),
            ("fees growth by month", "“growth” is read as the change from the period before."),
            ("how much did fees grow last month?", "“grow” is read as the change from the period before."),
            ("net new fees last quarter", "“net” is read as the change from the end of the period before."),
            ("how much was charged last month", "“charged” is read as Invoiced Amount."),
            ("how much do clients owe us?", "“owe” is read as Receivables."),
            ("fees of Popy Foods", "“Popy Foods” is taken as Poppy Foods."),
            ("clients in Grmany", "“Grmany” is taken as DE."),
        ])
    func says(question: String, sentence: String) {
        #expect(Laundry.planned([question])?.assumptions.contains(sentence) == true)
    }

    @Test(
        "What another one is asked for than there is, is declined",
        arguments: [
            "which clients had more washes in May than in April?",
            "net new washes last month",
            "fees in euros",
            "turnaround in days",
            "how much do we owe?",
            "top 3 clients by fees and their counts", "which clients had higher fees than in May",
        ])
    func declines(question: String) { #expect(Laundry.sketch([question]) == nil) }
}
