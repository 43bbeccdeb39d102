package import LanguageModels

/// Which models play the team.
package struct TeamModels: Sendable {
    /// The configured model; nil where the built-in one works alone.
    package var model: (any LanguageModel)?
    /// Whether the built-in model tries first, so that what knowledge settles costs no tokens.
    package var usesFastPath: Bool

    package init(model: (any LanguageModel)? = nil, usesFastPath: Bool = true) {
        self.model = model
        self.usesFastPath = usesFastPath
    }
}
