import COpenSSL

/// SHA-256, plain and keyed.
package enum SHA256 {
    package static let byteCount = 32

    package static func hash(_ message: some Sequence<UInt8>) -> [UInt8] {
        CryptoLibrary.initialize()
        let bytes = Array(message)
        return [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            var length: UInt32 = 0
            let status = EVP_Digest(bytes, bytes.count, output.baseAddress, &length, EVP_sha256(), nil)
            precondition(status == 1, "OpenSSL has no SHA-256")
            count = Int(length)
        }
    }

    package static func hash(_ text: String) -> [UInt8] { hash(text.utf8) }

    /// HMAC-SHA256 (RFC 2104). An empty key is a programmer's error: every caller has checked its secret at start.
    package static func hmac(key: some Sequence<UInt8>, _ message: some Sequence<UInt8>) -> [UInt8] {
        CryptoLibrary.initialize()
        let key = Array(key)
        precondition(!key.isEmpty, "an HMAC needs a key")
        let bytes = Array(message)
        return [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            var length: UInt32 = 0
            let result = HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, output.baseAddress, &length)
            precondition(result != nil, "OpenSSL has no HMAC-SHA256")
            count = Int(length)
        }
    }

    package static func hmac(key: Secret, _ message: some Sequence<UInt8>) -> [UInt8] {
        hmac(key: key.reveal().utf8, message)
    }
}
