#include "CPreviewPage.h"

#include <CPreviewPageFiles.h>
#include <string.h>

tokki_page_bytes tokki_page_file(const char *name) {
  for (size_t i = 0; i < tokki_embedded_file_count; i++) {
    const tokki_embedded_file *file = &tokki_embedded_files[i];
    if (strcmp(strrchr(file->path, '/') + 1, name) == 0) return (tokki_page_bytes){file->start, file->count};
  }
  return (tokki_page_bytes){NULL, 0};
}
