import ServiceRuntime

extension SplitMix64 {
    init(number: Int) { self.init(seed: UInt64(bitPattern: Int64(number))) }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }

    mutating func some<Element>(_ elements: [Element], _ count: Int) -> [Element] {
        Array(elements.shuffled(using: &self).prefix(count))
    }
}
