import Testing

@testable import Planner

/// A plant: dim_ and fct_, names without vowels.
@Suite("Words of a foreign schema: plant")
struct PlantWordsTests {
    private static let schema = SchemaQuestions(
        """
        dim_plt | plants of the company
          plt_id int
          plt_nm text! | name of the plant | Ulm, Gera, Kiel
          ctry text | country | DE, FR
        dim_mach | machines of the plants
          mach_id int
          mach_nm text! | name of the machine | Press 1, Press 2, Lathe 4
          plt_id int! -> dim_plt | plant in which it stands
          mach_typ text | type of machine: PRS press, LTH lathe, MIL mill
          pwr_rtd num | rated power in kW
          prch_dt date | date of purchase
          lim_hi num | upper limit of the temperature
          lim_lo num | lower limit of the temperature
        dim_snsr | sensors mounted on machines
          snsr_id int
          mach_id int! -> dim_mach | machine it is mounted on
          snsr_typ text | what it measures: TMP temperature, VIB vibration, PRS pressure
          inst_dt date | date of installation
        fct_rdg | one row per sensor reading
          rdg_id int
          snsr_id int! -> dim_snsr
          rdg_ts ts! | time of the reading
          val num | measured value
          qlty int | 1 if the reading is good
        fct_alm | alarms raised by machines
          alm_id int
          mach_id int! -> dim_mach | machine that raised the alarm
          sev text! | severity: LOW, MED, HIGH, CRIT
          st text! | state: OPEN, ACK acknowledged, CLR cleared
          rsd_ts ts! | time the alarm was raised
          clr_ts ts | time the alarm was cleared; NULL while open
        dim_tech | technicians who do the work orders
          tech_id int
          fnm text! | first name
          lnm text! | last name
          lvl int | level of training, 1 to 4
          hrd_dt date | date of hire
        fct_wo | maintenance jobs (work orders) of machines
          wo_id int
          mach_id int! -> dim_mach
          tech_id int -> dim_tech | technician who does the work
          wo_typ text! | type: PREV preventive, CORR corrective, INSP inspection
          opn_dt date! | day the work order was opened
          cls_dt date | day it was closed, NULL while open
          lbr_hrs num | hours of labor
          cst_prt num | cost of parts in EUR
        """)

    @Test(
        "Abbreviated names are understood by their descriptions",
        arguments: [
            (
                "How many machines are there?",
                "SELECT count(*) AS number_of_dim_mach FROM dim_mach"
            ),
            (
                "How many alarms were raised last month?",
                "SELECT count(*) AS number_of_fct_alm FROM fct_alm WHERE rsd_ts >= '2026-10-01'::timestamp AT TIME ZONE 'UTC' AND rsd_ts < '2026-11-01'::timestamp AT TIME ZONE 'UTC'"
            ),
            (
                "How many critical alarms are there?",
                "SELECT count(*) AS number_of_fct_alm FROM fct_alm WHERE sev = 'CRIT'"
            ),
            (
                "Number of alarms by severity",
                "SELECT sev, count(*) AS number_of_fct_alm FROM fct_alm GROUP BY sev ORDER BY number_of_fct_alm DESC NULLS LAST, sev"
            ),
            (
                "Which machine raised the most alarms?",
                "SELECT fct_alm.mach_id, dim_mach.mach_nm, count(*) AS number_of_fct_alm FROM fct_alm JOIN dim_mach ON dim_mach.mach_id = fct_alm.mach_id GROUP BY fct_alm.mach_id, dim_mach.mach_nm ORDER BY number_of_fct_alm DESC NULLS LAST, mach_id, mach_nm LIMIT 1"
            ),
            (
                "How many alarms are open?",
                "SELECT count(*) AS number_of_fct_alm FROM fct_alm WHERE st = 'OPEN'"
            ),
            (
                "How many acknowledged alarms are there?",
                "SELECT count(*) AS number_of_fct_alm FROM fct_alm WHERE st = 'ACK'"
            ),
            (
                "How many alarms were cleared in October 2026?",
                "SELECT count(*) AS number_of_fct_alm FROM fct_alm WHERE clr_ts >= '2026-10-01'::timestamp AT TIME ZONE 'UTC' AND clr_ts < '2026-11-01'::timestamp AT TIME ZONE 'UTC'"
            ),
            (
                "Average rated power of machines by plant",
                "SELECT dim_mach.plt_id, dim_plt.plt_nm, avg(dim_mach.pwr_rtd) AS average_pwr_rtd FROM dim_mach JOIN dim_plt ON dim_plt.plt_id = dim_mach.plt_id GROUP BY dim_mach.plt_id, dim_plt.plt_nm ORDER BY average_pwr_rtd DESC NULLS LAST, plt_id, plt_nm"
            ),
            (
                "List the machines in Ulm",
                "SELECT dim_mach.mach_id, dim_mach.mach_nm FROM dim_mach JOIN dim_plt ON dim_plt.plt_id = dim_mach.plt_id WHERE dim_plt.plt_nm = 'Ulm' ORDER BY mach_id"
            ),
            (
                "What is the total cost of parts per machine?",
                "SELECT fct_wo.mach_id, dim_mach.mach_nm, sum(fct_wo.cst_prt) AS total_cst_prt FROM fct_wo JOIN dim_mach ON dim_mach.mach_id = fct_wo.mach_id GROUP BY fct_wo.mach_id, dim_mach.mach_nm ORDER BY total_cst_prt DESC NULLS LAST, mach_id, mach_nm"
            ),
            (
                "How many preventive work orders were opened in 2026?",
                "SELECT count(*) AS number_of_fct_wo FROM fct_wo WHERE wo_typ = 'PREV' AND opn_dt >= '2026-01-01' AND opn_dt < '2027-01-01'"
            ),
            (
                "How many maintenance jobs were closed in 2025?",
                "SELECT count(*) AS number_of_fct_wo FROM fct_wo WHERE cls_dt >= '2025-01-01' AND cls_dt < '2026-01-01'"
            ),
            (
                "Total hours of labor by technician",
                "SELECT fct_wo.tech_id, dim_tech.fnm, dim_tech.lnm, sum(fct_wo.lbr_hrs) AS total_lbr_hrs FROM fct_wo LEFT JOIN dim_tech ON dim_tech.tech_id = fct_wo.tech_id WHERE fct_wo.tech_id IS NOT NULL GROUP BY fct_wo.tech_id, dim_tech.fnm, dim_tech.lnm ORDER BY total_lbr_hrs DESC NULLS LAST, tech_id, fnm, lnm"
            ),
            (
                "How many sensors are there per machine?",
                "SELECT dim_snsr.mach_id, dim_mach.mach_nm, count(*) AS number_of_dim_snsr FROM dim_snsr JOIN dim_mach ON dim_mach.mach_id = dim_snsr.mach_id GROUP BY dim_snsr.mach_id, dim_mach.mach_nm ORDER BY number_of_dim_snsr DESC NULLS LAST, mach_id, mach_nm"
            ),
            (
                "How many temperature sensors are there?",
                "SELECT count(*) AS number_of_dim_snsr FROM dim_snsr WHERE snsr_typ = 'TMP'"
            ),
            (
                "Average value of good readings by machine",
                "SELECT dim_snsr.mach_id, dim_mach.mach_nm, avg(fct_rdg.val) AS average_val FROM fct_rdg JOIN dim_snsr ON dim_snsr.snsr_id = fct_rdg.snsr_id JOIN dim_mach ON dim_mach.mach_id = dim_snsr.mach_id WHERE fct_rdg.qlty = 1 GROUP BY dim_snsr.mach_id, dim_mach.mach_nm ORDER BY average_val DESC NULLS LAST, mach_id, mach_nm"
            ),
            (
                "How many readings were there yesterday?",
                "SELECT count(*) AS number_of_fct_rdg FROM fct_rdg WHERE rdg_ts >= '2026-11-21'::timestamp AT TIME ZONE 'UTC' AND rdg_ts < '2026-11-22'::timestamp AT TIME ZONE 'UTC'"
            ),
            (
                "Which machines have no work orders?",
                "SELECT mach_id, mach_nm FROM dim_mach WHERE NOT EXISTS (SELECT 1 FROM fct_wo WHERE mach_id = dim_mach.mach_id) ORDER BY mach_id"
            ),
            (
                "Machines purchased in 2024",
                "SELECT mach_id, mach_nm, prch_dt FROM dim_mach WHERE prch_dt >= '2024-01-01' AND prch_dt < '2025-01-01' ORDER BY mach_id"
            ),
            (
                "List technicians hired before 2020",
                "SELECT tech_id, fnm, lnm, hrd_dt FROM dim_tech WHERE hrd_dt < '2020-01-01' ORDER BY tech_id"
            ),
            (
                "Upper limit of Press 1",
                "SELECT lim_hi FROM dim_mach WHERE mach_nm = 'Press 1' ORDER BY dim_mach.mach_id"
            ),
            (
                "How many machines per country?",
                "SELECT dim_plt.ctry, count(*) AS number_of_dim_mach FROM dim_mach JOIN dim_plt ON dim_plt.plt_id = dim_mach.plt_id GROUP BY dim_plt.ctry ORDER BY number_of_dim_mach DESC NULLS LAST, ctry"
            ),
            (
                "Top 3 machines by labor hours",
                "SELECT fct_wo.mach_id, dim_mach.mach_nm, sum(fct_wo.lbr_hrs) AS total_lbr_hrs FROM fct_wo JOIN dim_mach ON dim_mach.mach_id = fct_wo.mach_id GROUP BY fct_wo.mach_id, dim_mach.mach_nm ORDER BY total_lbr_hrs DESC NULLS LAST, mach_id, mach_nm LIMIT 3"
            ),
            (
                "How many machines of type lathe are there?",
                "SELECT count(*) AS number_of_dim_mach FROM dim_mach WHERE mach_typ = 'LTH'"
            ),
            (
                "Show the alarms of Press 2 with severity high",
                "SELECT fct_alm.alm_id, fct_alm.sev FROM fct_alm JOIN dim_mach ON dim_mach.mach_id = fct_alm.mach_id WHERE dim_mach.mach_nm = 'Press 2' AND fct_alm.sev = 'HIGH' ORDER BY alm_id"
            ),
            (
                "What is the average level of the technicians?",
                "SELECT avg(lvl) AS average_lvl FROM dim_tech"
            ),
            (
                "Corrective maintenance jobs per month in 2026",
                "SELECT date_trunc('month', opn_dt)::date AS month, count(*) AS number_of_fct_wo FROM fct_wo WHERE wo_typ = 'CORR' AND opn_dt >= '2026-01-01' AND opn_dt < '2027-01-01' GROUP BY 1 ORDER BY month"
            ),
            (
                "How many people work here as technicians?",
                "SELECT count(*) AS number_of_dim_tech FROM dim_tech"
            ),
            (
                "Which plant has the most critical alarms?",
                "SELECT dim_mach.plt_id, dim_plt.plt_nm, count(*) AS number_of_fct_alm FROM fct_alm JOIN dim_mach ON dim_mach.mach_id = fct_alm.mach_id JOIN dim_plt ON dim_plt.plt_id = dim_mach.plt_id WHERE fct_alm.sev = 'CRIT' GROUP BY dim_mach.plt_id, dim_plt.plt_nm ORDER BY number_of_fct_alm DESC NULLS LAST, plt_id, plt_nm LIMIT 1"
            ),
            (
                "Average rated power of machines in kW",
                "SELECT avg(pwr_rtd) AS average_pwr_rtd FROM dim_mach"
            ),
        ])
    func answers(question: String, sql: String) throws {
        #expect(try Self.schema.sql(question) == sql)
    }

    @Test("What nothing describes is declined", arguments: ["What is the warranty of the machines?"])
    func declines(question: String) throws {
        #expect(try Self.schema.sql(question) == nil)
    }
}
