/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-path.c - file names seen from another directory, symbolic links included */
#include <limits.h>
#include <sys/stat.h>

#include "tmpdir.h"

#include "path.h"

static char real_tmp[PATH_MAX];

/* a/b, c, and elsewhere -> a/b; the tests run in the directory that has them, or in a/b. */
static int make_dirs(void **state)
{
	return enter_tmpdir(state) || !realpath(".", real_tmp) || mkdir("a", 0777) || mkdir("a/b", 0777) ||
	       mkdir("c", 0777) || symlink("a/b", "elsewhere");
}

/* Takes over got.  "@" at the start of expected stands for the directory of the tests. */
static void assert_path(char *got, const char *expected)
{
	char whole[2 * PATH_MAX];

	snprintf(whole, sizeof(whole), "%s%s", *expected == '@' ? real_tmp : "", expected + (*expected == '@'));
	assert_non_null(got);
	assert_string_equal(got, whole);
	free(got);
}

static void dir_is_what_precedes_the_last_slash(void **state)
{
	assert_path(path_dir("plan.json"), ".");
	assert_path(path_dir("a/plan.json"), "a");
	assert_path(path_dir("../a/b/plan.json"), "../a/b");
	assert_path(path_dir("/plan.json"), "/");
	assert_path(path_dir("/a/plan.json"), "/a");
}

static void join_leaves_absolute_names_alone(void **state)
{
	assert_path(path_join(NULL, "Image"), "Image");
	assert_path(path_join(".", "Image"), "Image");
	assert_path(path_join("", "Image"), "Image");
	assert_path(path_join("a", "Image"), "a/Image");
	assert_path(path_join("a/", "Image"), "a/Image");
	assert_path(path_join("/", "Image"), "/Image");
	assert_path(path_join("a", "../Image"), "a/../Image");
	assert_path(path_join("a", "/Image"), "/Image");
	assert_path(path_join(NULL, "/Image"), "/Image");
}

static void absolute_shortens_only_what_is_sure(void **state)
{
	assert_path(path_absolute("Image"), "@/Image");
	assert_path(path_absolute("./Image"), "@/Image");
	assert_path(path_absolute(".//./Image"), "@/Image");
	assert_path(path_absolute("elsewhere/../Image"), "@/elsewhere/../Image");
	assert_path(path_absolute("/x/../Image"), "/x/../Image");
	assert_path(path_absolute(".hidden"), "@/.hidden");
	assert_path(path_absolute("..hidden"), "@/..hidden");
	assert_int_equal(chdir("a/b"), 0);
	assert_path(path_absolute("../Image"), "@/a/Image");
	assert_path(path_absolute(".././../c/Image"), "@/c/Image");
	assert_path(path_absolute("../../../../../../../../../../../../../../../../../../Image"), "/Image");
	assert_int_equal(chdir("/"), 0);
	assert_path(path_absolute("Image"), "/Image");
	assert_path(path_absolute("../a/Image"), "/a/Image");
	assert_int_equal(chdir(real_tmp), 0);
}

static void relative_climbs_to_the_common_directory(void **state)
{
	char name[2 * PATH_MAX + 64];

	assert_path(path_relative(".", "Image"), "Image");
	assert_path(path_relative("a", "Image"), "../Image");
	assert_path(path_relative("a", "a/Image"), "Image");
	assert_path(path_relative("a/", "c/Image"), "../c/Image");
	assert_path(path_relative("a/b", "c/Image"), "../../c/Image");
	assert_path(path_relative("a", "ab/Image"), "../ab/Image");
	assert_path(path_relative("c/../a/b", "a/Image"), "../Image");
	snprintf(name, sizeof(name), "%s//Image", real_tmp);
	assert_path(path_relative(".", name), "Image");
	snprintf(name, sizeof(name), "/..%s/../.%s/./c/..//Image", real_tmp, strrchr(real_tmp, '/'));
	assert_path(path_relative(".", name), "c/..//Image");
	assert_path(path_relative("a/b", name), "../../c/..//Image");
	assert_path(path_relative("c", name), "../Image");
	snprintf(name, sizeof(name), "%s", real_tmp + 1);
	assert_path(path_relative("/", "Image"), strcat(name, "/Image"));
}

/* From elsewhere/, ".." is a/, since elsewhere is a link to a/b. */
static void relative_looks_through_links_in_the_directory(void **state)
{
	assert_path(path_relative("elsewhere", "Image"), "../../Image");
	assert_path(path_relative("a", "elsewhere/../Image"), "../elsewhere/../Image");
	assert_int_equal(chdir("elsewhere"), 0);
	assert_path(path_relative(".", "../Image"), "../Image");
	assert_path(path_relative("..", "../Image"), "Image");
	assert_int_equal(chdir(real_tmp), 0);
}

static void relative_to_no_directory_fails(void **state)
{
	errno = 0;
	assert_null(path_relative("nowhere", "Image"));
	assert_int_equal(errno, ENOENT);
}

static void names_in_a_removed_directory_fail(void **state)
{
	assert_int_equal(mkdir("gone", 0777), 0);
	assert_int_equal(chdir("gone"), 0);
	assert_int_equal(rmdir("../gone"), 0);
	errno = 0;
	assert_null(path_absolute("Image"));
	assert_int_equal(errno, ENOENT);
	assert_null(path_relative("/", "Image"));
	assert_path(path_absolute("/Image"), "/Image");
	assert_int_equal(chdir(real_tmp), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dir_is_what_precedes_the_last_slash),
		cmocka_unit_test(join_leaves_absolute_names_alone),
		cmocka_unit_test(absolute_shortens_only_what_is_sure),
		cmocka_unit_test(relative_climbs_to_the_common_directory),
		cmocka_unit_test(relative_looks_through_links_in_the_directory),
		cmocka_unit_test(relative_to_no_directory_fails),
		cmocka_unit_test(names_in_a_removed_directory_fail),
	};

	return cmocka_run_group_tests_name("path", tests, make_dirs, leave_tmpdir);
}
