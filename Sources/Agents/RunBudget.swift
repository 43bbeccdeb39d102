/// Hard limits of one run, over all its agents.
package struct RunBudget: Sendable, Equatable {
    package var modelCalls = 24
    package var toolCalls = 48
    package var statements = 20
    package var tokens = 200_000
    package var seconds = 300

    package init() {}
}
