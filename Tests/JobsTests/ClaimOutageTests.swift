import Testing

@testable import Jobs

@Suite struct ClaimOutageTests {
    @Test("After an outage that leases may have ended in, living workers have half a lease to put back what is theirs")
    func long() {
        var outage = ClaimOutage(lease: .seconds(30))
        #expect(outage.letsTakeOver(at: .seconds(100)))
        outage.failed(at: .seconds(100))
        outage.failed(at: .seconds(125))
        #expect(outage.failures == 2)
        outage.succeeded()
        // The server may still commit a claim whose answer never came.
        #expect(outage.mayHaveClaimed(at: .seconds(184)))
        #expect(!outage.mayHaveClaimed(at: .seconds(185)))
        #expect(!outage.letsTakeOver(at: .seconds(126)))
        #expect(!outage.letsTakeOver(at: .seconds(139)))
        #expect(outage.letsTakeOver(at: .seconds(140)))
    }

    @Test("Single failures, however many, keep nobody from taking over")
    func short() {
        var outage = ClaimOutage(lease: .seconds(30))
        for second in 0..<60 {
            outage.failed(at: .seconds(second))
            outage.succeeded()
            #expect(outage.letsTakeOver(at: .seconds(second)))
        }
    }
}
