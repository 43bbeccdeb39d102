#ifndef CSPAWN_H
#define CSPAWN_H
#include <sys/types.h>

/// posix_spawn with default signals, an empty signal mask, every descriptor above 2 closed, and either a session
/// (`session` != 0) or a process group of its own. Returns 0 or an errno.
int csystem_spawn(pid_t *pid, const char *path, char *const arguments[], char *const environment[],
                  const char *directory, int input, int output, int error, int session);

/// A descriptor that becomes readable when the process ends; -1 with errno on failure.
int csystem_pidfd_open(pid_t pid);

/// Reaps the process without blocking. Returns 1 with `status` filled, 0 while it runs, -1 with errno on failure.
int csystem_reap(pid_t pid, int *exited, int *status);

/// A pipe with both ends closed on exec. Returns 0, or -1 with errno.
int csystem_pipe(int ends[2]);
#endif
