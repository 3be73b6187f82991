/*
 * The clients of the comparison: one thread that keeps many flows busy. Writes one line of key=value.
 *
 *   load MODE ADDRESS PORT FLOWS SECONDS [RATE]
 *
 * MODE   http   GETs on kept connections; with RATE so many a second, timed from when each was due
 *        close  a connection for each GET, which says so
 *        routed GETs on kept connections, of twenty paths, with the cookie that the first answer set
 *        echo   64 bytes there and back on kept connections
 *        short  connect, 64 bytes there and back, close
 *        down   streams from the server, thrown away in the kernel
 *        up     streams to the server
 *        udp    64 bytes there and back; after 200 ms without an answer lost, and sent again
 *        idle   one GET on each flow, then "open" is written and all are held until standard input ends
 *
 * The line: n (answers), seconds, bytes, errors, p50, p99, max (microseconds), busy (share of its processor), open (flows
 * that are open at the end). Flows come from 64 addresses of 127.0.1.0/24, so that ports do not run out. Connects wait:
 * over loopback an accepting server is connected to at once, and one wake-up less is one request more.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum mode { HTTP, CLOSE, ECHO, SHORT, DOWN, UP, UDP, IDLE, ROUTED, MODES };
static const char *const names[MODES] = {"http", "close", "echo", "short", "down", "up", "udp", "idle", "routed"};

enum state { CLOSED, FREE, WAITING, STREAMING };

struct flow {
    int fd;
    enum state state;
    int wanted; /* bytes of the answer, 0 until its head is read */
    int got;
    uint32_t number; /* of the request, which a datagram carries */
    uint64_t since;
    char cookie[256]; /* as it goes back; empty until one is set */
};

#define SECOND 1000000000ull
#define MESSAGE 64
#define CHUNK (1 << 20)
#define LOST_AFTER (SECOND / 5)

static enum mode mode;
static struct sockaddr_in target;
static char request[1024], chunk[CHUNK + 1];
static int request_length;
static struct flow *flows, **spare;
static int flow_count, spare_count, poller;
static uint64_t now, answers, bytes, errors, due, step;

/* Values to one part in 64: 64 cells for each power of two. */
static uint64_t cells[64 * 64], recorded, longest;

static int cell_of(uint64_t value) {
    if (value < 64) {
        return (int)value;
    }
    int power = 63 - __builtin_clzll(value);
    return (power - 5) * 64 + (int)((value >> (power - 6)) & 63);
}

static double micros_of(int cell) {
    int power = cell / 64 + 5;
    return cell < 64 ? cell / 1e3 : (double)((1ull << power) + ((uint64_t)(cell % 64) << (power - 6))) / 1e3;
}

static void record(uint64_t nanos) {
    cells[cell_of(nanos)]++;
    recorded++;
    longest = nanos > longest ? nanos : longest;
}

static double percentile(double share) {
    uint64_t below = (uint64_t)(recorded * share);
    for (int i = 0; i < 64 * 64; i++) {
        if (cells[i] > below) {
            return micros_of(i);
        }
        below -= cells[i];
    }
    return longest / 1e3;
}

static uint64_t clock_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void ask(struct flow *flow, uint64_t since) {
    flow->state = WAITING;
    flow->got = flow->wanted = 0;
    flow->since = since;
    if (mode == UDP) {
        flow->number++;
        memcpy(request, &flow->number, sizeof flow->number);
    } else if (mode == ROUTED) {
        request_length = sprintf(request, "GET /app%d/index.html HTTP/1.1\r\nHost: bench.example\r\nAccept: */*\r\n%s%s%s\r\n",
                                 (int)((flow - flows) % 20), *flow->cookie ? "Cookie: lang=en; " : "", flow->cookie,
                                 *flow->cookie ? "\r\n" : "");
    }
    if (send(flow->fd, request, request_length, MSG_NOSIGNAL) != request_length) {
        errors++;
    }
}

static void open_flow(struct flow *flow) {
    static uint32_t source;
    int on = 1;
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000101u + source++ % 64)};
    uint64_t begun = clock_now();
    flow->fd = socket(AF_INET, mode == UDP ? SOCK_DGRAM : SOCK_STREAM, 0);
    if (mode != UDP) {
        setsockopt(flow->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    }
    if (mode == HTTP || mode == ECHO || mode == IDLE || mode == ROUTED) {
        setsockopt(flow->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    if (flow->fd < 0 || bind(flow->fd, (struct sockaddr *)&from, sizeof from)
        || connect(flow->fd, (struct sockaddr *)&target, sizeof target)) {
        die("connect");
    }
    struct epoll_event event = {.events = mode == UP ? EPOLLOUT : EPOLLIN, .data.ptr = flow};
    if (mode == DOWN || mode == UP) {
        flow->state = STREAMING;
    } else if (step) {
        flow->state = FREE;
        spare[spare_count++] = flow;
    } else {
        ask(flow, begun);
    }
    if (epoll_ctl(poller, EPOLL_CTL_ADD, flow->fd, &event)) {
        die("epoll_ctl");
    }
}

static void close_flow(struct flow *flow) {
    close(flow->fd);
    flow->state = CLOSED;
}

static void answered(struct flow *flow) {
    record(now - flow->since);
    answers++;
    if (mode == CLOSE || mode == SHORT) {
        close_flow(flow);
        open_flow(flow);
    } else if (mode == IDLE || step) {
        flow->state = FREE;
        spare[spare_count++] = flow;
    } else {
        ask(flow, now);
    }
}

/* Length of a whole answer whose head is in the chunk; 0 when it is no good answer. */
static int answer_length(void) {
    char *end = strstr(chunk, "\r\n\r\n");
    char *length = strcasestr(chunk, "\r\ncontent-length:");
    if (!end || !length || length > end || strncmp(chunk, "HTTP/1.1 200", 12)) {
        return 0;
    }
    return (int)(end + 4 - chunk) + atoi(length + 17);
}

static void keep_cookie(struct flow *flow) {
    char *end = strstr(chunk, "\r\n\r\n");
    char *cookie = strcasestr(chunk, "\r\nset-cookie:");
    if (cookie && cookie < end) {
        cookie += 13;
        cookie += strspn(cookie, " ");
        snprintf(flow->cookie, sizeof flow->cookie, "%.*s", (int)strcspn(cookie, ";\r"), cookie);
    }
}

static void failed(struct flow *flow) {
    int was_spare = flow->state == FREE;
    errors++;
    close_flow(flow);
    if (mode != IDLE) {
        open_flow(flow);
        spare_count -= was_spare; /* it stands among the spare ones already */
    }
}

static void receive(struct flow *flow) {
    ssize_t got = recv(flow->fd, chunk, CHUNK, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got <= 0 || flow->state != WAITING) {
        if (mode != UDP) {
            failed(flow);
        } else if (got < 0) {
            errors++;
        }
        return;
    }
    bytes += got;
    if (mode == UDP) {
        if (!memcmp(chunk, &flow->number, sizeof flow->number)) { /* else a late one, counted as lost before */
            answered(flow);
        }
        return;
    }
    if (flow->wanted == 0) {
        chunk[got] = 0;
        flow->wanted = mode == ECHO || mode == SHORT ? MESSAGE : answer_length();
        if (flow->wanted == 0) {
            failed(flow);
            return;
        }
        if (mode == ROUTED) {
            keep_cookie(flow);
        }
    }
    flow->got += got;
    if (flow->got >= flow->wanted) {
        answered(flow);
    }
}

static void stream(struct flow *flow) {
    ssize_t moved = mode == UP ? send(flow->fd, chunk, CHUNK, MSG_NOSIGNAL | MSG_DONTWAIT)
                               : recv(flow->fd, chunk, CHUNK, MSG_TRUNC | MSG_DONTWAIT);
    if (moved > 0) {
        bytes += moved;
    } else if (moved == 0 || errno != EAGAIN) {
        failed(flow);
    }
}

/* Asks what is due by now, as far as flows are free: what is late is timed from when it was due all the same. */
static void ask_due(void) {
    for (now = clock_now(); due <= now && spare_count > 0; due += step) {
        ask(spare[--spare_count], due);
    }
}

static void send_lost_again(void) {
    static uint64_t looked;
    if (now - looked < LOST_AFTER / 2) {
        return;
    }
    looked = now;
    for (int i = 0; i < flow_count; i++) {
        if (now - flows[i].since > LOST_AFTER) {
            errors++;
            ask(&flows[i], now);
        }
    }
}

static int wait_for(struct epoll_event *events, int most) {
    struct timespec patience = {0, 50000000};
    if (step) {
        uint64_t time = clock_now();
        patience.tv_nsec = due <= time ? spare_count ? 0 : 1000000 : due - time > 1000000 ? 1000000 : (long)(due - time);
    }
    return epoll_pwait2(poller, events, most, &patience, NULL);
}

static void turn(void) {
    struct epoll_event events[256];
    int ready = wait_for(events, 256);
    now = clock_now();
    for (int i = 0; i < ready; i++) {
        struct flow *flow = events[i].data.ptr;
        if (flow->state == STREAMING) {
            stream(flow);
        } else if (flow->state != CLOSED) {
            receive(flow);
        }
    }
    if (mode == UDP) {
        send_lost_again();
    }
    if (step) {
        ask_due();
    }
}

/* A few at a time, so that no queue of the server overflows. */
static void hold_open(void) {
    for (int opened = 0; spare_count + (int)errors < flow_count; turn()) {
        while (opened < flow_count && opened - spare_count < 64) {
            open_flow(&flows[opened++]);
        }
    }
    puts("open");
    fflush(stdout);
    for (char end; read(STDIN_FILENO, &end, 1) > 0;) {
    }
    for (int i = 0; i < flow_count; i++) {
        char peek;
        if (flows[i].state == FREE && recv(flows[i].fd, &peek, 1, MSG_PEEK | MSG_DONTWAIT) == 0) {
            flows[i].state = CLOSED;
        }
    }
}

static double processor_seconds(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void report(double seconds, double busy) {
    int open = 0;
    for (int i = 0; i < flow_count; i++) {
        open += flows[i].state != CLOSED;
    }
    printf("n=%lu seconds=%.6f bytes=%lu errors=%lu p50=%.1f p99=%.1f max=%.1f busy=%.3f open=%d\n", answers, seconds,
           bytes, errors, percentile(0.5), percentile(0.99), longest / 1e3, busy, open);
}

int main(int count, char **arguments) {
    struct rlimit files;
    if (count < 6) {
        fprintf(stderr, "usage: load MODE ADDRESS PORT FLOWS SECONDS [RATE]\n");
        return 2;
    }
    while (mode < MODES && strcmp(names[mode], arguments[1])) {
        mode++;
    }
    target = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(arguments[3]))};
    if (mode == MODES || inet_pton(AF_INET, arguments[2], &target.sin_addr) != 1) {
        fprintf(stderr, "no such mode or address\n");
        return 2;
    }
    flow_count = atoi(arguments[4]);
    step = count > 6 ? SECOND / atoi(arguments[6]) : 0;
    flows = calloc(flow_count, sizeof *flows);
    spare = calloc(flow_count, sizeof *spare);
    poller = epoll_create1(0);
    signal(SIGPIPE, SIG_IGN);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    memset(request, 'q', sizeof request);
    request_length = mode == HTTP || mode == CLOSE || mode == IDLE
                         ? sprintf(request, "GET /index.html HTTP/1.1\r\nHost: bench.example\r\nAccept: */*\r\n%s\r\n",
                                   mode == CLOSE ? "Connection: close\r\n" : "")
                         : MESSAGE;
    uint64_t begun = clock_now();
    due = begun;
    double used = processor_seconds();
    if (mode == IDLE) {
        hold_open();
    } else {
        for (int i = 0; i < flow_count; i++) {
            open_flow(&flows[i]);
        }
        uint64_t end = begun + (uint64_t)(atof(arguments[5]) * SECOND);
        due = clock_now();
        while (now < end) {
            turn();
        }
    }
    double seconds = (clock_now() - begun) / 1e9;
    report(seconds, (processor_seconds() - used) / seconds);
    return 0;
}
