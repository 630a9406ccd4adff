#include "CLibxml2.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const tokki_xml_handler *handler;
  tokki_xml_limits limits;
  xmlParserCtxtPtr parser;
  int *namespaces; // declared by each open element
  int depth;
  int namespace_count;
  int error_count;
  bool stopped;
} state;

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
  s->handler->refused(s->handler->context, refusal, offset_of(s));
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
  if (s->depth >= s->limits.depth) return refuse(s, TOKKI_XML_TOO_DEEP);
  s->namespaces[s->depth++] = namespace_count;
  s->namespace_count += namespace_count;
  if (s->namespace_count > s->limits.namespaces) return refuse(s, TOKKI_XML_TOO_MANY_NAMESPACES);
  if (attribute_count > s->limits.attributes) return refuse(s, TOKKI_XML_TOO_MANY_ATTRIBUTES);
  tokki_xml_attribute *own = NULL;
  if (attribute_count > 0) {
    own = malloc((size_t)attribute_count * sizeof *own);
    if (own == NULL) {
      s->stopped = true;
      return xmlStopParser(s->parser);
    }
  }
  for (int i = 0; i < attribute_count; i++) {
    const xmlChar **fields = attributes + 5 * i; // local name, prefix, URI, value start, value end
    own[i].local_name = bytes_of(fields[0]);
    own[i].namespace_uri = bytes_of(fields[2]);
    own[i].value = (tokki_xml_bytes){fields[3], (size_t)(fields[4] - fields[3])};
  }
  s->handler->start_element(s->handler->context, bytes_of(name), bytes_of(uri), own, attribute_count, offset_of(s));
  free(own);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  (void)name, (void)prefix, (void)uri;
  state *s = context;
  if (s->stopped) return;
  s->namespace_count -= s->namespaces[--s->depth];
  s->handler->end_element(s->handler->context, offset_of(s));
}

static void on_text(void *context, const xmlChar *text, int length) {
  state *s = context;
  if (s->stopped) return;
  s->handler->text(s->handler->context, (tokki_xml_bytes){text, (size_t)length}, offset_of(s));
}

static void on_instruction(void *context, const xmlChar *target, const xmlChar *data) {
  (void)data;
  state *s = context;
  if (s->stopped) return;
  s->handler->processing_instruction(s->handler->context, bytes_of(target), offset_of(s));
}

// The parameter became const in libxml2 2.12.
#if LIBXML_VERSION >= 21200
static void on_error(void *context, const xmlError *error) {
#else
static void on_error(void *context, xmlErrorPtr error) {
#endif
  state *s = context;
  if (s->stopped || error->level < XML_ERR_ERROR) return;
  s->handler->error(s->handler->context, error->code, offset_of(s));
  if (++s->error_count >= s->limits.errors) {
    s->stopped = true;
    xmlStopParser(s->parser);
  }
}

void tokki_xml_initialize(void) { xmlInitParser(); }

bool tokki_xml_parse(tokki_xml_bytes bytes, tokki_xml_limits limits, const tokki_xml_handler *handler) {
  if (bytes.count > INT32_MAX) return false;
  xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt((const char *)bytes.start, (int)bytes.count);
  if (parser == NULL) return false;
  state s = {.handler = handler, .limits = limits, .parser = parser};
  s.namespaces = calloc((size_t)limits.depth, sizeof *s.namespaces);
  if (s.namespaces == NULL) {
    xmlFreeParserCtxt(parser);
    return false;
  }

  xmlSAXHandler sax = {
      .initialized = XML_SAX2_MAGIC,
      .internalSubset = on_doctype,
      .startElementNs = on_start,
      .endElementNs = on_end,
      .characters = on_text,
      .ignorableWhitespace = on_text,
      .cdataBlock = on_text,
      .processingInstruction = on_instruction,
      .serror = on_error,
  };
  *parser->sax = sax;
  parser->userData = &s;
  xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOCDATA);
  xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
  xmlParseDocument(parser);

  bool well_formed = parser->wellFormed && !s.stopped && s.error_count == 0;
  if (parser->myDoc != NULL) xmlFreeDoc(parser->myDoc);
  free(s.namespaces);
  xmlFreeParserCtxt(parser);
  return well_formed;
}
