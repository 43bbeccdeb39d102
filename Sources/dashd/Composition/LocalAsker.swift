import Dash
import Glibc

/// The person at the terminal, as the operating system knows them.
struct LocalAsker {
    var asker: Asker

    static var current: LocalAsker {
        let name = getpwuid(getuid()).flatMap { $0.pointee.pw_name }.map { String(cString: $0) } ?? "user-\(getuid())"
        return LocalAsker(asker: Asker(id: "local:\(name)", displayName: name))
    }

    /// Conversations belong to their person: the same name of another user is another conversation.
    func conversation(named name: String) -> ConversationID {
        ConversationID(rawValue: "terminal:\(asker.id):\(name)")
    }
}
