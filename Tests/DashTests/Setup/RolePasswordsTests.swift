import ServiceRuntime
import Testing

@testable import Dash

@Suite struct RolePasswordsTests {
    private let roles = RoleNames(prefix: "dash")

    @Test("Derived passwords are the same everywhere, differ per role and from another administrator's")
    func derivation() {
        let one = RolePasswords(roles: roles, administrator: Secret("a"))
        let same = RolePasswords(roles: roles, administrator: Secret("a"))
        let other = RolePasswords(roles: roles, administrator: Secret("b"))
        #expect(one[roles.app] == same[roles.app])
        #expect(one[roles.app] != one[roles.analyst])
        #expect(one[roles.app] != other[roles.app])
        #expect(one[roles.owner] == nil)
    }

    @Test("A given password wins; without an administrator the others stay unknown")
    func given() {
        let passwords = RolePasswords(roles: roles, administrator: nil, analyst: Secret("given"))
        #expect(passwords[roles.analyst] == Secret("given"))
        #expect(passwords[roles.engineer] == nil)
    }
}
