/// Units of measure as people say them: "over 200 km", "in kilograms".
enum UnitWords {
    enum Dimension: Sendable, Hashable {
        case length, area, mass, volume, data, energy, power, speed, time, money, temperature
    }

    struct Unit: Sendable, Hashable {
        var dimension: Dimension
        /// One spelling for all.
        var name: String
    }

    static func unit(_ words: some StringProtocol) -> Unit? { units[String(words)] }

    static let longest = 3

    private static let units: [String: Unit] = {
        let groups: [(Dimension, [String])] = [
            (
                .length,
                [
                    "km|kms|kilometer|kilometers|kilometre|kilometres", "m|meter|meters|metre|metres",
                    "cm|centimeter|centimeters|centimetre|centimetres", "mm|millimeter|millimeters|millimetres",
                    "mile|miles|mi", "ft|foot|feet", "inch|inches", "yard|yards|yd",
                ]
            ),
            (
                .area,
                [
                    "sqkm|km2|square km|square kilometers|square kilometres|square kilometer",
                    "sqm|m2|square meters|square metres",
                    "sqmi|square miles|square mile", "sqft|square feet|square foot", "hectare|hectares|ha",
                    "acre|acres",
                ]
            ),
            (
                .mass,
                [
                    "kg|kgs|kilo|kilos|kilogram|kilograms", "g|gram|grams", "mg|milligram|milligrams",
                    "lb|lbs|pound|pounds",
                    "ton|tons|tonne|tonnes", "oz|ounce|ounces",
                ]
            ),
            (.volume, ["l|liter|liters|litre|litres", "ml|milliliter|milliliters|millilitres", "gallon|gallons"]),
            (
                .data,
                [
                    "kb|kilobyte|kilobytes", "mb|megabyte|megabytes", "gb|gigabyte|gigabytes", "tb|terabyte|terabytes",
                    "byte|bytes",
                ]
            ),
            (.power, ["kw|kilowatt|kilowatts", "megawatt|megawatts"]),
            (.energy, ["kwh|kilowatt hours", "mwh|megawatt hours"]),
            (.speed, ["kmh|km/h|kph|kilometers per hour", "mph|miles per hour", "knots|knot"]),
            (
                .time,
                ["ms|milliseconds", "s|sec|secs|second|seconds", "min|mins|minute|minutes", "h|hr|hrs|hour|hours"]
            ),
            (
                .money,
                [
                    "usd|dollar|dollars|us dollars|u.s. dollars", "eur|euro|euros", "gbp|pounds sterling", "jpy|yen",
                    "cent|cents",
                ]
            ),
            (.temperature, ["c|celsius|degrees celsius", "f|fahrenheit|degrees fahrenheit"]),
        ]
        var units: [String: Unit] = [:]
        for (dimension, spellings) in groups {
            for spelling in spellings {
                let names = spelling.split(separator: "|").map(String.init)
                for name in names { units[name] = Unit(dimension: dimension, name: names[0]) }
            }
        }
        return units
    }()

    /// In what a column's numbers are kept, as far as its unit, its name or its description says.
    static func unit(of column: SemanticSource.Column, words: [String]) -> Unit? {
        if let unit = column.unit.flatMap({ unit($0.lowercased()) }) { return unit }
        if words.count > 1, let last = words.last, let unit = unit(last) { return unit }
        let described = Words.plain(column.description)
        for (index, word) in described.enumerated() {
            let isSaid = index > 0 && ["in", "measured"].contains(described[index - 1]) || index == described.count - 1
            if isSaid {
                let two = described[index...].prefix(2).joined(separator: " ")
                if let unit = unit(two) ?? (word.utf8.count > 1 ? unit(word) : nil) { return unit }
            }
        }
        return nil
    }
}
