// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests of ioctl(2) on their structs, for devices that need not be there: with `run -r ioctl` each is taken to have
 * filled in what lies there already.
 */
#include <asm/ioctls.h>
#include <linux/btrfs.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/hdreg.h>
#include <linux/if.h>
#include <linux/input.h>
#include <linux/kd.h>
#include <linux/kvm.h>
#include <linux/loop.h>
#include <linux/nbd.h>
#include <linux/perf_event.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <linux/userfaultfd.h>
#include <linux/watchdog.h>
#include <scsi/sg.h>

#include "calls.h"

/* On what is there, and on what is not. */
static void on(void *bytes, const unsigned int *requests, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		call(ioctl, NO_FD, requests[i], bytes);
		call(ioctl, NO_FD, requests[i], NULL);
		call(ioctl, NO_FD, requests[i], BAD);
		call(ioctl, NO_FD, requests[i], edge() - 3);
	}
}

/* On zeroes, on small numbers, and on all bits. */
static void on_all(const unsigned int *requests, unsigned int n)
{
	static unsigned char bytes[8192] __attribute__((aligned(4096)));
	unsigned int i;

	memset(bytes, 0, sizeof(bytes));
	on(bytes, requests, n);
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = i % 4 == 0;
	on(bytes, requests, n);
	memset(bytes, 0xff, sizeof(bytes));
	on(bytes, requests, n);
}

static void terminal(void)
{
	static const unsigned int requests[] = {
		TCGETS, TCSETS, TCSETSW, TCSETSF, TCGETA, TCSETA, TIOCGLCKTRMIOS, TIOCGWINSZ, TIOCSWINSZ, TIOCMGET, TIOCMSET,
		TIOCSTI, FIONREAD, FIONBIO, FIOASYNC, FIOCLEX, TIOCGPGRP, TIOCSPGRP, TIOCGSID, TIOCPKT, TCFLSH, TCXONC, TCSBRK,
		TIOCSCTTY, TIOCGPTN, TIOCSPTLCK,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void console(void)
{
	static const unsigned int requests[] = {
		KDGKBTYPE, KDGETMODE, KDSETMODE, KDGETLED, KDMKTONE, KIOCSOUND,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void block(void)
{
	static const unsigned int requests[] = {
		BLKROSET, BLKROGET, BLKGETSIZE, BLKGETSIZE64, BLKSSZGET, BLKPBSZGET, BLKIOMIN, BLKALIGNOFF, BLKROTATIONAL, BLKRAGET,
		BLKRASET, BLKDISCARD, BLKSECDISCARD, BLKZEROOUT, BLKRRPART, BLKFLSBUF, BLKBSZGET, BLKBSZSET, HDIO_GETGEO,
		HDIO_GET_32BIT, SG_GET_VERSION_NUM, SG_SET_TIMEOUT,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void loop(void)
{
	static const unsigned int requests[] = {
		LOOP_SET_FD, LOOP_CLR_FD, LOOP_SET_STATUS, LOOP_GET_STATUS, LOOP_SET_STATUS64, LOOP_GET_STATUS64, LOOP_CTL_ADD,
		LOOP_CTL_GET_FREE, LOOP_SET_DIRECT_IO, NBD_SET_SOCK, NBD_SET_SIZE, NBD_SET_FLAGS,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void file_system(void)
{
	static const unsigned int requests[] = {
		FS_IOC_GETFLAGS, FS_IOC_SETFLAGS, FS_IOC_FSGETXATTR, FS_IOC_FSSETXATTR, FS_IOC_GETFSLABEL, FS_IOC_SETFSLABEL,
		FS_IOC_FIEMAP, FICLONE, FICLONERANGE, FITRIM, FIFREEZE, FITHAW, FIGETBSZ, BTRFS_IOC_SYNC, BTRFS_IOC_DEFAULT_SUBVOL,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void interface(void)
{
	static const unsigned int requests[] = {
		SIOCGIFNAME, SIOCGIFFLAGS, SIOCSIFFLAGS, SIOCGIFADDR, SIOCSIFADDR, SIOCGIFNETMASK, SIOCGIFBRDADDR, SIOCGIFDSTADDR,
		SIOCGIFMETRIC, SIOCGIFMTU, SIOCSIFMTU, SIOCGIFHWADDR, SIOCSIFHWADDR, SIOCGIFINDEX, SIOCSIFNAME, SIOCGIFTXQLEN,
		SIOCGIFMAP, SIOCGIFSLAVE, SIOCADDMULTI, SIOCBRADDBR, SIOCBRADDIF, SIOCETHTOOL, SIOCOUTQNSD,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void rtc(void)
{
	static const unsigned int requests[] = {
		RTC_RD_TIME, RTC_SET_TIME, RTC_WKALM_RD, RTC_WKALM_SET, RTC_PLL_GET, RTC_VL_READ, RTC_IRQP_READ, RTC_IRQP_SET,
		RTC_AIE_ON,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void watchdog(void)
{
	static const unsigned int requests[] = {
		WDIOC_GETSTATUS, WDIOC_SETTIMEOUT, WDIOC_GETTIMEOUT, WDIOC_KEEPALIVE,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void random_source(void)
{
	static const unsigned int requests[] = {
		RNDGETENTCNT, RNDADDTOENTCNT, RNDADDENTROPY,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void userfaultfd(void)
{
	static const unsigned int requests[] = {
		UFFDIO_API, UFFDIO_REGISTER, UFFDIO_UNREGISTER, UFFDIO_COPY, UFFDIO_ZEROPAGE, UFFDIO_WAKE,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void seccomp(void)
{
	static const unsigned int requests[] = {
		SECCOMP_IOCTL_NOTIF_RECV, SECCOMP_IOCTL_NOTIF_SEND, SECCOMP_IOCTL_NOTIF_ADDFD, SECCOMP_IOCTL_NOTIF_ID_VALID,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void perf(void)
{
	static const unsigned int requests[] = {
		PERF_EVENT_IOC_ENABLE, PERF_EVENT_IOC_REFRESH, PERF_EVENT_IOC_PERIOD, PERF_EVENT_IOC_ID, PERF_EVENT_IOC_SET_OUTPUT,
		PERF_EVENT_IOC_SET_FILTER,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void kvm(void)
{
	static const unsigned int requests[] = {
		KVM_GET_API_VERSION, KVM_CREATE_VM, KVM_CREATE_VCPU, KVM_RUN, KVM_CHECK_EXTENSION,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void input(void)
{
	static const unsigned int requests[] = {
		EVIOCGID, EVIOCGREP, EVIOCSREP, EVIOCGVERSION, EVIOCGNAME(64), EVIOCGBIT(EV_KEY, 96), EVIOCGBIT(0, 4),
		EVIOCGABS(ABS_X), EVIOCSABS(ABS_Y), EVIOCGRAB,
	};

	on_all(requests, sizeof(requests) / sizeof(requests[0]));
}

static void kvm_extensions(void)
{
	unsigned int i;

	for (i = 0; i < 1000; i++)
		call(ioctl, NO_FD, KVM_CHECK_EXTENSION, i);
}

static void hardware_addresses(void)
{
	struct ifreq ifr = { 0 };
	unsigned int i;

	for (i = 0; i < 900; i++) {
		ifr.ifr_hwaddr.sa_family = i;
		call(ioctl, NO_FD, SIOCSIFHWADDR, &ifr);
	}
}

static const struct family families[] = {
	{ "terminal", terminal },
	{ "console", console },
	{ "block", block },
	{ "loop", loop },
	{ "file_system", file_system },
	{ "interface", interface },
	{ "rtc", rtc },
	{ "watchdog", watchdog },
	{ "random", random_source },
	{ "userfaultfd", userfaultfd },
	{ "seccomp", seccomp },
	{ "perf", perf },
	{ "kvm", kvm },
	{ "input", input },
	{ "kvm_extension", kvm_extensions },
	{ "hwaddr", hardware_addresses },
};

PROGRAM(NULL, NULL)
