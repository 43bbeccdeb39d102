import ServiceRuntime

extension SampleCustomerLife {
    mutating func bill(at moment: Int, monthsOfTenure: Int) {
        // After a plan change on the billing day the new subscription is billed; before a later cancellation the old one.
        let index = subscriptions.count - 1
        let subscription = subscriptions[index]
        let months = subscription.billingCycle == .annual ? 12 : 1
        let started = CivilDate(secondsSince1970: subscriptions[0].startedAt)
        // A year costs twelve months less 10 %.
        let amount = months == 12 ? (subscription.mrr * 108 + 5) / 10 : subscription.mrr
        let delay = random.integer(in: 0...(months == 12 ? 12 : 5)) * 86_400 + random.integer(in: 60...20_000)
        let fails = random.chance(isLosingInterest ? 0.11 : 0.018)
        let isRefunded = random.chance(0.01)
        let isOverdue = random.chance(0.03) && moment + 60 * 86_400 > end.secondsSince1970
        let status: SampleRecords.Invoice.Status =
            if fails { .failed } else if isOverdue { .pending } else if isRefunded { .refunded } else { .paid }
        invoices.append(
            .init(
                id: 0, customerID: customer.id, subscriptionID: index, amount: amount, status: status, issuedAt: moment,
                paidAt: status == .paid || status == .refunded ? moment + delay : nil,
                periodStart: started.adding(months: monthsOfTenure),
                periodEnd: started.adding(months: monthsOfTenure + months).adding(days: -1)))
    }

    /// What was under way when the customer left is settled by then; what lies after the data has not happened yet.
    mutating func settleInvoices() {
        for index in invoices.indices {
            guard let paidAt = invoices[index].paidAt.map({ min($0, settledBy) }) else { continue }
            invoices[index].paidAt = paidAt < end.secondsSince1970 ? paidAt : nil
            if paidAt >= end.secondsSince1970 { invoices[index].status = .pending }
        }
    }
}
