import Testing

@testable import Planner

/// A warehouse: t_ and three letters.
@Suite("Words of a foreign schema: depot")
struct DepotWordsTests {
    private static let schema = SchemaQuestions(
        """
        t_whs | warehouses
          whs_id int
          whs_nm text! | name of the warehouse | Berlin North, Hamburg
          cty text | city | Berlin, Hamburg
          cap_plt int | capacity in pallets
        t_sup | suppliers of goods
          sup_id int
          sup_nm text! | supplier's name | Acme, Bolt AG
          ctry text | country of the supplier | Germany, Italy
          rtg num | rating from 1 to 5
        t_itm | items kept in stock
          itm_id int
          itm_dsc text! | description of the item | Hammer, Nails
          itm_grp text | item group | FOOD, HOME, TOOLS
          lst_prc num | list price in EUR
          wgt num | weight in kg
          is_hzd int | 1 if hazardous
          sup_id int -> t_sup | main supplier
        t_emp | employees of the warehouses
          emp_id int
          fnm text! | first name | Anna, Ben
          lnm text! | last name | Blum, Stein
          hire_dt date! | date of hire
          whs_id int! -> t_whs | warehouse where the employee works
          shf text | shift: M morning, L late, N night
        t_po | purchase orders placed with suppliers
          po_id int
          po_no text! | order number
          sup_id int! -> t_sup
          whs_id int! -> t_whs | warehouse that receives the goods
          ord_dt date! | date the order was placed
          dlv_dt date | date of delivery; empty until delivered
          upd_ts ts! | last change of the row
          sts text! | status: OPN open, DLV delivered, CNL cancelled
          tot_amt num! | total value of the order in EUR
        t_pol | lines of purchase orders
          pol_id int
          po_id int! -> t_po
          itm_id int! -> t_itm
          qty num! | ordered quantity
          unt_prc num! | price per unit in EUR
        t_stk | stock of items per warehouse
          stk_id int
          whs_id int! -> t_whs
          itm_id int! -> t_itm
          qoh num! | quantity on hand
          rop num | reorder point
        t_mvt | stock movements, one row per receipt, issue or transfer
          mvt_id int
          itm_id int! -> t_itm
          whs_id int! -> t_whs
          emp_id int -> t_emp | employee who booked it
          mvt_ts ts! | time of the movement
          mvt_typ text! | movement type: RCV receipt, ISS issue, TRF transfer
          qty num! | quantity moved
        """)

    @Test(
        "Abbreviated names are understood by their descriptions",
        arguments: [
            (
                "How many warehouses do we have?",
                "SELECT count(*) AS number_of_t_whs FROM t_whs"
            ),
            (
                "Total capacity in pallets by city",
                "SELECT cty, sum(cap_plt) AS total_cap_plt FROM t_whs GROUP BY cty ORDER BY total_cap_plt DESC NULLS LAST, cty"
            ),
            (
                "How many items are there in each item group?",
                "SELECT itm_grp, count(*) AS number_of_t_itm FROM t_itm GROUP BY itm_grp ORDER BY number_of_t_itm DESC NULLS LAST, itm_grp"
            ),
            (
                "Average list price of items by group",
                "SELECT itm_grp, avg(lst_prc) AS average_lst_prc FROM t_itm GROUP BY itm_grp ORDER BY average_lst_prc DESC NULLS LAST, itm_grp"
            ),
            (
                "Which supplier has the highest rating?",
                "SELECT sup_id, sup_nm, rtg FROM t_sup ORDER BY rtg DESC NULLS LAST, sup_id LIMIT 1"
            ),
            (
                "How many suppliers are there by country?",
                "SELECT ctry, count(*) AS number_of_t_sup FROM t_sup GROUP BY ctry ORDER BY number_of_t_sup DESC NULLS LAST, ctry"
            ),
            (
                "How many purchase orders were placed in 2026?",
                "SELECT count(*) AS number_of_t_po FROM t_po WHERE ord_dt >= '2026-01-01' AND ord_dt < '2027-01-01'"
            ),
            (
                "Total value of purchase orders by supplier",
                "SELECT t_po.sup_id, t_sup.sup_nm, sum(t_po.tot_amt) AS total_tot_amt FROM t_po JOIN t_sup ON t_sup.sup_id = t_po.sup_id GROUP BY t_po.sup_id, t_sup.sup_nm ORDER BY total_tot_amt DESC NULLS LAST, sup_id, sup_nm"
            ),
            (
                "Total value of cancelled orders last year",
                "SELECT sum(tot_amt) AS total_tot_amt FROM t_po WHERE sts = 'CNL' AND ord_dt >= '2025-01-01' AND ord_dt < '2026-01-01'"
            ),
            (
                "How many open purchase orders are there?",
                "SELECT count(*) AS number_of_t_po FROM t_po WHERE sts = 'OPN'"
            ),
            (
                "How many orders were delivered in March 2026?",
                "SELECT count(*) AS number_of_t_po FROM t_po WHERE dlv_dt >= '2026-03-01' AND dlv_dt < '2026-04-01'"
            ),
            (
                "Quantity on hand by warehouse",
                "SELECT t_stk.whs_id, t_whs.whs_nm, sum(t_stk.qoh) AS total_qoh FROM t_stk JOIN t_whs ON t_whs.whs_id = t_stk.whs_id GROUP BY t_stk.whs_id, t_whs.whs_nm ORDER BY total_qoh DESC NULLS LAST, whs_id, whs_nm"
            ),
            (
                "Total quantity on hand of Hammer",
                "SELECT sum(t_stk.qoh) AS total_qoh FROM t_stk JOIN t_itm ON t_itm.itm_id = t_stk.itm_id WHERE t_itm.itm_dsc = 'Hammer'"
            ),
            (
                "Which items have a reorder point over 100?",
                "SELECT itm_id FROM t_itm WHERE EXISTS (SELECT 1 FROM t_stk WHERE itm_id = t_itm.itm_id AND rop > 100) ORDER BY itm_id"
            ),
            (
                "List the employees hired in 2024",
                "SELECT emp_id, fnm, lnm, hire_dt FROM t_emp WHERE hire_dt >= '2024-01-01' AND hire_dt < '2025-01-01' ORDER BY emp_id"
            ),
            (
                "How many employees work the night shift?",
                "SELECT count(*) AS number_of_t_emp FROM t_emp WHERE shf = 'N'"
            ),
            (
                "Employees per warehouse",
                "SELECT t_emp.whs_id, t_whs.whs_nm, count(*) AS number_of_t_emp FROM t_emp JOIN t_whs ON t_whs.whs_id = t_emp.whs_id GROUP BY t_emp.whs_id, t_whs.whs_nm ORDER BY number_of_t_emp DESC NULLS LAST, whs_id, whs_nm"
            ),
            (
                "How many stock movements were there in October 2026?",
                "SELECT count(*) AS number_of_t_mvt FROM t_mvt WHERE mvt_ts >= '2026-10-01'::timestamp AT TIME ZONE 'UTC' AND mvt_ts < '2026-11-01'::timestamp AT TIME ZONE 'UTC'"
            ),
            (
                "Number of receipts per month in 2026",
                "SELECT date_trunc('month', mvt_ts AT TIME ZONE 'UTC')::date AS month, count(*) AS number_of_t_mvt FROM t_mvt WHERE mvt_typ = 'RCV' AND mvt_ts >= '2026-01-01'::timestamp AT TIME ZONE 'UTC' AND mvt_ts < '2027-01-01'::timestamp AT TIME ZONE 'UTC' GROUP BY 1 ORDER BY month"
            ),
            (
                "Quantity moved by movement type",
                "SELECT mvt_typ, sum(qty) AS total_qty FROM t_mvt GROUP BY mvt_typ ORDER BY total_qty DESC NULLS LAST, mvt_typ"
            ),
            (
                "How many hazardous items are there?",
                "SELECT count(*) AS number_of_t_itm FROM t_itm WHERE is_hzd = 1"
            ),
            (
                "Heaviest item",
                "SELECT itm_id, wgt FROM t_itm ORDER BY wgt DESC NULLS LAST, itm_id LIMIT 1"
            ),
            (
                "Top 5 items by ordered quantity",
                "SELECT itm_id, sum(qty) AS total_qty FROM t_pol GROUP BY itm_id ORDER BY total_qty DESC NULLS LAST, itm_id LIMIT 5"
            ),
            (
                "Which items have no stock?",
                "SELECT itm_id FROM t_itm WHERE NOT EXISTS (SELECT 1 FROM t_stk WHERE itm_id = t_itm.itm_id) ORDER BY itm_id"
            ),
            (
                "Which suppliers have no purchase orders?",
                "SELECT sup_id, sup_nm FROM t_sup WHERE NOT EXISTS (SELECT 1 FROM t_po WHERE sup_id = t_sup.sup_id) ORDER BY sup_id"
            ),
            (
                "Average price per unit by item",
                "SELECT itm_id, avg(unt_prc) AS average_unt_prc FROM t_pol GROUP BY itm_id ORDER BY average_unt_prc DESC NULLS LAST, itm_id"
            ),
            (
                "How many people work in Berlin North?",
                "SELECT count(*) AS number_of_t_emp FROM t_emp JOIN t_whs ON t_whs.whs_id = t_emp.whs_id WHERE t_whs.whs_nm = 'Berlin North'"
            ),
            (
                "Items with weight above 20 kg",
                "SELECT itm_id, wgt FROM t_itm WHERE wgt > 20 ORDER BY itm_id"
            ),
            (
                "Monthly purchase order value in 2026",
                "SELECT date_trunc('month', ord_dt)::date AS month, sum(tot_amt) AS total_tot_amt FROM t_po WHERE ord_dt >= '2026-01-01' AND ord_dt < '2027-01-01' GROUP BY 1 ORDER BY month"
            ),
            (
                "Which employee booked the most movements?",
                "SELECT t_mvt.emp_id, t_emp.fnm, t_emp.lnm, count(*) AS number_of_t_mvt FROM t_mvt LEFT JOIN t_emp ON t_emp.emp_id = t_mvt.emp_id WHERE t_mvt.emp_id IS NOT NULL GROUP BY t_mvt.emp_id, t_emp.fnm, t_emp.lnm ORDER BY number_of_t_mvt DESC NULLS LAST, emp_id, fnm, lnm LIMIT 1"
            ),
        ])
    func answers(question: String, sql: String) throws {
        #expect(try Self.schema.sql(question) == sql)
    }

    @Test(
        "What nothing describes is declined",
        arguments: ["What is the profit margin by supplier?", "How many customers do we have?"])
    func declines(question: String) throws {
        #expect(try Self.schema.sql(question) == nil)
    }
}
