import Testing

@testable import Planner

/// Staff: capitals, and descriptions with more words than names.
@Suite("Words of a foreign schema: staff")
struct StaffWordsTests {
    private static let schema = SchemaQuestions(
        """
        ORG_UNIT | organisational units (departments) of the company
          OU_ID int
          OU_DESC text! | department name | Sales, Research
          OU_HEAD int -> PERS | person who heads the unit
        PERS | staff master data
          PERS_ID int
          GVN_NM text! | given name
          FAM_NM text! | family name
          OU_ID int -> ORG_UNIT | unit the person belongs to
          ENTRY_DT date! | date the person joined the company
          EXIT_DT date | date the person left; NULL while employed
          JOB_CD text | job: ENG engineer, MGR manager, ADM administration
          SAL_AMT num | annual salary in EUR
          FTE num | full-time equivalent between 0 and 1
        LV_REQ | leave requests
          LV_ID int
          PERS_ID int! -> PERS
          LV_TYP text! | type of leave: VAC vacation, SIC sick leave, PAR parental
          LV_FR date! | first day of leave
          LV_TO date! | last day of leave
          LV_DYS num | number of days
          APR_ST text | approval status: P pending, A approved, R rejected
          REQ_TS ts! | when the request was submitted
        TRN_CRS | training courses offered
          CRS_ID int
          CRS_TTL text! | course title | Excel, First Aid
          CRS_FEE num | fee in EUR
        TRN_ATT | attendance of staff at training courses
          ATT_ID int
          PERS_ID int! -> PERS
          CRS_ID int! -> TRN_CRS
          ATT_DT date! | day of the course
          PASSED_FLG text | Y if the course was passed
          RATING int | rating of the course by the participant, 1 to 5
        PAYRL | monthly payroll runs, one row per person and month
          PAY_ID int
          PERS_ID int! -> PERS
          PAY_MTH date! | month paid for
          GRS_AMT num! | gross pay in EUR
          NET_AMT num! | net pay in EUR
          OT_HRS num | overtime hours
        """)

    @Test(
        "Abbreviated names are understood by their descriptions",
        arguments: [
            (
                "How many departments are there?",
                "SELECT count(*) AS number_of_org_unit FROM \"ORG_UNIT\""
            ),
            (
                "How many employees are there?",
                "SELECT count(*) AS number_of_pers FROM \"PERS\""
            ),
            (
                "How many people work in Sales?",
                "SELECT count(*) AS number_of_pers FROM \"PERS\" LEFT JOIN \"ORG_UNIT\" ON \"ORG_UNIT\".\"OU_ID\" = \"PERS\".\"OU_ID\" WHERE \"ORG_UNIT\".\"OU_DESC\" = 'Sales'"
            ),
            (
                "Employees by department",
                "SELECT \"PERS\".\"OU_ID\" AS ou_id, \"ORG_UNIT\".\"OU_DESC\" AS ou_desc, count(*) AS number_of_pers FROM \"PERS\" LEFT JOIN \"ORG_UNIT\" ON \"ORG_UNIT\".\"OU_ID\" = \"PERS\".\"OU_ID\" WHERE \"PERS\".\"OU_ID\" IS NOT NULL GROUP BY \"PERS\".\"OU_ID\", \"ORG_UNIT\".\"OU_DESC\" ORDER BY number_of_pers DESC NULLS LAST, ou_id, ou_desc"
            ),
            (
                "Average salary by department",
                "SELECT \"PERS\".\"OU_ID\" AS ou_id, \"ORG_UNIT\".\"OU_DESC\" AS ou_desc, avg(\"PERS\".\"SAL_AMT\") AS average_sal_amt FROM \"PERS\" LEFT JOIN \"ORG_UNIT\" ON \"ORG_UNIT\".\"OU_ID\" = \"PERS\".\"OU_ID\" WHERE \"PERS\".\"OU_ID\" IS NOT NULL GROUP BY \"PERS\".\"OU_ID\", \"ORG_UNIT\".\"OU_DESC\" ORDER BY average_sal_amt DESC NULLS LAST, ou_id, ou_desc"
            ),
            (
                "How many engineers do we have?",
                "SELECT count(*) AS number_of_pers FROM \"PERS\" WHERE \"JOB_CD\" = 'ENG'"
            ),
            (
                "How many people joined in 2025?",
                "SELECT count(*) AS number_of_pers FROM \"PERS\" WHERE \"ENTRY_DT\" >= '2025-01-01' AND \"ENTRY_DT\" < '2026-01-01'"
            ),
            (
                "How many employees left in 2025?",
                "SELECT count(*) AS number_of_pers FROM \"PERS\" WHERE \"EXIT_DT\" >= '2025-01-01' AND \"EXIT_DT\" < '2026-01-01'"
            ),
            (
                "How many sick leave requests were submitted in 2026?",
                "SELECT count(*) AS number_of_lv_req FROM \"LV_REQ\" WHERE \"LV_TYP\" = 'SIC' AND \"REQ_TS\" >= '2026-01-01'::timestamp AT TIME ZONE 'UTC' AND \"REQ_TS\" < '2027-01-01'::timestamp AT TIME ZONE 'UTC'"
            ),
            (
                "How many leave requests are pending?",
                "SELECT count(*) AS number_of_lv_req FROM \"LV_REQ\" WHERE \"APR_ST\" = 'P'"
            ),
            (
                "Number of leave requests by type",
                "SELECT \"LV_TYP\" AS lv_typ, count(*) AS number_of_lv_req FROM \"LV_REQ\" GROUP BY \"LV_TYP\" ORDER BY number_of_lv_req DESC NULLS LAST, lv_typ"
            ),
            (
                "Average fee of training courses",
                "SELECT avg(\"CRS_FEE\") AS average_crs_fee FROM \"TRN_CRS\""
            ),
            (
                "Most expensive course",
                "SELECT \"CRS_ID\" AS crs_id, \"CRS_TTL\" AS crs_ttl, \"CRS_FEE\" AS crs_fee FROM \"TRN_CRS\" ORDER BY crs_fee DESC NULLS LAST, crs_id LIMIT 1"
            ),
            (
                "Average rating by course",
                "SELECT \"TRN_ATT\".\"CRS_ID\" AS crs_id, \"TRN_CRS\".\"CRS_TTL\" AS crs_ttl, avg(\"TRN_ATT\".\"RATING\") AS average_rating FROM \"TRN_ATT\" JOIN \"TRN_CRS\" ON \"TRN_CRS\".\"CRS_ID\" = \"TRN_ATT\".\"CRS_ID\" GROUP BY \"TRN_ATT\".\"CRS_ID\", \"TRN_CRS\".\"CRS_TTL\" ORDER BY average_rating DESC NULLS LAST, crs_id, crs_ttl"
            ),
            (
                "How many attendances were passed?",
                "SELECT count(*) AS number_of_trn_att FROM \"TRN_ATT\" WHERE \"PASSED_FLG\" = 'Y'"
            ),
            (
                "Total gross pay in 2026",
                "SELECT sum(\"GRS_AMT\") AS total_grs_amt FROM \"PAYRL\" WHERE \"PAY_MTH\" >= '2026-01-01' AND \"PAY_MTH\" < '2027-01-01'"
            ),
            (
                "Net pay by month in 2026",
                "SELECT date_trunc('month', \"PAY_MTH\")::date AS month, sum(\"NET_AMT\") AS total_net_amt FROM \"PAYRL\" WHERE \"PAY_MTH\" >= '2026-01-01' AND \"PAY_MTH\" < '2027-01-01' GROUP BY 1 ORDER BY month"
            ),
            (
                "Overtime hours by person",
                "SELECT \"PAYRL\".\"PERS_ID\" AS pers_id, \"PERS\".\"GVN_NM\" AS gvn_nm, \"PERS\".\"FAM_NM\" AS fam_nm, sum(\"PAYRL\".\"OT_HRS\") AS total_ot_hrs FROM \"PAYRL\" JOIN \"PERS\" ON \"PERS\".\"PERS_ID\" = \"PAYRL\".\"PERS_ID\" GROUP BY \"PAYRL\".\"PERS_ID\", \"PERS\".\"GVN_NM\", \"PERS\".\"FAM_NM\" ORDER BY total_ot_hrs DESC NULLS LAST, pers_id, gvn_nm, fam_nm"
            ),
            (
                "Total overtime hours in October 2026",
                "SELECT sum(\"OT_HRS\") AS total_ot_hrs FROM \"PAYRL\" WHERE \"PAY_MTH\" >= '2026-10-01' AND \"PAY_MTH\" < '2026-11-01'"
            ),
            (
                "Which employees have no leave requests?",
                "SELECT \"PERS_ID\" AS pers_id, \"GVN_NM\" AS gvn_nm, \"FAM_NM\" AS fam_nm FROM \"PERS\" WHERE NOT EXISTS (SELECT 1 FROM \"LV_REQ\" WHERE \"PERS_ID\" = \"PERS\".\"PERS_ID\") ORDER BY pers_id"
            ),
            (
                "Highest salary",
                "SELECT max(\"SAL_AMT\") AS maximum_sal_amt FROM \"PERS\""
            ),
            (
                "Top 3 departments by gross pay",
                "SELECT \"PERS\".\"OU_ID\" AS ou_id, \"ORG_UNIT\".\"OU_DESC\" AS ou_desc, sum(\"PAYRL\".\"GRS_AMT\") AS total_grs_amt FROM \"PAYRL\" JOIN \"PERS\" ON \"PERS\".\"PERS_ID\" = \"PAYRL\".\"PERS_ID\" LEFT JOIN \"ORG_UNIT\" ON \"ORG_UNIT\".\"OU_ID\" = \"PERS\".\"OU_ID\" WHERE \"PERS\".\"OU_ID\" IS NOT NULL GROUP BY \"PERS\".\"OU_ID\", \"ORG_UNIT\".\"OU_DESC\" ORDER BY total_grs_amt DESC NULLS LAST, ou_id, ou_desc LIMIT 3"
            ),
            (
                "How many approved leave requests are there?",
                "SELECT count(*) AS number_of_lv_req FROM \"LV_REQ\" WHERE \"APR_ST\" = 'A'"
            ),
            (
                "Employees with a salary over 80000",
                "SELECT \"PERS_ID\" AS pers_id, \"GVN_NM\" AS gvn_nm, \"FAM_NM\" AS fam_nm, \"SAL_AMT\" AS sal_amt FROM \"PERS\" WHERE \"SAL_AMT\" > 80000 ORDER BY pers_id"
            ),
        ])
    func answers(question: String, sql: String) throws {
        #expect(try Self.schema.sql(question) == sql)
    }

    @Test(
        "What nothing describes is declined",
        arguments: ["How many applicants do we have?", "What is the bonus by department?"])
    func declines(question: String) throws {
        #expect(try Self.schema.sql(question) == nil)
    }
}
