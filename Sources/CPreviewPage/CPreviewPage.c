#include "CPreviewPage.h"

#include <CPreviewPageFiles.h>
#include <string.h>

// What stands before a file's path in the table.
static const char folder[] = "../tokki-preview/Page/";

tokki_page_bytes tokki_page_file(const char *path) {
  for (size_t i = 0; i < tokki_embedded_file_count; i++) {
    const tokki_embedded_file *file = &tokki_embedded_files[i];
    if (strcmp(file->path + sizeof folder - 1, path) == 0) return (tokki_page_bytes){file->start, file->count};
  }
  return (tokki_page_bytes){NULL, 0};
}
