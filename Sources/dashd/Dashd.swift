/// Entry point of the daemon and its commands.
@main
enum Dashd {
    static func main() async {}
}
