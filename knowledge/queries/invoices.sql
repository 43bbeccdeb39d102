-- Invoices and payments of the sample company.
--
-- Money received is the amount of invoices with status paid, in the month of paid_at. A refunded invoice was given back
-- and does not count. An annual contract is invoiced once a year at mrr * 12 * 0.9, so received money is uneven.
-- Periods end with the data, see revenue.sql.

-- <query collected_revenue_by_month>
-- <description>Money received from paid invoices in each of the last 12 complete months, by month of payment. Annual
-- contracts pay a year at once, so months are uneven; for the run rate see mrr_trend.</description>
-- <question>How much money did we collect per month?</question>
-- <question>Show cash collected by month</question>
-- <question>Paid invoices by month</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
)
SELECT date_trunc('month', i.paid_at)::date AS month,
       sum(i.amount) AS collected,
       sum(i.amount) FILTER (WHERE s.billing_cycle = 'monthly') AS from_monthly_billing,
       sum(i.amount) FILTER (WHERE s.billing_cycle = 'annual') AS from_annual_billing,
       count(*) AS paid_invoices
FROM invoices i
JOIN subscriptions s ON s.id = i.subscription_id
CROSS JOIN data d
WHERE i.status = 'paid' AND i.paid_at >= d.open_month - interval '12 months' AND i.paid_at < d.open_month
GROUP BY 1
ORDER BY 1;
-- </query>

-- <query collected_revenue_by_plan>
-- <description>Money received from paid invoices in each of the last 6 complete months, one column per plan.</description>
-- <question>Collected revenue by plan</question>
-- <question>Paid invoice amounts per plan over the last 6 months</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
)
SELECT date_trunc('month', i.paid_at)::date AS month,
       coalesce(sum(i.amount) FILTER (WHERE s.plan = 'starter'), 0) AS starter_collected,
       coalesce(sum(i.amount) FILTER (WHERE s.plan = 'professional'), 0) AS professional_collected,
       coalesce(sum(i.amount) FILTER (WHERE s.plan = 'business'), 0) AS business_collected,
       coalesce(sum(i.amount) FILTER (WHERE s.plan = 'enterprise'), 0) AS enterprise_collected,
       sum(i.amount) AS total_collected
FROM invoices i
JOIN subscriptions s ON s.id = i.subscription_id
CROSS JOIN data d
WHERE i.status = 'paid' AND i.paid_at >= d.open_month - interval '6 months' AND i.paid_at < d.open_month
GROUP BY 1
ORDER BY 1;
-- </query>

-- <query failed_payments_by_month>
-- <description>Failed invoices in each of the last 12 complete months, by month of issue: number, share of all invoices and
-- amount.</description>
-- <question>How many payments fail?</question>
-- <question>Payment failure rate by month</question>
-- <question>How much revenue do we lose to failed payments?</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
)
SELECT date_trunc('month', i.issued_at)::date AS month,
       count(*) FILTER (WHERE i.status = 'failed') AS failed_invoices,
       round(100.0 * count(*) FILTER (WHERE i.status = 'failed') / count(*), 1) AS failed_pct,
       coalesce(sum(i.amount) FILTER (WHERE i.status = 'failed'), 0) AS failed_amount,
       count(*) AS invoices
FROM invoices i
CROSS JOIN data d
WHERE i.issued_at >= d.open_month - interval '12 months' AND i.issued_at < d.open_month
GROUP BY 1
ORDER BY 1;
-- </query>

-- <query customers_with_failed_payments>
-- <description>Active customers with failed invoices in the last 90 days of the data, largest amount first.</description>
-- <question>Which customers have failed payments?</question>
-- <question>Who did not pay?</question>
-- <question>List failed invoices by customer</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
)
SELECT c.company_name,
       s.plan,
       s.mrr,
       count(*) AS failed_invoices,
       sum(i.amount) AS failed_amount,
       max(i.issued_at)::date AS latest_failure
FROM invoices i
JOIN customers c ON c.id = i.customer_id
JOIN subscriptions s ON s.customer_id = c.id AND s.status = 'active'
CROSS JOIN data d
WHERE i.status = 'failed' AND i.issued_at >= d.day - 90
GROUP BY c.id, c.company_name, s.plan, s.mrr
ORDER BY failed_amount DESC, c.company_name
LIMIT 50;
-- </query>

-- <query invoices_by_status>
-- <description>All invoices by status: number, amount, share. Failed ones were never collected, pending ones are not paid
-- yet, refunded ones were given back.</description>
-- <question>How many invoices are unpaid?</question>
-- <question>What is outstanding?</question>
-- <question>Invoice status overview</question>
-- <query>
SELECT status,
       count(*) AS invoices,
       sum(amount) AS amount,
       round(100 * sum(amount) / sum(sum(amount)) OVER (), 1) AS share_of_amount_pct,
       min(issued_at)::date AS oldest,
       max(issued_at)::date AS latest
FROM invoices
GROUP BY status
ORDER BY amount DESC, status;
-- </query>

-- <query days_to_payment>
-- <description>Days from issue to payment of paid invoices over the last 12 months, by billing cycle.</description>
-- <question>How long do customers take to pay?</question>
-- <question>Average days to payment</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
)
SELECT s.billing_cycle,
       round(avg(extract(epoch FROM i.paid_at - i.issued_at)) / 86400, 1) AS avg_days_to_payment,
       count(*) AS paid_invoices
FROM invoices i
JOIN subscriptions s ON s.id = i.subscription_id
CROSS JOIN data d
WHERE i.status = 'paid' AND i.issued_at >= d.day - interval '12 months'
GROUP BY s.billing_cycle
ORDER BY avg_days_to_payment DESC, s.billing_cycle;
-- </query>
