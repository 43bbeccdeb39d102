import Testing

@testable import Planner

/// Energy meters: camelCase with the table in every column.
@Suite("Words of a foreign schema: energy")
struct EnergyWordsTests {
    private static let schema = SchemaQuestions(
        """
        egCst | customers with a supply contract
          egCstId int
          egCstNm text! | customer name | Nord GmbH, Sued AG
          egCstSeg text | segment: RES residential, COM commercial, IND industrial
          egCstCty text | city where the customer lives | Kiel, Ulm
          egCstSnc date! | customer since
        egSite | sites that are supplied with energy
          egSiteId int
          egSiteCstId int! -> egCst | customer who owns the site
          egSiteAddr text | street address
          egSiteZip text | postal code
          egSiteAct bool | whether the site is active
        egMtr | meters installed at sites
          egMtrId int
          egMtrSn text! | serial number
          egMtrSiteId int! -> egSite | site of the meter
          egMtrKind text | ELE electricity, GAS gas, WTR water
          egMtrInstDt date! | installation date
          egMtrRmvDt date | when the meter was removed
        egRdg | meter readings
          egRdgId int
          egRdgMtrId int! -> egMtr
          egRdgTs ts! | when it was read
          egRdgVal num! | consumption in kWh since the previous reading
          egRdgEst bool | true if estimated
        egTrf | tariffs
          egTrfId int
          egTrfNm text! | tariff name | Green, Basic
          egTrfBasePrc num | base price per month in EUR
          egTrfWrkPrc num | price per kWh in EUR
        egCtr | supply contracts between customers and the company
          egCtrId int
          egCtrCstId int! -> egCst
          egCtrTrfId int! -> egTrf
          egCtrStrt date! | first day of supply
          egCtrEnd date | last day of supply
        egBll | bills sent to customers
          egBllId int
          egBllCstId int! -> egCst
          egBllDt date! | date of issue
          egBllDueDt date! | date the bill is due
          egBllPdDt date | date the bill was paid
          egBllAmt num! | billed amount in EUR
          egBllSts text! | state of the bill: OPN open, PD paid, OVD overdue
        """)

    @Test(
        "Abbreviated names are understood by their descriptions",
        arguments: [
            (
                "How many customers are there?",
                "SELECT count(*) AS number_of_eg_cst FROM \"egCst\""
            ),
            (
                "How many residential customers are there?",
                "SELECT count(*) AS number_of_eg_cst FROM \"egCst\" WHERE \"egCstSeg\" = 'RES'"
            ),
            (
                "Customers by segment",
                "SELECT \"egCstSeg\" AS eg_cst_seg, count(*) AS number_of_eg_cst FROM \"egCst\" GROUP BY \"egCstSeg\" ORDER BY number_of_eg_cst DESC NULLS LAST, eg_cst_seg"
            ),
            (
                "How many customers live in Kiel?",
                "SELECT count(*) AS number_of_eg_cst FROM \"egCst\" WHERE \"egCstCty\" = 'Kiel'"
            ),
            (
                "How many sites are active?",
                "SELECT count(*) AS number_of_eg_site FROM \"egSite\" WHERE \"egSiteAct\""
            ),
            (
                "How many inactive sites are there?",
                "SELECT count(*) AS number_of_eg_site FROM \"egSite\" WHERE \"egSiteAct\" IS NOT TRUE"
            ),
            (
                "Number of meters by kind",
                "SELECT \"egMtrKind\" AS eg_mtr_kind, count(*) AS number_of_eg_mtr FROM \"egMtr\" GROUP BY \"egMtrKind\" ORDER BY number_of_eg_mtr DESC NULLS LAST, eg_mtr_kind"
            ),
            (
                "How many gas meters are there?",
                "SELECT count(*) AS number_of_eg_mtr FROM \"egMtr\" WHERE \"egMtrKind\" = 'GAS'"
            ),
            (
                "Total consumption by customer",
                "SELECT \"egSite\".\"egSiteCstId\" AS eg_cst_id, \"egCst\".\"egCstNm\" AS eg_cst_nm, sum(\"egRdg\".\"egRdgVal\") AS total_eg_rdg_val FROM \"egRdg\" JOIN \"egMtr\" ON \"egMtr\".\"egMtrId\" = \"egRdg\".\"egRdgMtrId\" JOIN \"egSite\" ON \"egSite\".\"egSiteId\" = \"egMtr\".\"egMtrSiteId\" JOIN \"egCst\" ON \"egCst\".\"egCstId\" = \"egSite\".\"egSiteCstId\" GROUP BY \"egSite\".\"egSiteCstId\", \"egCst\".\"egCstNm\" ORDER BY total_eg_rdg_val DESC NULLS LAST, eg_cst_id, eg_cst_nm"
            ),
            (
                "Total consumption in October 2026",
                "SELECT sum(\"egRdgVal\") AS total_eg_rdg_val FROM \"egRdg\" WHERE \"egRdgTs\" >= '2026-10-01'::timestamp AT TIME ZONE 'UTC' AND \"egRdgTs\" < '2026-11-01'::timestamp AT TIME ZONE 'UTC'"
            ),
            (
                "Average consumption of electricity meters",
                "SELECT avg(\"egRdg\".\"egRdgVal\") AS average_eg_rdg_val FROM \"egRdg\" JOIN \"egMtr\" ON \"egMtr\".\"egMtrId\" = \"egRdg\".\"egRdgMtrId\" WHERE \"egMtr\".\"egMtrKind\" = 'ELE'"
            ),
            (
                "How many estimated readings are there?",
                "SELECT count(*) AS number_of_eg_rdg FROM \"egRdg\" WHERE \"egRdgEst\""
            ),
            (
                "Readings per month in 2026",
                "SELECT date_trunc('month', \"egRdgTs\" AT TIME ZONE 'UTC')::date AS month, count(*) AS number_of_eg_rdg FROM \"egRdg\" WHERE \"egRdgTs\" >= '2026-01-01'::timestamp AT TIME ZONE 'UTC' AND \"egRdgTs\" < '2027-01-01'::timestamp AT TIME ZONE 'UTC' GROUP BY 1 ORDER BY month"
            ),
            (
                "How many meters were installed in 2025?",
                "SELECT count(*) AS number_of_eg_mtr FROM \"egMtr\" WHERE \"egMtrInstDt\" >= '2025-01-01' AND \"egMtrInstDt\" < '2026-01-01'"
            ),
            (
                "How many meters were removed in 2026?",
                "SELECT count(*) AS number_of_eg_mtr FROM \"egMtr\" WHERE \"egMtrRmvDt\" >= '2026-01-01' AND \"egMtrRmvDt\" < '2027-01-01'"
            ),
            (
                "Which tariff has the highest base price?",
                "SELECT \"egTrfId\" AS eg_trf_id, \"egTrfNm\" AS eg_trf_nm, \"egTrfBasePrc\" AS eg_trf_base_prc FROM \"egTrf\" ORDER BY eg_trf_base_prc DESC NULLS LAST, eg_trf_id LIMIT 1"
            ),
            (
                "How many contracts per tariff?",
                "SELECT \"egCtr\".\"egCtrTrfId\" AS eg_trf_id, \"egTrf\".\"egTrfNm\" AS eg_trf_nm, count(*) AS number_of_eg_ctr FROM \"egCtr\" JOIN \"egTrf\" ON \"egTrf\".\"egTrfId\" = \"egCtr\".\"egCtrTrfId\" GROUP BY \"egCtr\".\"egCtrTrfId\", \"egTrf\".\"egTrfNm\" ORDER BY number_of_eg_ctr DESC NULLS LAST, eg_trf_id, eg_trf_nm"
            ),
            (
                "Total billed amount by customer",
                "SELECT \"egBll\".\"egBllCstId\" AS eg_cst_id, \"egCst\".\"egCstNm\" AS eg_cst_nm, sum(\"egBll\".\"egBllAmt\") AS total_eg_bll_amt FROM \"egBll\" JOIN \"egCst\" ON \"egCst\".\"egCstId\" = \"egBll\".\"egBllCstId\" GROUP BY \"egBll\".\"egBllCstId\", \"egCst\".\"egCstNm\" ORDER BY total_eg_bll_amt DESC NULLS LAST, eg_cst_id, eg_cst_nm"
            ),
            (
                "How many bills are overdue?",
                "SELECT count(*) AS number_of_eg_bll FROM \"egBll\" WHERE \"egBllSts\" = 'OVD'"
            ),
            (
                "Total amount of open bills",
                "SELECT sum(\"egBllAmt\") AS total_eg_bll_amt FROM \"egBll\" WHERE \"egBllSts\" = 'OPN'"
            ),
            (
                "How many bills were issued last month?",
                "SELECT count(*) AS number_of_eg_bll FROM \"egBll\" WHERE \"egBllDt\" >= '2026-10-01' AND \"egBllDt\" < '2026-11-01'"
            ),
            (
                "How many bills were paid in September 2026?",
                "SELECT count(*) AS number_of_eg_bll FROM \"egBll\" WHERE \"egBllPdDt\" >= '2026-09-01' AND \"egBllPdDt\" < '2026-10-01'"
            ),
            (
                "Bills due in December 2026",
                "SELECT \"egBllId\" AS eg_bll_id, \"egBllDueDt\" AS eg_bll_due_dt FROM \"egBll\" WHERE \"egBllDueDt\" >= '2026-12-01' AND \"egBllDueDt\" < '2027-01-01' ORDER BY eg_bll_id"
            ),
            (
                "Which customers have no contract?",
                "SELECT \"egCstId\" AS eg_cst_id, \"egCstNm\" AS eg_cst_nm FROM \"egCst\" WHERE NOT EXISTS (SELECT 1 FROM \"egCtr\" WHERE \"egCtrCstId\" = \"egCst\".\"egCstId\") ORDER BY eg_cst_id"
            ),
            (
                "Top 5 customers by billed amount",
                "SELECT \"egBll\".\"egBllCstId\" AS eg_cst_id, \"egCst\".\"egCstNm\" AS eg_cst_nm, sum(\"egBll\".\"egBllAmt\") AS total_eg_bll_amt FROM \"egBll\" JOIN \"egCst\" ON \"egCst\".\"egCstId\" = \"egBll\".\"egBllCstId\" GROUP BY \"egBll\".\"egBllCstId\", \"egCst\".\"egCstNm\" ORDER BY total_eg_bll_amt DESC NULLS LAST, eg_cst_id, eg_cst_nm LIMIT 5"
            ),
            (
                "Average billed amount per segment",
                "SELECT \"egCst\".\"egCstSeg\" AS eg_cst_seg, avg(\"egBll\".\"egBllAmt\") AS average_eg_bll_amt FROM \"egBll\" JOIN \"egCst\" ON \"egCst\".\"egCstId\" = \"egBll\".\"egBllCstId\" GROUP BY \"egCst\".\"egCstSeg\" ORDER BY average_eg_bll_amt DESC NULLS LAST, eg_cst_seg"
            ),
            (
                "Serial numbers of the water meters",
                "SELECT \"egMtrSn\" AS eg_mtr_sn FROM \"egMtr\" WHERE \"egMtrKind\" = 'WTR' ORDER BY \"egMtr\".\"egMtrId\""
            ),
            (
                "Meters without readings",
                "SELECT \"egMtrId\" AS eg_mtr_id, \"egMtrSn\" AS eg_mtr_sn FROM \"egMtr\" WHERE NOT EXISTS (SELECT 1 FROM \"egRdg\" WHERE \"egRdgMtrId\" = \"egMtr\".\"egMtrId\") ORDER BY eg_mtr_id"
            ),
            (
                "How many contracts started in 2025?",
                "SELECT count(DISTINCT \"egCtrStrt\") AS distinct_eg_ctr_strt FROM \"egCtr\" WHERE \"egCtrStrt\" >= '2025-01-01' AND \"egCtrStrt\" < '2026-01-01'"
            ),
            (
                "Number of meters per site",
                "SELECT \"egMtrSiteId\" AS eg_site_id, count(*) AS number_of_eg_mtr FROM \"egMtr\" GROUP BY \"egMtrSiteId\" ORDER BY number_of_eg_mtr DESC NULLS LAST, eg_site_id"
            ),
        ])
    func answers(question: String, sql: String) throws {
        #expect(try Self.schema.sql(question) == sql)
    }

    @Test("What nothing describes is declined", arguments: ["How many electric cars do customers own?"])
    func declines(question: String) throws {
        #expect(try Self.schema.sql(question) == nil)
    }
}
