-- Support tickets of the sample company.
--
-- Satisfaction (CSAT) is the average of satisfaction_score, 1 to 5, over rated tickets; about 30 % of resolved tickets
-- have no rating. Resolution time exists for resolved and closed tickets only.

-- <query satisfaction>
-- <description>Average satisfaction (CSAT, 1 to 5) over all rated tickets. About 30 % of resolved tickets are not rated; the
-- share is shown, since those who rate need not be like the rest.</description>
-- <question>What's the average satisfaction score for support tickets?</question>
-- <question>What is our CSAT?</question>
-- <question>How satisfied are customers with support?</question>
-- <question>How happy are customers with support?</question>
-- <question>How do customers rate our support?</question>
-- <question>Average customer satisfaction</question>
-- <question>What is the average satisfaction score?</question>
-- <query>
SELECT round(avg(satisfaction_score), 2) AS avg_satisfaction,
       round(100.0 * count(*) FILTER (WHERE satisfaction_score >= 4) / nullif(count(satisfaction_score), 0), 1) AS satisfied_pct,
       count(satisfaction_score) AS rated_tickets,
       count(*) AS resolved_tickets,
       round(100.0 * count(*) FILTER (WHERE satisfaction_score IS NULL) / nullif(count(*), 0), 1) AS unrated_pct
FROM support_tickets
WHERE resolved_at IS NOT NULL;
-- </query>

-- <query support_quality>
-- <description>Support quality by category: tickets, time to resolution, satisfaction of rated tickets and the share that
-- is not rated, slowest first.</description>
-- <question>What does our support quality look like?</question>
-- <question>Support performance by category</question>
-- <question>How fast do we resolve tickets?</question>
-- <query>
SELECT category,
       round(avg(extract(epoch FROM resolved_at - created_at)) / 3600, 1) AS avg_resolution_hours,
       round(avg(satisfaction_score), 2) AS avg_satisfaction,
       count(*) AS tickets,
       count(*) FILTER (WHERE resolved_at IS NULL) AS unresolved_tickets,
       round(100.0 * count(*) FILTER (WHERE resolved_at IS NOT NULL AND satisfaction_score IS NULL)
           / nullif(count(resolved_at), 0), 1) AS unrated_pct
FROM support_tickets
GROUP BY category
ORDER BY avg_resolution_hours DESC, category;
-- </query>

-- <query support_by_priority>
-- <description>Tickets by priority with average and median hours to resolution and satisfaction.</description>
-- <question>How long do critical tickets take?</question>
-- <question>Resolution time by priority</question>
-- <question>Tickets by priority</question>
-- <query>
SELECT priority,
       count(*) AS tickets,
       round(avg(extract(epoch FROM resolved_at - created_at)) / 3600, 1) AS avg_resolution_hours,
       round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM resolved_at - created_at)::numeric))::numeric
           / 3600, 1) AS median_resolution_hours,
       round(avg(satisfaction_score), 2) AS avg_satisfaction
FROM support_tickets
GROUP BY priority
ORDER BY CASE priority WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 ELSE 4 END;
-- </query>

-- <query unresolved_tickets>
-- <description>Tickets that are open or in progress, most urgent and oldest first, with their age at the end of the
-- data.</description>
-- <question>Which tickets are open?</question>
-- <question>Show unresolved support tickets</question>
-- <question>Support backlog</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
)
SELECT c.company_name,
       t.priority,
       t.category,
       t.status,
       t.created_at,
       round((extract(epoch FROM d.day - t.created_at) / 86400)::numeric, 1) AS age_days
FROM support_tickets t
JOIN customers c ON c.id = t.customer_id
CROSS JOIN data d
WHERE t.status IN ('open', 'in_progress')
ORDER BY CASE t.priority WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 ELSE 4 END, t.created_at, t.id
LIMIT 50;
-- </query>

-- <query tickets_by_month>
-- <description>Tickets opened in each of the last 12 complete months, per 100 customers active at the month's start, with
-- satisfaction.</description>
-- <question>How many support tickets do we get per month?</question>
-- <question>Support load over time</question>
-- <question>Is support volume growing?</question>
-- <query>
WITH data AS (
    SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
),
months AS (
    SELECT generate_series(
               d.open_month - interval '12 months', d.open_month - interval '1 month', interval '1 month')::date AS month
    FROM data d
),
active AS (
    SELECT m.month, count(*) AS customers
    FROM months m
    JOIN subscriptions s ON s.started_at < m.month AND (s.ended_at IS NULL OR s.ended_at >= m.month)
    GROUP BY m.month
)
SELECT a.month,
       count(t.id) AS tickets,
       round(100.0 * count(t.id) / a.customers, 1) AS tickets_per_100_customers,
       round(avg(t.satisfaction_score), 2) AS avg_satisfaction
FROM active a
LEFT JOIN support_tickets t ON t.created_at >= a.month AND t.created_at < a.month + interval '1 month'
GROUP BY a.month, a.customers
ORDER BY a.month;
-- </query>

-- <query long_open_tickets>
-- <description>Support tickets that have been unresolved for more than {days} days, oldest first. Counted back from the
-- data's last day.</description>
-- <parameter days number>2</parameter>
-- <question>Which tickets have been open for more than {days} days?</question>
-- <question>Tickets unresolved for over {days} days</question>
-- <query>
WITH data AS (
    SELECT max(metric_date) + 1 AS day FROM usage_metrics
)
SELECT c.company_name,
       t.priority,
       t.category,
       t.created_at::date AS opened_on,
       d.day - t.created_at::date AS days_open
FROM support_tickets t
JOIN customers c ON c.id = t.customer_id
CROSS JOIN data d
WHERE t.status IN ('open', 'in_progress') AND t.created_at < d.day - {days}
ORDER BY t.created_at, c.company_name, t.id
LIMIT 50;
-- </query>
