import Diagnostics

/// Adds to every diagnostic within the annex which article it concerns.
enum ArticleContext {
  static func attach(to diagnostics: [Diagnostic], annex: NumberedAnnex, file: String)
    -> [Diagnostic]
  {
    diagnostics.map { diagnostic in
      guard diagnostic.context == nil, diagnostic.location.file == file,
        let index = annex.provisions.lastIndex(where: {
          $0.provision.kind.isNamedInMessages && $0.provision.location <= diagnostic.location
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
    case .chapter, .article, .supplement, .appendix, .preamble: true
    case .section, .paragraph, .item, .subitem, .text, .note, .table: false
    }
  }
}
