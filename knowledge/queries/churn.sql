-- Churn and retention of the sample company.
--
-- One definition of churn rate everywhere: of the subscriptions that were active at the first moment of a month, the
-- share that was cancelled (status = 'cancelled') during that month. Upgrades and downgrades are not churn. A rate over
-- several months is the average month: cancellations divided by the sum of the months' starting subscriptions.
-- Periods end with the data, see revenue.sql.

-- <query churn_rate_by_plan>
-- <description>Average monthly churn rate by plan over the last 12 complete months, highest first: subscriptions cancelled
-- in a month divided by those active at its start. Upgrades and downgrades are not churn.</description>
-- <question>Which plan has the highest churn rate?</question>
-- <question>Churn rate by plan</question>
-- <question>On which plan do we lose the most customers?</question>
-- <question>Compare churn across plans</question>
-- <question>Which plan has the worst churn?</question>
-- <question>Rank the plans by churn rate</question>
-- <question>Plan with the highest churn</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               d.open_month - interval '12 months', d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
),
exposure AS (
    SELECT s.plan, s.mrr, (s.status = 'cancelled' AND s.ended_at < m.month + interval '1 month') AS is_lost
    FROM months m
    JOIN subscriptions s ON s.started_at < m.month AND (s.ended_at IS NULL OR s.ended_at >= m.month)
)
SELECT plan,
       round(100.0 * count(*) FILTER (WHERE is_lost) / count(*), 1) AS monthly_churn_pct,
       count(*) FILTER (WHERE is_lost) AS cancellations,
       round(count(*) / 12.0, 1) AS avg_active_at_month_start,
       coalesce(sum(mrr) FILTER (WHERE is_lost), 0) AS lost_mrr
FROM exposure
GROUP BY plan
ORDER BY monthly_churn_pct DESC, plan;
-- </query>

-- <query churn_rate_by_month>
-- <description>Churn rate of each of the last 12 complete months: subscriptions cancelled in the month divided by those
-- active at its start, and the same for MRR.</description>
-- <question>What is our churn rate?</question>
-- <question>How does churn develop over time?</question>
-- <question>Monthly churn rate</question>
-- <question>Is churn getting better or worse?</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               d.open_month - interval '12 months', d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
),
exposure AS (
    SELECT m.month, s.mrr, (s.status = 'cancelled' AND s.ended_at < m.month + interval '1 month') AS is_lost
    FROM months m
    JOIN subscriptions s ON s.started_at < m.month AND (s.ended_at IS NULL OR s.ended_at >= m.month)
)
SELECT month,
       round(100.0 * count(*) FILTER (WHERE is_lost) / count(*), 1) AS churn_pct,
       count(*) FILTER (WHERE is_lost) AS cancellations,
       count(*) AS active_at_month_start,
       coalesce(sum(mrr) FILTER (WHERE is_lost), 0) AS lost_mrr,
       round(100 * coalesce(sum(mrr) FILTER (WHERE is_lost), 0) / sum(mrr), 1) AS mrr_churn_pct
FROM exposure
GROUP BY month
ORDER BY month;
-- </query>

-- <query churn_rate_by_billing_cycle>
-- <description>Average monthly churn rate of annual and of monthly contracts over the last 12 complete months. Annual
-- contracts can end at their renewal only.</description>
-- <question>Do annual customers churn less than monthly ones?</question>
-- <question>Churn by billing cycle</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               d.open_month - interval '12 months', d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
),
exposure AS (
    SELECT s.billing_cycle, (s.status = 'cancelled' AND s.ended_at < m.month + interval '1 month') AS is_lost
    FROM months m
    JOIN subscriptions s ON s.started_at < m.month AND (s.ended_at IS NULL OR s.ended_at >= m.month)
)
SELECT billing_cycle,
       round(100.0 * count(*) FILTER (WHERE is_lost) / count(*), 1) AS monthly_churn_pct,
       count(*) FILTER (WHERE is_lost) AS cancellations,
       round(count(*) / 12.0, 1) AS avg_active_at_month_start
FROM exposure
GROUP BY billing_cycle
ORDER BY monthly_churn_pct DESC, billing_cycle;
-- </query>

-- <query churn_rate_by_segment>
-- <description>Which customer segments churn most: average monthly churn rate over the last 12 complete months by plan,
-- company size, industry, source, country and billing cycle, highest first, with the most frequent reason. Segments with
-- fewer than ten active subscriptions on average are left out.</description>
-- <question>Which customer segment is most likely to churn and why?</question>
-- <question>Churn by segment</question>
-- <question>What kind of customers leave us?</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               d.open_month - interval '12 months', d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
),
exposure AS (
    SELECT v.dimension,
           v.segment,
           s.cancellation_reason,
           (s.status = 'cancelled' AND s.ended_at < m.month + interval '1 month') AS is_lost
    FROM months m
    JOIN subscriptions s ON s.started_at < m.month AND (s.ended_at IS NULL OR s.ended_at >= m.month)
    JOIN customers c ON c.id = s.customer_id
    CROSS JOIN LATERAL (
        VALUES ('plan', s.plan), ('company size', c.company_size), ('industry', c.industry), ('source', c.source),
               ('country', c.country), ('billing cycle', s.billing_cycle)
    ) AS v (dimension, segment)
)
SELECT segment,
       dimension,
       round(100.0 * count(*) FILTER (WHERE is_lost) / count(*), 1) AS monthly_churn_pct,
       count(*) FILTER (WHERE is_lost) AS cancellations,
       round(count(*) / 12.0, 1) AS avg_active_at_month_start,
       mode() WITHIN GROUP (ORDER BY cancellation_reason) FILTER (WHERE is_lost) AS most_frequent_reason
FROM exposure
GROUP BY dimension, segment
HAVING count(*) >= 120
ORDER BY monthly_churn_pct DESC, dimension, segment
LIMIT 12;
-- </query>

-- <query churn_signals>
-- <description>What precedes churn: customers before they cancelled, during the last 12 months, against customers active now.
-- Use of seats in the last 30 days, median change of API calls against the 60 days before those, tickets in 60 and failed
-- payments in 90 days per customer. Only subscriptions of at least 90 days; usage is sampled on 3 to 5 days a
-- month.</description>
-- <question>Why do customers churn?</question>
-- <question>What do customers do before they leave?</question>
-- <question>Is low usage linked to churn?</question>
-- <question>Early warning signs of churn</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
),
watched AS (
    SELECT s.customer_id,
           s.seats,
           CASE WHEN s.status = 'cancelled' THEN 'before cancelling' ELSE 'active' END AS customers,
           CASE WHEN s.status = 'cancelled' THEN s.ended_at::date ELSE d.day END AS day,
           s.started_at
    FROM subscriptions s
    CROSS JOIN data d
    WHERE s.status = 'active' OR (s.status = 'cancelled' AND s.ended_at >= d.day - interval '12 months')
),
measured AS (
    SELECT w.customers,
           w.customer_id,
           avg(1.0 * u.active_users / w.seats) FILTER (WHERE u.metric_date >= w.day - 30) AS seat_use,
           avg(u.api_calls) FILTER (WHERE u.metric_date >= w.day - 30) AS later_calls,
           avg(u.api_calls) FILTER (WHERE u.metric_date < w.day - 30) AS earlier_calls,
           (SELECT count(*) FROM support_tickets t
            WHERE t.customer_id = w.customer_id AND t.created_at >= w.day - 60 AND t.created_at < w.day) AS tickets,
           (SELECT count(*) FROM invoices i
            WHERE i.customer_id = w.customer_id AND i.status = 'failed'
                AND i.issued_at >= w.day - 90 AND i.issued_at < w.day) AS failed_payments
    FROM watched w
    LEFT JOIN usage_metrics u
        ON u.customer_id = w.customer_id AND u.metric_date >= w.day - 90 AND u.metric_date < w.day
    WHERE w.started_at < w.day - 90
    GROUP BY w.customers, w.customer_id, w.day
)
SELECT customers,
       count(*) AS number_of_customers,
       round(100 * avg(seat_use), 1) AS seat_use_pct,
       round((100 * percentile_cont(0.5) WITHIN GROUP (
           ORDER BY (later_calls - earlier_calls) / nullif(earlier_calls, 0)))::numeric, 1) AS median_api_calls_change_pct,
       round(avg(tickets), 2) AS tickets_per_customer,
       round(avg(failed_payments), 2) AS failed_payments_per_customer
FROM measured
GROUP BY customers
ORDER BY customers DESC;
-- </query>

-- <query customers_at_risk>
-- <description>Active customers at risk of churning, most urgent first. Two points for usage (API calls of the last 30 days
-- at least 40 % below those of the 60 days before, or under 25 % of the seats in use), one for two or more tickets in 60
-- days, one for a failed payment in 90 days; listed from two points. Counted back from the data's last day; usage is
-- sampled on 3 to 5 days a month.</description>
-- <question>Which customers are at risk of churning?</question>
-- <question>Who might cancel soon?</question>
-- <question>Who might leave us soon?</question>
-- <question>Show accounts we should worry about</question>
-- <question>Who is likely to churn?</question>
-- <question>Which customers are in danger of churning?</question>
-- <question>Which customers may we lose?</question>
-- <question>Customers with falling usage</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
),
usage AS (
    SELECT u.customer_id,
           avg(u.api_calls) FILTER (WHERE u.metric_date >= d.day - 30) AS recent_calls,
           avg(u.api_calls) FILTER (WHERE u.metric_date < d.day - 30) AS earlier_calls,
           avg(u.active_users) FILTER (WHERE u.metric_date >= d.day - 30) AS recent_users
    FROM usage_metrics u
    CROSS JOIN data d
    WHERE u.metric_date >= d.day - 90
    GROUP BY u.customer_id
),
tickets AS (
    SELECT t.customer_id, count(*) AS tickets
    FROM support_tickets t
    CROSS JOIN data d
    WHERE t.created_at >= d.day - 60
    GROUP BY t.customer_id
),
failures AS (
    SELECT i.customer_id, count(*) AS failures
    FROM invoices i
    CROSS JOIN data d
    WHERE i.status = 'failed' AND i.issued_at >= d.day - 90
    GROUP BY i.customer_id
),
signals AS (
    SELECT c.company_name,
           s.plan,
           s.mrr,
           round(100 * (u.recent_calls - u.earlier_calls) / nullif(u.earlier_calls, 0), 1) AS usage_change_pct,
           round(100 * u.recent_users / s.seats, 1) AS seat_use_pct,
           coalesce(t.tickets, 0) AS tickets_60_days,
           coalesce(f.failures, 0) AS failed_payments_90_days
    FROM subscriptions s
    JOIN customers c ON c.id = s.customer_id
    LEFT JOIN usage u ON u.customer_id = s.customer_id
    LEFT JOIN tickets t ON t.customer_id = s.customer_id
    LEFT JOIN failures f ON f.customer_id = s.customer_id
    WHERE s.status = 'active'
),
scored AS (
    SELECT *,
           CASE WHEN usage_change_pct <= -40 OR seat_use_pct < 25 THEN 2 ELSE 0 END
               + CASE WHEN tickets_60_days >= 2 THEN 1 ELSE 0 END
               + CASE WHEN failed_payments_90_days >= 1 THEN 1 ELSE 0 END AS risk_points
    FROM signals
)
SELECT company_name,
       plan,
       mrr,
       risk_points,
       concat_ws(', ',
           CASE WHEN usage_change_pct <= -40 THEN 'usage falling' END,
           CASE WHEN seat_use_pct < 25 THEN 'few seats in use' END,
           CASE WHEN tickets_60_days >= 2 THEN 'many tickets' END,
           CASE WHEN failed_payments_90_days >= 1 THEN 'failed payment' END) AS risk_reasons,
       usage_change_pct,
       seat_use_pct,
       tickets_60_days,
       failed_payments_90_days
FROM scored
WHERE risk_points >= 2
ORDER BY risk_points DESC, mrr DESC, company_name
LIMIT 20;
-- </query>

-- <query cancellation_reasons>
-- <description>Why customers cancelled, over all time: cancellations, share and lost MRR per reason. Upgrades and downgrades
-- have no reason and are not in it.</description>
-- <question>What are the top reasons customers cancel?</question>
-- <question>Why do customers leave?</question>
-- <question>What are the main reasons for cancelling?</question>
-- <question>Most frequent reasons for cancellation</question>
-- <question>Why do we lose customers?</question>
-- <question>Cancellation reasons with lost revenue</question>
-- <query>
SELECT cancellation_reason,
       count(*) AS cancellations,
       round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS share_pct,
       sum(mrr) AS lost_mrr,
       round(avg(mrr), 2) AS avg_lost_mrr
FROM subscriptions
WHERE status = 'cancelled'
GROUP BY cancellation_reason
ORDER BY cancellations DESC, cancellation_reason;
-- </query>

-- <query recent_cancellations>
-- <description>Customers who cancelled in the last 30 days of the data, latest first.</description>
-- <question>Who cancelled recently?</question>
-- <question>Which customers did we lose this month?</question>
-- <question>List churned customers</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
)
SELECT c.company_name,
       s.plan,
       s.mrr AS lost_mrr,
       s.ended_at::date AS cancelled_on,
       s.cancellation_reason,
       c.signup_date AS customer_since
FROM subscriptions s
JOIN customers c ON c.id = s.customer_id
CROSS JOIN data d
WHERE s.status = 'cancelled' AND s.ended_at >= d.day - 30
ORDER BY s.ended_at DESC, c.company_name
LIMIT 50;
-- </query>

-- <query cohort_retention>
-- <description>Retention by cohort: of the customers whose first purchase fell into a month, the share that was still
-- subscribed 1, 3, 6 and 12 months after it. Empty where not the whole cohort has reached that age.</description>
-- <question>Show cohort retention</question>
-- <question>How long do customers stay?</question>
-- <question>Retention by signup month</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day, date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
lives AS (
    SELECT customer_id,
           min(started_at) AS bought_at,
           max(ended_at) FILTER (WHERE status = 'cancelled') AS left_at
    FROM subscriptions
    GROUP BY customer_id
),
kept AS (
    SELECT date_trunc('month', l.bought_at)::date AS cohort_month,
           count(*) AS customers,
           count(*) FILTER (WHERE l.left_at IS NULL OR l.left_at >= l.bought_at + interval '1 month') AS after_1,
           count(*) FILTER (WHERE l.left_at IS NULL OR l.left_at >= l.bought_at + interval '3 months') AS after_3,
           count(*) FILTER (WHERE l.left_at IS NULL OR l.left_at >= l.bought_at + interval '6 months') AS after_6,
           count(*) FILTER (WHERE l.left_at IS NULL OR l.left_at >= l.bought_at + interval '12 months') AS after_12,
           count(*) FILTER (WHERE l.left_at IS NULL) AS now
    FROM lives l
    GROUP BY 1
)
SELECT k.cohort_month,
       k.customers,
       CASE WHEN d.day >= k.cohort_month + interval '2 months'
           THEN round(100.0 * k.after_1 / k.customers, 1) END AS after_1_month_pct,
       CASE WHEN d.day >= k.cohort_month + interval '4 months'
           THEN round(100.0 * k.after_3 / k.customers, 1) END AS after_3_months_pct,
       CASE WHEN d.day >= k.cohort_month + interval '7 months'
           THEN round(100.0 * k.after_6 / k.customers, 1) END AS after_6_months_pct,
       CASE WHEN d.day >= k.cohort_month + interval '13 months'
           THEN round(100.0 * k.after_12 / k.customers, 1) END AS after_12_months_pct,
       round(100.0 * k.now / k.customers, 1) AS still_active_pct
FROM kept k
CROSS JOIN data d
WHERE k.cohort_month < d.open_month
ORDER BY k.cohort_month;
-- </query>

-- <query cancellation_reasons_of_plan>
-- <description>Why customers of the {plan} plan cancelled, over all time: cancellations, share and lost MRR per reason.
-- Upgrades and downgrades have no reason and are not in it.</description>
-- <parameter plan value subscriptions.plan>enterprise</parameter>
-- <question>Why do {plan} plan customers leave?</question>
-- <question>Why do customers on the {plan} plan cancel?</question>
-- <question>Cancellation reasons of the {plan} plan with lost revenue</question>
-- <query>
SELECT cancellation_reason,
       count(*) AS cancellations,
       round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS share_pct,
       sum(mrr) AS lost_mrr,
       round(avg(mrr), 2) AS avg_lost_mrr
FROM subscriptions
WHERE status = 'cancelled' AND plan = {plan}
GROUP BY cancellation_reason
ORDER BY cancellations DESC, cancellation_reason;
-- </query>
