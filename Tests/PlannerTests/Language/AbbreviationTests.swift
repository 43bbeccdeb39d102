import Testing

@testable import Planner

@Suite("Short forms in names")
struct AbbreviationTests {
    @Test(
        "A piece of a name is a short form of words that describe it",
        arguments: [
            ("mach", "machines of the plant", "machine"), ("rdg", "one row per reading", "reading"),
            ("qty", "ordered quantity", "quantity"), ("wo", "work orders", "work order"),
            ("qoh", "quantity on hand", "quantity on hand"), ("dob", "date of birth", "date of birth"),
            ("fnm", "first name of the employee", "first name"), ("nm", "name of the machine", "name"),
            ("emp", "employee who did it", "employee"), ("wgt", "weight in kg", "weight"),
            ("cty", "city", "city"), ("ln", "loans", "loan"), ("snsr", "sensors", "sensor"),
        ])
    func matches(short: String, text: String, words: String) {
        #expect(Abbreviation.best(short, in: Words.plain(text))?.words.joined(separator: " ") == words)
    }

    @Test(
        "Words and chance resemblances are no short forms",
        arguments: [
            ("name", "number and meaning"), ("open", "opened orders"), ("plan", "planned end"), ("ins", "illness"),
            ("port", "portion of it"), ("id", "identity document"), ("mach", "amount"), ("xq", "exact quality"),
        ])
    func refuses(short: String, text: String) {
        #expect(Abbreviation.best(short, in: Words.plain(text)) == nil)
    }

    @Test(
        "The head noun of a table's description names its rows",
        arguments: [
            ("alarms raised by machines", "alarms"), ("one row per work order", "work order, order"),
            (
                "maintenance jobs (work orders) of machines",
                "maintenance jobs, jobs, machines maintenance jobs, work orders"
            ),
            ("Lines of purchase orders.", "purchase orders lines"), ("List of suppliers", "suppliers"),
            ("suppliers and carriers", ""), ("This table is used for reporting", ""),
            ("Upgrades, downgrades and cancellations", ""), ("one row per item and day", ""),
            ("customers and their addresses", "customers"), ("sensor readings", "sensor readings, readings"),
            ("stock movements, one row per receipt or issue", "stock movements, movements"),
            ("NULL rows are deleted nightly", ""), ("Summary of orders per day", ""),
        ])
    func tables(text: String, names: String) {
        #expect(DescribedText.tableNames(text).map { $0.words.joined(separator: " ") }.joined(separator: ", ") == names)
    }

    @Test(
        "What is only some of its head's things is told from all of them",
        arguments: [
            ("goods sent back", true), ("customers who left", true), ("alarms raised by machines", true),
            ("lines of orders", false), ("supply contracts between us and them", false), ("sensor readings", false),
        ])
    func restrictions(text: String, isRestricted: Bool) {
        #expect(DescribedText.isRestricted(text) == isRestricted)
    }

    @Test(
        "What happened at a time is told by its description",
        arguments: [
            ("time the alarm was raised", "raised"), ("when it was issued", "issued"), ("date of purchase", "purchase"),
            ("Day the member joined", "joined"), ("when the copy was checked out", "checked out"),
            ("date the bill is due", "due"), ("when it will be paid", nil), ("Time zone of the user", nil),
            ("date the machine was last inspected", "last inspected"), ("When the money came", nil),
            ("not used", nil),
        ])
    func events(text: String, event: String?) {
        #expect(DescribedEvent.event(text)?.joined(separator: " ") == event)
    }

    @Test(
        "Flags are told by what is true then",
        arguments: [
            ("1 if the reading is good", "1 good"), ("true if estimated", "- estimated"),
            ("whether the site is active", "- active"), ("Y if blocked", "Y blocked"),
            ("1 if it has not been set", nil), ("whether mail may be sent to them", nil), ("1 to 5", nil),
        ])
    func flags(text: String, flag: String?) {
        let read = DescribedFlag(text).map { "\($0.value ?? "-") \($0.words.joined(separator: " "))" }
        #expect(read == flag)
    }

    @Test(
        "Codes and their words are read from a description",
        arguments: [
            ("state: OPEN, ACK acknowledged, CLR cleared", "OPEN=, ACK=acknowledged, CLR=cleared"),
            ("0 for user, 1 for merchant", "0=user, 1=merchant"), ("a = active, i = inactive", "a=active, i=inactive"),
            ("1 open; 2 closed", "1=open, 2=closed"), ("severity: LOW, MED, HIGH", ""),
            ("MRR before the change; 0 for none", ""), ("5 to 10, 10 to 20", ""),
        ])
    func codes(text: String, codes: String) {
        #expect(Enumeration.codes(in: text).map { "\($0.value)=\($0.words)" }.joined(separator: ", ") == codes)
    }
}
