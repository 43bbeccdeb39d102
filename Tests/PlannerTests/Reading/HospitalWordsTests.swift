import Testing

@testable import Planner

/// A hospital: tbl and camelCase.
@Suite("Words of a foreign schema: hospital")
struct HospitalWordsTests {
    private static let schema = SchemaQuestions(
        """
        tblPat | Patients. Do not delete rows, set inactive instead.
          PatNr int
          PatFNm text! | given name
          PatLNm text! | family name
          PatSx text | M or F
          PatBDt date | birth date
          InsTyp text | insurance: STAT statutory, PRIV private, NONE
          Inact bool | inactive patients are hidden in the app
        tblWrd | wards
          WrdNr int
          WrdNm text! | name | Cardio, Ortho
          BedCnt int | beds in the ward
        tblAdm | admissions of patients to wards
          AdmNr int
          PatNr int! -> tblPat
          WrdNr int! -> tblWrd
          AdmTs ts! | when the patient was admitted
          DisTs ts | when the patient was discharged; NULL while in hospital
          AdmRsn text | reason for admission: EMG emergency, ELC elective, TRF transfer
          TotChg num | total charges in EUR
        tblPhy | physicians employed by the hospital
          PhyNr int
          PhyFNm text! | given name
          PhyLNm text! | family name
          Spc text | specialty | Cardiology, Surgery
        tblPrc | procedures performed during admissions
          PrcNr int
          AdmNr int! -> tblAdm
          PhyNr int! -> tblPhy | physician in charge
          PrcCd text! | code of the procedure | K40, K80
          PrcDt date! | date performed
          DurMin int | duration in minutes
          Cst num | cost of the procedure in EUR
        tblLab | lab tests
          LabNr int
          PatNr int! -> tblPat
          TstNm text! | name of the test | HDL, LDL
          ResVal num | result value
          ResUnit text | unit of the result
          AbnFlg text | Y if abnormal
          ColTs ts! | collection time
          RepTs ts | report time
        """)

    @Test(
        "Abbreviated names are understood by their descriptions",
        arguments: [
            (
                "How many patients do we have?",
                "SELECT count(*) AS number_of_tbl_pat FROM \"tblPat\""
            ),
            (
                "How many female patients are there?",
                "SELECT count(*) AS number_of_tbl_pat FROM \"tblPat\" WHERE \"PatSx\" = 'F'"
            ),
            (
                "Patients by insurance",
                "SELECT \"InsTyp\" AS ins_typ, count(*) AS number_of_tbl_pat FROM \"tblPat\" GROUP BY \"InsTyp\" ORDER BY number_of_tbl_pat DESC NULLS LAST, ins_typ"
            ),
            (
                "How many wards are there?",
                "SELECT count(*) AS number_of_tbl_wrd FROM \"tblWrd\""
            ),
            (
                "Total number of beds",
                "SELECT sum(\"BedCnt\") AS total_bed_cnt FROM \"tblWrd\""
            ),
            (
                "Beds by ward",
                "SELECT \"WrdNr\" AS wrd_nr, \"WrdNm\" AS wrd_nm, sum(\"BedCnt\") AS total_bed_cnt FROM \"tblWrd\" GROUP BY \"WrdNr\", \"WrdNm\" ORDER BY total_bed_cnt DESC NULLS LAST, wrd_nr, wrd_nm"
            ),
            (
                "How many admissions in October 2026?",
                "SELECT count(*) AS number_of_tbl_adm FROM \"tblAdm\" WHERE \"AdmTs\" >= '2026-10-01'::timestamp AT TIME ZONE 'UTC' AND \"AdmTs\" < '2026-11-01'::timestamp AT TIME ZONE 'UTC'"
            ),
            (
                "How many patients were admitted in October 2026?",
                "SELECT count(*) AS number_of_tbl_pat FROM \"tblPat\" WHERE EXISTS (SELECT 1 FROM \"tblAdm\" WHERE \"PatNr\" = \"tblPat\".\"PatNr\" AND (\"AdmTs\" >= '2026-10-01'::timestamp AT TIME ZONE 'UTC' AND \"AdmTs\" < '2026-11-01'::timestamp AT TIME ZONE 'UTC'))"
            ),
            (
                "How many patients were discharged in October 2026?",
                "SELECT count(*) AS number_of_tbl_pat FROM \"tblPat\" WHERE EXISTS (SELECT 1 FROM \"tblAdm\" WHERE \"PatNr\" = \"tblPat\".\"PatNr\" AND (\"DisTs\" >= '2026-10-01'::timestamp AT TIME ZONE 'UTC' AND \"DisTs\" < '2026-11-01'::timestamp AT TIME ZONE 'UTC'))"
            ),
            (
                "How many emergency admissions were there in 2026?",
                "SELECT count(*) AS number_of_tbl_adm FROM \"tblAdm\" WHERE \"AdmRsn\" = 'EMG' AND \"AdmTs\" >= '2026-01-01'::timestamp AT TIME ZONE 'UTC' AND \"AdmTs\" < '2027-01-01'::timestamp AT TIME ZONE 'UTC'"
            ),
            (
                "Admissions per ward",
                "SELECT \"tblAdm\".\"WrdNr\" AS wrd_nr, \"tblWrd\".\"WrdNm\" AS wrd_nm, count(*) AS number_of_tbl_adm FROM \"tblAdm\" JOIN \"tblWrd\" ON \"tblWrd\".\"WrdNr\" = \"tblAdm\".\"WrdNr\" GROUP BY \"tblAdm\".\"WrdNr\", \"tblWrd\".\"WrdNm\" ORDER BY number_of_tbl_adm DESC NULLS LAST, wrd_nr, wrd_nm"
            ),
            (
                "Total charges by ward",
                "SELECT \"tblAdm\".\"WrdNr\" AS wrd_nr, \"tblWrd\".\"WrdNm\" AS wrd_nm, sum(\"tblAdm\".\"TotChg\") AS total_tot_chg FROM \"tblAdm\" JOIN \"tblWrd\" ON \"tblWrd\".\"WrdNr\" = \"tblAdm\".\"WrdNr\" GROUP BY \"tblAdm\".\"WrdNr\", \"tblWrd\".\"WrdNm\" ORDER BY total_tot_chg DESC NULLS LAST, wrd_nr, wrd_nm"
            ),
            (
                "Average charges of elective admissions",
                "SELECT avg(\"TotChg\") AS average_tot_chg FROM \"tblAdm\" WHERE \"AdmRsn\" = 'ELC'"
            ),
            (
                "Physicians by specialty",
                "SELECT \"Spc\" AS spc, count(*) AS number_of_tbl_phy FROM \"tblPhy\" GROUP BY \"Spc\" ORDER BY number_of_tbl_phy DESC NULLS LAST, spc"
            ),
            (
                "Which physician performed the most procedures?",
                "SELECT \"tblPrc\".\"PhyNr\" AS phy_nr, \"tblPhy\".\"PhyFNm\" AS phy_f_nm, \"tblPhy\".\"PhyLNm\" AS phy_l_nm, count(*) AS number_of_tbl_prc FROM \"tblPrc\" JOIN \"tblPhy\" ON \"tblPhy\".\"PhyNr\" = \"tblPrc\".\"PhyNr\" GROUP BY \"tblPrc\".\"PhyNr\", \"tblPhy\".\"PhyFNm\", \"tblPhy\".\"PhyLNm\" ORDER BY number_of_tbl_prc DESC NULLS LAST, phy_nr, phy_f_nm, phy_l_nm LIMIT 1"
            ),
            (
                "Total cost of procedures by physician",
                "SELECT \"tblPrc\".\"PhyNr\" AS phy_nr, \"tblPhy\".\"PhyFNm\" AS phy_f_nm, \"tblPhy\".\"PhyLNm\" AS phy_l_nm, sum(\"tblPrc\".\"Cst\") AS total_cst FROM \"tblPrc\" JOIN \"tblPhy\" ON \"tblPhy\".\"PhyNr\" = \"tblPrc\".\"PhyNr\" GROUP BY \"tblPrc\".\"PhyNr\", \"tblPhy\".\"PhyFNm\", \"tblPhy\".\"PhyLNm\" ORDER BY total_cst DESC NULLS LAST, phy_nr, phy_f_nm, phy_l_nm"
            ),
            (
                "Average duration of procedure K40",
                "SELECT avg(\"DurMin\") AS average_dur_min FROM \"tblPrc\" WHERE \"PrcCd\" = 'K40'"
            ),
            (
                "How many procedures were performed in 2026?",
                "SELECT count(*) AS number_of_tbl_prc FROM \"tblPrc\" WHERE \"PrcDt\" >= '2026-01-01' AND \"PrcDt\" < '2027-01-01'"
            ),
            (
                "How many abnormal lab tests are there?",
                "SELECT count(*) AS number_of_tbl_lab FROM \"tblLab\" WHERE \"AbnFlg\" = 'Y'"
            ),
            (
                "Number of lab tests per month in 2026",
                "SELECT date_trunc('month', \"ColTs\" AT TIME ZONE 'UTC')::date AS month, count(*) AS number_of_tbl_lab FROM \"tblLab\" WHERE \"ColTs\" >= '2026-01-01'::timestamp AT TIME ZONE 'UTC' AND \"ColTs\" < '2027-01-01'::timestamp AT TIME ZONE 'UTC' GROUP BY 1 ORDER BY month"
            ),
            (
                "Which patients had no lab tests?",
                "SELECT \"PatNr\" AS pat_nr, \"PatFNm\" AS pat_f_nm, \"PatLNm\" AS pat_l_nm FROM \"tblPat\" WHERE NOT EXISTS (SELECT 1 FROM \"tblLab\" WHERE \"PatNr\" = \"tblPat\".\"PatNr\") ORDER BY pat_nr"
            ),
            (
                "Inactive patients",
                "SELECT \"PatNr\" AS pat_nr, \"PatFNm\" AS pat_f_nm, \"PatLNm\" AS pat_l_nm, \"Inact\" AS inact FROM \"tblPat\" WHERE \"Inact\" ORDER BY pat_nr"
            ),
            (
                "Procedures with cost over 1000",
                "SELECT \"PrcNr\" AS prc_nr, \"PrcCd\" AS prc_cd, \"Cst\" AS cst FROM \"tblPrc\" WHERE \"Cst\" > 1000 ORDER BY prc_nr"
            ),
            (
                "Family names of the physicians",
                "SELECT \"PhyLNm\" AS phy_l_nm FROM \"tblPhy\" ORDER BY \"tblPhy\".\"PhyNr\""
            ),
            (
                "Which ward has the most beds?",
                "SELECT \"WrdNr\" AS wrd_nr, \"WrdNm\" AS wrd_nm, \"BedCnt\" AS bed_cnt FROM \"tblWrd\" ORDER BY bed_cnt DESC NULLS LAST, wrd_nr LIMIT 1"
            ),
        ])
    func answers(question: String, sql: String) throws {
        #expect(try Self.schema.sql(question) == sql)
    }

    @Test(
        "What nothing describes is declined",
        arguments: ["How many nurses are there?", "How many deaths were there in 2026?"])
    func declines(question: String) throws {
        #expect(try Self.schema.sql(question) == nil)
    }
}
