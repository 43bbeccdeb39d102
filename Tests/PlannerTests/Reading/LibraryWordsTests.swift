import Testing

@testable import Planner

/// A library: lb_ and short forms.
@Suite("Words of a foreign schema: library")
struct LibraryWordsTests {
    private static let schema = SchemaQuestions(
        """
        lb_brn | branches of the library
          brn_id int
          brn_nm text! | branch name | Center, East
        lb_mbr | members of the library
          mbr_id int
          fst_nm text! | first name
          lst_nm text! | last name
          eml text | e-mail address
          jnd date! | day the member joined
          mbr_st text | membership status: ACT active, SUS suspended, EXP expired
          brn_id int -> lb_brn | home branch
        lb_ttl | titles in the catalogue
          ttl_id int
          ttl_nm text! | title of the book | Emma, Faust
          auth text | author | Austen, Goethe
          pub_yr int | year of publication
          gnr text | genre: FIC fiction, NFC non-fiction, CHD children
        lb_cpy | copies of titles
          cpy_id int
          ttl_id int! -> lb_ttl
          brn_id int! -> lb_brn | branch that keeps the copy
          acq_dt date! | date of acquisition
          cond text | condition: NEW, GOOD, WORN
        lb_ln | loans: one row per borrowed copy
          ln_id int
          cpy_id int! -> lb_cpy
          mbr_id int! -> lb_mbr | member who borrowed the copy
          ln_dt date! | date the copy was borrowed
          due_dt date! | date it is due back
          rtn_dt date | date the copy was returned, NULL while out
        lb_fn | fines charged to members
          fn_id int
          mbr_id int! -> lb_mbr
          ln_id int! -> lb_ln
          amt num! | amount of the fine in EUR
          iss_dt date! | when the fine was issued
          pd_dt date | when the fine was paid
        """)

    @Test(
        "Abbreviated names are understood by their descriptions",
        arguments: [
            (
                "How many members are there?",
                "SELECT count(*) AS number_of_lb_mbr FROM lb_mbr"
            ),
            (
                "How many people joined in 2025?",
                "SELECT count(*) AS number_of_lb_mbr FROM lb_mbr WHERE jnd >= '2025-01-01' AND jnd < '2026-01-01'"
            ),
            (
                "How many loans were there in March 2026?",
                "SELECT count(*) AS number_of_lb_ln FROM lb_ln WHERE ln_dt >= '2026-03-01' AND ln_dt < '2026-04-01'"
            ),
            (
                "Titles by genre",
                "SELECT gnr, count(*) AS number_of_lb_ttl FROM lb_ttl GROUP BY gnr ORDER BY number_of_lb_ttl DESC NULLS LAST, gnr"
            ),
            (
                "How many fiction titles are there?",
                "SELECT count(*) AS number_of_lb_ttl FROM lb_ttl WHERE gnr = 'FIC'"
            ),
            (
                "List the titles by Goethe",
                "SELECT ttl_id, ttl_nm, auth FROM lb_ttl WHERE auth = 'Goethe' ORDER BY ttl_id"
            ),
            (
                "How many copies of Emma are there?",
                "SELECT count(*) AS number_of_lb_cpy FROM lb_cpy JOIN lb_ttl ON lb_ttl.ttl_id = lb_cpy.ttl_id WHERE lb_ttl.ttl_nm = 'Emma'"
            ),
            (
                "Which member has the most loans?",
                "SELECT lb_ln.mbr_id, lb_mbr.fst_nm, lb_mbr.lst_nm, count(*) AS number_of_lb_ln FROM lb_ln JOIN lb_mbr ON lb_mbr.mbr_id = lb_ln.mbr_id GROUP BY lb_ln.mbr_id, lb_mbr.fst_nm, lb_mbr.lst_nm ORDER BY number_of_lb_ln DESC NULLS LAST, mbr_id, fst_nm, lst_nm LIMIT 1"
            ),
            (
                "Total amount of fines issued in 2026",
                "SELECT sum(amt) AS total_amt FROM lb_fn WHERE iss_dt >= '2026-01-01' AND iss_dt < '2027-01-01'"
            ),
            (
                "How many fines were paid in 2026?",
                "SELECT count(*) AS number_of_lb_fn FROM lb_fn WHERE pd_dt >= '2026-01-01' AND pd_dt < '2027-01-01'"
            ),
            (
                "Number of suspended members",
                "SELECT count(*) AS number_of_lb_mbr FROM lb_mbr WHERE mbr_st = 'SUS'"
            ),
            (
                "Members per branch",
                "SELECT lb_mbr.brn_id, lb_brn.brn_nm, count(*) AS number_of_lb_mbr FROM lb_mbr LEFT JOIN lb_brn ON lb_brn.brn_id = lb_mbr.brn_id WHERE lb_mbr.brn_id IS NOT NULL GROUP BY lb_mbr.brn_id, lb_brn.brn_nm ORDER BY number_of_lb_mbr DESC NULLS LAST, brn_id, brn_nm"
            ),
            (
                "Copies in worn condition",
                "SELECT cpy_id, cond FROM lb_cpy WHERE cond = 'WORN' ORDER BY cpy_id"
            ),
            (
                "Which titles have no copies?",
                "SELECT ttl_id, ttl_nm FROM lb_ttl WHERE NOT EXISTS (SELECT 1 FROM lb_cpy WHERE ttl_id = lb_ttl.ttl_id) ORDER BY ttl_id"
            ),
            (
                "Members without loans",
                "SELECT mbr_id, fst_nm, lst_nm FROM lb_mbr WHERE NOT EXISTS (SELECT 1 FROM lb_ln WHERE mbr_id = lb_mbr.mbr_id) ORDER BY mbr_id"
            ),
            (
                "Average fine amount",
                "SELECT avg(amt) AS average_amt FROM lb_fn"
            ),
            (
                "Loans per month in 2026",
                "SELECT date_trunc('month', ln_dt)::date AS month, count(*) AS number_of_lb_ln FROM lb_ln WHERE ln_dt >= '2026-01-01' AND ln_dt < '2027-01-01' GROUP BY 1 ORDER BY month"
            ),
            (
                "Loans due in November 2026",
                "SELECT ln_id, due_dt FROM lb_ln WHERE due_dt >= '2026-11-01' AND due_dt < '2026-12-01' ORDER BY ln_id"
            ),
            (
                "Which branch has the most copies?",
                "SELECT lb_cpy.brn_id, lb_brn.brn_nm, count(*) AS number_of_lb_cpy FROM lb_cpy JOIN lb_brn ON lb_brn.brn_id = lb_cpy.brn_id GROUP BY lb_cpy.brn_id, lb_brn.brn_nm ORDER BY number_of_lb_cpy DESC NULLS LAST, brn_id, brn_nm LIMIT 1"
            ),
            (
                "Top 5 authors by number of titles",
                "SELECT auth, count(*) AS number_of_lb_ttl FROM lb_ttl GROUP BY auth ORDER BY number_of_lb_ttl DESC NULLS LAST, auth LIMIT 5"
            ),
            (
                "What is the e-mail address of the members of East?",
                "SELECT DISTINCT lb_mbr.eml FROM lb_mbr LEFT JOIN lb_brn ON lb_brn.brn_id = lb_mbr.brn_id WHERE lb_brn.brn_nm = 'East' AND NULLIF(lb_mbr.eml, '') IS NOT NULL ORDER BY eml"
            ),
            (
                "How many unpaid fines are there?",
                "SELECT count(*) AS number_of_lb_fn FROM lb_fn WHERE pd_dt IS NULL"
            ),
            (
                "Which members have expired membership?",
                "SELECT mbr_id, fst_nm, lst_nm, mbr_st FROM lb_mbr WHERE mbr_st = 'EXP' ORDER BY mbr_id"
            ),
        ])
    func answers(question: String, sql: String) throws {
        #expect(try Self.schema.sql(question) == sql)
    }

    @Test("What nothing describes is declined", arguments: ["How many DVDs do we have?"])
    func declines(question: String) throws {
        #expect(try Self.schema.sql(question) == nil)
    }
}
