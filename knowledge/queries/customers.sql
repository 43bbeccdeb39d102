-- Customers of the sample company: sign-ups, trials, value over their life.
-- Periods end with the data, see revenue.sql.

-- <query new_customers_by_month>
-- <description>Sign-ups and first purchases in every complete month. A sign-up may begin with a trial of 14 days, so the
-- purchase can follow in the next month or never.</description>
-- <question>How many new customers do we get per month?</question>
-- <question>Show signups by month</question>
-- <question>Customer growth over time</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
signups AS (
    SELECT date_trunc('month', signup_date)::date AS month, count(*) AS signups FROM customers GROUP BY 1
),
purchases AS (
    SELECT date_trunc('month', bought_at)::date AS month, count(*) AS new_paying_customers
    FROM (SELECT customer_id, min(started_at) AS bought_at FROM subscriptions GROUP BY customer_id) AS f
    GROUP BY 1
)
SELECT s.month, s.signups, coalesce(p.new_paying_customers, 0) AS new_paying_customers
FROM signups s
LEFT JOIN purchases p ON p.month = s.month
CROSS JOIN data d
WHERE s.month < d.open_month
ORDER BY s.month;
-- </query>

-- <query signups_by_year>
-- <description>Customers by the calendar year of their sign-up, with how many of them are active today. The first and the
-- last year of the data are not whole years; first and last sign-up show which part is covered.</description>
-- <question>How many customers signed up in each year?</question>
-- <question>How many customers signed up this year?</question>
-- <question>Signups per year</question>
-- <query>
SELECT extract(year FROM signup_date)::integer AS year,
       count(*) AS signups,
       count(*) FILTER (WHERE status = 'active') AS active_today,
       min(signup_date) AS first_signup,
       max(signup_date) AS last_signup
FROM customers
GROUP BY 1
ORDER BY 1;
-- </query>

-- <query signups_last_week>
-- <description>Customers who signed up in the last whole week, Monday to Sunday, before the day after the data's last
-- day.</description>
-- <question>Show me all customers who signed up last week</question>
-- <question>New customers last week</question>
-- <question>Who joined last week?</question>
-- <query>
WITH data AS (
    SELECT date_trunc('week', max(metric_date) + 1)::date AS this_week FROM usage_metrics
)
SELECT c.company_name, c.signup_date, c.industry, c.company_size, c.country, c.source, c.status
FROM customers c
CROSS JOIN data d
WHERE c.signup_date >= d.this_week - 7 AND c.signup_date < d.this_week
ORDER BY c.signup_date, c.company_name
LIMIT 100;
-- </query>

-- <query customers_by_status>
-- <description>Customers by status: active (has an active subscription), churned (cancelled), trial (signed up and never
-- bought; a trial runs for 14 days, older ones have lapsed).</description>
-- <question>How many customers do we have?</question>
-- <question>How many customers are active, churned or on trial?</question>
-- <question>Customer count by status</question>
-- <query>
SELECT status,
       count(*) AS customers,
       round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS share_pct
FROM customers
GROUP BY status
ORDER BY customers DESC, status;
-- </query>

-- <query customers_by_industry_and_size>
-- <description>Active customers by industry, one column per company size.</description>
-- <question>What does our customer base look like?</question>
-- <question>Customers by industry and company size</question>
-- <query>
SELECT industry,
       count(*) FILTER (WHERE company_size = 'startup') AS startup,
       count(*) FILTER (WHERE company_size = 'smb') AS smb,
       count(*) FILTER (WHERE company_size = 'mid_market') AS mid_market,
       count(*) FILTER (WHERE company_size = 'enterprise') AS enterprise,
       count(*) AS active_customers
FROM customers
WHERE status = 'active'
GROUP BY industry
ORDER BY active_customers DESC, industry;
-- </query>

-- <query trial_conversion>
-- <description>How many trials become customers, over all time: of the trials that are over (14 days after sign-up), the
-- share that bought. A purchase 14 days after sign-up marks a trial that converted.</description>
-- <question>What is our trial conversion rate?</question>
-- <question>How many trials convert?</question>
-- <question>How many customers are on trial right now?</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
),
first_purchase AS (
    SELECT customer_id, min(started_at) AS bought_at FROM subscriptions GROUP BY customer_id
),
trials AS (
    SELECT CASE
               WHEN f.bought_at IS NOT NULL THEN 'converted'
               WHEN c.signup_date > d.day - 14 THEN 'running'
               ELSE 'lapsed'
           END AS outcome
    FROM customers c
    CROSS JOIN data d
    LEFT JOIN first_purchase f ON f.customer_id = c.id
    WHERE c.status = 'trial' OR f.bought_at::date >= c.signup_date + 14
)
SELECT round(100.0 * count(*) FILTER (WHERE outcome = 'converted')
           / nullif(count(*) FILTER (WHERE outcome <> 'running'), 0), 1) AS conversion_pct,
       count(*) FILTER (WHERE outcome = 'converted') AS converted_trials,
       count(*) FILTER (WHERE outcome = 'lapsed') AS lapsed_trials,
       count(*) FILTER (WHERE outcome = 'running') AS running_trials
FROM trials;
-- </query>

-- <query customer_lifetime_value>
-- <description>Customer lifetime value (CLV): money received per customer who ever bought, over all time; and what a new
-- customer can be expected to bring: average MRR per customer divided by the average monthly churn rate of the last 12
-- complete months.</description>
-- <question>What is our customer lifetime value?</question>
-- <question>What's our CLV?</question>
-- <question>How much is a customer worth?</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               d.open_month - interval '12 months', d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
),
churn AS (
    SELECT 1.0 * count(*) FILTER (WHERE s.status = 'cancelled' AND s.ended_at < m.month + interval '1 month')
               / nullif(count(*), 0) AS rate
    FROM months m
    JOIN subscriptions s ON s.started_at < m.month AND (s.ended_at IS NULL OR s.ended_at >= m.month)
),
arpa AS (
    SELECT avg(mrr) AS mrr FROM subscriptions WHERE status = 'active'
),
collected AS (
    SELECT sum(amount) AS amount FROM invoices WHERE status = 'paid'
),
buyers AS (
    SELECT count(DISTINCT customer_id) AS customers FROM subscriptions
)
SELECT round(k.amount / b.customers, 2) AS avg_collected_per_customer,
       round(a.mrr / nullif(c.rate, 0), 2) AS expected_lifetime_value,
       round(a.mrr, 2) AS avg_mrr_per_customer,
       round(100 * c.rate, 1) AS monthly_churn_pct,
       b.customers AS customers_who_ever_bought,
       k.amount AS total_collected
FROM churn c
CROSS JOIN arpa a
CROSS JOIN collected k
CROSS JOIN buyers b;
-- </query>

-- <query lifetime_value_by_plan>
-- <description>Money received per customer and months subscribed, by the customer's current or last plan.</description>
-- <question>CLV by plan</question>
-- <question>Which plan has the most valuable customers?</question>
-- <question>Lifetime revenue per customer by plan</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
),
lives AS (
    SELECT s.customer_id,
           (array_agg(s.plan ORDER BY s.started_at DESC, s.id DESC))[1] AS plan,
           extract(epoch FROM coalesce(max(s.ended_at) FILTER (WHERE s.status = 'cancelled'), d.day) - min(s.started_at))
               / 86400 / 30.44 AS months
    FROM subscriptions s
    CROSS JOIN data d
    GROUP BY s.customer_id, d.day
),
collected AS (
    SELECT customer_id, sum(amount) AS amount FROM invoices WHERE status = 'paid' GROUP BY customer_id
)
SELECT l.plan,
       round(sum(coalesce(c.amount, 0)) / count(*), 2) AS avg_collected_per_customer,
       round(avg(l.months)::numeric, 1) AS avg_months_subscribed,
       count(*) AS customers,
       sum(coalesce(c.amount, 0)) AS total_collected
FROM lives l
LEFT JOIN collected c ON c.customer_id = l.customer_id
GROUP BY l.plan
ORDER BY avg_collected_per_customer DESC, l.plan;
-- </query>
