// SPDX-License-Identifier: GPL-2.0-or-later
/* userspace/lib/container.c: what it finds in the files of run times, and that no file can harm it. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "container.h"
#include "made.h"
#include "tree.h"

#define A	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B	"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define C	"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

#define DOCKER(id)	"var/lib/docker/containers/" id "/config.v2.json"
#define CONTAINERD(id)	"run/containerd/io.containerd.runtime.v2.task/k8s.io/" id "/config.json"
#define STORAGE		"var/lib/containers/storage/overlay-containers/"

static char found[4096];

/* "RUNTIME NAME ID-DIGIT\n" */
static bool list(void *arg, const struct sct_container *container)
{
	size_t used = strlen(found);

	(void)arg;
	snprintf(found + used, sizeof(found) - used, "%s %s %c\n", container->runtime, container->name,
		 *container->id);
	return false;
}

static const char *listed(void)
{
	*found = '\0';
	assert_int_equal(sct_containers_each(tree_root(), list, NULL), 0);
	return found;
}

static void each_of_an_empty_tree_is_none(void **state)
{
	(void)state;
	assert_string_equal(listed(), "");
}

static void each_finds_dockers(void **state)
{
	(void)state;
	tree_put(DOCKER(A), "{\"HostConfig\":{\"Name\":\"no\"},\"ID\":\"" A "\",\"Name\":\"/web\"}");
	assert_string_equal(listed(), "docker web a\n");
}

static void each_finds_docker_where_its_configuration_says(void **state)
{
	(void)state;
	tree_put("etc/docker/daemon.json", "{\"data-root\":\"/srv/docker\"}");
	tree_put("srv/docker/containers/" A "/config.v2.json", "{\"ID\":\"" A "\",\"Name\":\"/web\"}");
	assert_string_equal(listed(), "docker web a\n");
	tree_put("etc/docker/daemon.json", "{\"data-root\":\"/*\"}");
	assert_string_equal(listed(), "");
}

static void each_finds_podmans(void **state)
{
	(void)state;
	tree_put(STORAGE "containers.json", "[{\"id\":\"" A "\",\"names\":[\"web\",\"www\"],"
		 "\"metadata\":\"{\\\"image-name\\\":\\\"x\\\",\\\"name\\\":\\\"web\\\"}\"}]");
	tree_put(STORAGE "volatile-containers.json", "[{\"id\":\"" B "\",\"names\":[\"once\"]}]");
	assert_string_equal(listed(), "podman web a\npodman www a\npodman once b\n");
}

static void each_finds_podmans_of_users(void **state)
{
	(void)state;
	tree_put("home/ann/.local/share/containers/storage/vfs-containers/containers.json",
		 "[{\"id\":\"" A "\",\"names\":[\"web\"]}]");
	tree_put("run/user/1000/containers/overlay-containers/volatile-containers.json",
		 "[{\"id\":\"" B "\",\"names\":[\"once\"]}]");
	assert_string_equal(listed(), "podman web a\npodman once b\n");
}

static void each_finds_crios(void **state)
{
	(void)state;
	tree_put(STORAGE "containers.json", "[{\"id\":\"" A "\",\"names\":[\"k8s_web_pod_ns_1_0\"],"
		 "\"metadata\":\"{\\\"metadata-name\\\":\\\"web\\\"}\"}]");
	tree_put("run/containers/storage/overlay-containers/" B "/userdata/config.json",
		 "{\"annotations\":{\"io.kubernetes.container.name\":\"db\"}}");
	assert_string_equal(listed(), "CRI-O web a\nCRI-O k8s_web_pod_ns_1_0 a\nCRI-O db b\n");
}

static void each_finds_containerds(void **state)
{
	(void)state;
	tree_put(CONTAINERD(A), "{\"annotations\":{\"io.kubernetes.cri.container-name\":\"web\"}}");
	tree_put("run/containerd/io.containerd.runtime.v2.task/default/" B "/config.json",
		 "{\"annotations\":{\"nerdctl/name\":\"db\"}}");
	/* docker runs its containers by containerd: no name here. */
	tree_put("run/containerd/io.containerd.runtime.v2.task/moby/" C "/config.json", "{}");
	assert_non_null(strstr(listed(), "containerd web a\n"));
	assert_non_null(strstr(found, "containerd db b\n"));
	assert_null(strstr(found, " c\n"));
}

static bool first(void *arg, const struct sct_container *container)
{
	*(struct sct_container *)arg = *container;
	return true;
}

static void each_ends_when_the_visitor_has_enough(void **state)
{
	struct sct_container container;

	(void)state;
	tree_put(STORAGE "containers.json", "[{\"id\":\"" A "\",\"names\":[\"one\",\"two\"]},"
		 "{\"id\":\"" B "\",\"names\":[\"three\"]}]");
	assert_int_equal(sct_containers_each(tree_root(), first, &container), 0);
	assert_string_equal(container.name, "one");
}

static void find_by_id(void **state)
{
	struct sct_container container;

	(void)state;
	tree_put(DOCKER(A), "{\"ID\":\"" A "\",\"Name\":\"/web\"}");
	tree_put(DOCKER(B), "{\"ID\":\"" B "\",\"Name\":\"/db\"}");
	tree_put(CONTAINERD(B), "{}");
	tree_put(STORAGE "containers.json", "[{\"id\":\"" C "\",\"names\":[\"pod\"]}]");
	assert_int_equal(sct_container_find(tree_root(), B, &container), 0);
	assert_string_equal(container.id, B);
	assert_string_equal(container.name, "db");
	assert_string_equal(container.runtime, "docker");
	assert_int_equal(sct_container_find(tree_root(), C, &container), 0);
	assert_string_equal(container.name, "pod");
}

static void find_of_an_id_that_no_file_knows(void **state)
{
	struct sct_container container;

	(void)state;
	assert_int_equal(sct_container_find(tree_root(), A, &container), -ENOENT);
}

static void find_of_what_is_no_id(void **state)
{
	static const char *const bad[] = { "", "*", "../../etc", A "a", "AAAA", "aaaa" };
	struct sct_container container;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++)
		assert_int_equal(sct_container_find(tree_root(), bad[i], &container), -EINVAL);
}

/* None of these is a container, and none stops the search: the good one is still found. */
static void each_passes_over_what_makes_no_sense(void **state)
{
	static const char *const bad[] = {
		"", " ", "{", "[", "]", "nonsense", "null", "true", "1e999", "\"\"", "[]", "{}", "\xff\xfe",
		"{\"ID\":1,\"Name\":2}", "{\"ID\":null,\"Name\":null}", "{\"ID\":\"" A "\"}", "{\"Name\":\"/x\"}",
		"{\"ID\":\"" A "\",\"Name\":\"\"}", "{\"ID\":\"" A "\",\"Name\":\"/\"}",
		"{\"ID\":\"" A "\",\"Name\":\"/a\\nb\"}", "{\"ID\":\"" A "\",\"Name\":\"/a\\u0000b\"}",
		"{\"ID\":\"" A "a\",\"Name\":\"/x\"}", "{\"ID\":\"short\",\"Name\":\"/x\"}",
		"{\"ID\":\"..\",\"Name\":{\"a\":[]}}", "[{\"id\":[]}]", "[1,null,[],{}]",
		"[{\"id\":\"" A "\"}]", "[{\"id\":\"" A "\",\"names\":{}}]",
		"[{\"id\":\"" A "\",\"names\":[null,1,[],{}]}]", "[{\"id\":\"" A "\",\"names\":[\"\"],\"metadata\":\"{\"}]",
		"[{\"id\":\"" A "\",\"names\":[],\"metadata\":\"[[]]\"}]",
		"{\"annotations\":[]}", "{\"annotations\":{\"nerdctl/name\":7}}", "{\"annotations\":\"x\"}",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		tree_put(DOCKER(A), bad[i]);
		tree_put(CONTAINERD(A), bad[i]);
		tree_put(CONTAINERD("short"), "{\"annotations\":{\"nerdctl/name\":\"x\"}}");
		tree_put(STORAGE "containers.json", bad[i]);
		tree_put(STORAGE A "/userdata/config.json", bad[i]);
		tree_put("etc/docker/daemon.json", bad[i]);
		tree_put(DOCKER(B), "{\"ID\":\"" B "\",\"Name\":\"/good\"}");
		assert_string_equal(listed(), "docker good b\n");
	}
}

static void each_of_a_name_that_is_too_long(void **state)
{
	char text[512];

	(void)state;
	snprintf(text, sizeof(text), "{\"ID\":\"" A "\",\"Name\":\"/%0255d\"}", 0);
	tree_put(DOCKER(A), text);
	assert_int_equal(strlen(listed()), strlen("docker  a\n") + 255);
	snprintf(text, sizeof(text), "{\"ID\":\"" A "\",\"Name\":\"/%0256d\"}", 0);
	tree_put(DOCKER(A), text);
	assert_string_equal(listed(), "");
}

static void each_of_deep_nesting(void **state)
{
	static char text[100000];

	(void)state;
	memset(text, '[', sizeof(text) - 1);
	tree_put(STORAGE "containers.json", text);
	assert_string_equal(listed(), "");
}

/* A pipe in the place of a file would never answer; a file without end never end. */
static void each_of_what_is_no_plain_file(void **state)
{
	char path[4096];

	(void)state;
	tree_put(STORAGE "x", "");
	snprintf(path, sizeof(path), "%s/" STORAGE "containers.json", tree_root());
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_string_equal(listed(), "");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/dev/zero", path), 0);
	assert_string_equal(listed(), "");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_string_equal(listed(), "");
}

static void each_of_a_huge_file(void **state)
{
	char path[4096];

	(void)state;
	tree_put(STORAGE "containers.json", "[{\"id\":\"" A "\",\"names\":[\"web\"]}]");
	snprintf(path, sizeof(path), "%s/" STORAGE "containers.json", tree_root());
	assert_int_equal(truncate(path, 1L << 40), 0);
	assert_string_equal(listed(), "");
}

#define CASE(f)	cmocka_unit_test_setup_teardown(f, tree_make, tree_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(each_of_an_empty_tree_is_none),
		CASE(each_finds_dockers),
		CASE(each_finds_docker_where_its_configuration_says),
		CASE(each_finds_podmans),
		CASE(each_finds_podmans_of_users),
		CASE(each_finds_crios),
		CASE(each_finds_containerds),
		CASE(each_ends_when_the_visitor_has_enough),
		CASE(find_by_id),
		CASE(find_of_an_id_that_no_file_knows),
		CASE(find_of_what_is_no_id),
		CASE(each_passes_over_what_makes_no_sense),
		CASE(each_of_a_name_that_is_too_long),
		CASE(each_of_deep_nesting),
		CASE(each_of_what_is_no_plain_file),
		CASE(each_of_a_huge_file),
	};

	return cmocka_run_group_tests_name("sctrace_container", tests, NULL, NULL);
}
