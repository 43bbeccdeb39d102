-- Product usage of the sample company.
--
-- Usage is measured on 3 to 5 days a month per customer, not daily. Averages over measured days are estimates of a day;
-- sums over a month are not totals.
-- Periods end with the data, see revenue.sql.

-- <query usage_sampling>
-- <description>How many days of usage data there are per customer and month on average, over whole months in which the
-- customer was subscribed throughout. Usage is sampled on 3 to 5 days a month, so sums are not monthly
-- totals.</description>
-- <question>How many days of usage data do we have per customer per month on average?</question>
-- <question>How complete is our usage data?</question>
-- <question>Is usage measured daily?</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
lives AS (
    SELECT customer_id, min(started_at) AS bought_at, max(ended_at) FILTER (WHERE status = 'cancelled') AS left_at
    FROM subscriptions
    GROUP BY customer_id
),
measured AS (
    SELECT l.customer_id, date_trunc('month', u.metric_date)::date AS month, count(*) AS days
    FROM usage_metrics u
    JOIN lives l ON l.customer_id = u.customer_id
    CROSS JOIN data d
    WHERE u.metric_date < d.open_month
        AND l.bought_at < date_trunc('month', u.metric_date)
        AND (l.left_at IS NULL OR l.left_at >= date_trunc('month', u.metric_date) + interval '1 month')
    GROUP BY 1, 2
)
SELECT round(avg(days), 2) AS avg_days_per_customer_month,
       min(days) AS fewest_days,
       max(days) AS most_days,
       count(*) AS customer_months,
       sum(days) AS measured_days
FROM measured;
-- </query>

-- <query usage_trend>
-- <description>Average usage per measured customer day in each of the last 12 complete months. Usage is sampled, so these
-- are averages of days and not monthly totals.</description>
-- <question>How does product usage develop?</question>
-- <question>API calls over time</question>
-- <question>Is usage growing?</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
)
SELECT date_trunc('month', u.metric_date)::date AS month,
       round(avg(u.api_calls), 1) AS avg_api_calls_per_day,
       round(avg(u.active_users), 1) AS avg_active_users_per_day,
       round(avg(u.reports_generated), 1) AS avg_reports_per_day,
       count(DISTINCT u.customer_id) AS measured_customers
FROM usage_metrics u
CROSS JOIN data d
WHERE u.metric_date >= d.open_month - interval '12 months' AND u.metric_date < d.open_month
GROUP BY 1
ORDER BY 1;
-- </query>

-- <query usage_by_plan>
-- <description>Average usage of active customers per measured day in the last 30 days of the data, by plan, with the share
-- of licensed seats in use.</description>
-- <question>How much do customers on each plan use the product?</question>
-- <question>Usage by plan</question>
-- <question>How many seats are in use?</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
)
SELECT s.plan,
       round(avg(u.api_calls), 1) AS avg_api_calls_per_day,
       round(avg(u.active_users), 1) AS avg_active_users_per_day,
       round(100.0 * sum(u.active_users) / sum(s.seats), 1) AS seat_use_pct,
       round(avg(u.reports_generated), 1) AS avg_reports_per_day,
       round(avg(u.integrations_active), 1) AS avg_integrations,
       count(DISTINCT u.customer_id) AS measured_customers
FROM usage_metrics u
JOIN subscriptions s ON s.customer_id = u.customer_id AND s.status = 'active'
CROSS JOIN data d
WHERE u.metric_date >= d.day - 30
GROUP BY s.plan
ORDER BY avg_api_calls_per_day DESC, s.plan;
-- </query>

-- <query most_active_customers>
-- <description>The ten active customers with the most API calls per measured day in the last 30 days of the
-- data.</description>
-- <question>Who are our power users?</question>
-- <question>Which customers use the product most?</question>
-- <question>Top customers by API calls</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
)
SELECT c.company_name,
       s.plan,
       round(avg(u.api_calls), 1) AS avg_api_calls_per_day,
       round(avg(u.active_users), 1) AS avg_active_users_per_day,
       s.seats,
       count(*) AS measured_days
FROM usage_metrics u
JOIN subscriptions s ON s.customer_id = u.customer_id AND s.status = 'active'
JOIN customers c ON c.id = u.customer_id
CROSS JOIN data d
WHERE u.metric_date >= d.day - 30
GROUP BY c.id, c.company_name, s.plan, s.seats
ORDER BY avg_api_calls_per_day DESC, c.company_name
LIMIT 10;
-- </query>
