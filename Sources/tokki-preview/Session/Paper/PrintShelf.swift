/// Pages that wait for the browser to fetch and print them; of many, the last few.
struct PrintShelf {
  private static let places = 4

  private var pages: [(key: Int, page: [UInt8])] = []
  private var next = 1

  /// The key under which the page can be fetched.
  mutating func put(_ page: [UInt8]) -> Int {
    defer { next += 1 }
    pages.append((next, page))
    if pages.count > Self.places { pages.removeFirst() }
    return next
  }

  subscript(key: Int) -> [UInt8]? { pages.first { $0.key == key }?.page }
}
