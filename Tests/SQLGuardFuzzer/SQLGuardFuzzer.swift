import SQLGuardTestSupport

/// What libFuzzer calls with each text that it makes; `deploy/fuzz` builds and starts it, on a stack that is large enough.
@_cdecl("LLVMFuzzerTestOneInput")
func decide(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let complaint = GuardOracle.complaint(about: bytes) {
        fatalError("\(complaint): \(String(decoding: bytes, as: UTF8.self))")
    }
    return 0
}
