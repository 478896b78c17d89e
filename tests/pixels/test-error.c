/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "reshoot-error.h"
#include "reshoot-test.h"

static void
test_exit_status (void)
{
  static const struct
  {
    ReshootError code;
    int          status;
  } table[] = {
    { RESHOOT_ERROR_INVALID_REQUEST, 2 },
    { RESHOOT_ERROR_CANNOT, 3 },
    { RESHOOT_ERROR_REFUSED, 3 },
    { RESHOOT_ERROR_UNSURE, 3 },
    { RESHOOT_ERROR_BUDGET, 4 },
    { RESHOOT_ERROR_AUTH, 5 },
    { RESHOOT_ERROR_CREDITS, 5 },
    { RESHOOT_ERROR_NETWORK, 6 },
    { RESHOOT_ERROR_UNAVAILABLE, 6 },
    { RESHOOT_ERROR_RATE_LIMITED, 6 },
    { RESHOOT_ERROR_EXPIRED, 6 },
    { RESHOOT_ERROR_PROTOCOL, 6 },
    { RESHOOT_ERROR_CORRUPT, 7 },
    { RESHOOT_ERROR_UNKNOWN_PAYMENT, 8 },
    { RESHOOT_ERROR_UNSUPPORTED_IMAGE, 1 },
    { RESHOOT_ERROR_TOO_LARGE, 1 },
    { RESHOOT_ERROR_NEWER, 1 },
    { RESHOOT_ERROR_BUSY, 1 },
    { RESHOOT_ERROR_READ_ONLY, 1 },
    { RESHOOT_ERROR_NO_SPACE, 1 },
    { RESHOOT_ERROR_FAILED, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = reshoot_error_new (table[i].code, "why", "what", "detail %d", 1);
      g_autoptr (GError) copy = g_error_copy (error);

      g_assert_cmpint (reshoot_error_get_exit_status (error), ==, table[i].status);
      g_assert_cmpstr (reshoot_error_get_reason (copy), ==, "why");
      g_assert_cmpstr (reshoot_error_get_subject (copy), ==, "what");
      g_assert_cmpstr (copy->message, ==, "detail 1");
    }
}

static void
test_from_io (void)
{
  g_autoptr (GError) missing = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no");
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "no");
  g_autoptr (GError) ours = reshoot_error_new_from_io (missing, "shoe.jpg");
  g_autoptr (GError) still_cancelled = reshoot_error_new_from_io (cancelled, "shoe.jpg");

  g_assert_error (ours, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (ours), ==, "missing");
  g_assert_cmpstr (reshoot_error_get_subject (ours), ==, "shoe.jpg");
  g_assert_error (still_cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (reshoot_error_get_exit_status (still_cancelled), ==, 130);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/error/exit-status", test_exit_status);
  g_test_add_func ("/error/from-io", test_from_io);

  return g_test_run ();
}
