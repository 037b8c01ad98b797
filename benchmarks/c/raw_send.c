/* The limit that a fan-out is measured against: one C loop of send(), nothing else.
 *
 * raw_send COUNT SIZE RATE SECONDS
 *
 * Prints its port, accepts COUNT WebSockets, waits for a line on stdin, sends RATE messages of SIZE bytes a
 * second to each, and prints one line of JSON.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static unsigned long now_ns(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000UL + t.tv_nsec;
}

static double cpu_s(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static int accept_client(int listener) {
  static const char answer[] =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  char request[4096];
  int fd = accept(listener, 0, 0), one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (read(fd, request, sizeof request) <= 0) exit(1);
  if (write(fd, answer, sizeof answer - 1) < 0) exit(1);
  return fd;
}

static int build(unsigned char *frame, int size) {
  frame[0] = 0x81, frame[1] = 126, frame[2] = size >> 8, frame[3] = size & 255;
  int n = sprintf((char *)frame + 4, "{\"t\":%lu,\"pad\":\"", now_ns(CLOCK_REALTIME));
  memset(frame + 4 + n, 'x', size - n - 2);
  memcpy(frame + 4 + size - 2, "\"}", 2);
  return size + 4;
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  int count = atoi(argv[1]), size = atoi(argv[2]), ticks = 0, *fds = calloc(count, sizeof *fds);
  double rate = atof(argv[3]), seconds = atof(argv[4]);
  struct sockaddr_in here = {.sin_family = AF_INET};
  socklen_t length = sizeof here;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (void *)&here, sizeof here) || listen(listener, 4096)) return 1;
  getsockname(listener, (void *)&here, &length);
  printf("%d\n", ntohs(here.sin_port));
  fflush(stdout);
  for (int i = 0; i < count; i++) fds[i] = accept_client(listener);
  char go[16];
  if (read(0, go, sizeof go) <= 0) return 1;
  unsigned char *frame = malloc(size + 64);
  unsigned long sent = 0, start = now_ns(CLOCK_MONOTONIC);
  double cpu_before = cpu_s();
  for (; (now_ns(CLOCK_MONOTONIC) - start) / 1e9 < seconds;) {
    int n = build(frame, size);
    for (int i = 0; i < count; i++) sent += send(fds[i], frame, n, MSG_DONTWAIT | MSG_NOSIGNAL) == n;
    long rest = (long)(++ticks / rate * 1e9) - (long)(now_ns(CLOCK_MONOTONIC) - start);
    struct timespec pause = {rest / 1000000000L, rest % 1000000000L};
    if (rest > 0) nanosleep(&pause, 0);
  }
  printf("{\"ticks\":%d,\"sent\":%lu,\"cpu_s\":%.4f}\n", ticks, sent, cpu_s() - cpu_before);
  fflush(stdout);
  return read(0, go, sizeof go) < 0;
}
