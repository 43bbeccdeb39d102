import COpenSSL

/// OpenSSL's start in this process.
package enum CryptoLibrary {
    private static let isReady: Bool = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1

    /// Initialises OpenSSL without its exit handler, which would race with threads that still hold TLS connections.
    ///
    /// Must run before the first use of libcurl and libpq: `HTTPClient` and the Postgres client call it, and so does
    /// `main`. Calling it again costs nothing.
    package static func initialize() {
        precondition(isReady, "OpenSSL cannot be initialised")
    }
}
