/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * badnames: gives everything that has a name one that would change a terminal or break a line: with escape sequences, line
 * ends, bytes that are no UTF-8, quotes: its files and folders, its socket, its memory, its threads, its children, its program
 * and the arguments of that. In a folder that it may write to, which it leaves as it found it.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* A clear screen, a title, a line of its own, C1 controls in Latin-1 and in UTF-8, no UTF-8, an overlong one, half of one. */
static const char bad[] = "x\033[2J\033]0;t\007\n+++ exited with 0 +++\r\t\b\177\233\302\233\377\300\257\"\\',{}<>\303";
/* As much of that as a task's name has room for. */
static const char bad_comm[] = "\033[1m\n\r\177\233\302\233\377\"\\,\303";

static void need(const char *what, long ret)
{
	if (ret >= 0)
		return;
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

static void *thread(void *arg)
{
	char byte;

	prctl(PR_SET_NAME, arg);
	read(-1, &byte, 1);
	return NULL;
}

static void use_socket(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int listening = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0), server;

	/* One in the folder, and one of the kernel's own name space, which may have NULs. */
	snprintf(name.sun_path, sizeof(name.sun_path), "s%s", bad);
	need("bind", bind(listening, (void *)&name, sizeof(name)));
	need("listen", listen(listening, 1));
	need("connect", connect(client, (void *)&name, sizeof(name)));
	server = accept(listening, NULL, NULL);
	write(client, bad, sizeof(bad));
	shutdown(server, SHUT_RDWR);
	unlink(name.sun_path);
	memmove(name.sun_path + 1, name.sun_path, sizeof(name.sun_path) - 1);
	name.sun_path[0] = '\0';
	need("bind to an abstract name", bind(socket(AF_UNIX, SOCK_DGRAM, 0), (void *)&name, sizeof(name)));
}

static void use_files(void)
{
	int file = open(bad, O_CREAT | O_RDWR, 0600), memory = memfd_create(bad, 0);
	struct stat st;

	need("open", file);
	write(file, bad, sizeof(bad));
	fstat(file, &st);
	need("mkdir", mkdir("d\033[3m\n", 0700));
	need("chdir", chdir("d\033[3m\n"));
	need("symlink", symlink(bad, "link"));
	faccessat(AT_FDCWD, bad, F_OK, 0);
	readlinkat(AT_FDCWD, "link", (char [200]) { 0 }, 200);
	fstat(memory, &st);
	mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_SHARED, memory, 0);
	unlink("link");
	need("chdir", chdir(".."));
	rmdir("d\033[3m\n");
	unlink(bad);
}

static void use_child(void)
{
	pid_t pid = fork();

	need("fork", pid);
	if (!pid) {
		prctl(PR_SET_NAME, bad_comm);
		pause();
	}
	kill(pid, 0);
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
}

/* Once more, from a file with such a name, with such arguments. */
static void run_again(void)
{
	static const char program[] = "p\033[5m\n\377";
	char *argv[] = { (char *)bad, (char *)bad, NULL }, *envp[] = { (char *)bad, NULL };
	int from = open("/proc/self/exe", O_RDONLY), to = open(program, O_CREAT | O_WRONLY | O_CLOEXEC, 0700);
	pid_t pid;

	need("copy", to);
	while (sendfile(to, from, NULL, 1 << 20) > 0)
		;
	close(to);
	pid = fork();
	need("fork", pid);
	if (!pid) {
		execve(program, argv, envp);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
	unlink(program);
}

int main(int argc, char **argv)
{
	pthread_t id;

	(void)argv;
	prctl(PR_SET_NAME, bad_comm);
	write(-1, bad, sizeof(bad));
	if (argc > 1)
		return 0;
	need("thread", -pthread_create(&id, NULL, thread, (void *)bad_comm));
	pthread_join(id, NULL);
	use_files();
	use_socket();
	use_child();
	run_again();
	return 0;
}
