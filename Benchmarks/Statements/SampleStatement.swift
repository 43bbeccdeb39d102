/// Statements on the sample company.
enum SampleStatement {
    /// Twenty lines, as a question about churn needs them.
    static let twentyLines = """
        WITH data AS (
            SELECT date_trunc('month', max(metric_date) + 1)::date AS open_month FROM usage_metrics
        ),
        months AS (
            SELECT generate_series(
                       d.open_month - interval '12 months', d.open_month - interval '1 month',
                       interval '1 month')::date AS month
            FROM data d
        ),
        exposure AS (
            SELECT s.plan, s.mrr, (s.status = 'cancelled' AND s.ended_at < m.month + interval '1 month') AS is_lost
            FROM months m
            JOIN subscriptions s ON s.started_at < m.month AND (s.ended_at IS NULL OR s.ended_at >= m.month)
        )
        SELECT plan, round(100.0 * count(*) FILTER (WHERE is_lost) / count(*), 1) AS monthly_churn_pct,
               count(*) FILTER (WHERE is_lost) AS cancellations,
               coalesce(sum(mrr) FILTER (WHERE is_lost), 0) AS lost_mrr
        FROM exposure
        GROUP BY plan
        ORDER BY monthly_churn_pct DESC, plan
        """

    static let inList =
        "SELECT count(*) FROM customers WHERE id IN (" + (1...5_000).map(String.init).joined(separator: ", ") + ")"

    /// Costs the server next to nothing, and has a column whose length the runner has to bound.
    static let small = "SELECT id, status FROM subscriptions WHERE id = 7"
    static let numbers = "SELECT 1 AS one"

    /// Runs until somebody ends it.
    static let endless = "SELECT count(*) FROM generate_series(1, 100000000000)"
}
