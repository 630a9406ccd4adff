import Diagnostics

/// Adds to every diagnostic within the annex which article it concerns.
enum ArticleContext {
  static func attach(to diagnostics: [Diagnostic], annex: NumberedAnnex, file: String)
    -> [Diagnostic]
  {
    diagnostics.map { diagnostic in
      guard diagnostic.context == nil, diagnostic.location.file == file,
        let index = annex.annex.articles.firstIndex(where: {
          $0.location <= diagnostic.location && diagnostic.location <= $0.end
        })
      else { return diagnostic }
      var diagnostic = diagnostic
      diagnostic.context = annex.articleLabels[index]
      return diagnostic
    }
  }
}
