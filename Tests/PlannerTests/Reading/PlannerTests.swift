import Planner
import Testing

@Suite struct PlannerTests {
    @Test(
        "A question becomes the plan that it asks for",
        arguments: [
            ("How many animals are there?", "value · count(animals)"),
            ("How many okapis do we have?", "value · count(animals) · where animals.species = okapi"),
            (
                "What is the average weight of otters?",
                "value · average(animals.weight_kg) · where animals.species = OTTER|Otter"
            ),
            (
                "Total amount of fish fed in March 2024",
                "value · sum(feedings.amount_kg) · where feedings.food = fish · in March 2024 of feedings.fed_at"
            ),
            ("takings by channel", "breakdown · [Gate Revenue (GR)] · by ticket_sales.channel"),
            ("GR by channel and month", "trend · [Gate Revenue (GR)] · by month, ticket_sales.channel"),
            ("Gate revenue over time", "trend · [Gate Revenue (GR)] · by month"),
            ("takings last month", "value · [Gate Revenue (GR)] · in last month"),
            (
                "Compare takings of this month with last month",
                "comparison · [Gate Revenue (GR)] · in this month · against previousPeriod"
            ),
            ("takings by month in 2024", "trend · [Gate Revenue (GR)] · by month · in 2024"),
            (
                "number of feedings in 2024 vs 2023",
                "comparison · count(feedings) · in 2024 of feedings.fed_at · against previousPeriod"
            ),
            (
                "feedings per week over the last 8 weeks",
                "breakdown · count(feedings) · by week of feedings.fed_at · in last 8 weeks of feedings.fed_at"
            ),
            (
                "top 3 species by number of animals",
                "ranking · count(animals) · by animals.species · order measure 0 desc · limit 3"
            ),
            (
                "Which keeper has the highest salary?",
                "list · of zo_keepers · showing keepers.id, keepers.first_name, keepers.last_name, keepers.salary · order column 3 desc · limit 1"
            ),
            (
                "Which species has the most animals?",
                "ranking · count(animals) · by animals.species · order measure 0 desc · limit 1"
            ),
            (
                "Which zone has the lowest total weight?",
                "ranking · sum(animals.weight_kg) · by enclosures.enc_zone · order measure 0 · limit 1"
            ),
            (
                "Which month had the highest takings?",
                "ranking · [Gate Revenue (GR)] · by month · order measure 0 desc · limit 1"
            ),
            (
                "Top 5 keepers by number of feedings. Return the first and last name and the number of feedings.",
                "ranking · count(feedings) · by keepers.id · showing keepers.first_name, keepers.last_name · order measure 0 desc · limit 5"
            ),
            (
                "most common food",
                "ranking · count(feedings) · by feedings.food · where not feedings.food empty · order measure 0 desc · limit 1"
            ),
            (
                "the heaviest animal",
                "list · of zo_animals · showing animals.id, animals.name, animals.weight_kg · order column 2 desc · limit 1"
            ),
            (
                "the 3 oldest animals",
                "list · of zo_animals · showing animals.id, animals.name, animals.birth_date · order column 2 · limit 3"
            ),
            (
                "List the names of endangered animals",
                "list · of zo_animals · showing animals.name · where animals.is_endangered"
            ),
            (
                "animals that are not endangered",
                "list · of zo_animals · showing animals.id, animals.name, animals.is_endangered · where not animals.is_endangered"
            ),
            (
                "Which animals weigh more than 100?",
                "list · of zo_animals · showing animals.id, animals.name, animals.weight_kg · where animals.weight_kg > 100"
            ),
            (
                "animals with a weight above 100 kg",
                "list · of zo_animals · showing animals.id, animals.name, animals.weight_kg · where animals.weight_kg > 100"
            ),
            (
                "animals not in the north or south zone",
                "list · of zo_animals · showing animals.id, animals.name · where not enclosures.enc_zone = north|south"
            ),
            (
                "takings excluding web and gate",
                "value · [Gate Revenue (GR)] · where not ticket_sales.channel = web|gate"
            ),
            (
                "feedings by keepers hired in 2020",
                "list · of zo_feedings · showing feedings.id · where keepers.hired_on in 2020"
            ),
            (
                "otters or endangered animals",
                "list · of zo_animals · showing animals.id, animals.name, animals.species, animals.is_endangered · where (animals.species = OTTER|Otter or animals.is_endangered)"
            ),
            (
                "animals heavier than the average",
                "list · of zo_animals · showing animals.id, animals.name, animals.weight_kg · where animals.weight_kg > average"
            ),
            (
                "keepers without a phone number",
                "list · of zo_keepers · showing keepers.id, keepers.first_name, keepers.last_name, keepers.phone_number · where keepers.phone_number empty"
            ),
            (
                "keepers who have never fed an animal",
                "list · of zo_keepers · showing keepers.id, keepers.first_name, keepers.last_name · where not some feedings()"
            ),
            (
                "animals that have no feedings",
                "list · of zo_animals · showing animals.id, animals.name · where not some feedings()"
            ),
            (
                "How many animals were fed by Ines?",
                "value · count(animals) · where some feedings(keepers.first_name = Ines)"
            ),
            (
                "keepers who fed Rosa",
                "list · of zo_keepers · showing keepers.id, keepers.first_name, keepers.last_name · where some feedings(animals.name = Rosa)"
            ),
            (
                "Which keepers fed no otters?",
                "list · of zo_keepers · showing keepers.id, keepers.first_name, keepers.last_name · where not some feedings(animals.species = OTTER|Otter)"
            ),
            ("How many animals have an enclosure?", "value · count(animals) · where not animals.enclosure_id empty"),
            (
                "Which keepers have made more than 10 feedings?",
                "breakdown · count(feedings) · by keepers.id · showing keepers.first_name, keepers.last_name · having count(feedings) > 10"
            ),
            (
                "zones with more than 3 animals",
                "breakdown · count(animals) · by enclosures.enc_zone · having count(animals) > 3"
            ),
            (
                "animals with more than 2 feedings in March 2024",
                "breakdown · count(feedings) · by animals.id · showing animals.name · in March 2024 of feedings.fed_at · having count(feedings) > 2"
            ),
            (
                "percentage of animals that are endangered",
                "share · count(animals)[animals.is_endangered] / count(animals)"
            ),
            (
                "What share of feedings was skipped, by food?",
                "share · count(feedings)[feedings.status = skipped] / count(feedings) · by feedings.food"
            ),
            ("share of takings by channel", "share · share([Gate Revenue (GR)]) · by ticket_sales.channel"),
            (
                "ratio of female to male animals",
                "value · count(animals)[animals.sex = F] / count(animals)[animals.sex = M]"
            ),
            ("average feedings per animal", "value · average(count(feedings) per animals.id)"),
            (
                "How many keepers fed each animal?",
                "breakdown · distinct(feedings.keeper_id) · by animals.id · showing animals.name"
            ),
            (
                "How many animals does each keeper feed?",
                "breakdown · distinct(feedings.animal_id) · by keepers.id · showing keepers.first_name, keepers.last_name"
            ),
            ("distinct foods", "distinct · of zo_feedings · showing feedings.food · where not feedings.food empty"),
            ("How many distinct foods are there?", "value · distinct(feedings.food)"),
            (
                "number of animals per enclosure",
                "breakdown · count(animals) · by enclosures.id · showing enclosures.enc_name"
            ),
            (
                "animals in the aquarium zone or in the north zone",
                "list · of zo_animals · showing animals.id, animals.name · where enclosures.enc_zone = aquarium|north"
            ),
            (
                "animals whose name starts with 'K'",
                "list · of zo_animals · showing animals.id, animals.name · where animals.name startsWith K"
            ),
            ("average shift duration in hours", "value · average(shifts.started_at…shifts.ended_at hour)"),
            ("median price of adult tickets", "value · median(ticket_sales.price) · where ticket_sales.kind = 1"),
            (
                "average, minimum and maximum weight by species",
                "breakdown · average(animals.weight_kg), minimum(animals.weight_kg), maximum(animals.weight_kg) · by animals.species"
            ),
            (
                "How many feedings were skipped or planned?",
                "value · count(feedings) · where feedings.status = skipped|planned"
            ),
            (
                "feedings between 2024-01-01 and 2024-01-31",
                "list · of zo_feedings · showing feedings.id, feedings.fed_at · in January 2024 of feedings.fed_at"
            ),
            (
                "keepers hired before 2020",
                "list · of zo_keepers · showing keepers.id, keepers.first_name, keepers.last_name, keepers.hired_on · in until 31 December 2019 of keepers.hired_on"
            ),
            (
                "animals born in 2019",
                "list · of zo_animals · showing animals.id, animals.name, animals.birth_date · in 2019 of animals.birth_date"
            ),
            (
                "keepers ordered by salary descending",
                "list · of zo_keepers · showing keepers.id, keepers.first_name, keepers.last_name · order keepers.salary desc"
            ),
            (
                "number of animals by species, most animals first",
                "breakdown · count(animals) · by animals.species · order measure 0 desc"
            ),
            (
                "list animals by weight",
                "list · of zo_animals · showing animals.id, animals.name · order animals.weight_kg"
            ),
            (
                "Which animals live in Otter Creek?",
                "list · of zo_animals · showing animals.id, animals.name · where enclosures.enc_name = Otter Creek"
            ),
            (
                "otters",
                "list · of zo_animals · showing animals.id, animals.name, animals.species · where animals.species = OTTER|Otter"
            ),
            (
                "takings and refund rate by channel",
                "breakdown · [Gate Revenue (GR)], [Refund Rate] · by ticket_sales.channel"
            ),
            (
                "web vs gate: takings",
                "breakdown · [Gate Revenue (GR)] · by ticket_sales.channel · where ticket_sales.channel = web|gate"
            ),
            (
                "How many animals per species and zone?",
                "breakdown · count(animals) · by animals.species, enclosures.enc_zone"
            ),
            (
                "What is the total number of feedings and the total amount for each keeper?",
                "breakdown · count(feedings), sum(feedings.amount_kg) · by keepers.id · showing keepers.first_name, keepers.last_name"
            ),
            ("distribution of weight", "distribution · count(animals) · by range animals.weight_kg"),
            ("How is gate revenue defined?", "definition · [Gate Revenue (GR)]"),
            ("What can you answer about feedings?", "description · of zo_feedings"),
            (
                "keepers with a salary higher than the average",
                "list · of zo_keepers · showing keepers.id, keepers.first_name, keepers.last_name, keepers.salary · where keepers.salary > average"
            ),
            ("sum of all feedings", "value · sum(feedings.amount_kg)"),
            (
                "Show me the weight of Rosa",
                "list · of zo_animals · showing animals.weight_kg · where animals.name = Rosa"
            ),
        ])
    func reads(question: String, sketch: String) {
        #expect(Zoo.plan(question).map(Sketch.text) == sketch)
    }

    @Test(
        "What nothing in the data answers is declined, with the words that nothing knows",
        arguments: [
            ("What is the capital of France?", ["capital", "France"]),
            ("How many dragons are there?", ["dragons"]),
            ("Which animals are allergic to hay?", ["allergic"]),
            ("How many keepers are on holiday?", ["holiday"]),
            ("Which animals have a swimming pool?", ["swimming", "pool"]),
            ("animals with a weight above 100 cubits", ["cubits"]),
            ("What is the rent of each enclosure?", ["rent"]),
            ("How many feedings were insured?", ["insured"]),
        ])
    func declines(question: String, unknown: [String]) {
        guard case .declined(let decline) = Zoo.planner.plan(question) else {
            Issue.record("planned: \(Zoo.plan(question).map(Sketch.text) ?? "a question back")")
            return
        }
        #expect(decline.unknown == unknown)
    }

    @Test(
        "What asks for more than a plan can say is declined",
        arguments: [
            "forecast takings for next month", "Delete all skipped feedings", "Why did takings fall?",
            "top 5 keepers", "How much?", "animals over 50", "animals with a weight above 100 lbs",
            "What should we do about takings?",
            "", "otters or animals with feedings",
            "animals in the north zone or with no feedings", "keepers hired in 2019 and fed in 2020",
            "ratio of animals fed by Ines to animals fed by Paul",
        ])
    func unsupported(question: String) {
        guard case .declined = Zoo.planner.plan(question) else {
            Issue.record("planned: \(Zoo.plan(question).map(Sketch.text) ?? "a question back")")
            return
        }
    }

    @Test("A word that several columns answer to is asked back, and each choice is a whole plan that can be remembered")
    func clarifies() throws {
        guard case .clarify(let clarification) = Zoo.planner.plan("name") else {
            Issue.record("no question back")
            return
        }
        #expect((2...5).contains(clarification.choices.count))
        for choice in clarification.choices {
            let decision = try #require(choice.decision)
            let context = PlanContext(remembered: [decision])
            guard case .plan(let planned) = Zoo.planner.plan("name", context: context) else {
                Issue.record("the decision \(decision) was not remembered")
                continue
            }
            #expect(planned.plan == choice.question.plan)
        }
    }

    @Test("Every plan has evidence for what it took from the question")
    func evidence() {
        guard case .plan(let planned) = Zoo.planner.plan("average weight of otters in the north zone") else {
            Issue.record("no plan")
            return
        }
        let words = planned.evidence.map(\.words)
        #expect(words.contains("average") && words.contains("weight") && words.contains("otters"))
        #expect(planned.evidence.allSatisfy { (0...1).contains($0.score) })
    }

    @Test("The same question has the same plan and the same hash, however often it is asked")
    func isDeterministic() {
        let questions = ["takings by channel", "Which keepers have made more than 10 feedings?", "otters", "name"]
        for question in questions {
            let first = Zoo.planner.plan(question)
            let other = Planner(model: SemanticModel(Zoo.source), values: Zoo.values).plan(question)
            #expect(first == other)
            if case .plan(let planned) = first { #expect(planned.plan.hash.count == 64) }
        }
        #expect(Zoo.plan("takings by channel")?.hash == Zoo.plan("GR per channel")?.hash)
        #expect(Zoo.plan("takings by channel")?.hash != Zoo.plan("takings")?.hash)
    }

    @Test("No text brings the reading down, and long ones end", arguments: 0..<40)
    func survives(seed: Int) {
        var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let words = [
            "how", "many", "animals", "keepers", "feedings", "by", "per", "each", "the", "top", "5", "most", "not",
            "without",
            "no", "or", "and", "with", "more", "than", "3", "average", "total", "ratio", "of", "to", "percentage", "in",
            "2024",
            "last month", "otters", "name", "weight", "(", ")", ",", ".", "?", "first", "order by", "descending", "who",
            "that",
            "have", "is", "unfed", "'x'", "starts with", "vs", "over time", "takings", "highest", "which", "$", "🦦",
            "between",
        ]
        let text = (0..<(seed < 35 ? 12 : 2_000)).map { _ in words[next(words.count)] }.joined(separator: " ")
        let plan = Zoo.plan("takings by channel")
        _ = Zoo.planner.plan(text)
        _ = Zoo.planner.plan(text, context: PlanContext(earlier: plan))
    }
}
