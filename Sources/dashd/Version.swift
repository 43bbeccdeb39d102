/// The version of this build, as released.
enum Version {
    static let current = "0.1.0"
}
