/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All options: their names, their letters, and which of them are for a replay, too. */
#include <stddef.h>

#include "decode_options.h"
#include "format_options.h"
#include "line_options.h"
#include "option_table.h"
#include "summary_options.h"

const char sct_cli_letters[] = "+:a:AcCDe:E:fhiI:knNo:O:p:P:qrs:S:tTu:U:vwxX:yYzVZ";

const struct option sct_cli_long_options[] = {
	{ "abbrev", required_argument, NULL, SCT_OPT_ABBREV },
	{ "absolute-timestamps", optional_argument, NULL, OPT_ABSOLUTE_TIMESTAMPS },
	{ "always-show-pid", no_argument, NULL, OPT_ALWAYS_SHOW_PID },
	{ "arg-names", no_argument, NULL, 'N' },
	{ "argv0", required_argument, NULL, SCT_OPT_ARGV0 },
	{ "attach", required_argument, NULL, 'p' },
	{ "buffer", required_argument, NULL, OPT_BUFFER },
	{ "color", optional_argument, NULL, OPT_COLOR },
	{ "columns", required_argument, NULL, 'a' },
	{ "const-print-style", required_argument, NULL, 'X' },
	{ "daemonize", optional_argument, NULL, 'D' },
	{ "decode-fds", optional_argument, NULL, OPT_DECODE_FDS },
	{ "decode-pids", required_argument, NULL, OPT_DECODE_PIDS },
	{ "doctor", no_argument, NULL, OPT_DOCTOR },
	{ "drop-privileges", optional_argument, NULL, OPT_DROP_PRIVILEGES },
	{ "dump-after", required_argument, NULL, OPT_DUMP_AFTER },
	{ "dump-max", required_argument, NULL, OPT_DUMP_MAX },
	{ "dump-on", required_argument, NULL, OPT_DUMP_ON },
	{ "env", required_argument, NULL, 'E' },
	{ "errno", required_argument, NULL, OPT_ERRNO },
	{ "explain", no_argument, NULL, OPT_EXPLAIN },
	{ "failed-only", no_argument, NULL, 'Z' },
	{ "fd", required_argument, NULL, OPT_FD },
	{ "flight", required_argument, NULL, OPT_FLIGHT },
	{ "follow-forks", no_argument, NULL, 'f' },
	{ "for", required_argument, NULL, SCT_OPT_FOR },
	{ "format", required_argument, NULL, SCT_OPT_FORMAT },
	{ "help", no_argument, NULL, 'h' },
	{ "hook", required_argument, NULL, OPT_HOOK },
	{ "instruction-pointer", no_argument, NULL, 'i' },
	{ "interruptible", required_argument, NULL, 'I' },
	{ "interval", required_argument, NULL, OPT_INTERVAL },
	{ "lossless", optional_argument, NULL, OPT_LOSSLESS },
	{ "min-duration", required_argument, NULL, OPT_MIN_DURATION },
	{ "no-abbrev", no_argument, NULL, 'v' },
	{ "no-enter", no_argument, NULL, OPT_NO_ENTER },
	{ "only", required_argument, NULL, OPT_ONLY },
	{ "output", required_argument, NULL, 'o' },
	{ "output-append-mode", no_argument, NULL, 'A' },
	{ "output-separately", no_argument, NULL, OPT_OUTPUT_SEPARATELY },
	{ "quiet", optional_argument, NULL, 'q' },
	{ "rate", required_argument, NULL, OPT_RATE },
	{ "raw", required_argument, NULL, SCT_OPT_RAW },
	{ "read", required_argument, NULL, SCT_OPT_READ },
	{ "record", required_argument, NULL, OPT_RECORD },
	{ "record-files", required_argument, NULL, OPT_RECORD_FILES },
	{ "record-level", required_argument, NULL, OPT_RECORD_LEVEL },
	{ "record-size", required_argument, NULL, OPT_RECORD_SIZE },
	{ "record-time", required_argument, NULL, OPT_RECORD_TIME },
	{ "relative-timestamps", optional_argument, NULL, 'r' },
	{ "replay", required_argument, NULL, OPT_REPLAY },
	{ "ring-kb", required_argument, NULL, OPT_RING_KB },
	{ "sample", required_argument, NULL, OPT_SAMPLE },
	{ "scope", required_argument, NULL, OPT_SCOPE },
	{ "seccomp-bpf", no_argument, NULL, SCT_OPT_SECCOMP_BPF },
	{ "signal", required_argument, NULL, OPT_SIGNAL },
	{ "signals", required_argument, NULL, OPT_SIGNAL },
	{ "silence", optional_argument, NULL, 'q' },
	{ "silent", optional_argument, NULL, 'q' },
	{ "since", required_argument, NULL, OPT_SINCE },
	{ "stack-size", required_argument, NULL, OPT_STACK_SIZE },
	{ "stack-trace", optional_argument, NULL, 'k' },
	{ "stack-trace-frame-limit", required_argument, NULL, OPT_STACK_FRAMES },
	{ "stack-traces", optional_argument, NULL, 'k' },
	{ "status", required_argument, NULL, SCT_OPT_STATUS },
	{ "strict", no_argument, NULL, OPT_STRICT },
	{ "string-limit", required_argument, NULL, 's' },
	{ "strings-in-hex", optional_argument, NULL, SCT_OPT_STRINGS_IN_HEX },
	{ "successful-only", no_argument, NULL, 'z' },
	{ "summary", optional_argument, NULL, OPT_SUMMARY },
	{ "summary-by", required_argument, NULL, OPT_SUMMARY_BY },
	{ "summary-columns", required_argument, NULL, 'U' },
	{ "summary-only", no_argument, NULL, 'c' },
	{ "summary-sort-by", required_argument, NULL, 'S' },
	{ "summary-syscall-overhead", required_argument, NULL, 'O' },
	{ "summary-wall-clock", no_argument, NULL, 'w' },
	{ "syscall-limit", required_argument, NULL, SCT_OPT_SYSCALL_LIMIT },
	{ "syscall-number", no_argument, NULL, 'n' },
	{ "syscall-times", optional_argument, NULL, 'T' },
	{ "timestamps", optional_argument, NULL, OPT_ABSOLUTE_TIMESTAMPS },
	{ "trace", required_argument, NULL, OPT_TRACE },
	{ "trace-fds", required_argument, NULL, SCT_OPT_TRACE_FDS },
	{ "trace-path", required_argument, NULL, 'P' },
	{ "until", required_argument, NULL, OPT_UNTIL },
	{ "user", required_argument, NULL, 'u' },
	{ "verbose", required_argument, NULL, SCT_OPT_VERBOSE },
	{ "version", no_argument, NULL, 'V' },
	{ "where", required_argument, NULL, OPT_WHERE },
	{ "whole", no_argument, NULL, OPT_WHOLE },
	{ "write", required_argument, NULL, SCT_OPT_WRITE },
	{ NULL, 0, NULL, 0 },
};

/* Whether an option, by its letter or number, is for a replay. All others are refused there. */
bool sct_cli_of_replays(int c)
{
	static const int options[] = {
		'A', 'a', 'C', 'c', 'e', 'h', 'i', 'k', 'N', 'n', 'O', 'o', 'q', 'r', 'S', 's', 'T', 't', 'U', 'V',
		'v', 'w', 'X', 'x', 'Y', 'y', 'Z', 'z', OPT_ABSOLUTE_TIMESTAMPS, OPT_ALWAYS_SHOW_PID, OPT_COLOR,
		OPT_DECODE_FDS, OPT_DECODE_PIDS, OPT_DOCTOR, OPT_ERRNO, OPT_FD, OPT_INTERVAL, OPT_MIN_DURATION, OPT_ONLY,
		OPT_OUTPUT_SEPARATELY, OPT_REPLAY, OPT_SIGNAL, OPT_SINCE, OPT_STACK_FRAMES, OPT_STRICT, OPT_SUMMARY, OPT_SUMMARY_BY,
		OPT_UNTIL, OPT_WHERE, OPT_WHOLE, SCT_OPT_ABBREV, SCT_OPT_FORMAT, SCT_OPT_RAW, SCT_OPT_READ,
		SCT_OPT_STATUS, SCT_OPT_STRINGS_IN_HEX, SCT_OPT_TRACE_FDS, SCT_OPT_VERBOSE, SCT_OPT_WRITE,
	};
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (options[i] == c)
			return true;
	}
	return false;
}
