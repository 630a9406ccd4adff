#include "CLibxml2.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>
#include <string.h>

typedef struct tokki_xml_parser state;

struct tokki_xml_parser {
  tokki_xml_handler handler;
  tokki_xml_limits limits;
  xmlParserCtxtPtr parser; // NULL before the first chunk
  int *namespaces; // declared by each open element
  tokki_xml_attribute *attributes; // of the element that is being reported
  int element_count;
  int depth;
  int namespace_count;
  int error_count;
  bool stopped;
};

static tokki_xml_bytes bytes_of(const xmlChar *string) {
  return (tokki_xml_bytes){string, string ? strlen((const char *)string) : 0};
}

static size_t offset_of(const state *s) {
  long offset = xmlByteConsumed(s->parser);
  return offset < 0 ? 0 : (size_t)offset;
}

static void refuse(state *s, tokki_xml_refusal refusal) {
  if (s->stopped) return;
  s->stopped = true;
  s->handler.refused(s->handler.context, refusal, offset_of(s));
  xmlStopParser(s->parser);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id) {
  (void)name, (void)external_id, (void)system_id;
  refuse(context, TOKKI_XML_DOCTYPE);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
                     const xmlChar **namespaces, int attribute_count, int defaulted_count, const xmlChar **attributes) {
  (void)prefix, (void)namespaces, (void)defaulted_count;
  state *s = context;
  if (s->stopped) return;
  if (++s->element_count > s->limits.elements) return refuse(s, TOKKI_XML_TOO_MANY_ELEMENTS);
  if (s->depth >= s->limits.depth) return refuse(s, TOKKI_XML_TOO_DEEP);
  s->namespaces[s->depth++] = namespace_count;
  s->namespace_count += namespace_count;
  if (s->namespace_count > s->limits.namespaces) return refuse(s, TOKKI_XML_TOO_MANY_NAMESPACES);
  if (attribute_count > s->limits.attributes) return refuse(s, TOKKI_XML_TOO_MANY_ATTRIBUTES);
  tokki_xml_attribute *own = s->attributes;
  for (int i = 0; i < attribute_count; i++) {
    const xmlChar **fields = attributes + 5 * i; // local name, prefix, URI, value start, value end
    own[i].local_name = bytes_of(fields[0]);
    own[i].namespace_uri = bytes_of(fields[2]);
    own[i].value = (tokki_xml_bytes){fields[3], (size_t)(fields[4] - fields[3])};
  }
  s->handler.start_element(s->handler.context, bytes_of(name), bytes_of(uri), own, attribute_count, offset_of(s));
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  (void)prefix, (void)uri;
  state *s = context;
  if (s->stopped) return;
  s->namespace_count -= s->namespaces[--s->depth];
  s->handler.end_element(s->handler.context, bytes_of(name), offset_of(s));
}

// libxml2 reports plain ASCII before it moves behind it, straight from the document, and all other text afterwards.
static size_t end_of(const state *s, const xmlChar *text, int length) {
  const xmlParserInput *input = s->parser->input;
  if (text < input->base || text >= input->end) return offset_of(s);
  return input->consumed + (size_t)(text - input->base) + (size_t)length;
}

static void on_text(void *context, const xmlChar *text, int length) {
  state *s = context;
  if (s->stopped) return;
  s->handler.text(s->handler.context, (tokki_xml_bytes){text, (size_t)length}, end_of(s, text, length));
}

static void on_cdata(void *context, const xmlChar *text, int length) {
  state *s = context;
  if (s->stopped) return;
  s->handler.cdata_section(s->handler.context, (tokki_xml_bytes){text, (size_t)length}, offset_of(s));
}

static void on_instruction(void *context, const xmlChar *target, const xmlChar *data) {
  (void)data;
  state *s = context;
  if (s->stopped) return;
  s->handler.processing_instruction(s->handler.context, bytes_of(target), offset_of(s));
}

// The parameter became const in libxml2 2.12.
#if LIBXML_VERSION >= 21200
static void on_error(void *context, const xmlError *error) {
#else
static void on_error(void *context, xmlErrorPtr error) {
#endif
  state *s = context;
  if (s->stopped || error->level < XML_ERR_ERROR) return;
  s->handler.error(s->handler.context, error->code, offset_of(s));
  if (++s->error_count >= s->limits.errors) {
    s->stopped = true;
    xmlStopParser(s->parser);
  }
}

void tokki_xml_initialize(void) { xmlInitParser(); }

tokki_xml_parser *tokki_xml_create(tokki_xml_limits limits, const tokki_xml_handler *handler) {
  state *s = calloc(1, sizeof *s);
  if (s == NULL) return NULL;
  s->handler = *handler;
  s->limits = limits;
  s->namespaces = calloc((size_t)limits.depth, sizeof *s->namespaces);
  s->attributes = calloc((size_t)limits.attributes, sizeof *s->attributes);
  if (s->namespaces == NULL || s->attributes == NULL) {
    tokki_xml_destroy(s);
    return NULL;
  }
  return s;
}

void tokki_xml_destroy(tokki_xml_parser *s) {
  if (s->parser != NULL) {
    if (s->parser->myDoc != NULL) xmlFreeDoc(s->parser->myDoc);
    xmlFreeParserCtxt(s->parser);
  }
  free(s->namespaces);
  free(s->attributes);
  free(s);
}

static bool prepare(state *s, xmlParserCtxtPtr parser) {
  if (parser == NULL) return false;
  s->parser = parser;
  *parser->sax = (xmlSAXHandler){
      .initialized = XML_SAX2_MAGIC,
      .internalSubset = on_doctype,
      .startElementNs = on_start,
      .endElementNs = on_end,
      .characters = on_text,
      .ignorableWhitespace = on_text,
      .cdataBlock = on_cdata,
      .processingInstruction = on_instruction,
      .serror = on_error,
  };
  parser->userData = s;
  xmlCtxtUseOptions(parser, XML_PARSE_NONET);
  xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
  return true;
}

static bool is_well_formed(const state *s) { return s->parser->wellFormed && !s->stopped && s->error_count == 0; }

bool tokki_xml_feed(tokki_xml_parser *s, tokki_xml_bytes bytes, bool is_last) {
  if (bytes.count > INT32_MAX) return false;
  const char *start = (const char *)bytes.start;
  int count = (int)bytes.count;
  if (s->parser == NULL && is_last) {
    // Given in one piece, since in pieces libxml2 stops at the first error.
    if (!prepare(s, xmlCreateMemoryParserCtxt(start, count))) return false;
    xmlParseDocument(s->parser);
    return is_well_formed(s);
  }
  if (s->parser == NULL) {
    if (!prepare(s, xmlCreatePushParserCtxt(NULL, NULL, NULL, 0, NULL))) return false;
    // Fed in chunks, it takes the mark for text once the encoding has been set.
    if (count >= 3 && memcmp(start, "\xEF\xBB\xBF", 3) == 0) start += 3, count -= 3;
  }
  xmlParseChunk(s->parser, start, count, is_last);
  return is_well_formed(s);
}
