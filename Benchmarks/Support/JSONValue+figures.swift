package import ServiceRuntime

extension JSONValue {
    package static func count(_ number: Int) -> JSONValue { .integer(Int64(number)) }

    package static func counts(_ numbers: [String: Int]) -> JSONValue { .object(numbers.mapValues(JSONValue.count)) }

    /// Rounded to hundredths.
    package static func figure(_ value: Double) -> JSONValue { .number((value * 100).rounded() / 100) }

    package static func seconds(_ duration: Duration) -> JSONValue { .figure(duration / .seconds(1)) }

    package static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
