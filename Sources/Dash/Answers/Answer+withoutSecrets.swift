import ServiceRuntime

extension Answer {
    /// The same answer with what looks like a secret removed from every text.
    package var withoutSecrets: Answer {
        mapTexts(tables: \.withoutSecrets) { SecretScan.process.clean($0) }
    }

    /// The same answer with every text changed. Names of columns change alike wherever they stand.
    package func mapTexts(
        tables change: (ResultTable) -> ResultTable, _ text: (String) -> String
    ) -> Answer {
        var answer = self
        answer.headline = text(headline)
        answer.meaning = meaning.map(text)
        answer.tables = tables.map(change)
        if var chart {
            chart.title = text(chart.title)
            chart.category = text(chart.category)
            chart.values = chart.values.map(text)
            chart.series = chart.series.map(text)
            answer.chart = chart
        }
        if var provenance {
            provenance.definitions = provenance.definitions.map { .init(name: text($0.name), text: text($0.text)) }
            provenance.filters = provenance.filters.map(text)
            provenance.period = provenance.period.map(text)
            provenance.tables = provenance.tables.map(text)
            provenance.freshness = provenance.freshness.map {
                .init(table: text($0.table), column: text($0.column), latest: text($0.latest))
            }
            provenance.statements = provenance.statements.map(text)
            provenance.validatedQuery = provenance.validatedQuery.map(text)
            answer.provenance = provenance
        }
        if var confirmation {
            // To be read; what runs is what the store holds.
            confirmation.action = confirmation.action.mapTexts(text)
            answer.confirmation = confirmation
        }
        answer.caveats = caveats.map(text)
        answer.nextSteps = nextSteps.map(text)
        answer.choices = choices.map(text)
        answer.unused = unused?.map(text)
        return answer
    }
}

extension ProposedAction {
    /// To be read: its hash is another one.
    package func mapTexts(_ text: (String) -> String) -> ProposedAction {
        var action = self
        action.sentence = text(sentence)
        action.risk = risk.map(text)
        action.sql = text(sql)
        for index in action.effects.indices { action.effects[index].object = text(effects[index].object) }
        for index in action.dependants.indices { action.dependants[index].name = text(dependants[index].name) }
        return action
    }
}

extension ResultTable {
    /// The same table with what looks like a secret removed, by its form or by its column's name.
    package var withoutSecrets: ResultTable {
        var table = self
        let scan = SecretScan.process
        let names = columns.map(\.name)
        table.columns = columns.map { Column(name: scan.clean($0.name), type: $0.type, meaning: $0.meaning) }
        // A number or a date holds no secret, and most cells are one.
        let isText = columns.map { !$0.type.isNumeric && !$0.type.isTemporal }
        table.rows = rows.map { row in
            row.enumerated().map { index, cell in
                guard let cell, index >= isText.count || isText[index], cell.utf8.count >= 6 else { return cell }
                return scan.clean(cell, named: index < names.count ? names[index] : "")
            }
        }
        return table
    }
}
