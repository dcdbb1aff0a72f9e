// SPDX-License-Identifier: GPL-2.0-or-later
/* Prints each call that begins on this machine for a second: cc example.c $(pkg-config --cflags --libs --static libsctrace) */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <sctrace/sctrace.h>

int main(void)
{
	struct sct_options options = { .scope = SCTRACE_SCOPE_TESTS };
	struct sct_counts counts;
	struct sct_session *session = NULL;
	struct sct_record record;
	time_t end = time(NULL) + 1;
	int err = sct_open(&session);

	if (!err)
		err = sct_configure(session, &options, NULL);
	if (!err)
		err = sct_start(session);
	while (err >= 0 && time(NULL) <= end) {
		err = sct_next(session, &record);
		if (err == 0)
			err = sct_wait(session, 100);
		else if (err > 0 && record.hdr->type == SCTRACE_REC_ENTER)
			printf("cpu %u call %" PRIu64 "\n", record.cpu, record.nr);
	}
	if (err >= 0 && (err = sct_counts(session, &counts)) >= 0)
		printf("%" PRIu64 " records, %" PRIu64 " lost\n", counts.delivered, counts.lost);
	if (err < 0)
		fprintf(stderr, "example: %s\n", strerror(-err));
	sct_close(session);
	return err < 0;
}
