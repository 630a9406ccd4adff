// The table behind CPreviewPage.h. It stands apart since SwiftPM compiles a module of Swift again with each object of its own
// dependencies: thus a change to the page is one object and a link.
#ifndef TOKKI_CPREVIEWPAGEFILES_H
#define TOKKI_CPREVIEWPAGEFILES_H

#include <stddef.h>

typedef struct {
  const char *_Nonnull path;
  const unsigned char *_Nonnull start;
  size_t count;
} tokki_embedded_file;

extern const tokki_embedded_file tokki_embedded_files[];
extern const size_t tokki_embedded_file_count;

#endif
