import ServiceRuntime

/// One customer's story from sign-up to the end of the data: trial, subscriptions, plan changes, invoices, usage, tickets.
///
/// A customer is engaged or losing interest. Who loses interest uses the product less from month to month, opens more
/// tickets, fails more payments, and may leave; so that usage foretells churn, but never with certainty.
struct SampleCustomerLife {
    private(set) var customer: SampleRecords.Customer
    private(set) var subscriptions: [SampleRecords.Subscription] = []
    private(set) var planChanges: [SampleRecords.PlanChange] = []
    /// `subscriptionID` counts this customer's subscriptions from 0 until the company numbers them.
    var invoices: [SampleRecords.Invoice] = []
    var usage: [SampleRecords.UsageMetric] = []
    var tickets: [SampleRecords.SupportTicket] = []

    let signupAt: Int
    /// First moment after the data.
    let end: CivilDate
    var random: SeededGenerator
    var engagement: Double
    /// 0 while the customer is engaged.
    private var monthsOfFadingInterest = 0
    var storage: Int
    var integrations: Int

    static let trialDays = 14
    /// Moments lie in this part of a day (UTC), so that most time zones agree on the date.
    static let businessHours = 9 * 3_600...20 * 3_600

    init(customer: SampleRecords.Customer, end: CivilDate, random: SeededGenerator) {
        self.customer = customer
        self.end = end
        self.random = random
        engagement = self.random.number(in: 0.55...0.95)
        storage = self.random.integer(in: 50_00...400_00)
        integrations = self.random.integer(in: 1...3)
        signupAt = customer.signupDate.secondsSince1970 + self.random.integer(in: Self.businessHours)
        live()
        settleInvoices()
        settleTickets()
    }

    private mutating func live() {
        let plan = firstPlan()
        let seats = min(random.integer(in: plan.seats), random.integer(in: plan.seats))
        var start = signupAt
        if random.chance(0.24) {
            start += Self.trialDays * 86_400
            let buys = random.chance(customer.source == .paid ? 0.5 : 0.68)
            guard buys, start < end.secondsSince1970 else {
                customer.status = .trial
                recordTrial(plan: plan, seats: seats)
                return
            }
        }
        subscribe(
            plan: plan, mrr: negotiated(plan.price(seats: seats)), seats: seats,
            cycle: random.chance(plan == .starter ? 0.22 : 0.42) ? .annual : .monthly, at: start)
        customer.status = .active

        var month = customer.signupDate.firstOfMonth
        while month < end, customer.status == .active {
            liveThrough(month: month)
            month = month.adding(months: 1)
        }
    }

    private mutating func firstPlan() -> SamplePlan {
        let weights: [Double] =
            switch customer.size {
            case .startup: [0.60, 0.30, 0.08, 0.02]
            case .smb: [0.22, 0.50, 0.24, 0.04]
            case .midMarket: [0.05, 0.24, 0.50, 0.21]
            case .enterprise: [0.02, 0.08, 0.30, 0.60]
            }
        return random.element(of: Array(zip(SamplePlan.allCases, weights)).map { (value: $0.0, weight: $0.1) })
    }

    private mutating func negotiated(_ price: Int) -> Int {
        Int((Double(price) * random.number(in: 0.9...1.1)).rounded())
    }

    private mutating func subscribe(
        plan: SamplePlan, mrr: Int, seats: Int, cycle: SampleRecords.BillingCycle, at moment: Int
    ) {
        subscriptions.append(
            .init(
                id: 0, customerID: customer.id, plan: plan, mrr: mrr, seats: seats, billingCycle: cycle,
                startedAt: moment, endedAt: nil, status: .active, cancellationReason: nil))
    }
}

// MARK: - Months

extension SampleCustomerLife {
    private mutating func liveThrough(month: CivilDate) {
        let firstStart = subscriptions[0].startedAt
        let started = CivilDate(secondsSince1970: firstStart)
        let monthsOfTenure = Self.months(from: started, to: month)
        let current = subscriptions[subscriptions.count - 1]
        let billing = billingMoment(monthsOfTenure: monthsOfTenure, cycle: current.billingCycle)

        if monthsOfTenure > 0 {
            evolve(plan: current.plan, month: month, tenure: monthsOfTenure)
            decide(month: month, billing: billing)
        }
        if let billing, billing < min(leftAt ?? .max, end.secondsSince1970) {
            bill(at: billing, monthsOfTenure: monthsOfTenure)
        }
        let firstDay = max(month, customer.signupDate)
        let lastDay = min(month.adding(months: 1), end, leftAt.map(CivilDate.init(secondsSince1970:)) ?? end)
        if firstDay < lastDay {
            let isOnboarding = monthsOfTenure < 2
            measure(from: firstDay, to: lastDay, plan: current.plan, seats: current.seats, isNew: monthsOfTenure <= 0)
            openTickets(from: firstDay, to: lastDay, plan: current.plan, isOnboarding: isOnboarding)
        }
    }

    /// When the customer cancelled, or nil while a subscription is active.
    private var leftAt: Int? { subscriptions.last?.endedAt }

    /// Nothing of a customer who left stays open beyond this.
    var settledBy: Int { customer.status == .churned ? leftAt ?? .max : .max }

    private static func months(from start: CivilDate, to month: CivilDate) -> Int {
        let (fromYear, fromMonth) = (start.year, start.month)
        let (toYear, toMonth) = (month.year, month.month)
        return (toYear - fromYear) * 12 + toMonth - fromMonth
    }

    /// The renewal that falls into the month, at the time of day of the first purchase.
    private func billingMoment(monthsOfTenure months: Int, cycle: SampleRecords.BillingCycle) -> Int? {
        guard months >= 0, cycle == .monthly || months.isMultiple(of: 12) else { return nil }
        let start = subscriptions[0].startedAt
        let started = CivilDate(secondsSince1970: start)
        return started.adding(months: months).secondsSince1970 + start - started.secondsSince1970
    }

    private mutating func evolve(plan: SamplePlan, month: CivilDate, tenure: Int) {
        if isLosingInterest {
            monthsOfFadingInterest += 1
            engagement = max(0.05, engagement * random.number(in: 0.48...0.72))
            if random.chance(0.12) { regainInterest() }
        } else {
            engagement = min(1, max(0.38, engagement + random.number(in: -0.06...0.07)))
            var risk = plan.monthlyDecline
            switch customer.source {
            case .organic: break
            case .referral: risk *= 0.8
            case .paid: risk *= 1.3
            case .partner: risk *= 0.85
            }
            if tenure <= 4 { risk *= 1.25 }
            if month.month == 12 { risk *= 1.8 }
            if random.chance(risk) {
                monthsOfFadingInterest = 1
                engagement *= random.number(in: 0.5...0.75)
            }
        }
        if random.chance(0.12) { integrations = min(8, integrations + 1) }
    }

    /// At most one of cancellation, upgrade and downgrade per month. Plans change on the billing day; a yearly contract
    /// changes or ends at its renewal only, a monthly one can be cancelled on any day.
    private mutating func decide(month: CivilDate, billing: Int?) {
        let current = subscriptions[subscriptions.count - 1]
        let isYearly = current.billingCycle == .annual
        if isYearly, billing == nil { return }
        // In January budgets are reviewed: who has lost interest leaves, and so do some who have not.
        let isJanuary = month.month == 1
        let leaves: Double =
            if isYearly {
                isLosingInterest ? 0.75 : 0.05
            } else if monthsOfFadingInterest > 1 {
                isJanuary ? 0.75 : 0.42
            } else {
                isJanuary ? 0.028 : 0.005
            }
        if random.chance(leaves) {
            let day = month.adding(days: random.integer(in: 0...month.daysInMonth - 1))
            let anyMoment = day.secondsSince1970 + random.integer(in: Self.businessHours)
            cancel(at: isYearly ? billing ?? anyMoment : anyMoment)
            return
        }
        guard let billing, billing < end.secondsSince1970 else { return }
        let patience = isYearly ? 6.0 : 1.0
        if let plan = current.plan.next, random.chance((engagement > 0.8 ? 0.08 : 0.003) * patience) {
            change(to: plan, upgrading: true, at: billing)
        } else if let plan = current.plan.previous, random.chance((isLosingInterest ? 0.07 : 0.003) * patience) {
            change(to: plan, upgrading: false, at: billing)
            regainInterest()
        }
    }

    var isLosingInterest: Bool { monthsOfFadingInterest > 0 }

    private mutating func regainInterest() {
        monthsOfFadingInterest = 0
        engagement = random.number(in: 0.5...0.7)
    }

    private mutating func cancel(at moment: Int) {
        guard moment < end.secondsSince1970 else { return }
        let last = subscriptions.count - 1
        let plan = subscriptions[last].plan
        subscriptions[last].endedAt = moment
        subscriptions[last].status = .cancelled
        subscriptions[last].cancellationReason = random.element(of: [
            (.tooExpensive, plan == .starter || plan == .professional ? 0.30 : 0.14),
            (.switchedCompetitor, plan == .starter ? 0.12 : 0.24),
            (.noLongerNeeded, isLosingInterest ? 0.22 : 0.10),
            (.missingFeatures, plan == .starter ? 0.10 : 0.20),
            (.poorSupport, tickets.count > 2 ? 0.22 : 0.08),
            (.budgetCuts, isLosingInterest ? 0.12 : 0.25),
        ])
        customer.status = .churned
        planChanges.append(
            .init(
                id: 0, customerID: customer.id, previousPlan: plan, newPlan: nil, previousMRR: subscriptions[last].mrr,
                newMRR: 0, changeType: .cancellation, changedAt: moment))
    }

    private mutating func change(to plan: SamplePlan, upgrading: Bool, at moment: Int) {
        let last = subscriptions.count - 1
        let old = subscriptions[last]
        let seats =
            upgrading
            ? max(
                plan.seats.lowerBound,
                min(plan.seats.upperBound, old.seats + random.integer(in: 0...plan.seats.lowerBound)))
            : min(plan.seats.upperBound, old.seats)
        let price = negotiated(plan.price(seats: seats))
        let mrr = upgrading ? max(price, old.mrr * 115 / 100) : min(price, old.mrr * 80 / 100)
        subscriptions[last].endedAt = moment
        subscriptions[last].status = upgrading ? .upgraded : .downgraded
        subscribe(plan: plan, mrr: mrr, seats: seats, cycle: old.billingCycle, at: moment)
        planChanges.append(
            .init(
                id: 0, customerID: customer.id, previousPlan: old.plan, newPlan: plan, previousMRR: old.mrr,
                newMRR: mrr,
                changeType: upgrading ? .upgrade : .downgrade, changedAt: moment))
    }
}
