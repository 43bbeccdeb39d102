package import Dash
package import SlackAPI

extension CellText {
    /// As a cell of a native table, where numbers sort as numbers.
    package func cell(_ value: String?) -> TableCell {
        let text = SlackPlainText(text(value))
        guard column.type.isNumeric, let value, let number = Double(value), number.isFinite else { return .text(text) }
        return .number(value: number, text: text)
    }
}
