// The files of the preview's page, which are part of the program.
#ifndef TOKKI_CPREVIEWPAGE_H
#define TOKKI_CPREVIEWPAGE_H

#include <stddef.h>

typedef struct {
  const unsigned char *_Nullable start;
  size_t count;
} tokki_page_bytes;

/// What the file at that path below Sources/tokki-preview/Page holds; a null pointer if there is none.
tokki_page_bytes tokki_page_file(const char *_Nonnull path);

#endif
