/// What Slack takes in one message. Where sources disagree, the smaller number.
package enum SlackLimits {
    /// `chat.update` refuses longer text, and every answer may become an update.
    package static let text = 4_000
    package static let blocks = 50
    package static let blockCharacters = 13_000
    package static let tableCharacters = 10_000
    package static let section = 3_000
    package static let sectionFields = 10
    package static let sectionField = 2_000
    package static let header = 150
    package static let contextElements = 10
    package static let contextElement = 2_000
    package static let actions = 25
    package static let buttonText = 75
    package static let buttonValue = 2_000
    package static let identifier = 255
    /// Without the header row.
    package static let dataTableRows = 200
    package static let tableRows = 100
    package static let tableColumns = 20
    package static let chartTitle = 50
    package static let chartLabel = 20
    package static let chartPoints = 20
    package static let chartSeries = 6
    package static let chartAxisLabel = 50

    static let blocksOfKind = ["data_visualization": 2, "table": 1]
}
