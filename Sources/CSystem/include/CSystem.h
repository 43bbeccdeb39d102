#ifndef CSYSTEM_H
#define CSYSTEM_H
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/signalfd.h>

#include "CSpawn.h"

/// Opens the pipe that signal handlers write to, once per process. Returns its reading end, or -1 with errno.
int csystem_signal_pipe(void);

/// From now on writes the signal's number to the pipe when it arrives. Returns -1 with errno where the system refuses.
int csystem_watch_signal(int number);

/// Gives the signal its former meaning back.
void csystem_unwatch_signal(int number);

/// Names the calling thread for `top -H` and debuggers; longer names than 15 bytes are cut.
void csystem_name_thread(const char *name);
#endif
