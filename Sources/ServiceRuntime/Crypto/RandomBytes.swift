import COpenSSL

/// Bytes nobody can guess, for passwords and identifiers.
package enum RandomBytes {
    package static func generate(_ count: Int) -> [UInt8] {
        CryptoLibrary.initialize()
        return [UInt8](unsafeUninitializedCapacity: count) { output, filled in
            precondition(RAND_bytes(output.baseAddress, Int32(count)) == 1, "the system has no randomness to give")
            filled = count
        }
    }
}
