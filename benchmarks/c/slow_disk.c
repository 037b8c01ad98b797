// A disk that takes SLOW_DISK_US microseconds more for each write that is to survive a power cut.
// Preloaded (LD_PRELOAD) into both sides of a comparison: SQLite and PostgreSQL commit by these two calls.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static int slowly(const char *name, int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    const char *extra_us = getenv("SLOW_DISK_US");
    int result = real(file);
    if (extra_us) usleep((useconds_t)atoi(extra_us));
    return result;
}

int fsync(int file) { return slowly("fsync", file); }

int fdatasync(int file) { return slowly("fdatasync", file); }
