import Testing

@testable import Planner

/// A shelter and its people: acts that are states too, keys with roles, codes that say how things stand.
@Suite("Words of a foreign schema: shelter")
struct ShelterWordsTests {
    private static let schema = SchemaQuestions(
        """
        animal
          animal_id int
          name text! | | Rex, Bella
          species text! | | dog, cat
          weight_kg num
          intake_date date!
          status text! | AV = available, AD = adopted, QU = in quarantine | AV, AD, QU
        person
          person_id int
          name text! | | Ann Lee
          state text | | Texas, Idaho
          is_volunteer bool!
        adoption
          adoption_id int
          animal_id int! -> animal
          person_id int! -> person
          handler_id int -> person
          adopted_on date!
          return_date date
          fee num!
        operator
          operator_id int
          name text! | | Albion, Celtic
          parent_operator_id int -> operator
          founded_year int
        station
          station_id int
          name text! | | Leeds, York
        ride
          ride_id int
          operator_id int! -> operator
          origin_station_id int! -> station
          destination_station_id int! -> station
          departed_at timestamp!
          delay_min int
        """)

    @Test(
        "An act leaves a row, a state is one of the thing",
        arguments: [
            ("Which animals have never been adopted?", "NOT EXISTS (SELECT 1 FROM adoption"),
            ("Which people have adopted a cat?", "adoption.person_id = person.person_id AND animal.species = 'cat'"),
            ("How many animals are available?", "WHERE status = 'AV'"),
            ("How many animals are in quarantine?", "WHERE status = 'QU'"),
            ("What is the return rate of adoptions?", "FILTER (WHERE return_date IS NOT NULL)"),
        ])
    func acts(question: String, part: String) throws {
        let statement = try #require(try Self.schema.sql(question))
        #expect(statement.contains(part), "\(statement)")
    }

    @Test(
        "Verbs and prepositions pick the key that they speak of",
        arguments: [
            ("How many rides went from Leeds to York?", ["origin_station_id", "destination_station_id"]),
            ("Which operators belong to Albion?", ["parent_operator_id", "= 'Albion'"]),
            ("How many adoptions did Ann Lee handle?", ["handler_id"]),
            ("How many volunteers are there in each state?", ["WHERE is_volunteer", "GROUP BY state"]),
            ("What is the most delayed ride?", ["ORDER BY delay_min DESC", "LIMIT 1"]),
            ("What is the heaviest animal of each species?", ["max(weight_kg)", "species = animal.species"]),
        ])
    func roles(question: String, parts: [String]) throws {
        let statement = try #require(try Self.schema.sql(question))
        for part in parts { #expect(statement.contains(part), "\(statement)") }
    }
}
