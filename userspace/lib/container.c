/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What container run times keep in files. */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <json-c/json.h>

#include "container.h"

/* The state of some thousand containers. A file of a user's costs us no more memory than this allows. */
#define MAX_FILE_BYTES	(4 << 20)

#define ANY_ID		"[0-9a-f]*"

struct walk {
	const char *root;
	const char *id;			/* the only one that is asked for, or NULL */
	sct_container_visit *visit;
	void *arg;
	bool enough;
};

/* A file of the run time, parsed. path: where it was. */
typedef void use_file(struct walk *w, const char *path, struct json_object *file);

static bool is_id(const char *text)
{
	return strlen(text) == SCT_CONTAINER_DIGITS &&
	       strspn(text, "0123456789abcdef") == SCT_CONTAINER_DIGITS;
}

/* The text of a string without a NUL in it, else NULL. */
static const char *text_of(struct json_object *value)
{
	const char *text;

	if (!json_object_is_type(value, json_type_string))
		return NULL;
	text = json_object_get_string(value);
	return strlen(text) == (size_t)json_object_get_string_len(value) ? text : NULL;
}

/* The same of a member. object may be NULL, or none. */
static const char *member(struct json_object *object, const char *name)
{
	struct json_object *value;

	return json_object_object_get_ex(object, name, &value) ? text_of(value) : NULL;
}

static struct json_object *member_of_type(struct json_object *object, const char *name,
					  enum json_type type)
{
	struct json_object *value;

	return json_object_object_get_ex(object, name, &value) && json_object_is_type(value, type) ?
		       value : NULL;
}

static bool is_name(const char *text)
{
	size_t i;

	for (i = 0; text[i]; i++) {
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			return false;
	}
	return i > 0 && i <= SCT_CONTAINER_NAME_MAX;
}

static void tell(struct walk *w, const char *id, const char *name, const char *runtime)
{
	struct sct_container container = { .runtime = runtime };

	if (w->enough || !id || !name || !is_id(id) || !is_name(name) || (w->id && strcmp(id, w->id)))
		return;
	strcpy(container.id, id);
	strcpy(container.name, name);
	w->enough = w->visit(w->arg, &container);
}

/* docker's config.v2.json: its "Name" begins with a slash. */
static void use_docker(struct walk *w, const char *path, struct json_object *file)
{
	const char *name = member(file, "Name");

	(void)path;
	tell(w, member(file, "ID"), name && *name == '/' ? name + 1 : name, "docker");
}

/*
 * containers.json of containers/storage, which podman and CRI-O share: an array of "id" and "names".
 * CRI-O's "metadata", JSON in a string, has what Kubernetes calls the container.
 */
static void use_storage_entry(struct walk *w, struct json_object *entry)
{
	struct json_object *names = member_of_type(entry, "names", json_type_array);
	const char *id = member(entry, "id");
	const char *text = member(entry, "metadata");
	struct json_object *metadata = text ? json_tokener_parse(text) : NULL;
	const char *kubernetes = member(metadata, "metadata-name");
	size_t i;

	if (kubernetes)
		tell(w, id, kubernetes, "CRI-O");
	for (i = 0; names && i < json_object_array_length(names); i++)
		tell(w, id, text_of(json_object_array_get_idx(names, i)), kubernetes ? "CRI-O" : "podman");
	json_object_put(metadata);
}

static void use_storage(struct walk *w, const char *path, struct json_object *file)
{
	size_t i;

	(void)path;
	if (!json_object_is_type(file, json_type_array))
		return;
	for (i = 0; i < json_object_array_length(file) && !w->enough; i++)
		use_storage_entry(w, json_object_array_get_idx(file, i));
}

/* config.json of the OCI run time: the folder's name is the id, who made it has left its annotations. */
static void use_bundle(struct walk *w, const char *path, struct json_object *file)
{
	static const struct {
		const char *annotation, *runtime;
	} names[] = {
		{ "io.kubernetes.cri.container-name", "containerd" },
		{ "nerdctl/name", "containerd" },
		{ "io.kubernetes.container.name", "CRI-O" },
	};
	struct json_object *annotations = member_of_type(file, "annotations", json_type_object);
	const char *end = strrchr(path, '/');
	char id[SCT_CONTAINER_DIGITS + 1];
	size_t i;

	if (end - path > 9 && !strncmp(end - 9, "/userdata", 9))
		end -= 9;
	if (end - path < SCT_CONTAINER_DIGITS)
		return;
	memcpy(id, end - SCT_CONTAINER_DIGITS, SCT_CONTAINER_DIGITS);
	id[SCT_CONTAINER_DIGITS] = '\0';
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		tell(w, id, member(annotations, names[i].annotation), names[i].runtime);
}

static char *read_regular(int fd, size_t *size)
{
	struct stat st;
	ssize_t got;
	char *bytes;

	/* What is no file could make us wait. */
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size <= 0 || st.st_size > MAX_FILE_BYTES)
		return NULL;
	bytes = malloc(st.st_size);
	if (!bytes)
		return NULL;
	for (*size = 0; *size < (size_t)st.st_size; *size += got) {
		got = read(fd, bytes + *size, st.st_size - *size);
		if (got <= 0)
			break;
	}
	return bytes;
}

/* The parsed file, or NULL: what cannot be read or is no JSON says nothing of containers. */
static struct json_object *read_json(const char *path)
{
	struct json_tokener *tokener = NULL;
	struct json_object *file = NULL;
	size_t size = 0;
	char *bytes;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return NULL;
	bytes = read_regular(fd, &size);
	close(fd);
	if (bytes)
		tokener = json_tokener_new();
	if (tokener) {
		file = json_tokener_parse_ex(tokener, bytes, size);
		json_tokener_free(tokener);
	}
	free(bytes);
	return file;
}

/* The three in a row; the caller's to free. NULL: memory is short. */
static char *join(const char *before, const char *middle, const char *after)
{
	char *joined;

	return asprintf(&joined, "%s%s%s", before, middle, after) < 0 ? NULL : joined;
}

/* Every file below the root that matches. */
static int each_match(struct walk *w, const char *pattern, use_file *use)
{
	char *whole = join(w->root, pattern, "");
	glob_t found = { 0 };
	int err = -ENOMEM;
	size_t i;

	if (!whole || glob(whole, GLOB_NOSORT | GLOB_BRACE, NULL, &found) == GLOB_NOSPACE)
		goto out;
	err = 0;
	for (i = 0; i < found.gl_pathc && !w->enough; i++) {
		struct json_object *file = read_json(found.gl_pathv[i]);

		if (file)
			use(w, found.gl_pathv[i], file);
		json_object_put(file);
	}
out:
	globfree(&found);
	free(whole);
	return err;
}

/* Every file that matches before, an id (any, or the one that is asked for) and after. */
static int each_file(struct walk *w, const char *before, const char *after, use_file *use)
{
	char *pattern;
	int err;

	if (w->enough)
		return 0;
	pattern = after ? join(before, w->id ? w->id : ANY_ID, after) : strdup(before);
	if (!pattern)
		return -ENOMEM;
	err = each_match(w, pattern, use);
	free(pattern);
	return err;
}

/* The folder that docker's own configuration names instead of /var/lib/docker. */
static int each_of_moved_docker(struct walk *w)
{
	char *path = join(w->root, "/etc/docker/daemon.json", "");
	struct json_object *config;
	const char *root;
	int err = 0;

	if (!path)
		return -ENOMEM;
	config = read_json(path);
	free(path);
	root = member(config, "data-root");
	/* It becomes part of a pattern. */
	if (root && *root == '/' && !strpbrk(root, "*?[]{}\\")) {
		char *before = join(root, "/containers/", "");

		err = before ? each_file(w, before, "/config.v2.json", use_docker) : -ENOMEM;
		free(before);
	}
	json_object_put(config);
	return err;
}

static int walk(struct walk *w)
{
	static const struct {
		const char *before, *after; /* of the id, if that is in the path */
		use_file *use;
	} places[] = {
		{ "/var/{lib/docker,snap/docker/common/var-lib-docker}/containers/", "/config.v2.json",
		  use_docker },
		{ "/run/{,k3s/}containerd/io.containerd.runtime.v2.task/*/", "/config.json", use_bundle },
		/* podman and CRI-O; a container that goes when it ends is in the volatile file. */
		{ "/{var/lib,run}/containers/storage/*-containers/{,volatile-}containers.json", NULL,
		  use_storage },
		{ "/{var/lib,run}/containers/storage/*-containers/", "/userdata/config.json", use_bundle },
		/* podman of a user */
		{ "/{home/*,root}/.local/share/containers/storage/*-containers/{,volatile-}containers.json",
		  NULL, use_storage },
		{ "/run/user/*/containers/*-containers/{,volatile-}containers.json", NULL, use_storage },
	};
	int err = each_of_moved_docker(w);
	size_t i;

	for (i = 0; !err && i < sizeof(places) / sizeof(places[0]); i++)
		err = each_file(w, places[i].before, places[i].after, places[i].use);
	return err;
}

int sct_containers_each(const char *root, sct_container_visit *visit, void *arg)
{
	struct walk w = { .root = root, .visit = visit, .arg = arg };

	return walk(&w);
}

static bool copy(void *arg, const struct sct_container *container)
{
	*(struct sct_container *)arg = *container;
	return true;
}

int sct_container_find(const char *root, const char *id, struct sct_container *found)
{
	struct walk w = { .root = root, .id = id, .visit = copy, .arg = found };
	int err;

	if (!is_id(id))
		return -EINVAL;
	err = walk(&w);
	if (err)
		return err;
	return w.enough ? 0 : -ENOENT;
}
