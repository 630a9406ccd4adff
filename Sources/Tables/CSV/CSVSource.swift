import Diagnostics
package import Files

/// A CSV or TSV file, and how it is written.
package struct CSVSource: TableSource {
  package let file: InputFile
  package let survey: InputSurvey
  package let encoding: TextEncoding
  let delimiter: UInt8
  let lineEnd: [UInt8]
  package var corrections = CellCorrections()
  /// Whether the file has apostrophes before what looks like formulas, so that corrections need them, too.
  package var isGuarded = false

  package init(_ file: InputFile, _ survey: InputSurvey) {
    self.file = file
    self.survey = survey
    encoding =
      survey.head.starts(with: TextEncoding.byteOrderMark)
      ? .utf8WithBOM : survey.isUTF8 || survey.beginsAsUTF8 ? .utf8 : .cp932
    let line = survey.head.prefix { $0 != 0x0A && $0 != 0x0D }
    let tab = UInt8(ascii: "\t")
    let comma = UInt8(ascii: ",")
    let isTabbed = file.path.hasSuffix(".tsv") || !line.contains(comma) && line.contains(tab)
    delimiter = isTabbed ? tab : comma
    let end = survey.head.dropFirst(line.count)
    lineEnd =
      end.starts(with: [0x0D, 0x0A]) || end.isEmpty
      ? [0x0D, 0x0A] : Array(end.prefix(1))
  }

  package var name: String { file.path }

  package var isTabbed: Bool { delimiter == UInt8(ascii: "\t") }

  package func reader() -> any TableReader { CSVReader(self) }

  /// Throws if it says that it is UTF-8 and is not, to its end.
  ///
  /// What passes for CP932 is looked at as it is read.
  package func verify() throws(ReadFailure) {
    guard encoding != .cp932, !survey.isUTF8 else { return }
    var reader = CSVReader(self)
    while try reader.next() != nil {}
  }
}
