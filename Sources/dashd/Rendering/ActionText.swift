import Dash
import ServiceRuntime

/// What a person needs to see of an action before they agree to it.
struct ActionText {
    private let action: ProposedAction
    private let page: TextPage

    init(_ action: ProposedAction, page: TextPage = .current) {
        self.action = action.mapTexts(VisibleText.clean)
        self.page = page
    }

    var rendered: String {
        ([page.strong(page.wrapped("Please confirm: \(action.sentence)"))]
            + [action.risk].compactMap(\.self).map { page.wrapped($0) } + details).joined(separator: "\n\n")
    }

    /// What else is affected, and the statement.
    var details: [String] {
        func named(_ isLost: Bool) -> [String] {
            action.dependants.filter { $0.isLost == isLost }.map {
                $0.kind.isEmpty ? $0.name : "\($0.name) (\($0.kind))"
            }
        }
        return [("Goes with it", named(true)), ("Uses it", named(false))].compactMap { title, names in
            names.isEmpty ? nil : title + "\n" + page.list(names)
        } + [action.sql.trimmed + ";"]
    }
}
