import Testing

@testable import Planner

/// A newsroom and its laboratory of samples: keys into the same table, verbs that join, times that follow others.
@Suite("Words of a foreign schema: newsroom")
struct NewsroomWordsTests {
    private static let schema = SchemaQuestions(
        """
        journalist
          journalist_id int
          full_name text! | | Ada Noll
          country text
          hire_date date!
          exit_date date
          salary num
          manager_id int -> journalist
        article
          article_id int
          headline text!
          author_id int! -> journalist
          editor_id int -> journalist
          published_at timestamp
          word_count int!
          language text! | | en, es
        reader
          reader_id int
          username text!
          plan text | | free, premium
        comment
          comment_id int
          article_id int! -> article
          reader_id int! -> reader
          posted_at timestamp!
          likes int!
        sample
          sample_id int
          reader_id int! -> reader
          received_on date!
          disposed_on date
          class text! | F = first class, S = second class | F, S
          fare num!
        """)

    @Test(
        "Rows of the same table, verbs and times are told apart",
        arguments: [
            ("Which journalists have never edited an article?", "WHERE editor_id = journalist.journalist_id"),
            ("How many journalists does each manager have?", "journalist_2.full_name"),
            ("Which journalists left in 2025?", "exit_date >= '2025-01-01'"),
            ("What is the average salary of current journalists?", "exit_date IS NULL"),
            ("What is the total number of likes per article, for the top 10 articles?", "ORDER BY total_likes DESC"),
            ("How many readers have commented on at least 5 articles?", "count(DISTINCT article_id)"),
            ("How many samples did each reader send?", "GROUP BY sample.reader_id"),
            ("How many samples were there in 2026?", "received_on >= '2026-01-01'"),
            ("What is the shortest article in each language?", "min(word_count)"),
            ("What is the average fare for first class and for second class?", "GROUP BY class"),
        ])
    func told(question: String, part: String) throws {
        let statement = try #require(try Self.schema.sql(question))
        #expect(statement.contains(part), "\(statement)")
    }
}
