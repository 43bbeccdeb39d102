package import ServiceRuntime

/// The sample company's rows as values. Money and storage are in hundredths, moments in seconds since 1970 (UTC).
package struct SampleRecords: Sendable {
    package enum BillingCycle: String, Sendable {
        case monthly, annual
    }

    package struct Customer: Sendable {
        package enum Size: String, Sendable, CaseIterable {
            case startup, smb, midMarket = "mid_market", enterprise
        }

        package enum Source: String, Sendable, CaseIterable {
            case organic, referral, paid, partner
        }

        package enum Status: String, Sendable {
            case active, churned, trial
        }

        package var id: Int
        package var companyName: String
        package var industry: SampleIndustry
        package var size: Size
        package var country: String
        package var signupDate: CivilDate
        package var source: Source
        package var status: Status
    }

    package struct Subscription: Sendable {
        package enum Status: String, Sendable {
            case active, cancelled, upgraded, downgraded
        }

        package enum CancellationReason: String, Sendable {
            case tooExpensive = "too_expensive"
            case switchedCompetitor = "switched_competitor"
            case noLongerNeeded = "no_longer_needed"
            case missingFeatures = "missing_features"
            case poorSupport = "poor_support"
            case budgetCuts = "budget_cuts"
        }

        package var id: Int
        package var customerID: Int
        package var plan: SamplePlan
        package var mrr: Int
        package var seats: Int
        package var billingCycle: BillingCycle
        package var startedAt: Int
        package var endedAt: Int?
        package var status: Status
        package var cancellationReason: CancellationReason?
    }

    package struct PlanChange: Sendable {
        package enum ChangeType: String, Sendable {
            case upgrade, downgrade, cancellation
        }

        package var id: Int
        package var customerID: Int
        package var previousPlan: SamplePlan
        package var newPlan: SamplePlan?
        package var previousMRR: Int
        package var newMRR: Int
        package var changeType: ChangeType
        package var changedAt: Int
    }

    package struct Invoice: Sendable {
        package enum Status: String, Sendable {
            case paid, pending, failed, refunded
        }

        package var id: Int
        package var customerID: Int
        package var subscriptionID: Int
        package var amount: Int
        package var status: Status
        package var issuedAt: Int
        package var paidAt: Int?
        package var periodStart: CivilDate
        package var periodEnd: CivilDate
    }

    package struct UsageMetric: Sendable {
        package var id: Int
        package var customerID: Int
        package var date: CivilDate
        package var apiCalls: Int
        package var activeUsers: Int
        package var storage: Int
        package var reports: Int
        package var integrations: Int
    }

    package struct SupportTicket: Sendable {
        package enum Priority: String, Sendable {
            case low, medium, high, critical
        }

        package enum Category: String, Sendable {
            case billing, technical, featureRequest = "feature_request", onboarding
        }

        package enum Status: String, Sendable {
            case open, inProgress = "in_progress", resolved, closed
        }

        package var id: Int
        package var customerID: Int
        package var priority: Priority
        package var category: Category
        package var status: Status
        package var createdAt: Int
        package var resolvedAt: Int?
        package var satisfaction: Int?
    }

    package var customers: [Customer] = []
    package var subscriptions: [Subscription] = []
    package var planChanges: [PlanChange] = []
    package var invoices: [Invoice] = []
    package var usage: [UsageMetric] = []
    package var tickets: [SupportTicket] = []

    package init() {}
}
