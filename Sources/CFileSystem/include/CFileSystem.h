// System calls that Swift's Glibc module does not export.
#ifndef TOKKI_CFILESYSTEM_H
#define TOKKI_CFILESYSTEM_H

/// Swaps two paths in one step, as renameat2(2) with RENAME_EXCHANGE. 0, or -1 with errno set.
int tokki_exchange(const char *_Nonnull a, const char *_Nonnull b);

/// Writes out all that is unwritten on the file system of an open file, as syncfs(2). 0, or -1 with errno set.
int tokki_sync_file_system(int descriptor);

/// A new file without a name in a folder, as open(2) with O_TMPFILE. -1 with errno set if that cannot be.
int tokki_open_nameless(const char *_Nonnull folder);

/// Lets freed memory stay with the process, as mallopt(3): blocks of up to 32 MiB, 64 MiB in all.
void tokki_keep_memory(void);

#endif
