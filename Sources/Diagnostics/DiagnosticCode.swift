/// Every kind of diagnostic.
///
/// The raw value is the stable name that reports, tests and other programs use.
package enum DiagnosticCode: String, CaseIterable, Sendable {
  // Files
  case fileUnreadable = "file-unreadable"
  case fileTooLarge = "file-too-large"
  case furtherMistakes = "further-mistakes"

  // Markup
  case invalidEncoding = "invalid-encoding"
  case doctypeRefused = "doctype-refused"
  case processingInstructionRefused = "processing-instruction-refused"
  case notWellFormed = "not-well-formed"
  case tooManyElements = "too-many-elements"
  case nestingTooDeep = "nesting-too-deep"
  case tooManyAttributes = "too-many-attributes"
  case tooManyNamespaces = "too-many-namespaces"

  // Template language
  case foreignNamespace = "foreign-namespace"
  case unknownElement = "unknown-element"
  case unknownAttribute = "unknown-attribute"
  case missingAttribute = "missing-attribute"
  case invalidAttribute = "invalid-attribute"
  case misplacedText = "misplaced-text"
  case missingElement = "missing-element"
  case repeatedElement = "repeated-element"
  case invalidHole = "invalid-hole"
  case invalidCondition = "invalid-condition"
  case invalidLoop = "invalid-loop"
  case misplacedPart = "misplaced-part"
  case emptyElement = "empty-element"

  // Names
  case duplicateName = "duplicate-name"
  case unknownField = "unknown-field"
  case unknownFilter = "unknown-filter"
  case filterMismatch = "filter-mismatch"
  case typeMismatch = "type-mismatch"
  case unknownForm = "unknown-form"
  case unknownPaper = "unknown-paper"
  case unknownOccasion = "unknown-occasion"
  case unknownFragment = "unknown-fragment"
  case fragmentMismatch = "fragment-mismatch"
  case circularFragment = "circular-fragment"
  case invalidFormula = "invalid-formula"
  case circularFormula = "circular-formula"
  case derivedValueGiven = "derived-value-given"
  case derivedOutOfRange = "derived-out-of-range"
  case unknownWord = "unknown-word"
  case unusedName = "unused-name"
  case unprintedField = "unprinted-field"
  case repealedInstrument = "repealed-instrument"
  case unprintedSlot = "unprinted-slot"

  // Law
  case danglingReference = "dangling-reference"
  case typedReference = "typed-reference"
  case falseReference = "false-reference"
  case referenceMoved = "reference-moved"
  case conditionalTarget = "conditional-target"
  case contractConditionInAnnex = "contract-condition-in-annex"
  case typedLabel = "typed-label"
  case typedSpace = "typed-space"
  case unbalancedBrackets = "unbalanced-brackets"
  case untaggedTerm = "untagged-term"
  case duplicateTerm = "duplicate-term"
  case unusedTerm = "unused-term"
  case unansweredRequirement = "unanswered-requirement"
  case conditionalAnswer = "conditional-answer"
  case officeAnswer = "office-answer"
  case optionalAnswer = "optional-answer"
  case openListWithoutField = "open-list-without-field"
  case textDiffers = "text-differs"
  case textMissing = "text-missing"
  case textAdded = "text-added"
  case textMoved = "text-moved"
  case widthDiffers = "width-differs"
  case beyondNumbering = "beyond-numbering"
  case columnMismatch = "column-mismatch"

  // Import
  case noProvisions = "no-provisions"
  case uncertainTitle = "uncertain-title"
  case numberOutOfOrder = "number-out-of-order"
  case unnumberedLine = "unnumbered-line"
  case omittedLine = "omitted-line"
  case emptyProvision = "empty-provision"
  case notExpressible = "not-expressible"
  case unresolvedReference = "unresolved-reference"

  // Style
  case refusedStyle = "refused-style"
  case invalidStyle = "invalid-style"

  // Editions
  case circularExtends = "circular-extends"
  case editionTooLarge = "edition-too-large"
  case unknownTarget = "unknown-target"
  case absentProvision = "absent-provision"
  case missingSlot = "missing-slot"
  case invalidSlot = "invalid-slot"

  // Data
  case dataSyntax = "data-syntax"
  case dataAlias = "data-alias"
  case dataTag = "data-tag"
  case severalDocuments = "several-documents"
  case duplicateKey = "duplicate-key"
  case unknownDataField = "unknown-data-field"
  case wrongType = "wrong-type"
  case impossibleDate = "impossible-date"
  case malformedValue = "malformed-value"
  case wrongCheckDigit = "wrong-check-digit"
  case outOfRange = "out-of-range"
  case placeholder
  case lineBreak = "line-break"
  case choiceNotOffered = "choice-not-offered"
  case wordNotAllowed = "word-not-allowed"
  case listTooLong = "list-too-long"
  case forbiddenCharacter = "forbidden-character"
  case outsideRepertoire = "outside-repertoire"
  case missingValue = "missing-value"
  case ruleViolated = "rule-violated"
  case unknownVendor = "unknown-vendor"
  case duplicateVendor = "duplicate-vendor"
  case outsideEditionWindow = "outside-edition-window"

  // Rosters
  case unsupportedFile = "unsupported-file"
  case headerNotFound = "header-not-found"
  case unknownHeader = "unknown-header"
  case ambiguousHeader = "ambiguous-header"
  case duplicateHeader = "duplicate-header"
  case keyColumnMissing = "key-column-missing"
  case titleRows = "title-rows"
  case totalRow = "total-row"
  case footnoteRow = "footnote-row"
  case repeatedHeaderRow = "repeated-header-row"
  case hiddenRow = "hidden-row"
  case malformedRow = "malformed-row"
  case rowTooWide = "row-too-wide"
  case keyMissing = "key-missing"
  case duplicateRow = "duplicate-row"
  case contractDiffers = "contract-differs"
  case otherContract = "other-contract"
  case unknownSheet = "unknown-sheet"
  case joinedSheet = "joined-sheet"
  case unmatchedRow = "unmatched-row"
  case cellError = "cell-error"
  case damagedCell = "damaged-cell"
  case dayNumber = "day-number"
  case lostCharacter = "lost-character"
  case workbookDamaged = "workbook-damaged"
  case workbookTooLarge = "workbook-too-large"
  case mergedCells = "merged-cells"

  // Packets
  case folderName = "folder-name"
  case folderOccupied = "folder-occupied"
  case outputNotWritten = "output-not-written"
  case unknownDocument = "unknown-document"
  case manifestDamaged = "manifest-damaged"
  case fileAdded = "file-added"
  case fileRemoved = "file-removed"
  case fileChanged = "file-changed"

  // Runs
  case packetAdded = "packet-added"
  case packetRemoved = "packet-removed"
  case packetChanged = "packet-changed"
  case notPrintable = "not-printable"
}

extension DiagnosticCode {
  /// Whether papers that are made in spite of it may be wrong, or lacking; not what only says how a list was read.
  package var concernsPapers: Bool {
    switch self {
    case .titleRows, .totalRow, .footnoteRow, .repeatedHeaderRow, .hiddenRow, .joinedSheet,
      .unknownSheet, .unsupportedFile, .fileTooLarge:
      false
    case _: true
    }
  }

  /// Whether it may be no more than what follows from another mistake of an edition: a name that nothing declares.
  var mayFollow: Bool {
    switch self {
    case .unknownField, .unknownForm, .unknownPaper, .danglingReference, .unansweredRequirement,
      .conditionalAnswer, .officeAnswer, .optionalAnswer, .unusedName:
      true
    case _: false
    }
  }
}
