import Diagnostics

/// Adds to every diagnostic within an annex which article it concerns.
enum ArticleContext {
  static func attach(to diagnostics: [Diagnostic], annex: NumberedAnnex) -> [Diagnostic] {
    let files = Set(annex.annexes.map(\.location.file))
    return diagnostics.map { diagnostic in
      let file = diagnostic.location.file
      guard diagnostic.context == nil, files.contains(file),
        let index = annex.provisions.lastIndex(where: {
          $0.provision.kind.isNamedInMessages && $0.provision.location.file == file
            && $0.provision.location <= diagnostic.location
            && diagnostic.location <= $0.provision.end
        })
      else { return diagnostic }
      var diagnostic = diagnostic
      diagnostic.context = annex.words(of: Address(index: index, part: nil))
      return diagnostic
    }
  }
}

extension ProvisionKind {
  fileprivate var isNamedInMessages: Bool {
    switch self {
    case .part, .chapter, .article, .supplement, .appendix, .preamble: true
    case .annex, .section, .subsection, .division, .paragraph, .item, .subitem, .text, .note,
      .table:
      false
    }
  }
}
