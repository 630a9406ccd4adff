#include "CLibyaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct tokki_yaml_parser {
  yaml_parser_t parser;
  yaml_event_t event;
  tokki_yaml_limits limits;
  tokki_yaml_event last;
  bool ended;
  size_t depth;
  size_t events;
  uint8_t *bytes;
  size_t count;
  // libyaml counts characters; a cursor that mostly moves forward turns them into bytes.
  size_t cursor_character;
  size_t cursor_offset;
};

static size_t offset_of(tokki_yaml_parser *p, size_t character) {
  if (character < p->cursor_character) p->cursor_character = p->cursor_offset = 0;
  while (p->cursor_character < character && p->cursor_offset < p->count) {
    do p->cursor_offset++;
    while (p->cursor_offset < p->count && (p->bytes[p->cursor_offset] & 0xC0) == 0x80);
    p->cursor_character++;
  }
  return p->cursor_offset;
}

tokki_yaml_parser *tokki_yaml_create(const uint8_t *bytes, size_t count, tokki_yaml_limits limits) {
  tokki_yaml_parser *p = calloc(1, sizeof *p);
  if (p == NULL) return NULL;
  p->limits = limits;
  p->count = count;
  p->bytes = malloc(count > 0 ? count : 1);
  if (p->bytes == NULL || !yaml_parser_initialize(&p->parser)) {
    free(p->bytes);
    free(p);
    return NULL;
  }
  if (count > 0) memcpy(p->bytes, bytes, count);
  yaml_parser_set_encoding(&p->parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&p->parser, p->bytes, count);
  return p;
}

void tokki_yaml_destroy(tokki_yaml_parser *p) {
  yaml_event_delete(&p->event);
  yaml_parser_delete(&p->parser);
  free(p->bytes);
  free(p);
}

static tokki_yaml_event end(tokki_yaml_parser *p, tokki_yaml_kind kind, size_t offset) {
  p->ended = true;
  p->last = (tokki_yaml_event){.kind = kind, .offset = offset, .end = offset};
  return p->last;
}

static tokki_yaml_style style_of(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return TOKKI_YAML_SINGLE_QUOTED;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return TOKKI_YAML_DOUBLE_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE:
      return TOKKI_YAML_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE:
      return TOKKI_YAML_FOLDED;
    case YAML_ANY_SCALAR_STYLE:
    case YAML_PLAIN_SCALAR_STYLE:
      break;
  }
  return TOKKI_YAML_PLAIN;
}

static tokki_yaml_event failure(tokki_yaml_parser *p) {
  switch (p->parser.error) {
    case YAML_MEMORY_ERROR:
      return end(p, TOKKI_YAML_OUT_OF_MEMORY, 0);
    case YAML_READER_ERROR:
      end(p, TOKKI_YAML_SYNTAX_ERROR, p->parser.problem_offset);
      break;
    default: {
      // A quote left open is noticed at the end of the file, but to be put right where it was opened.
      bool is_open = p->parser.context != NULL && strcmp(p->parser.problem, "found unexpected end of stream") == 0;
      yaml_mark_t mark = is_open ? p->parser.context_mark : p->parser.problem_mark;
      end(p, TOKKI_YAML_SYNTAX_ERROR, offset_of(p, mark.index));
    }
  }
  p->last.problem = p->parser.problem;
  return p->last;
}

static tokki_yaml_event open(tokki_yaml_parser *p, tokki_yaml_event event) {
  if (p->depth >= p->limits.depth) return end(p, TOKKI_YAML_TOO_DEEP, event.offset);
  p->depth++;
  return event;
}

static tokki_yaml_event close(tokki_yaml_parser *p, tokki_yaml_event event) {
  p->depth--;
  return event;
}

tokki_yaml_event tokki_yaml_next(tokki_yaml_parser *p) {
  if (p->ended) return p->last;
  for (;;) {
    yaml_event_delete(&p->event);
    if (!yaml_parser_parse(&p->parser, &p->event)) return failure(p);
    size_t offset = offset_of(p, p->event.start_mark.index);
    if (p->events++ >= p->limits.events) return end(p, TOKKI_YAML_TOO_MANY_EVENTS, offset);
    size_t end_offset = offset_of(p, p->event.end_mark.index);
    tokki_yaml_event event = {.offset = offset, .end = end_offset};
    switch (p->event.type) {
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
        continue;
      case YAML_STREAM_END_EVENT:
        return end(p, TOKKI_YAML_STREAM_END, offset);
      case YAML_DOCUMENT_START_EVENT:
        event.kind = TOKKI_YAML_DOCUMENT_START;
        return event;
      case YAML_DOCUMENT_END_EVENT:
        event.kind = TOKKI_YAML_DOCUMENT_END;
        return event;
      case YAML_ALIAS_EVENT:
        event.kind = TOKKI_YAML_ALIAS;
        return event;
      case YAML_MAPPING_START_EVENT:
        event.kind = TOKKI_YAML_MAPPING_START;
        event.has_anchor = p->event.data.mapping_start.anchor != NULL;
        event.has_tag = p->event.data.mapping_start.tag != NULL;
        event.is_flow = p->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
        return open(p, event);
      case YAML_SEQUENCE_START_EVENT:
        event.kind = TOKKI_YAML_SEQUENCE_START;
        event.has_anchor = p->event.data.sequence_start.anchor != NULL;
        event.has_tag = p->event.data.sequence_start.tag != NULL;
        event.is_flow = p->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
        return open(p, event);
      case YAML_MAPPING_END_EVENT:
        event.kind = TOKKI_YAML_MAPPING_END;
        return close(p, event);
      case YAML_SEQUENCE_END_EVENT:
        event.kind = TOKKI_YAML_SEQUENCE_END;
        return close(p, event);
      case YAML_SCALAR_EVENT:
        event.kind = TOKKI_YAML_SCALAR;
        event.text = p->event.data.scalar.value;
        event.text_count = p->event.data.scalar.length;
        event.style = style_of(p->event.data.scalar.style);
        event.has_anchor = p->event.data.scalar.anchor != NULL;
        event.has_tag = p->event.data.scalar.tag != NULL;
        return event;
    }
  }
}
