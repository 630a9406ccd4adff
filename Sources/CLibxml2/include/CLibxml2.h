// SAX events from libxml2. No libxml2 type leaves this header.
#ifndef TOKKI_CLIBXML2_H
#define TOKKI_CLIBXML2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// A run of UTF-8 bytes that is valid during the callback only.
typedef struct {
  const uint8_t *_Nullable start;
  size_t count;
} tokki_xml_bytes;

typedef struct {
  tokki_xml_bytes local_name;
  tokki_xml_bytes namespace_uri; // empty: none
  tokki_xml_bytes value;
} tokki_xml_attribute;

/// What stops a parse before its end.
typedef enum {
  TOKKI_XML_DOCTYPE,
  TOKKI_XML_TOO_MANY_ELEMENTS,
  TOKKI_XML_TOO_DEEP,
  TOKKI_XML_TOO_MANY_ATTRIBUTES,
  TOKKI_XML_TOO_MANY_NAMESPACES,
} tokki_xml_refusal;

typedef struct {
  int elements;    // of the document
  int depth;       // elements within one another
  int attributes;  // of one element
  int namespaces;  // declarations in force at one place
  int errors;      // reported before the parse stops
} tokki_xml_limits;

/// Offsets count the bytes of the document as given, without a byte order mark if it comes in several pieces.
typedef struct {
  void *_Nullable context;
  /// `offset` is behind the last attribute, before > or />.
  void (*start_element)(void *_Nullable context, tokki_xml_bytes local_name, tokki_xml_bytes namespace_uri,
                        const tokki_xml_attribute *_Nullable attributes, int attribute_count, size_t offset);
  /// `offset` is at or behind the end tag.
  void (*end_element)(void *_Nullable context, tokki_xml_bytes local_name, size_t offset);
  /// `offset` is behind the text, or behind the reference that it stands for.
  void (*text)(void *_Nullable context, tokki_xml_bytes text, size_t offset);
  /// `offset` is behind the section.
  void (*cdata_section)(void *_Nullable context, tokki_xml_bytes text, size_t offset);
  void (*processing_instruction)(void *_Nullable context, tokki_xml_bytes target, size_t offset);
  /// `code` is one of libxml2's xmlParserErrors.
  void (*error)(void *_Nullable context, int code, size_t offset);
  void (*refused)(void *_Nullable context, tokki_xml_refusal refusal, size_t offset);
} tokki_xml_handler;

/// To be called once, before the first parse.
void tokki_xml_initialize(void);

typedef struct tokki_xml_parser tokki_xml_parser;

/// NULL if memory ran out.
tokki_xml_parser *_Nullable tokki_xml_create(tokki_xml_limits limits, const tokki_xml_handler *handler);

/// Parses the next bytes of a UTF-8 document; nothing but `bytes` is read, and nothing is printed.
/// Returns false if the document so far is not well formed, was refused, or memory ran out.
///
/// A document fed in one piece is read to its end and all its errors are reported; one in several pieces must not be fed
/// behind its first error.
bool tokki_xml_feed(tokki_xml_parser *parser, tokki_xml_bytes bytes, bool is_last);

void tokki_xml_destroy(tokki_xml_parser *parser);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
