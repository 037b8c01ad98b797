/* A crowd of WebSocket clients in one process, cheap enough to leave the server the bottleneck.
 *
 * crowd PORT HOW PATH COUNT DEAD DEFLATE STAMP
 *   HOW      open: GET PATH as a WebSocket at once; enter: POST PATH first, then open with the ticket and join
 *   DEAD     how many more clients to open that never read again
 *   DEFLATE  1 to offer permessage-deflate
 *   STAMP    the text before a time in a message: nanoseconds or milliseconds since 1970
 *
 * It reads once a millisecond at most: viewers' machines pay for waking up themselves, and so many readers in
 * one process would otherwise fall asleep and be woken, at the server's cost, thousands of times a second.
 *
 * Prints "ready" when all are in. Reads commands from stdin: "begin" counts from here, "count" prints the
 * figures as one line of JSON. Ends when stdin closes.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_STAMPS 8000000
#define STDIN_MARK 0xffffffffu
#define STAMP_SEARCH 512
#define READ_EVERY_NS 1000000

typedef struct {
  int fd;
  unsigned char *data;
  size_t size, capacity;
  unsigned long frames, events;
} Client;

static int port, deflate;
static const char *stamp;
static Client *clients;
static unsigned count;
static unsigned long frames, bytes, closed;
static unsigned *late_us;
static size_t stamps;

static unsigned long now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return t.tv_sec * 1000000000UL + t.tv_nsec;
}

static void fail(const char *what) {
  fprintf(stderr, "crowd: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void send_all(int fd, const void *data, size_t size) {
  if (send(fd, data, size, MSG_NOSIGNAL) != (ssize_t)size) fail("send");
}

static void send_frame(int fd, int opcode, const unsigned char *payload, size_t size) {
  unsigned char frame[256] = {0x80 | opcode, 0x80 | size}; /* mask 0: the payload stays readable */
  if (size > 125) return;
  memcpy(frame + 6, payload, size);
  if (send(fd, frame, size + 6, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) return;
}

/* Reads up to the end of an HTTP answer's head, byte by byte: what follows belongs to the next reader. */
static void read_head(int fd, char *head, size_t room) {
  for (size_t n = 0; n + 1 < room;) {
    if (read(fd, head + n, 1) != 1) fail("the server hung up");
    head[++n] = 0;
    if (n >= 4 && !memcmp(head + n - 4, "\r\n\r\n", 4)) return;
  }
  fail("an endless answer");
}

static void copy_text(const char *body, const char *name, char *to, size_t room) {
  char *at = strstr(body, name);
  if (!at) fail(body);
  at += strlen(name);
  size_t n = strcspn(at, "\"");
  if (n >= room) fail(name);
  memcpy(to, at, n);
  to[n] = 0;
}

static void enter(int fd, const char *path, char *socket_path, size_t room) {
  char text[4096], body[8192], ticket[512], base[256];
  int n = snprintf(text, sizeof text,
                   "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 0\r\n\r\n", path, port);
  send_all(fd, text, n);
  read_head(fd, text, sizeof text);
  char *length = strcasestr(text, "content-length:");
  size_t size = length ? strtoul(length + 15, 0, 10) : 0, got = 0;
  if (!size || size >= sizeof body || !strstr(text, " 200 ")) fail(text);
  while (got < size) {
    ssize_t part = read(fd, body + got, size - got);
    if (part <= 0) fail("the server hung up");
    got += part;
  }
  body[size] = 0;
  copy_text(body, "\"ticket\":\"", ticket, sizeof ticket);
  copy_text(body, "\"socket_path\":\"", base, sizeof base);
  snprintf(socket_path, room, "%s?ticket=%s", base, ticket);
}

static int open_client(const char *how, const char *path, int receive_buffer) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (receive_buffer) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  if (connect(fd, (void *)&to, sizeof to) < 0) fail("connect");
  char socket_path[1024], request[2048], head[4096];
  int joins = !strcmp(how, "enter");
  if (joins) enter(fd, path, socket_path, sizeof socket_path);
  int n = snprintf(request, sizeof request,
                   "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                   "Origin: http://127.0.0.1:%d\r\n%s\r\n",
                   joins ? socket_path : path, port, port,
                   deflate ? "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n" : "");
  send_all(fd, request, n);
  read_head(fd, head, sizeof head);
  if (!strstr(head, " 101 ")) fail(head);
  if (joins) {
    const char *join = "{\"type\":\"join\",\"epoch\":\"\",\"seq\":0}";
    send_frame(fd, 1, (const unsigned char *)join, strlen(join));
  }
  return fd;
}

static void take_text(Client *c, unsigned char *head, unsigned char *payload, size_t size, unsigned long now) {
  frames++, c->frames++, bytes += size;
  if (head[0] & 0x40) return; /* compressed: counted, not read */
  unsigned char *at = memmem(payload, size < STAMP_SEARCH ? size : STAMP_SEARCH, stamp, strlen(stamp));
  if (!at || stamps == MAX_STAMPS) return;
  unsigned long sent = strtoul((char *)at + strlen(stamp), 0, 10);
  if (sent < 100000000000000UL) sent *= 1000000;
  late_us[stamps++] = now > sent ? (now - sent) / 1000 : 0;
}

static void take_frames(Client *c, unsigned long now) {
  size_t off = 0;
  while (c->size - off >= 2) {
    unsigned char *b = c->data + off;
    size_t n = b[1] & 127, head = 2;
    if (n == 126) {
      if (c->size - off < 4) break;
      n = b[2] << 8 | b[3], head = 4;
    } else if (n == 127) {
      if (c->size - off < 10) break;
      n = 0, head = 10;
      for (int i = 0; i < 8; i++) n = n << 8 | b[2 + i];
    }
    if (c->size - off < head + n) break;
    int opcode = b[0] & 15;
    if (opcode == 1) take_text(c, b, b + head, n, now);
    if (opcode == 9) send_frame(c->fd, 10, b + head, n);
    off += head + n;
  }
  memmove(c->data, c->data + off, c->size - off);
  c->size -= off;
}

/* Returns 0 when the server hung up. */
static int read_client(Client *c) {
  for (;;) {
    if (c->capacity - c->size < 16384) {
      c->capacity = c->capacity ? 2 * c->capacity : 32768;
      c->data = realloc(c->data, c->capacity);
    }
    size_t space = c->capacity - c->size;
    ssize_t n = recv(c->fd, c->data + c->size, space, MSG_DONTWAIT);
    if (n <= 0) return n < 0 && errno == EAGAIN;
    c->size += n;
    take_frames(c, now_ns());
    if ((size_t)n < space) return 1;
  }
}

static int by_size(const void *a, const void *b) {
  unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
  return x < y ? -1 : x > y;
}

static void begin(void) {
  frames = bytes = 0, stamps = 0;
  for (unsigned i = 0; i < count; i++) clients[i].frames = 0;
}

static void tell(void) {
  unsigned long least = ~0UL, most = 0;
  for (unsigned i = 0; i < count; i++) {
    if (clients[i].frames < least) least = clients[i].frames;
    if (clients[i].frames > most) most = clients[i].frames;
  }
  qsort(late_us, stamps, sizeof *late_us, by_size);
#define AT(part) (stamps ? late_us[(size_t)((stamps - 1) * (part))] / 1e3 : 0.0)
  printf("{\"clients\":%u,\"closed\":%lu,\"frames\":%lu,\"bytes\":%lu,\"least\":%lu,\"most\":%lu,"
         "\"stamps\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}\n",
         count, closed, frames, bytes, least, most, stamps, AT(0.5), AT(0.99), AT(1.0));
  fflush(stdout);
}

/* Returns 0 when stdin was closed. */
static int obey(void) {
  char words[256];
  ssize_t n = read(0, words, sizeof words - 1);
  if (n <= 0) return 0;
  words[n] = 0;
  if (strstr(words, "begin")) begin();
  if (strstr(words, "count")) tell();
  return 1;
}

/* Reads what has come; returns 0 when stdin was closed. */
static int pump(int poll, int timeout_ms) {
  struct epoll_event events[4096];
  int n = epoll_wait(poll, events, 4096, timeout_ms);
  for (int i = 0; i < n; i++) {
    if (events[i].data.u32 == STDIN_MARK) {
      if (!obey()) return 0;
      continue;
    }
    Client *c = &clients[events[i].data.u32];
    if (read_client(c)) continue;
    epoll_ctl(poll, EPOLL_CTL_DEL, c->fd, 0);
    close(c->fd);
    closed++;
  }
  return 1;
}

int main(int argc, char **argv) {
  if (argc != 8) return fprintf(stderr, "usage: crowd PORT HOW PATH COUNT DEAD DEFLATE STAMP\n"), 2;
  port = atoi(argv[1]), count = atoi(argv[4]), deflate = atoi(argv[6]), stamp = argv[7];
  clients = calloc(count, sizeof *clients);
  late_us = malloc(MAX_STAMPS * sizeof *late_us);
  int poll = epoll_create1(0);
  for (int i = 0; i < atoi(argv[5]); i++) open_client(argv[2], argv[3], 4096);
  for (unsigned i = 0; i < count; i++) {
    clients[i].fd = open_client(argv[2], argv[3], 0);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    epoll_ctl(poll, EPOLL_CTL_ADD, clients[i].fd, &event);
    pump(poll, 0); /* who is in hears of who comes, and must not fall behind */
  }
  struct epoll_event from_driver = {.events = EPOLLIN, .data.u32 = STDIN_MARK};
  epoll_ctl(poll, EPOLL_CTL_ADD, 0, &from_driver);
  puts("ready");
  fflush(stdout);
  struct timespec pause = {0, READ_EVERY_NS};
  while (pump(poll, -1)) nanosleep(&pause, 0);
  return 0;
}
