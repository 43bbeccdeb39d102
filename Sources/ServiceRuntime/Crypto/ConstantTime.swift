import COpenSSL

/// Comparison whose duration says nothing about where two values differ.
package enum ConstantTime {
    /// The lengths are not secret; the contents are.
    package static func areEqual(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Bool {
        let left = Array(left)
        let right = Array(right)
        return left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }

    package static func areEqual(_ left: String, _ right: String) -> Bool { areEqual(left.utf8, right.utf8) }
}
