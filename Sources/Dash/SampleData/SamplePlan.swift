/// The plans that the sample company sells, cheapest first.
package enum SamplePlan: String, Sendable, CaseIterable {
    case starter, professional, business, enterprise

    /// Monthly list price of the smallest number of seats, in cents.
    var basePrice: Int {
        switch self {
        case .starter: 29_00
        case .professional: 79_00
        case .business: 199_00
        case .enterprise: 499_00
        }
    }

    var seats: ClosedRange<Int> {
        switch self {
        case .starter: 1...3
        case .professional: 3...10
        case .business: 10...50
        case .enterprise: 50...200
        }
    }

    /// Calls on a working day of a fully engaged customer with the smallest number of seats.
    var dailyCalls: Double {
        switch self {
        case .starter: 60
        case .professional: 220
        case .business: 800
        case .enterprise: 3_200
        }
    }

    /// How likely a healthy customer starts to lose interest in a month.
    var monthlyDecline: Double {
        switch self {
        case .starter: 0.080
        case .professional: 0.052
        case .business: 0.030
        case .enterprise: 0.014
        }
    }

    var monthlyTickets: Double {
        switch self {
        case .starter: 0.12
        case .professional: 0.14
        case .business: 0.18
        case .enterprise: 0.28
        }
    }

    var next: Self? {
        switch self {
        case .starter: .professional
        case .professional: .business
        case .business: .enterprise
        case .enterprise: nil
        }
    }

    var previous: Self? {
        switch self {
        case .starter: nil
        case .professional: .starter
        case .business: .professional
        case .enterprise: .business
        }
    }

    /// Monthly list price in cents; grows evenly with seats.
    func price(seats count: Int) -> Int {
        basePrice * count / seats.lowerBound
    }
}
