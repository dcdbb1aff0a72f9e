/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ioctl(2): a row for those requests that take the same. One that holds the size of a long or a pointer has another
 * number in a 32-bit program: it stands here a second time, in OF32.
 */
#include <asm/ioctls.h>
#include <linux/blkpg.h>
#include <linux/blkzoned.h>
#include <linux/btrfs.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/hdreg.h>
#include <linux/if_tun.h>
#include <linux/inotify.h>
#include <linux/input.h>
#include <linux/kd.h>
#include <linux/loop.h>
#include <linux/nbd.h>
#include <linux/nsfs.h>
#include <linux/perf_event.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <linux/timerfd.h>
#include <linux/userfaultfd.h>
#include <linux/watchdog.h>
#include <scsi/sg.h>

#include "ioctl.h"
#include "printers.h"
#include "sockaddr.h"
#include "structs.h"

#define OF32(cmd)	(((cmd) & ~(_IOC_SIZEMASK << _IOC_SIZESHIFT)) | 4U << _IOC_SIZESHIFT)
/* Beginning and name of every row. */
#define REQUEST(arg, ...) \
	{ .name = "ioctl", WHEN(1, __VA_ARGS__), .args = { FD("fd"), CUSTOM("op", sct_ioctl_cmd_print), arg } }
#define NO_ARGUMENT(...) \
	{ .name = "ioctl", WHEN(1, __VA_ARGS__), .args = { FD("fd"), CUSTOM("op", sct_ioctl_cmd_print) } }

#define HIDDEN(n)	{ .name = n, .type = SCT_HIDDEN }

/* ---- plain values ---- */

STRUCT(ushort, { K_U16, UINT("") });
STRUCT(sulong, { K_LONG, LONG("") });
STRUCT(inode_flags, { K_U32, FLAGS("", inode_flags) });
STRUCT(modem_bits, { K_U32, FLAGS("", modem_bits) });
STRUCT(console_mode, { K_U32, ENUM("", console_modes) });
STRUCT(hex32, { K_U32, HEX("") });
STRUCT(rtc_vl, { K_U32, FLAGS("", rtc_vl_flags) });
STRUCT_BY(leds, sct_leds_print, { K_U8, HEX("") });
STRUCT_BY(led_defaults, sct_led_defaults_print, { K_U8, HEX("") });
STRUCT_BY(keyboard_type, sct_kbtype_print, { K_U8, HEX("") });
STRUCT_BY(one_char, sct_one_char_print, { K_CHARS, STR(""), 1 });

/* ---- terminals ---- */

STRUCT(winsize, { K_U16, UINT("ws_row") }, { K_U16, UINT("ws_col") }, { K_U16, UINT("ws_xpixel") },
       { K_U16, UINT("ws_ypixel") });
STRUCT_BY(termios, sct_termios_print, { K_U32, HEX("c_iflag") }, { K_U32, HEX("c_oflag") }, { K_U32, HEX("c_cflag") },
	  { K_U32, HEX("c_lflag") }, { K_U8, ENUM("c_line", tty_disciplines) }, { K_CHARS, STR("c_cc"), 19 });
STRUCT_BY(termios2, sct_termios_print, { K_U32, HEX("c_iflag") }, { K_U32, HEX("c_oflag") },
	  { K_U32, HEX("c_cflag") }, { K_U32, HEX("c_lflag") }, { K_U8, ENUM("c_line", tty_disciplines) },
	  { K_CHARS, STR("c_cc"), 19 }, { K_U32, UINT("c_ispeed") }, { K_U32, UINT("c_ospeed") });
STRUCT_BY(termio, sct_termios_print, { K_U16, HEX("c_iflag") }, { K_U16, HEX("c_oflag") }, { K_U16, HEX("c_cflag") },
	  { K_U16, HEX("c_lflag") }, { K_U8, ENUM("c_line", tty_disciplines) }, { K_CHARS, STR("c_cc"), 8 });

/* ---- network interfaces ---- */

/* Its union is as large as struct ifmap. */
STRUCT_BY(ifreq, sct_ifreq_print, { K_CHARS, STR("ifr_name"), 16 }, { K_ULONG, HEX("") }, { K_ULONG, HEX("") },
	  { K_U64, HEX("") });
STRUCT(ifreq_index, { K_CHARS, HIDDEN("ifr_name"), 16 }, { K_U32, CUSTOM("ifr_ifindex", sct_ifindex_print) });
STRUCT(interfaces, { K_CHARS, STR(""), 40 * 128 });
STRUCT_BY(ifconf, sct_ifconf_print, { K_S32, INT("ifc_len") }, { K_PTR, SIZED_OUT("ifc_buf", interfaces, 0) });

/* ---- files and file systems ---- */

/* The extents lie behind it. */
static const struct sct_struct sct_struct_fiemap = {
	.name = "fiemap",
	MEMBERS({ K_U64, ULONG("fm_start") }, { K_U64, ULONG("fm_length") }, { K_U32, FLAGS("fm_flags", fiemap_flags) },
		{ K_U32, UINT("fm_mapped_extents") }, { K_U32, UINT("fm_extent_count") }, { K_U32, GAP }),
	.size = 32 + 56 * 64,
	.print = sct_fiemap_print,
};
STRUCT(file_clone_range, { K_S64, FD("src_fd") }, { K_U64, ULONG("src_offset") }, { K_U64, ULONG("src_length") },
       { K_U64, ULONG("dest_offset") });
STRUCT(fstrim_range, { K_U64, HEX("start") }, { K_U64, ULONG("len") }, { K_U64, ULONG("minlen") });
STRUCT(fsxattr, { K_U32, FLAGS("fsx_xflags", fsx_xflags) }, { K_U32, UINT("fsx_extsize") },
       { K_U32, UINT("fsx_nextents") }, { K_U32, HEX("fsx_projid") }, { K_U32, UINT("fsx_cowextsize") });
/* What the kernel counts is not the program's to set. */
STRUCT(fsxattr_set, { K_U32, FLAGS("fsx_xflags", fsx_xflags) }, { K_U32, UINT("fsx_extsize") },
       { K_U32, HIDDEN("fsx_nextents") }, { K_U32, HEX("fsx_projid") }, { K_U32, UINT("fsx_cowextsize") });
/* The destinations lie behind it. */
static const struct sct_struct sct_struct_file_dedupe_range = {
	.name = "file_dedupe_range",
	MEMBERS({ K_U64, ULONG("src_offset") }, { K_U64, ULONG("src_length") }, { K_U16, UINT("dest_count") },
		{ K_U16, GAP }, { K_U32, GAP }),
	.size = 24 + 32 * 64,
	.print = sct_dedupe_print,
};
STRUCT_BY(label, sct_label_print, { K_CHARS, STR(""), 256 });

/* ---- block devices ---- */

STRUCT(blkpg_ioctl_arg, { K_S32, ENUM("op", blkpg_ops) }, { K_S32, INT("flags") }, { K_S32, INT("datalen") },
       { K_PTR, PTR("data") });
STRUCT(hd_geometry, { K_U8, UINT("heads") }, { K_U8, UINT("sectors") }, { K_U16, UINT("cylinders") },
       { K_ULONG, ULONG("start") });
/* struct loop_info, the older one, has the types of the C library of old. */
STRUCT_BY(loop_info, sct_loop_info_print,
	  { K_S32, INT("lo_number") }, { K_KULONG, DEV("lo_device"), .show = SCT_VERBOSE },
	  { K_ULONG, ULONG("lo_inode"), .show = SCT_VERBOSE }, { K_KULONG, DEV("lo_rdevice"), .show = SCT_VERBOSE },
	  { K_U32, HEX("lo_offset") }, { K_S32, ENUM("lo_encrypt_type", loop_crypt_types), .show = SCT_NONZERO },
	  { K_S32, UINT("lo_encrypt_key_size"), .show = SCT_NONZERO }, { K_S32, FLAGS("lo_flags", loop_flags) },
	  { K_CHARS, STR("lo_name"), 64 }, { K_CHARS, STR("lo_encrypt_key"), 32 },
	  { K_ULONG, HEX("lo_init"), 2, .show = SCT_VERBOSE }, { K_U8, HEX("reserved"), 4, .show = SCT_VERBOSE });
STRUCT_BY(loop_info64, sct_loop_info64_print,
	  { K_U64, DEV("lo_device"), .show = SCT_VERBOSE }, { K_U64, ULONG("lo_inode"), .show = SCT_VERBOSE },
	  { K_U64, DEV("lo_rdevice"), .show = SCT_VERBOSE }, { K_U64, HEX("lo_offset") },
	  { K_U64, ULONG("lo_sizelimit"), .show = SCT_VERBOSE }, { K_U32, UINT("lo_number") },
	  { K_U32, ENUM("lo_encrypt_type", loop_crypt_types), .show = SCT_NONZERO },
	  { K_U32, UINT("lo_encrypt_key_size"), .show = SCT_NONZERO }, { K_U32, FLAGS("lo_flags", loop_flags) },
	  { K_CHARS, STR("lo_file_name"), 64 }, { K_CHARS, STR("lo_crypt_name"), 64, .show = SCT_NONZERO },
	  { K_CHARS, STR("lo_encrypt_key"), 32 }, { K_U64, HEX("lo_init"), 2, .show = SCT_VERBOSE });
STRUCT(loop_config, { K_U32, FD("fd") }, { K_U32, UINT("block_size") }, { K_STRUCT, STRUCT_IN("info", loop_info64) },
       { K_U64, HEX("__reserved"), 8, .show = SCT_NONZERO });

/* ---- clocks ---- */

STRUCT(rtc_time, { K_S32, INT("tm_sec") }, { K_S32, INT("tm_min") }, { K_S32, INT("tm_hour") }, { K_S32, INT("tm_mday") },
       { K_S32, INT("tm_mon") }, { K_S32, INT("tm_year") }, { K_S32, INT("tm_wday"), .show = SCT_VERBOSE },
       { K_S32, INT("tm_yday"), .show = SCT_VERBOSE }, { K_S32, INT("tm_isdst"), .show = SCT_VERBOSE });
STRUCT(rtc_wkalrm, { K_U8, UINT("enabled") }, { K_U8, UINT("pending") }, { K_STRUCT, STRUCT_IN("time", rtc_time) });
STRUCT(rtc_pll_info, { K_S32, INT("pll_ctrl") }, { K_S32, INT("pll_value") }, { K_S32, INT("pll_max") },
       { K_S32, INT("pll_min") }, { K_S32, INT("pll_posmult") }, { K_S32, INT("pll_negmult") },
       { K_LONG, LONG("pll_clock") });

/* ---- userfaultfd ---- */

STRUCT(uffdio_range, { K_U64, HEX("start") }, { K_U64, HEX("len") });
STRUCT_BY(uffdio_api, sct_given_and_told_print, { K_U64, HEX("api") }, { K_U64, FLAGS64("features", uffd_features) },
	  { K_U64, CUSTOM("ioctls", sct_uffd_api_ioctls_print) });
STRUCT_BY(uffdio_register, sct_given_and_told_print, { K_STRUCT, STRUCT_IN("range", uffdio_range) },
	  { K_U64, FLAGS64("mode", uffd_register_modes) }, { K_U64, CUSTOM("ioctls", sct_uffd_range_ioctls_print) });
STRUCT_BY(uffdio_copy, sct_given_and_told_print, { K_U64, HEX("dst") }, { K_U64, HEX("src") }, { K_U64, HEX("len") },
	  { K_U64, FLAGS64("mode", uffd_copy_modes) }, { K_S64, HEX("copy") });
STRUCT_BY(uffdio_zeropage, sct_given_and_told_print, { K_STRUCT, STRUCT_IN("range", uffdio_range) },
	  { K_U64, FLAGS64("mode", uffd_zeropage_modes) }, { K_S64, HEX("zeropage") });

/* ---- input devices ---- */

STRUCT(input_absinfo, { K_U32, UINT("value") }, { K_U32, UINT("minimum") },
       { K_U32, UINT("maximum"), .show = SCT_VERBOSE }, { K_U32, UINT("fuzz"), .show = SCT_VERBOSE },
       { K_U32, UINT("flat"), .show = SCT_VERBOSE }, { K_U32, UINT("resolution"), .show = SCT_VERBOSE });
/* An axis is part of the number: eight of them in a row. */
#define ABS_8(dir, nr)	_IOC(dir, 'E', nr, 24), _IOC(dir, 'E', (nr) + 1, 24), _IOC(dir, 'E', (nr) + 2, 24), \
			_IOC(dir, 'E', (nr) + 3, 24), _IOC(dir, 'E', (nr) + 4, 24), _IOC(dir, 'E', (nr) + 5, 24), \
			_IOC(dir, 'E', (nr) + 6, 24), _IOC(dir, 'E', (nr) + 7, 24)
#define ABS_64(dir, nr)	ABS_8(dir, nr), ABS_8(dir, (nr) + 8), ABS_8(dir, (nr) + 16), ABS_8(dir, (nr) + 24), \
			ABS_8(dir, (nr) + 32), ABS_8(dir, (nr) + 40), ABS_8(dir, (nr) + 48), ABS_8(dir, (nr) + 56)
STRUCT(input_id, { K_U16, UINT("bustype") }, { K_U16, UINT("vendor") }, { K_U16, UINT("product") },
       { K_U16, UINT("version") });

/* ---- random numbers ---- */

/* The bytes lie behind it. */
static const struct sct_struct sct_struct_rand_pool_info = {
	.name = "rand_pool_info",
	MEMBERS({ K_S32, INT("entropy_count") }, { K_S32, INT("buf_size") }),
	.size = 8 + 1024,
	.print = sct_rand_pool_print,
};

/* ---- seccomp's listener ---- */

STRUCT_BY(seccomp_notif, sct_seccomp_notif_print, { K_U64, HEX("id") }, { K_S32, PID("pid") }, { K_U32, HEX("flags") },
	  { K_U32, HEX("nr") }, { K_U32, HEX("arch") }, { K_U64, PTR("instruction_pointer") },
	  { K_U64, HEX("args"), 6 });
STRUCT(seccomp_notif_resp, { K_U64, HEX("id") }, { K_S64, LONG("val") }, { K_S32, CUSTOM("error", sct_minus_errno_print) },
       { K_U32, FLAGS("flags", seccomp_notif_flags) });
STRUCT(seccomp_notif_addfd, { K_U64, HEX("id") }, { K_U32, FLAGS("flags", seccomp_addfd_flags) },
       { K_U32, FD("srcfd") }, { K_U32, FD("newfd") }, { K_U32, FLAGS("newfd_flags", open_flags) });

static const struct sct_row rows[] = {
	{ .name = "ioctl", .args = { FD("fd"), CUSTOM("op", sct_ioctl_cmd_print),
		CUSTOM("argp", sct_ioctl_arg_print) } },

	NO_ARGUMENT(BLKRRPART, BLKFLSBUF, _IO(0x12, 116), _IO(0x12, 117), _IO(0x12, 118), SG_GET_TIMEOUT, KDENABIO,
		    KDDISABIO, KDMAPDISP, KDUNMAPDISP, PIO_FONTRESET, LOOP_CLR_FD, LOOP_SET_CAPACITY,
		    LOOP_CTL_GET_FREE, RNDZAPENTCNT, RNDCLEARPOOL, RNDRESEEDCRNG, TIOCEXCL, TIOCNXCL, TIOCCONS,
		    TIOCSSERIAL, TIOCNOTTY, TIOCSBRK, TIOCCBRK, TIOCVHANGUP, FIONCLEX, FIOCLEX, RTC_AIE_ON, RTC_AIE_OFF,
		    RTC_UIE_ON, RTC_UIE_OFF, RTC_PIE_ON, RTC_PIE_OFF, RTC_WIE_ON, RTC_WIE_OFF, RTC_VL_CLR,
		    BTRFS_IOC_DEFRAG, BTRFS_IOC_BALANCE, BTRFS_IOC_TRANS_START, BTRFS_IOC_TRANS_END, BTRFS_IOC_SYNC, BTRFS_IOC_SCRUB_CANCEL,
		    BTRFS_IOC_QUOTA_RESCAN_WAIT, NBD_DO_IT, NBD_CLEAR_SOCK, NBD_CLEAR_QUE, NBD_PRINT_DEBUG,
		    NBD_DISCONNECT, NS_GET_USERNS, NS_GET_PARENT, NS_GET_NSTYPE, WDIOC_KEEPALIVE, FIFREEZE, FITHAW,
		    OF32(FIFREEZE), OF32(FITHAW), OF32(WDIOC_KEEPALIVE)),

	/* The argument is the value itself. */
	REQUEST(FD("arg"), LOOP_SET_FD, LOOP_CHANGE_FD, NBD_SET_SOCK, PERF_EVENT_IOC_SET_OUTPUT,
		PERF_EVENT_IOC_SET_BPF, FICLONE),
	REQUEST(INT("arg"), PERF_EVENT_IOC_REFRESH, LOOP_CTL_ADD, LOOP_CTL_REMOVE, TCSBRK, TIOCSCTTY, TCSBRKP, EVIOCRMFF,
		_IOW('I', 0, __s32) /* INOTIFY_IOC_SETNEXTWD */),
	REQUEST(ULONG("arg"), HDIO_SET_MULTCOUNT, HDIO_SET_UNMASKINTR, HDIO_SET_KEEPSETTINGS, HDIO_SET_32BIT,
		HDIO_SET_NOWERR, HDIO_SET_DMA, HDIO_SET_PIO_MODE, HDIO_UNREGISTER_HWIF, HDIO_SET_WCACHE,
		HDIO_SET_ACOUSTIC, HDIO_SET_ADDRESS, BLKRASET, BLKFRASET, KDSIGACCEPT, LOOP_SET_DIRECT_IO,
		LOOP_SET_BLOCK_SIZE, NBD_SET_BLKSIZE, NBD_SET_SIZE, NBD_SET_SIZE_BLOCKS, NBD_SET_TIMEOUT,
		PERF_EVENT_IOC_PAUSE_OUTPUT, EVIOCGRAB, EVIOCREVOKE, RTC_IRQP_SET, RTC_EPOCH_SET, OF32(RTC_IRQP_SET),
		OF32(RTC_EPOCH_SET)),
	REQUEST(UINT("arg"), _IO(0xae, 0x41) /* KVM_CREATE_VCPU */),
	REQUEST(FLAGS("arg", perf_ioc_flags), PERF_EVENT_IOC_ENABLE, PERF_EVENT_IOC_DISABLE, PERF_EVENT_IOC_RESET),
	REQUEST(ENUM("arg", tcxonc_actions), TCXONC),
	REQUEST(ENUM("arg", tcflsh_queues), TCFLSH),
	REQUEST(ENUM("arg", console_modes), KDSETMODE),
	REQUEST(CUSTOM("arg", sct_kdmktone_print), KDMKTONE),
	REQUEST(CUSTOM("arg", sct_kiocsound_print), KIOCSOUND),

	/* One number, there and back. */
	REQUEST(STRUCT_IN("argp", int), BLKROSET, SG_SET_TIMEOUT, SG_SET_COMMAND_Q, SG_SET_RESERVED_SIZE,
		SG_SET_FORCE_LOW_DMA, SG_SET_FORCE_PACK_ID, SG_SET_DEBUG, SG_NEXT_CMD_LEN, SG_SET_KEEP_ORPHAN, TIOCSPGRP,
		TIOCSSOFTCAR, TIOCPKT, FIONBIO, TIOCSETD, FIOASYNC, 0x8901 /* FIOSETOWN */, 0x8902 /* SIOCSPGRP */,
		SIOCSIFENCAP, RNDADDTOENTCNT, TIOCSPTLCK, BLKBSZSET, OF32(BLKBSZSET), WDIOC_SETTIMEOUT,
		WDIOC_SETPRETIMEOUT),
	REQUEST(STRUCT_OUT("argp", int), BLKROGET, BLKSSZGET, BLKALIGNOFF, SG_EMULATED_HOST, SG_GET_TRANSFORM,
		SG_GET_COMMAND_Q, SG_GET_RESERVED_SIZE, SG_GET_LOW_DMA, SG_GET_PACK_ID, SG_GET_NUM_WAITING,
		SG_GET_SG_TABLESIZE, SG_GET_VERSION_NUM, SG_GET_KEEP_ORPHAN, TIOCGPGRP, TIOCOUTQ, TIOCGSOFTCAR, FIONREAD,
		TIOCGETD, TIOCGSID, 0x8903 /* FIOGETOWN */, 0x8904 /* SIOCGPGRP */, 0x8905 /* SIOCATMARK */,
		SIOCGIFENCAP, SIOCOUTQNSD, NS_GET_OWNER_UID, RNDGETENTCNT, TIOCGPTN, TIOCGDEV, TIOCGEXCL,
		WDIOC_GETSTATUS, WDIOC_GETBOOTSTATUS, WDIOC_GETTEMP, WDIOC_GETTIMEOUT, WDIOC_GETPRETIMEOUT,
		WDIOC_GETTIMELEFT, BLKBSZGET, OF32(BLKBSZGET)),
	REQUEST(STRUCT_IN("argp", uint), SG_IO, EVIOCSCLOCKID),
	REQUEST(STRUCT_OUT("argp", uint), BLKIOMIN, BLKIOOPT, BLKPBSZGET, BLKDISCARDZEROES, BLKGETZONESZ, BLKGETNRZONES,
		EVIOCGEFFECTS),
	REQUEST(STRUCT_OUT("argp", ushort), BLKSECTGET, BLKROTATIONAL),
	REQUEST(STRUCT_OUT("argp", sulong), BLKRAGET, BLKFRAGET),
	REQUEST(STRUCT_OUT("argp", ulong), HDIO_GET_UNMASKINTR, HDIO_GET_MULTCOUNT, HDIO_GET_KEEPSETTINGS,
		HDIO_GET_32BIT, HDIO_GET_NOWERR, HDIO_GET_DMA, HDIO_GET_WCACHE, HDIO_GET_ACOUSTIC, HDIO_GET_ADDRESS,
		BLKGETSIZE, RTC_IRQP_READ, RTC_EPOCH_READ, OF32(RTC_IRQP_READ), OF32(RTC_EPOCH_READ)),
	REQUEST(STRUCT_OUT("argp", u64), BLKGETSIZE64, OF32(BLKGETSIZE64), _IOR(0x12, 128, __u64) /* BLKGETDISKSEQ */,
		PERF_EVENT_IOC_ID, OF32(PERF_EVENT_IOC_ID), BTRFS_IOC_START_SYNC),
	REQUEST(STRUCT_IN("argp", u64), PERF_EVENT_IOC_PERIOD, BTRFS_IOC_DEFAULT_SUBVOL, BTRFS_IOC_WAIT_SYNC),
	REQUEST(STRUCT_IN("argp", hex64), SECCOMP_IOCTL_NOTIF_ID_VALID,
		SECCOMP_IOCTL_NOTIF_ID_VALID ^ (_IOC_READ | _IOC_WRITE) << _IOC_DIRSHIFT),
	REQUEST(STRUCT_OUT("argp", hex32), EVIOCGVERSION),
	REQUEST(STRUCT_IN("argp", inode_flags), FS_IOC_SETFLAGS, FS_IOC32_SETFLAGS),
	REQUEST(STRUCT_OUT("argp", inode_flags), FS_IOC_GETFLAGS, FS_IOC32_GETFLAGS),
	REQUEST(STRUCT_IN("argp", modem_bits), TIOCMBIS, TIOCMBIC, TIOCMSET),
	REQUEST(STRUCT_OUT("argp", modem_bits), TIOCMGET),
	REQUEST(STRUCT_OUT("argp", console_mode), KDGETMODE),
	REQUEST(STRUCT_OUT("argp", leds), KDGETLED),
	REQUEST(STRUCT_OUT("argp", led_defaults), KDGKBLED),
	REQUEST(STRUCT_OUT("argp", keyboard_type), KDGKBTYPE),
	REQUEST(STRUCT_OUT("argp", rtc_vl), RTC_VL_READ),
	REQUEST(FIXED_IN("argp", u64, 2), BLKDISCARD, BLKSECDISCARD, BLKZEROOUT),
	REQUEST(FIXED_IN("argp", uint, 2), EVIOCSREP),
	REQUEST(FIXED_OUT("argp", uint, 2), EVIOCGREP),
	REQUEST(STR("argp"), PERF_EVENT_IOC_SET_FILTER, OF32(PERF_EVENT_IOC_SET_FILTER)),

	/* Terminals. */
	REQUEST(STRUCT_OUT("argp", termios), TCGETS, TIOCGLCKTRMIOS),
	REQUEST(STRUCT_IN("argp", termios), TCSETS, TCSETSW, TCSETSF, TIOCSLCKTRMIOS),
	REQUEST(STRUCT_OUT("argp", termios2), _IOC(_IOC_READ, 'T', 0x2a, 44) /* TCGETS2 */),
	REQUEST(STRUCT_IN("argp", termios2), _IOC(_IOC_WRITE, 'T', 0x2b, 44), _IOC(_IOC_WRITE, 'T', 0x2c, 44),
		_IOC(_IOC_WRITE, 'T', 0x2d, 44) /* TCSETS2, TCSETSW2, TCSETSF2 */),
	REQUEST(STRUCT_OUT("argp", termio), TCGETA),
	REQUEST(STRUCT_IN("argp", termio), TCSETA, TCSETAW, TCSETAF),
	REQUEST(STRUCT_OUT("argp", winsize), TIOCGWINSZ),
	REQUEST(STRUCT_IN("argp", winsize), TIOCSWINSZ),
	REQUEST(STRUCT_IN("argp", one_char), TIOCSTI),

	/* Network interfaces. */
	REQUEST(STRUCT_INOUT("argp", ifreq), SIOCGIFNAME, SIOCGIFFLAGS, SIOCGIFADDR, SIOCGIFDSTADDR, SIOCGIFBRDADDR,
		SIOCGIFNETMASK, SIOCGIFMETRIC, SIOCGIFMTU, SIOCGIFHWADDR, SIOCGIFSLAVE, SIOCGIFINDEX, SIOCGIFTXQLEN,
		SIOCGIFMAP),
	REQUEST(STRUCT_IN("argp", ifreq), SIOCSIFFLAGS, SIOCSIFADDR, SIOCSIFDSTADDR, SIOCSIFBRDADDR, SIOCSIFNETMASK,
		SIOCSIFMETRIC, SIOCSIFMTU, SIOCSIFNAME, SIOCSIFHWADDR, SIOCSIFHWBROADCAST, SIOCSIFSLAVE, SIOCSIFTXQLEN,
		SIOCSIFMAP, SIOCADDMULTI, SIOCDELMULTI),
	REQUEST(STRUCT_IN("argp", ifreq_index), SIOCBRADDIF, SIOCBRDELIF),
	REQUEST(STR_MAX("argp", 16), SIOCBRADDBR, SIOCBRDELBR),
	REQUEST(STRUCT_INOUT("argp", ifconf), SIOCGIFCONF),

	/* Files and file systems. */
	REQUEST(STRUCT_INOUT("argp", fiemap), FS_IOC_FIEMAP),
	REQUEST(STRUCT_IN("argp", file_clone_range), FICLONERANGE),
	REQUEST(STRUCT_INOUT("argp", fstrim_range), FITRIM),
	REQUEST(STRUCT_OUT("argp", fsxattr), FS_IOC_FSGETXATTR),
	REQUEST(STRUCT_INOUT("argp", file_dedupe_range), FIDEDUPERANGE),
	REQUEST(STRUCT_IN("argp", fsxattr_set), FS_IOC_FSSETXATTR),
	REQUEST(STRUCT_OUT("argp", label), FS_IOC_GETFSLABEL),
	REQUEST(STRUCT_IN("argp", label), FS_IOC_SETFSLABEL),

	/* Block devices. */
	REQUEST(STRUCT_IN("argp", blkpg_ioctl_arg), BLKPG),
	REQUEST(STRUCT_OUT("argp", hd_geometry), HDIO_GETGEO),
	REQUEST(STRUCT_IN("argp", loop_info), LOOP_SET_STATUS),
	REQUEST(STRUCT_OUT("argp", loop_info), LOOP_GET_STATUS),
	REQUEST(STRUCT_IN("argp", loop_info64), LOOP_SET_STATUS64),
	REQUEST(STRUCT_OUT("argp", loop_info64), LOOP_GET_STATUS64),
	REQUEST(STRUCT_IN("argp", loop_config), 0x4c0a /* LOOP_CONFIGURE */),

	/* Clocks. */
	REQUEST(STRUCT_OUT("argp", rtc_time), RTC_RD_TIME, RTC_ALM_READ),
	REQUEST(STRUCT_IN("argp", rtc_time), RTC_SET_TIME, RTC_ALM_SET),
	REQUEST(STRUCT_OUT("argp", rtc_wkalrm), RTC_WKALM_RD),
	REQUEST(STRUCT_IN("argp", rtc_wkalrm), RTC_WKALM_SET),
	REQUEST(STRUCT_OUT("argp", rtc_pll_info), RTC_PLL_GET),
	REQUEST(STRUCT_IN("argp", rtc_pll_info), RTC_PLL_SET),

	/* userfaultfd. */
	REQUEST(STRUCT_INOUT("argp", uffdio_api), UFFDIO_API),
	REQUEST(STRUCT_INOUT("argp", uffdio_register), UFFDIO_REGISTER),
	REQUEST(STRUCT_INOUT("argp", uffdio_copy), UFFDIO_COPY),
	REQUEST(STRUCT_INOUT("argp", uffdio_zeropage), UFFDIO_ZEROPAGE),
	REQUEST(STRUCT_IN("argp", uffdio_range), UFFDIO_UNREGISTER, UFFDIO_WAKE),

	/* seccomp's listener. */
	REQUEST(STRUCT_INOUT("argp", seccomp_notif), SECCOMP_IOCTL_NOTIF_RECV),
	REQUEST(STRUCT_IN("argp", seccomp_notif_resp), SECCOMP_IOCTL_NOTIF_SEND),
	REQUEST(STRUCT_IN("argp", seccomp_notif_addfd), SECCOMP_IOCTL_NOTIF_ADDFD),

	REQUEST(STRUCT_IN("argp", rand_pool_info), RNDADDENTROPY),
	REQUEST(ENUM("arg", kvm_caps), _IO(0xae, 0x03) /* KVM_CHECK_EXTENSION */),
	REQUEST(FLAGS("arg", nbd_ioc_flags), NBD_SET_FLAGS),

	/* Input devices. */
	REQUEST(STRUCT_OUT("argp", input_id), EVIOCGID),
	REQUEST(STRUCT_OUT("argp", input_absinfo), ABS_64(_IOC_READ, 0x40)),
	REQUEST(STRUCT_IN("argp", input_absinfo), ABS_64(_IOC_WRITE, 0xc0)),
};

SCT_FAMILY(ioctl);
