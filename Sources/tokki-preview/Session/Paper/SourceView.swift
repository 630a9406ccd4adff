/// What a paper is made of and made into, as text for those who keep templates.
enum SourceView: String {
  case html, docbook
  /// The program that prints it.
  case listing
}
