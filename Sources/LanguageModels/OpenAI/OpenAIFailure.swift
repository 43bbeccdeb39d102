import HTTP
import ServiceRuntime

/// A failed attempt: what to tell, and whether another attempt can help.
struct OpenAIFailure: Error {
    var error: LanguageModelError
    var isRetryable: Bool
    /// How long the service asks to wait.
    var retryAfter: Duration?

    init(_ code: LanguageModelError.Code, _ message: String, isRetryable: Bool = true, retryAfter: Duration? = nil) {
        error = LanguageModelError(code, message: message)
        self.isRetryable = isRetryable
        self.retryAfter = retryAfter
    }

    /// From a response that is no success. `key` is kept out of the message even if the service repeats it.
    init(status: Int, body: [UInt8], retryAfter: Duration?, model: String, key: Secret) {
        let vendor = VendorError(json: try? JSONValue(parsing: body))
        let answer = "answered \(status)" + (vendor.map { $0.suffix(hiding: key) } ?? "")
        let label = vendor?.label ?? ""
        switch status {
        case 300..<400:
            self.init(
                .invalidRequest, "The model service \(answer), which is a redirect. Check its base URL.",
                isRetryable: false)
        case 401, 403:
            let identifier = label.isEmpty ? "" : " (\(label))"
            self.init(
                .authentication,
                "The model service refused the key: \(status)\(identifier). Check the key and its rights.",
                isRetryable: false)
        case 404:
            self.init(
                .invalidRequest,
                "The model service \(answer). Check the base URL and the model's name, \(model).", isRetryable: false)
        case 408, 409:
            self.init(.unavailable, "The model service \(answer).", retryAfter: retryAfter)
        case 429 where vendor?.isOutOfQuota == true:
            self.init(
                .rateLimited, "The model service \(answer): the account's quota is used up.", isRetryable: false)
        case 429:
            self.init(.rateLimited, "The model service \(answer): too many requests.", retryAfter: retryAfter)
        case 500...:
            self.init(.unavailable, "The model service \(answer).", retryAfter: retryAfter)
        default:
            let isTooLong = status == 413 || vendor?.isTooLong == true
            self.init(
                isTooLong ? .contextTooLong : .invalidRequest, "The model service \(answer).", isRetryable: false)
        }
    }

    /// From a failure reported in the body of a response that began as a success; nil where the body reports none.
    init?(inBody body: JSONValue) {
        guard body["choices"] == nil || body["error"].map({ $0 != .null }) == true,
            let vendor = VendorError(json: body)
        else { return nil }
        let label = vendor.label.isEmpty ? "" : " (\(vendor.label))"
        if vendor.isTooLong {
            self.init(.contextTooLong, "The model service reported an error\(label).", isRetryable: false)
        } else if vendor.isRateLimit {
            self.init(.rateLimited, "The model service reported an error\(label).", isRetryable: !vendor.isOutOfQuota)
        } else {
            let isOurs = vendor.label.contains("invalid_request")
            self.init(
                isOurs ? .invalidRequest : .unavailable, "The model service reported an error\(label).",
                isRetryable: !isOurs)
        }
    }

    init(_ error: HTTPError) {
        switch error.code {
        case .connectionFailed:
            self.init(.unavailable, "The model service could not be reached: \(error.message)")
        case .connectionLost:
            self.init(.unavailable, "The connection to the model service broke: \(error.message)")
        case .timeout:
            self.init(.timeout, "The model service did not answer in time.")
        case .responseTooLarge:
            self.init(.invalidResponse, "The model service's answer is too large.", isRetryable: false)
        case .invalidURL, .bindFailed:
            self.init(
                .invalidRequest,
                "The model service cannot be called: \(error.message). Check its base URL and the key.",
                isRetryable: false)
        }
    }
}
