-- Recurring revenue of the sample company.
--
-- Active means status = 'active', which is the same rows as ended_at IS NULL. A trial has no subscription, so it never
-- counts. At an earlier moment a subscription was active when it had started and had not ended yet.
-- Periods end with the data: the latest measured day in usage_metrics, which is loaded daily, stands for today, and a
-- month counts as complete when that day has reached its end. So the answers hold however old the data is.

-- <query current_mrr>
-- <description>Current monthly recurring revenue (MRR): the sum over all active subscriptions, with the value one month
-- before the data's last day for comparison. Trials have no subscription and are not in it.</description>
-- <question>What's our current MRR?</question>
-- <question>How much monthly recurring revenue do we have right now?</question>
-- <question>How much do we make per month?</question>
-- <question>Total recurring revenue today</question>
-- <question>Where does our MRR stand?</question>
-- <question>Latest MRR</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 - interval '1 month' AS month_ago FROM usage_metrics
),
mrr AS (
    SELECT sum(s.mrr) FILTER (WHERE s.status = 'active') AS now,
           count(*) FILTER (WHERE s.status = 'active') AS subscriptions,
           sum(s.mrr) FILTER (
               WHERE s.started_at < d.month_ago AND (s.ended_at IS NULL OR s.ended_at >= d.month_ago)) AS month_ago
    FROM subscriptions s
    CROSS JOIN data d
)
SELECT now AS current_mrr,
       subscriptions AS active_subscriptions,
       month_ago AS mrr_one_month_ago,
       round(100 * (now - month_ago) / nullif(month_ago, 0), 1) AS change_pct
FROM mrr;
-- </query>

-- <query active_subscriptions>
-- <description>How many subscriptions are active now. Each active customer has exactly one; rows that were upgraded,
-- downgraded or cancelled are history.</description>
-- <question>How many active subscriptions do we have right now?</question>
-- <question>How many paying customers do we have?</question>
-- <question>Number of current subscribers</question>
-- <query>
SELECT count(*) AS active_subscriptions,
       count(DISTINCT customer_id) AS active_customers,
       sum(seats) AS licensed_seats
FROM subscriptions
WHERE status = 'active';
-- </query>

-- <query available_plans>
-- <description>The plans that are sold, with active subscriptions, the range of seats and of MRR on each.</description>
-- <question>What plans are available?</question>
-- <question>Which plans do we sell and what do they cost?</question>
-- <question>Show our pricing tiers</question>
-- <query>
SELECT plan,
       count(*) AS active_subscriptions,
       min(mrr) AS lowest_mrr,
       round(avg(mrr), 2) AS avg_mrr,
       max(mrr) AS highest_mrr,
       min(seats) AS fewest_seats,
       max(seats) AS most_seats
FROM subscriptions
WHERE status = 'active'
GROUP BY plan
ORDER BY avg_mrr, plan;
-- </query>

-- <query mrr_by_plan>
-- <description>Current MRR by plan: sum, share and average over active subscriptions.</description>
-- <question>Break down our MRR by plan</question>
-- <question>How much revenue does each plan bring?</question>
-- <question>Which plan makes the most money?</question>
-- <question>ARPA by plan</question>
-- <query>
SELECT plan,
       sum(mrr) AS mrr,
       round(100 * sum(mrr) / sum(sum(mrr)) OVER (), 1) AS share_pct,
       count(*) AS active_subscriptions,
       round(avg(mrr), 2) AS avg_mrr
FROM subscriptions
WHERE status = 'active'
GROUP BY plan
ORDER BY mrr DESC, plan;
-- </query>

-- <query mrr_trend>
-- <description>MRR at the end of every complete month, with active subscriptions and growth over the month
-- before.</description>
-- <question>Show me the MRR trend</question>
-- <question>How has our monthly recurring revenue developed?</question>
-- <question>How fast are we growing?</question>
-- <question>MRR growth by month</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               (SELECT date_trunc('month', min(started_at))::date FROM subscriptions),
               d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
),
month_end AS (
    SELECT m.month, sum(s.mrr) AS mrr, count(*) AS active_subscriptions
    FROM months m
    JOIN subscriptions s
        ON s.started_at < m.month + interval '1 month'
        AND (s.ended_at IS NULL OR s.ended_at >= m.month + interval '1 month')
    GROUP BY m.month
)
SELECT month,
       mrr,
       active_subscriptions,
       round(100 * (mrr - lag(mrr) OVER (ORDER BY month)) / nullif(lag(mrr) OVER (ORDER BY month), 0), 1) AS growth_pct
FROM month_end
ORDER BY month;
-- </query>

-- <query revenue_trend_by_plan>
-- <description>Revenue trend by plan over the last 6 complete months: MRR at the end of each month, one column per plan.
-- Revenue here is recurring revenue; for money received see collected_revenue_by_plan.</description>
-- <question>Show me revenue trends by plan over the last 6 months</question>
-- <question>How did MRR per plan develop in the past half year?</question>
-- <question>How has revenue developed per plan in the last 6 months?</question>
-- <question>Chart of revenue per plan, last 6 months</question>
-- <question>Trend of revenue per plan over six months</question>
-- <question>Monthly revenue by plan</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               d.open_month - interval '6 months', d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
)
SELECT m.month,
       sum(s.mrr) FILTER (WHERE s.plan = 'starter') AS starter_mrr,
       sum(s.mrr) FILTER (WHERE s.plan = 'professional') AS professional_mrr,
       sum(s.mrr) FILTER (WHERE s.plan = 'business') AS business_mrr,
       sum(s.mrr) FILTER (WHERE s.plan = 'enterprise') AS enterprise_mrr,
       sum(s.mrr) AS total_mrr
FROM months m
JOIN subscriptions s
    ON s.started_at < m.month + interval '1 month'
    AND (s.ended_at IS NULL OR s.ended_at >= m.month + interval '1 month')
GROUP BY m.month
ORDER BY m.month;
-- </query>

-- <query mrr_movement>
-- <description>Where MRR comes from and goes to in each of the last 12 complete months: new customers, upgrades
-- (expansion), downgrades (contraction) and cancellations (churn). Start plus movements is the end.</description>
-- <question>Show the MRR bridge</question>
-- <question>How much new, expansion, contraction and churned MRR do we have per month?</question>
-- <question>What drives the change of our MRR?</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               d.open_month - interval '12 months', d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
),
stock AS (
    SELECT m.month,
           coalesce(sum(s.mrr) FILTER (
               WHERE s.started_at < m.month AND (s.ended_at IS NULL OR s.ended_at >= m.month)), 0) AS starting_mrr,
           coalesce(sum(s.mrr) FILTER (
               WHERE s.started_at < m.month + interval '1 month'
                   AND (s.ended_at IS NULL OR s.ended_at >= m.month + interval '1 month')), 0) AS ending_mrr
    FROM months m
    CROSS JOIN subscriptions s
    GROUP BY m.month
),
first_purchase AS (
    SELECT DISTINCT ON (customer_id) customer_id, started_at, mrr
    FROM subscriptions
    ORDER BY customer_id, started_at, id
),
new_business AS (
    SELECT date_trunc('month', started_at)::date AS month, sum(mrr) AS new_mrr
    FROM first_purchase
    GROUP BY 1
),
changes AS (
    SELECT date_trunc('month', changed_at)::date AS month,
           sum(new_mrr - previous_mrr) FILTER (WHERE change_type = 'upgrade') AS expansion_mrr,
           sum(new_mrr - previous_mrr) FILTER (WHERE change_type = 'downgrade') AS contraction_mrr,
           sum(new_mrr - previous_mrr) FILTER (WHERE change_type = 'cancellation') AS churned_mrr
    FROM plan_changes
    GROUP BY 1
)
SELECT s.month,
       s.starting_mrr,
       coalesce(n.new_mrr, 0) AS new_mrr,
       coalesce(c.expansion_mrr, 0) AS expansion_mrr,
       coalesce(c.contraction_mrr, 0) AS contraction_mrr,
       coalesce(c.churned_mrr, 0) AS churned_mrr,
       s.ending_mrr
FROM stock s
LEFT JOIN new_business n ON n.month = s.month
LEFT JOIN changes c ON c.month = s.month
ORDER BY s.month;
-- </query>

-- <query net_revenue_retention>
-- <description>Net revenue retention (NRR) over the last 12 complete months: today's MRR of the customers who were active
-- at the start, divided by their MRR then. Above 100 % means upgrades outweigh downgrades and cancellations. Gross
-- retention (GRR) leaves the upgrades out.</description>
-- <question>What is our net revenue retention?</question>
-- <question>What's our NRR?</question>
-- <question>Are existing customers spending more or less than a year ago?</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
at_start AS (
    SELECT s.customer_id, s.mrr
    FROM subscriptions s
    CROSS JOIN data d
    WHERE s.started_at < d.open_month - interval '12 months'
        AND (s.ended_at IS NULL OR s.ended_at >= d.open_month - interval '12 months')
),
at_end AS (
    SELECT s.customer_id, s.mrr
    FROM subscriptions s
    CROSS JOIN data d
    WHERE s.started_at < d.open_month AND (s.ended_at IS NULL OR s.ended_at >= d.open_month)
),
sums AS (
    SELECT count(*) AS customers,
           sum(b.mrr) AS starting_mrr,
           coalesce(sum(e.mrr - b.mrr) FILTER (WHERE e.mrr > b.mrr), 0) AS expansion_mrr,
           coalesce(sum(e.mrr - b.mrr) FILTER (WHERE e.mrr < b.mrr), 0) AS contraction_mrr,
           coalesce(-sum(b.mrr) FILTER (WHERE e.customer_id IS NULL), 0) AS churned_mrr
    FROM at_start b
    LEFT JOIN at_end e ON e.customer_id = b.customer_id
)
SELECT round(100 * (starting_mrr + expansion_mrr + contraction_mrr + churned_mrr) / nullif(starting_mrr, 0), 1) AS nrr_pct,
       round(100 * (starting_mrr + contraction_mrr + churned_mrr) / nullif(starting_mrr, 0), 1) AS grr_pct,
       customers AS customers_at_start,
       starting_mrr,
       expansion_mrr,
       contraction_mrr,
       churned_mrr,
       starting_mrr + expansion_mrr + contraction_mrr + churned_mrr AS ending_mrr
FROM sums;
-- </query>

-- <query nrr_by_month>
-- <description>Net revenue retention within each of the last 12 complete months: MRR at the month's end of the customers
-- active at its start, divided by their MRR at the start.</description>
-- <question>NRR by month</question>
-- <question>How does net revenue retention develop?</question>
-- <question>Monthly net revenue retention trend</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               d.open_month - interval '12 months', d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
)
SELECT m.month,
       round(100 * coalesce(sum(e.mrr), 0) / sum(b.mrr), 1) AS nrr_pct,
       sum(b.mrr) AS starting_mrr,
       coalesce(sum(e.mrr), 0) AS ending_mrr_of_same_customers
FROM months m
JOIN subscriptions b
    ON b.started_at < m.month AND (b.ended_at IS NULL OR b.ended_at >= m.month)
LEFT JOIN subscriptions e
    ON e.customer_id = b.customer_id
    AND e.started_at < m.month + interval '1 month'
    AND (e.ended_at IS NULL OR e.ended_at >= m.month + interval '1 month')
GROUP BY m.month
ORDER BY m.month;
-- </query>

-- <query average_revenue_per_customer>
-- <description>Average revenue per account (ARPA): current MRR per active customer. Only active subscriptions count, so a
-- customer with earlier plans is not counted twice.</description>
-- <question>What's the average revenue per customer?</question>
-- <question>What is our ARPA?</question>
-- <question>How much does a customer pay on average per month?</question>
-- <query>
SELECT round(avg(mrr), 2) AS avg_mrr_per_customer,
       round((percentile_cont(0.5) WITHIN GROUP (ORDER BY mrr))::numeric, 2) AS median_mrr_per_customer,
       count(DISTINCT customer_id) AS active_customers,
       sum(mrr) AS total_mrr
FROM subscriptions
WHERE status = 'active';
-- </query>

-- <query revenue_by_source>
-- <description>Current MRR by acquisition source, over customers with an active subscription.</description>
-- <question>Which acquisition source brings the most revenue?</question>
-- <question>Revenue by channel</question>
-- <question>From which source do we earn the most?</question>
-- <question>Where does most of our revenue come from?</question>
-- <question>Which marketing source gives us the highest revenue?</question>
-- <question>Which acquisition source has generated the most revenue?</question>
-- <question>Where do our best customers come from?</question>
-- <query>
SELECT c.source,
       sum(s.mrr) AS mrr,
       round(100 * sum(s.mrr) / sum(sum(s.mrr)) OVER (), 1) AS share_pct,
       count(*) AS active_customers,
       round(avg(s.mrr), 2) AS avg_mrr
FROM customers c
JOIN subscriptions s ON s.customer_id = c.id AND s.status = 'active'
GROUP BY c.source
ORDER BY mrr DESC, c.source;
-- </query>

-- <query revenue_by_industry>
-- <description>Current MRR by the customer's industry.</description>
-- <question>Which industry brings the most revenue?</question>
-- <question>MRR by industry</question>
-- <question>How does revenue split over industries?</question>
-- <query>
SELECT c.industry,
       sum(s.mrr) AS mrr,
       round(100 * sum(s.mrr) / sum(sum(s.mrr)) OVER (), 1) AS share_pct,
       count(*) AS active_customers,
       round(avg(s.mrr), 2) AS avg_mrr
FROM customers c
JOIN subscriptions s ON s.customer_id = c.id AND s.status = 'active'
GROUP BY c.industry
ORDER BY mrr DESC, c.industry;
-- </query>

-- <query revenue_by_country>
-- <description>Current MRR by the customer's country.</description>
-- <question>Revenue by country</question>
-- <question>In which countries do we earn most?</question>
-- <question>Where are our customers?</question>
-- <query>
SELECT c.country,
       sum(s.mrr) AS mrr,
       round(100 * sum(s.mrr) / sum(sum(s.mrr)) OVER (), 1) AS share_pct,
       count(*) AS active_customers,
       round(avg(s.mrr), 2) AS avg_mrr
FROM customers c
JOIN subscriptions s ON s.customer_id = c.id AND s.status = 'active'
GROUP BY c.country
ORDER BY mrr DESC, c.country;
-- </query>

-- <query revenue_by_company_size>
-- <description>Current MRR by the customer's company size (the size of the company, not the plan it is on).</description>
-- <question>MRR by company size</question>
-- <question>Do we earn more from startups or from large companies?</question>
-- <question>Revenue by customer segment</question>
-- <query>
SELECT c.company_size,
       sum(s.mrr) AS mrr,
       round(100 * sum(s.mrr) / sum(sum(s.mrr)) OVER (), 1) AS share_pct,
       count(*) AS active_customers,
       round(avg(s.mrr), 2) AS avg_mrr
FROM customers c
JOIN subscriptions s ON s.customer_id = c.id AND s.status = 'active'
GROUP BY c.company_size
ORDER BY mrr DESC, c.company_size;
-- </query>

-- <query annual_vs_monthly>
-- <description>Revenue from annual and from monthly billing: current MRR at list terms, MRR after the 10 % discount of
-- annual contracts, and money received over the last 12 months.</description>
-- <question>How much revenue do we get from annual vs monthly billing?</question>
-- <question>Split of billing cycles</question>
-- <question>How many customers pay yearly?</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 - interval '12 months' AS year_ago FROM usage_metrics
),
collected AS (
    SELECT s.billing_cycle, sum(i.amount) AS amount
    FROM invoices i
    JOIN subscriptions s ON s.id = i.subscription_id
    CROSS JOIN data d
    WHERE i.status = 'paid' AND i.paid_at >= d.year_ago
    GROUP BY s.billing_cycle
)
SELECT s.billing_cycle,
       sum(s.mrr) AS mrr,
       round(100 * sum(s.mrr) / sum(sum(s.mrr)) OVER (), 1) AS share_pct,
       round(sum(CASE WHEN s.billing_cycle = 'annual' THEN s.mrr * 0.9 ELSE s.mrr END), 2) AS mrr_after_discount,
       count(*) AS active_subscriptions,
       max(c.amount) AS collected_last_12_months
FROM subscriptions s
LEFT JOIN collected c ON c.billing_cycle = s.billing_cycle
WHERE s.status = 'active'
GROUP BY s.billing_cycle
ORDER BY mrr DESC, s.billing_cycle;
-- </query>

-- <query top_customers>
-- <description>The ten customers with the highest current MRR.</description>
-- <question>Who are our top customers?</question>
-- <question>Show the biggest customers by revenue</question>
-- <question>Largest accounts</question>
-- <query>
SELECT c.company_name,
       s.plan,
       s.mrr,
       round(100 * s.mrr / (SELECT sum(mrr) FROM subscriptions WHERE status = 'active'), 1) AS share_pct,
       s.seats,
       c.industry,
       c.country,
       c.signup_date AS customer_since
FROM subscriptions s
JOIN customers c ON c.id = s.customer_id
WHERE s.status = 'active'
ORDER BY s.mrr DESC, c.company_name
LIMIT 10;
-- </query>

-- <query upgrades_vs_downgrades>
-- <description>Upgrades and downgrades in each of the last 12 complete months, with the MRR they added and
-- took.</description>
-- <question>How many upgrades and downgrades did we have?</question>
-- <question>Are customers upgrading or downgrading?</question>
-- <question>Plan changes per month</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               d.open_month - interval '12 months', d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
)
SELECT m.month,
       count(p.id) FILTER (WHERE p.change_type = 'upgrade') AS upgrades,
       count(p.id) FILTER (WHERE p.change_type = 'downgrade') AS downgrades,
       coalesce(sum(p.new_mrr - p.previous_mrr) FILTER (WHERE p.change_type = 'upgrade'), 0) AS expansion_mrr,
       coalesce(sum(p.new_mrr - p.previous_mrr) FILTER (WHERE p.change_type = 'downgrade'), 0) AS contraction_mrr,
       coalesce(sum(p.new_mrr - p.previous_mrr), 0) AS net_mrr_change
FROM months m
LEFT JOIN plan_changes p
    ON p.changed_at >= m.month AND p.changed_at < m.month + interval '1 month' AND p.change_type <> 'cancellation'
GROUP BY m.month
ORDER BY m.month;
-- </query>

-- <query upgrade_paths>
-- <description>From which plan to which plan customers changed, over all time, with the average change in
-- MRR.</description>
-- <question>What are the most common upgrade paths?</question>
-- <question>Which plans do customers move to?</question>
-- <query>
SELECT change_type,
       previous_plan,
       new_plan,
       count(*) AS changes,
       round(avg(new_mrr - previous_mrr), 2) AS avg_mrr_change,
       sum(new_mrr - previous_mrr) AS total_mrr_change
FROM plan_changes
WHERE change_type IN ('upgrade', 'downgrade')
GROUP BY change_type, previous_plan, new_plan
ORDER BY changes DESC, previous_plan, new_plan;
-- </query>

-- <query mrr_movement_in_period>
-- <description>Where MRR came from and went to in {period}: MRR at its start, new customers, upgrades (expansion),
-- downgrades (contraction), cancellations (churn), and MRR at its end. Start plus movements is the end.</description>
-- <parameter period period subscriptions.started_at>last quarter</parameter>
-- <question>Show the MRR bridge for {period}</question>
-- <question>What drove the change of our MRR in {period}?</question>
-- <question>How much new, expansion, contraction and churned MRR did we have in {period}?</question>
-- <query>
WITH stock AS (
    SELECT coalesce(sum(mrr) FILTER (
               WHERE started_at < {period.start} AND (ended_at IS NULL OR ended_at >= {period.start})), 0) AS starting_mrr,
           coalesce(sum(mrr) FILTER (
               WHERE started_at < {period.end} AND (ended_at IS NULL OR ended_at >= {period.end})), 0) AS ending_mrr
    FROM subscriptions
),
first_purchase AS (
    SELECT DISTINCT ON (customer_id) started_at, mrr
    FROM subscriptions
    ORDER BY customer_id, started_at, id
),
new_business AS (
    SELECT coalesce(sum(mrr), 0) AS new_mrr
    FROM first_purchase
    WHERE started_at >= {period.start} AND started_at < {period.end}
),
changes AS (
    SELECT coalesce(sum(new_mrr - previous_mrr) FILTER (WHERE change_type = 'upgrade'), 0) AS expansion_mrr,
           coalesce(sum(new_mrr - previous_mrr) FILTER (WHERE change_type = 'downgrade'), 0) AS contraction_mrr,
           coalesce(sum(new_mrr - previous_mrr) FILTER (WHERE change_type = 'cancellation'), 0) AS churned_mrr
    FROM plan_changes
    WHERE changed_at >= {period.start} AND changed_at < {period.end}
)
SELECT s.starting_mrr, n.new_mrr, c.expansion_mrr, c.contraction_mrr, c.churned_mrr, s.ending_mrr
FROM stock s
CROSS JOIN new_business n
CROSS JOIN changes c;
-- </query>
