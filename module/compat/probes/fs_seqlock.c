// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs_struct.h>

static inline unsigned int probe(struct fs_struct *fs)
{
	return read_seqbegin(&fs->seq);
}
