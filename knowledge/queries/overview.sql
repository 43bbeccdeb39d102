-- Questions over several tables of the sample company.
-- Active, churn rate and NRR are defined as in revenue.sql and churn.sql; periods end with the data.

-- <query business_health>
-- <description>Is the business healthy: MRR, churn, net revenue retention, new customers, satisfaction, failed payments and
-- use of seats in the last complete month, against the average of the three months before.</description>
-- <question>Is our business healthy?</question>
-- <question>How are we doing?</question>
-- <question>Give me an overview of the company's key figures</question>
-- <question>KPI summary</question>
-- <question>Is the business in good shape?</question>
-- <question>Are we doing well?</question>
-- <question>Are we healthy?</question>
-- <question>What is the state of the business?</question>
-- <question>Business overview</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               d.open_month - interval '4 months', d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
),
at_start AS (
    SELECT m.month, s.customer_id, s.mrr, (s.status = 'cancelled' AND s.ended_at < m.month + interval '1 month') AS is_lost
    FROM months m
    JOIN subscriptions s ON s.started_at < m.month AND (s.ended_at IS NULL OR s.ended_at >= m.month)
),
at_end AS (
    SELECT m.month, s.customer_id, s.mrr
    FROM months m
    JOIN subscriptions s
        ON s.started_at < m.month + interval '1 month'
        AND (s.ended_at IS NULL OR s.ended_at >= m.month + interval '1 month')
),
indicators AS (
    SELECT 1 AS place, 'MRR (USD)' AS indicator, 'up' AS better, month, sum(mrr) AS value
    FROM at_end GROUP BY month
    UNION ALL
    SELECT 2, 'Active customers', 'up', month, count(*) FROM at_end GROUP BY month
    UNION ALL
    SELECT 3, 'New customers', 'up', m.month, count(f.customer_id)
    FROM months m
    LEFT JOIN (SELECT customer_id, min(started_at) AS bought_at FROM subscriptions GROUP BY customer_id) AS f
        ON f.bought_at >= m.month AND f.bought_at < m.month + interval '1 month'
    GROUP BY m.month
    UNION ALL
    SELECT 4, 'Churn rate (%)', 'down', month, 100.0 * count(*) FILTER (WHERE is_lost) / count(*)
    FROM at_start GROUP BY month
    UNION ALL
    SELECT 5, 'Net revenue retention (%)', 'up', b.month, 100 * coalesce(sum(e.mrr), 0) / sum(b.mrr)
    FROM at_start b
    LEFT JOIN at_end e ON e.month = b.month AND e.customer_id = b.customer_id
    GROUP BY b.month
    UNION ALL
    SELECT 6, 'Satisfaction (1 to 5)', 'up', m.month, avg(t.satisfaction_score)
    FROM months m
    JOIN support_tickets t ON t.created_at >= m.month AND t.created_at < m.month + interval '1 month'
    GROUP BY m.month
    UNION ALL
    SELECT 7, 'Failed invoices (%)', 'down', m.month, 100.0 * count(*) FILTER (WHERE i.status = 'failed') / count(*)
    FROM months m
    JOIN invoices i ON i.issued_at >= m.month AND i.issued_at < m.month + interval '1 month'
    GROUP BY m.month
    UNION ALL
    SELECT 8, 'Seats in use (%)', 'up', m.month, 100.0 * sum(u.active_users) / sum(s.seats)
    FROM months m
    JOIN usage_metrics u ON u.metric_date >= m.month AND u.metric_date < m.month + interval '1 month'
    JOIN subscriptions s
        ON s.customer_id = u.customer_id
        AND s.started_at < u.metric_date + 1 AND (s.ended_at IS NULL OR s.ended_at >= u.metric_date + 1)
    GROUP BY m.month
),
compared AS (
    SELECT i.place,
           i.indicator,
           i.better,
           round(max(i.value) FILTER (WHERE i.month = d.open_month - interval '1 month'), 2) AS last_month,
           round(avg(i.value) FILTER (WHERE i.month < d.open_month - interval '1 month'), 2) AS average_of_3_months_before
    FROM indicators i
    CROSS JOIN data d
    GROUP BY i.place, i.indicator, i.better
)
SELECT indicator,
       last_month,
       average_of_3_months_before,
       round(100 * (last_month - average_of_3_months_before) / nullif(average_of_3_months_before, 0), 1) AS change_pct,
       CASE
           WHEN last_month = average_of_3_months_before THEN 'same'
           WHEN (last_month > average_of_3_months_before) = (better = 'up') THEN 'better'
           ELSE 'worse'
       END AS reading
FROM compared
ORDER BY place;
-- </query>

-- <query plan_comparison>
-- <description>The plans side by side: revenue, churn over the last 12 complete months, usage in the last 30 days of the
-- data, tickets and satisfaction over the last 12 months, of customers active now.</description>
-- <question>Compare our enterprise customers to professional customers across revenue, usage, and support
-- satisfaction</question>
-- <question>Compare the plans</question>
-- <question>How do enterprise and starter customers differ?</question>
-- <question>How do enterprise and professional compare on revenue, usage and satisfaction?</question>
-- <question>Difference between enterprise and professional in revenue, usage and satisfaction</question>
-- <question>Compare enterprise and professional</question>
-- <question>Enterprise against professional on revenue, usage and satisfaction</question>
-- <question>Are enterprise customers better than professional ones on revenue, usage and satisfaction?</question>
-- <question>Enterprise and professional side by side in terms of revenue, usage and satisfaction</question>
-- <question>Revenue, usage and satisfaction of enterprise and professional plans</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day, date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
revenue AS (
    SELECT plan, count(*) AS customers, sum(mrr) AS mrr, avg(mrr) AS avg_mrr
    FROM subscriptions
    WHERE status = 'active'
    GROUP BY plan
),
churn AS (
    SELECT s.plan,
           100.0 * count(*) FILTER (WHERE s.status = 'cancelled' AND s.ended_at < m.month + interval '1 month')
               / count(*) AS churn_pct
    FROM data d
    CROSS JOIN generate_series(
        d.open_month - interval '12 months', d.open_month - interval '1 month', interval '1 month') AS m (month)
    JOIN subscriptions s ON s.started_at < m.month AND (s.ended_at IS NULL OR s.ended_at >= m.month)
    GROUP BY s.plan
),
usage AS (
    SELECT s.plan, avg(u.api_calls) AS api_calls, 100.0 * sum(u.active_users) / sum(s.seats) AS seat_use_pct
    FROM usage_metrics u
    JOIN subscriptions s ON s.customer_id = u.customer_id AND s.status = 'active'
    CROSS JOIN data d
    WHERE u.metric_date >= d.day - 30
    GROUP BY s.plan
),
support AS (
    SELECT s.plan, count(*) AS tickets, avg(t.satisfaction_score) AS satisfaction
    FROM support_tickets t
    JOIN subscriptions s ON s.customer_id = t.customer_id AND s.status = 'active'
    CROSS JOIN data d
    WHERE t.created_at >= d.day - interval '12 months'
    GROUP BY s.plan
)
SELECT r.plan,
       r.customers AS active_customers,
       r.mrr,
       round(r.avg_mrr, 2) AS avg_mrr,
       round(c.churn_pct, 1) AS monthly_churn_pct,
       round(u.api_calls, 1) AS avg_api_calls_per_day,
       round(u.seat_use_pct, 1) AS seat_use_pct,
       round(1.0 * coalesce(t.tickets, 0) / r.customers, 2) AS tickets_per_customer,
       round(t.satisfaction, 2) AS avg_satisfaction
FROM revenue r
LEFT JOIN churn c ON c.plan = r.plan
LEFT JOIN usage u ON u.plan = r.plan
LEFT JOIN support t ON t.plan = r.plan
ORDER BY r.mrr DESC, r.plan;
-- </query>

-- <query customer_health_scores>
-- <description>Health score of active customers, 0 (bad) to 100 (good), lowest first: up to 50 points for the share of
-- seats in use in the last 30 days, 25 less 5 per ticket of the last 90 days, 25 without a failed payment in the last
-- 180 days. Fewer than half of the seats in use costs usage points evenly.</description>
-- <question>Show customer health scores</question>
-- <question>Which customers are the least healthy?</question>
-- <question>Customer health based on usage, support tickets and payment history</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
),
usage AS (
    SELECT u.customer_id, avg(u.active_users) AS users
    FROM usage_metrics u
    CROSS JOIN data d
    WHERE u.metric_date >= d.day - 30
    GROUP BY u.customer_id
),
tickets AS (
    SELECT t.customer_id, count(*) AS tickets
    FROM support_tickets t
    CROSS JOIN data d
    WHERE t.created_at >= d.day - 90
    GROUP BY t.customer_id
),
failures AS (
    SELECT i.customer_id, count(*) AS failures
    FROM invoices i
    CROSS JOIN data d
    WHERE i.status = 'failed' AND i.issued_at >= d.day - 180
    GROUP BY i.customer_id
),
points AS (
    SELECT c.company_name,
           s.plan,
           s.mrr,
           round(least(50, 100 * coalesce(u.users, 0) / s.seats), 1) AS usage_points,
           greatest(0, 25 - 5 * coalesce(t.tickets, 0)) AS support_points,
           CASE WHEN f.failures IS NULL THEN 25 ELSE 0 END AS payment_points
    FROM subscriptions s
    JOIN customers c ON c.id = s.customer_id
    LEFT JOIN usage u ON u.customer_id = s.customer_id
    LEFT JOIN tickets t ON t.customer_id = s.customer_id
    LEFT JOIN failures f ON f.customer_id = s.customer_id
    WHERE s.status = 'active'
)
SELECT company_name,
       plan,
       mrr,
       usage_points + support_points + payment_points AS health_score,
       usage_points,
       support_points,
       payment_points
FROM points
ORDER BY health_score, mrr DESC, company_name
LIMIT 50;
-- </query>

-- <query data_freshness>
-- <description>How fresh the data is: rows and first and last day per table.</description>
-- <question>How fresh is the data?</question>
-- <question>When was the data last updated?</question>
-- <question>Which period does the data cover?</question>
-- <query>
SELECT 'customers' AS table_name, count(*) AS number_of_rows, min(signup_date) AS first_day, max(signup_date) AS last_day
FROM customers
UNION ALL
SELECT 'subscriptions', count(*), min(started_at)::date, greatest(max(started_at), max(ended_at))::date FROM subscriptions
UNION ALL
SELECT 'plan_changes', count(*), min(changed_at)::date, max(changed_at)::date FROM plan_changes
UNION ALL
SELECT 'invoices', count(*), min(issued_at)::date, greatest(max(issued_at), max(paid_at))::date FROM invoices
UNION ALL
SELECT 'usage_metrics', count(*), min(metric_date), max(metric_date) FROM usage_metrics
UNION ALL
SELECT 'support_tickets', count(*), min(created_at)::date, greatest(max(created_at), max(resolved_at))::date
FROM support_tickets
ORDER BY table_name;
-- </query>
