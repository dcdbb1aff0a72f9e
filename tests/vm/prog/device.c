/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What /dev/sctrace must refuse, asked of it directly. Prints a line for each thing that is not as it must be. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <uapi/sctrace.h>

#include "must.h"

static int open_device(void)
{
	int fd = open(SCTRACE_DEVICE, O_RDWR | O_CLOEXEC);

	must("open", fd, 0);
	return fd;
}

/* Somebody to trace: our own process is left out. */
static struct sctrace_test somebody = { .key = SCTRACE_KEY_TASK };

static struct sctrace_config good(void)
{
	return (struct sctrace_config) {
		.size = sizeof(struct sctrace_config),
		.scope = SCTRACE_SCOPE_TESTS,
		.ring_bytes = 65536,
		.tests = (unsigned long)&somebody,
		.nr_tests = 1,
	};
}

/* In memory where the answer cannot be put. */
static int configure_readonly(int fd)
{
	struct sctrace_config *c = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int ret, error;

	*c = good();
	mprotect(c, 4096, PROT_READ);
	ret = ioctl(fd, SCTRACE_IOC_CONFIG, c);
	error = errno;
	munmap(c, 4096);
	errno = error;
	return ret;
}

static void config_errors(void)
{
	struct { struct sctrace_config config; __u64 tail; } larger;
	struct sctrace_step step = { .op = SCTRACE_STEP_STRING, .when = SCTRACE_STEP_ENTER, .max = 100 };
	struct sctrace_plan plan = { .nr = 2, .nr_args = 3, .nr_steps = 1 };
	struct sctrace_filter filter = { .size = sizeof(filter), .reserved2 = 1 };
	const struct sctrace_test two[] = { somebody, { .key = SCTRACE_KEY_PID, .group = 1, .high = 1000 } };
	struct sctrace_config c;
	struct sctrace_test nobody = { .key = SCTRACE_KEY_TASK, .low = 4194303 };
	int fd = open_device();

	c = good();
	c.ring_bytes = 65537;
	must("ring size that is no power of two", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EINVAL);
	c.ring_bytes = 32768;
	must("ring too small", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EINVAL);
	c.ring_bytes = 1u << 31;
	must("ring too large", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EINVAL);
	c = good();
	c.watermark = 65536 / 4 + 1;
	must("watermark too high", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EINVAL);
	c = good();
	c.scope = 0;
	must("no scope", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EINVAL);
	c.scope = SCTRACE_SCOPE_DEFAULT | SCTRACE_SCOPE_TESTS;
	must("two scopes", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EINVAL);
	c = good();
	c.tests = (unsigned long)&nobody;
	must("pid of nobody", ioctl(fd, SCTRACE_IOC_CONFIG, &c), ESRCH);
	must("bad_array names the tests", c.bad_array == SCTRACE_BAD_TEST && c.bad_index == 0 ? 0 : -1, 0);
	c = good();
	c.tests = 1;
	must("tests at a bad address", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EFAULT);
	c = good();
	nobody = somebody;
	nobody.reserved = 1;
	c.tests = (unsigned long)&nobody;
	must("reserved field of a test", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EINVAL);
	c = good();
	c.plans = (unsigned long)&plan;
	c.nr_plans = 1;
	must("plan without its step", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EINVAL);
	must("bad_array names the plans", c.bad_array == SCTRACE_BAD_PLAN ? 0 : -1, 0);
	c = good();
	step.max = 5000;
	c.steps = (unsigned long)&step;
	c.nr_steps = 1;
	must("step too long", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EINVAL);
	must("bad_array names the steps", c.bad_array == SCTRACE_BAD_STEP ? 0 : -1, 0);
	c = good();
	c.tests = (unsigned long)two;
	c.nr_tests = 2;
	c.filter = (unsigned long)&filter;
	must("reserved field of a filter", ioctl(fd, SCTRACE_IOC_CONFIG, &c), EINVAL);
	must("bad_array names the filter, and no test", c.bad_array == SCTRACE_BAD_FILTER && !c.bad_index ? 0 : -1, 0);
	larger.config = good();
	larger.config.size = sizeof(larger);
	larger.tail = 1;
	must("unknown field set", ioctl(fd, SCTRACE_IOC_CONFIG, &larger), E2BIG);
	must("nowhere to answer to", configure_readonly(fd), EFAULT);
	must("start before configure", ioctl(fd, SCTRACE_IOC_START), EINVAL);
	must("stop before start", ioctl(fd, SCTRACE_IOC_STOP), EINVAL);
	must("unknown ioctl", ioctl(fd, _IO(SCTRACE_IOC_MAGIC, 99)), ENOTTY);
	larger.tail = 0;
	must("a larger structure with zeros behind", ioctl(fd, SCTRACE_IOC_CONFIG, &larger), 0);
	must("configure twice", ioctl(fd, SCTRACE_IOC_CONFIG, &larger), EBUSY);
	must("start", ioctl(fd, SCTRACE_IOC_START), 0);
	must("start twice", ioctl(fd, SCTRACE_IOC_START), EBUSY);
	must("stop", ioctl(fd, SCTRACE_IOC_STOP), 0);
	must("stop twice", ioctl(fd, SCTRACE_IOC_STOP), 0);
	must("start after stop", ioctl(fd, SCTRACE_IOC_START), EBUSY);
	close(fd);
}

static long map(int fd, size_t length, int prot, int flags, __u64 offset)
{
	void *at = mmap(NULL, length, prot, flags, fd, offset);

	if (at == MAP_FAILED)
		return -1;
	munmap(at, length);
	return 0;
}

static void mapping_errors(void)
{
	const size_t whole = 4096 + 2 * 65536;
	struct sctrace_config c = good();
	int fd = open_device();
	char *at;

	must("map before configure", map(fd, whole, PROT_READ, MAP_SHARED, SCTRACE_MMAP_RING(0)), EINVAL);
	must("configure", ioctl(fd, SCTRACE_IOC_CONFIG, &c), 0);
	must("map the ring", map(fd, whole, PROT_READ, MAP_SHARED, SCTRACE_MMAP_RING(0)), 0);
	must("map the reader's page", map(fd, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, SCTRACE_MMAP_CONS(0)),
	     0);
	must("map the ring writable", map(fd, whole, PROT_READ | PROT_WRITE, MAP_SHARED, SCTRACE_MMAP_RING(0)),
	     EPERM);
	must("map the ring executable", map(fd, whole, PROT_READ | PROT_EXEC, MAP_SHARED, SCTRACE_MMAP_RING(0)), EPERM);
	must("map the reader's page executable", map(fd, 4096, PROT_READ | PROT_EXEC, MAP_SHARED, SCTRACE_MMAP_CONS(0)),
	     EPERM);
	must("map it privately", map(fd, whole, PROT_READ, MAP_PRIVATE, SCTRACE_MMAP_RING(0)), EINVAL);
	must("map too little", map(fd, whole - 4096, PROT_READ, MAP_SHARED, SCTRACE_MMAP_RING(0)), EINVAL);
	must("map too much", map(fd, whole + 4096, PROT_READ, MAP_SHARED, SCTRACE_MMAP_RING(0)), EINVAL);
	must("map a CPU that cannot be", map(fd, whole, PROT_READ, MAP_SHARED, SCTRACE_MMAP_RING(99999)), ENXIO);
	must("map an offset in between", map(fd, whole, PROT_READ, MAP_SHARED, 4096), ENXIO);
	at = mmap(NULL, whole, PROT_READ, MAP_SHARED, fd, SCTRACE_MMAP_RING(0));
	must("make the ring writable later", mprotect(at, whole, PROT_READ | PROT_WRITE), EACCES);
	must("make the ring executable later", mprotect(at, whole, PROT_READ | PROT_EXEC), EACCES);
	must("grow the mapping", mremap(at, whole, whole + 4096, MREMAP_MAYMOVE) == MAP_FAILED ? -1 : 0, EFAULT);
	/* The mapping keeps the session: closing the file first is fine. */
	close(fd);
	if (at[whole - 1] != 0)
		must("an unused ring is zero", -1, 0);
	munmap(at, whole);
}

int main(void)
{
	pid_t pid = fork();

	if (!pid) {
		pause();
		return 0;
	}
	somebody.low = pid;
	config_errors();
	mapping_errors();
	kill(pid, SIGKILL);
	return failures != 0;
}
