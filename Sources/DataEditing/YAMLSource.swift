import DataFiles
import TemplateRuntime

/// Takes YAML apart that the reader has read without a complaint.
struct YAMLSource: ~Copyable {
  private var events: YAMLEvents

  /// The document's only node; nil for a file without one.
  static func root(of text: [UInt8], limits: DataLimits) throws(NotEditable) -> SourceNode? {
    guard let events = YAMLEvents(text, limits: limits) else { throw NotEditable() }
    var source = YAMLSource(events: events)
    return try source.document()
  }

  private init(events: consuming YAMLEvents) {
    self.events = events
  }

  private mutating func document() throws(NotEditable) -> SourceNode? {
    while true {
      let event = events.next()
      switch event.kind {
      case .documentStart: continue
      case .streamEnd: return nil
      case .mappingStart, .sequenceStart, .scalar: return try node(event)
      case .documentEnd, .mappingEnd, .sequenceEnd, .alias, .syntaxError, .tooDeep, .tooManyEvents,
        .outOfMemory:
        throw NotEditable()
      }
    }
  }

  private mutating func node(_ event: YAMLEvents.Event) throws(NotEditable) -> SourceNode {
    switch event.kind {
    case .scalar(let bytes, let style):
      return style == .plain && YAMLReader.standsForNothing(bytes)
        ? SourceNode(.absent, event.offset..<event.end)
        : SourceNode(.scalar(bytes, style), event.offset..<event.end)
    case .mappingStart(let isFlow):
      var entries: [SourceNode.Entry] = []
      while true {
        let key = events.next()
        if case .mappingEnd = key.kind {
          return SourceNode(
            .mapping(entries),
            event.offset..<max(event.offset, key.end),
            isFlow: isFlow
          )
        }
        guard case .scalar(let name, _) = key.kind else { throw NotEditable() }
        entries.append(
          SourceNode.Entry(
            key: String(decoding: name, as: UTF8.self),
            keySpan: key.offset..<key.end,
            value: try node(events.next())
          )
        )
      }
    case .sequenceStart(let isFlow):
      var items: [SourceNode] = []
      while true {
        let item = events.next()
        if case .sequenceEnd = item.kind {
          return SourceNode(
            .sequence(items),
            event.offset..<max(event.offset, item.end),
            isFlow: isFlow
          )
        }
        items.append(try node(item))
      }
    case .documentStart, .documentEnd, .mappingEnd, .sequenceEnd, .alias, .streamEnd, .syntaxError,
      .tooDeep, .tooManyEvents, .outOfMemory:
      throw NotEditable()
    }
  }
}
