/// One table of the sample company, ready for COPY.
package struct SampleTable: Sendable, Equatable {
    package var name: String
    package var columns: [String]
    package var rows: Int
    /// Rows in COPY's text format.
    package var copyText: [UInt8]
}

extension SampleCompany {
    /// All tables, referenced ones first.
    package func tables() -> [SampleTable] {
        let records = records()
        return [
            table("customers", records.customers) { customer, text in
                text.append(customer.id)
                text.append(customer.companyName)
                text.append(customer.industry)
                text.append(customer.size)
                text.append(customer.country)
                text.append(customer.signupDate)
                text.append(customer.source)
                text.append(customer.status)
            },
            table("subscriptions", records.subscriptions) { subscription, text in
                text.append(subscription.id)
                text.append(subscription.customerID)
                text.append(subscription.plan)
                text.append(hundredths: subscription.mrr)
                text.append(subscription.seats)
                text.append(subscription.billingCycle)
                text.append(moment: subscription.startedAt)
                text.append(moment: subscription.endedAt)
                text.append(subscription.status)
                text.append(subscription.cancellationReason)
            },
            table("plan_changes", records.planChanges) { change, text in
                text.append(change.id)
                text.append(change.customerID)
                text.append(change.previousPlan)
                text.append(change.newPlan)
                text.append(hundredths: change.previousMRR)
                text.append(hundredths: change.newMRR)
                text.append(change.changeType)
                text.append(moment: change.changedAt)
            },
            table("invoices", records.invoices) { invoice, text in
                text.append(invoice.id)
                text.append(invoice.customerID)
                text.append(invoice.subscriptionID)
                text.append(hundredths: invoice.amount)
                text.append("USD")
                text.append(invoice.status)
                text.append(moment: invoice.issuedAt)
                text.append(moment: invoice.paidAt)
                text.append(invoice.periodStart)
                text.append(invoice.periodEnd)
            },
            table("usage_metrics", records.usage) { usage, text in
                text.append(usage.id)
                text.append(usage.customerID)
                text.append(usage.date)
                text.append(usage.apiCalls)
                text.append(usage.activeUsers)
                text.append(hundredths: usage.storage)
                text.append(usage.reports)
                text.append(usage.integrations)
            },
            table("support_tickets", records.tickets) { ticket, text in
                text.append(ticket.id)
                text.append(ticket.customerID)
                text.append(ticket.priority)
                text.append(ticket.category)
                text.append(ticket.status)
                text.append(moment: ticket.createdAt)
                text.append(moment: ticket.resolvedAt)
                text.append(ticket.satisfaction)
            },
        ]
    }

    private func table<Row>(
        _ name: String, _ rows: [Row], write: (Row, inout CopyText) -> Void
    ) -> SampleTable {
        var text = CopyText()
        for row in rows {
            write(row, &text)
            text.endRow()
        }
        return SampleTable(
            name: name, columns: SampleSchema.columns[name] ?? [], rows: text.rows, copyText: text.bytes)
    }
}
