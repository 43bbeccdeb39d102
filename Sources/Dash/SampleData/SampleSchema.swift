/// The sample company's tables in schema `public`: keys, checks, indexes and comments.
enum SampleSchema {
    struct Table: Sendable {
        var name: String
        var columns: [String]
        var comment: String
        /// Several statements.
        var definition: String
    }

    static let columns = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0.columns) })

    /// Referenced tables first.
    static let tables = [
        Table(
            name: "customers",
            columns: ["id", "company_name", "industry", "company_size", "country", "signup_date", "source", "status"],
            comment: "Business customers: who they are, how they came, where they stand.",
            definition: """
                CREATE TABLE public.customers (
                    id integer PRIMARY KEY,
                    company_name text NOT NULL UNIQUE,
                    industry text NOT NULL
                        CHECK (industry IN ('technology', 'healthcare', 'finance', 'retail', 'education')),
                    company_size text NOT NULL CHECK (company_size IN ('startup', 'smb', 'mid_market', 'enterprise')),
                    country text NOT NULL,
                    signup_date date NOT NULL,
                    source text NOT NULL CHECK (source IN ('organic', 'referral', 'paid', 'partner')),
                    status text NOT NULL CHECK (status IN ('active', 'churned', 'trial'))
                );
                CREATE INDEX customers_signup_date_idx ON public.customers (signup_date);
                COMMENT ON COLUMN public.customers.industry IS 'technology, healthcare, finance, retail or education';
                COMMENT ON COLUMN public.customers.company_size IS 'startup, smb, mid_market or enterprise; not the plan';
                COMMENT ON COLUMN public.customers.country IS 'Two letters: US, UK, DE, CA, AU, FR, IN';
                COMMENT ON COLUMN public.customers.signup_date IS 'Day of sign-up; a trial starts here, payment up to 14 days later';
                COMMENT ON COLUMN public.customers.source IS 'How the customer came: organic, referral, paid (advertising), partner';
                COMMENT ON COLUMN public.customers.status IS
                    'active: has an active subscription; churned: cancelled the last one; trial: signed up and never bought';
                """),
        Table(
            name: "subscriptions",
            columns: [
                "id", "customer_id", "plan", "mrr", "seats", "billing_cycle", "started_at", "ended_at", "status",
                "cancellation_reason",
            ],
            comment:
                "Paid contracts. An upgrade or downgrade closes a row and opens another; at most one per customer is active.",
            definition: """
                CREATE TABLE public.subscriptions (
                    id integer PRIMARY KEY,
                    customer_id integer NOT NULL REFERENCES public.customers (id),
                    plan text NOT NULL CHECK (plan IN ('starter', 'professional', 'business', 'enterprise')),
                    mrr numeric(10,2) NOT NULL CHECK (mrr > 0),
                    seats integer NOT NULL CHECK (seats > 0),
                    billing_cycle text NOT NULL CHECK (billing_cycle IN ('monthly', 'annual')),
                    started_at timestamptz NOT NULL,
                    ended_at timestamptz CHECK (ended_at >= started_at),
                    status text NOT NULL CHECK (status IN ('active', 'cancelled', 'upgraded', 'downgraded')),
                    cancellation_reason text CHECK (cancellation_reason IN ('too_expensive', 'switched_competitor',
                        'no_longer_needed', 'missing_features', 'poor_support', 'budget_cuts')),
                    CHECK ((status = 'active') = (ended_at IS NULL)),
                    CHECK ((status = 'cancelled') = (cancellation_reason IS NOT NULL))
                );
                CREATE INDEX subscriptions_customer_id_idx ON public.subscriptions (customer_id);
                CREATE UNIQUE INDEX subscriptions_active_idx ON public.subscriptions (customer_id) WHERE status = 'active';
                CREATE INDEX subscriptions_started_at_idx ON public.subscriptions (started_at);
                CREATE INDEX subscriptions_ended_at_idx ON public.subscriptions (ended_at);
                COMMENT ON COLUMN public.subscriptions.plan IS 'starter, professional, business or enterprise';
                COMMENT ON COLUMN public.subscriptions.mrr IS
                    'Monthly recurring revenue in USD at list terms; the annual discount is not taken off here';
                COMMENT ON COLUMN public.subscriptions.seats IS 'Licensed users';
                COMMENT ON COLUMN public.subscriptions.billing_cycle IS 'monthly, or annual: invoiced yearly with 10 % discount';
                COMMENT ON COLUMN public.subscriptions.ended_at IS 'When the row was closed; NULL exactly while status is active';
                COMMENT ON COLUMN public.subscriptions.status IS
                    'active, cancelled (the customer left), upgraded or downgraded (another row follows)';
                COMMENT ON COLUMN public.subscriptions.cancellation_reason IS 'Given exactly when status is cancelled';
                """),
        Table(
            name: "plan_changes",
            columns: [
                "id", "customer_id", "previous_plan", "new_plan", "previous_mrr", "new_mrr", "change_type",
                "changed_at",
            ],
            comment:
                "Log of upgrades, downgrades and cancellations with the MRR before and after; first purchases are not in it.",
            definition: """
                CREATE TABLE public.plan_changes (
                    id integer PRIMARY KEY,
                    customer_id integer NOT NULL REFERENCES public.customers (id),
                    previous_plan text NOT NULL
                        CHECK (previous_plan IN ('starter', 'professional', 'business', 'enterprise')),
                    new_plan text CHECK (new_plan IN ('starter', 'professional', 'business', 'enterprise')),
                    previous_mrr numeric(10,2) NOT NULL,
                    new_mrr numeric(10,2) NOT NULL,
                    change_type text NOT NULL CHECK (change_type IN ('upgrade', 'downgrade', 'cancellation')),
                    changed_at timestamptz NOT NULL,
                    CHECK ((change_type = 'cancellation') = (new_plan IS NULL)),
                    CHECK ((change_type = 'cancellation') = (new_mrr = 0))
                );
                CREATE INDEX plan_changes_customer_id_idx ON public.plan_changes (customer_id);
                CREATE INDEX plan_changes_changed_at_idx ON public.plan_changes (changed_at);
                COMMENT ON COLUMN public.plan_changes.new_plan IS 'NULL for a cancellation';
                COMMENT ON COLUMN public.plan_changes.previous_mrr IS 'USD a month before the change';
                COMMENT ON COLUMN public.plan_changes.new_mrr IS 'USD a month after the change; 0 for a cancellation';
                COMMENT ON COLUMN public.plan_changes.change_type IS 'upgrade, downgrade or cancellation';
                COMMENT ON COLUMN public.plan_changes.changed_at IS 'Equals ended_at of the subscription that was closed';
                """),
        Table(
            name: "invoices",
            columns: [
                "id", "customer_id", "subscription_id", "amount", "currency", "status", "issued_at", "paid_at",
                "period_start", "period_end",
            ],
            comment: "Bills: one at the start of every billing period, the first on the day of purchase.",
            definition: """
                CREATE TABLE public.invoices (
                    id integer PRIMARY KEY,
                    customer_id integer NOT NULL REFERENCES public.customers (id),
                    subscription_id integer NOT NULL REFERENCES public.subscriptions (id),
                    amount numeric(10,2) NOT NULL CHECK (amount > 0),
                    currency text NOT NULL CHECK (currency = 'USD'),
                    status text NOT NULL CHECK (status IN ('paid', 'pending', 'failed', 'refunded')),
                    issued_at timestamptz NOT NULL,
                    paid_at timestamptz CHECK (paid_at >= issued_at),
                    period_start date NOT NULL,
                    period_end date NOT NULL CHECK (period_end >= period_start),
                    CHECK ((status IN ('paid', 'refunded')) = (paid_at IS NOT NULL))
                );
                CREATE INDEX invoices_customer_id_idx ON public.invoices (customer_id);
                CREATE INDEX invoices_subscription_id_idx ON public.invoices (subscription_id);
                CREATE INDEX invoices_issued_at_idx ON public.invoices (issued_at);
                COMMENT ON COLUMN public.invoices.amount IS
                    'USD: mrr for a monthly subscription, mrr * 12 * 0.9 for an annual one';
                COMMENT ON COLUMN public.invoices.currency IS 'Always USD';
                COMMENT ON COLUMN public.invoices.status IS
                    'paid, pending (not due or late), failed (never collected), refunded (paid and given back)';
                COMMENT ON COLUMN public.invoices.paid_at IS 'When the money came; NULL for pending and failed';
                COMMENT ON COLUMN public.invoices.period_end IS 'Last day of the period; a year after period_start for annual billing';
                """),
        Table(
            name: "usage_metrics",
            columns: [
                "id", "customer_id", "metric_date", "api_calls", "active_users", "storage_mb", "reports_generated",
                "integrations_active",
            ],
            comment:
                "Product usage on sampled days: 3 to 5 a month per customer, fewer in a month that began or ended early.",
            definition: """
                CREATE TABLE public.usage_metrics (
                    id integer PRIMARY KEY,
                    customer_id integer NOT NULL REFERENCES public.customers (id),
                    metric_date date NOT NULL,
                    api_calls integer NOT NULL CHECK (api_calls >= 0),
                    active_users integer NOT NULL CHECK (active_users >= 0),
                    storage_mb numeric(12,2) NOT NULL CHECK (storage_mb >= 0),
                    reports_generated integer NOT NULL CHECK (reports_generated >= 0),
                    integrations_active integer NOT NULL CHECK (integrations_active >= 0),
                    UNIQUE (customer_id, metric_date)
                );
                CREATE INDEX usage_metrics_metric_date_idx ON public.usage_metrics (metric_date);
                COMMENT ON COLUMN public.usage_metrics.metric_date IS 'The measured day; not every day is measured';
                COMMENT ON COLUMN public.usage_metrics.api_calls IS 'Calls on that day';
                COMMENT ON COLUMN public.usage_metrics.active_users IS 'Users who logged in on that day; at most the seats';
                COMMENT ON COLUMN public.usage_metrics.storage_mb IS 'Stored in total on that day, not added on it';
                COMMENT ON COLUMN public.usage_metrics.reports_generated IS 'Reports made on that day';
                COMMENT ON COLUMN public.usage_metrics.integrations_active IS 'Connected integrations on that day';
                """),
        Table(
            name: "support_tickets",
            columns: [
                "id", "customer_id", "priority", "category", "status", "created_at", "resolved_at",
                "satisfaction_score",
            ],
            comment: "Support requests: urgency, subject, time to resolution, rating.",
            definition: """
                CREATE TABLE public.support_tickets (
                    id integer PRIMARY KEY,
                    customer_id integer NOT NULL REFERENCES public.customers (id),
                    priority text NOT NULL CHECK (priority IN ('low', 'medium', 'high', 'critical')),
                    category text NOT NULL CHECK (category IN ('billing', 'technical', 'feature_request', 'onboarding')),
                    status text NOT NULL CHECK (status IN ('open', 'in_progress', 'resolved', 'closed')),
                    created_at timestamptz NOT NULL,
                    resolved_at timestamptz CHECK (resolved_at >= created_at),
                    satisfaction_score integer CHECK (satisfaction_score BETWEEN 1 AND 5),
                    CHECK ((status IN ('resolved', 'closed')) = (resolved_at IS NOT NULL)),
                    CHECK (satisfaction_score IS NULL OR resolved_at IS NOT NULL)
                );
                CREATE INDEX support_tickets_customer_id_idx ON public.support_tickets (customer_id);
                CREATE INDEX support_tickets_created_at_idx ON public.support_tickets (created_at);
                COMMENT ON COLUMN public.support_tickets.priority IS 'low, medium, high or critical';
                COMMENT ON COLUMN public.support_tickets.category IS 'billing, technical, feature_request or onboarding';
                COMMENT ON COLUMN public.support_tickets.status IS
                    'open, in_progress, resolved, or closed (resolved and confirmed by the customer)';
                COMMENT ON COLUMN public.support_tickets.resolved_at IS 'NULL while open or in progress';
                COMMENT ON COLUMN public.support_tickets.satisfaction_score IS
                    '1 (bad) to 5 (good); NULL for about 30 % of resolved tickets and all unresolved ones';
                """),
    ]
}
