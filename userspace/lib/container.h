/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Containers by what their run times keep in files: no daemon is asked. docker, podman, CRI-O,
 * containerd (Kubernetes, nerdctl). Users own some of these files: whatever is in them, it is read as
 * text, and an entry that makes no sense is left out.
 */
#ifndef SCT_CONTAINER_H
#define SCT_CONTAINER_H

#include <stdbool.h>

/* Digits of an id, of all these run times: lower-case hexadecimal. */
#define SCT_CONTAINER_DIGITS	64
#define SCT_CONTAINER_NAME_MAX	255

struct sct_container {
	char id[SCT_CONTAINER_DIGITS + 1];
	char name[SCT_CONTAINER_NAME_MAX + 1]; /* no control characters, not empty */
	const char *runtime;		/* "docker", "podman", "CRI-O" or "containerd" */
};

/*
 * Told of one container; what it is shown is its own only until it returns. One with several names
 * comes once for each. true: enough.
 */
typedef bool sct_container_visit(void *arg, const struct sct_container *container);

/* Every container below root ("": this machine), until the visitor has enough. 0 or -ENOMEM. */
int sct_containers_each(const char *root, sct_container_visit *visit, void *arg);

/*
 * The container with this whole id. 0: *found is it. -ENOENT: none of the files knows it. -EINVAL: it
 * is no id. -ENOMEM.
 */
int sct_container_find(const char *root, const char *id, struct sct_container *found);

#endif
