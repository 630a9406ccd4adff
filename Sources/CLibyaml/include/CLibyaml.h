// Events from libyaml. No libyaml type leaves this header.
#ifndef TOKKI_CLIBYAML_H
#define TOKKI_CLIBYAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

typedef enum {
  TOKKI_YAML_DOCUMENT_START,
  TOKKI_YAML_DOCUMENT_END,
  TOKKI_YAML_MAPPING_START,
  TOKKI_YAML_MAPPING_END,
  TOKKI_YAML_SEQUENCE_START,
  TOKKI_YAML_SEQUENCE_END,
  TOKKI_YAML_SCALAR,
  TOKKI_YAML_ALIAS,
  // What ends the events:
  TOKKI_YAML_STREAM_END,
  TOKKI_YAML_SYNTAX_ERROR,
  TOKKI_YAML_TOO_DEEP,
  TOKKI_YAML_TOO_MANY_EVENTS,
  TOKKI_YAML_OUT_OF_MEMORY,
} tokki_yaml_kind;

// How a scalar is written.
typedef enum {
  TOKKI_YAML_PLAIN,
  TOKKI_YAML_SINGLE_QUOTED,
  TOKKI_YAML_DOUBLE_QUOTED,
  TOKKI_YAML_LITERAL,
  TOKKI_YAML_FOLDED,
} tokki_yaml_style;

typedef struct {
  tokki_yaml_kind kind;
  /// The first byte of what the event stands for, or the byte where an error was noticed.
  size_t offset;
  /// The byte behind it. Of a collection, each event has its own: the opening bracket, the closing one.
  size_t end;
  /// The text of a scalar: UTF-8, valid until the next call.
  const uint8_t *_Nullable text;
  size_t text_count;
  tokki_yaml_style style;
  /// Whether a collection that starts stands in brackets.
  bool is_flow;
  bool has_anchor;
  bool has_tag;
  /// What libyaml says of a syntax error; one of its own constant strings, never part of the input.
  const char *_Nullable problem;
} tokki_yaml_event;

typedef struct {
  size_t depth;   // collections within one another
  size_t events;  // of the whole input
} tokki_yaml_limits;

typedef struct tokki_yaml_parser tokki_yaml_parser;

/// Reads a copy of the bytes, which must be UTF-8 without a byte order mark. NULL if memory ran out.
tokki_yaml_parser *_Nullable tokki_yaml_create(const uint8_t *_Nullable bytes, size_t count, tokki_yaml_limits limits);

/// The next event; after one that ends the events, the same again.
tokki_yaml_event tokki_yaml_next(tokki_yaml_parser *parser);

void tokki_yaml_destroy(tokki_yaml_parser *parser);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
