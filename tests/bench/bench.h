/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"

G_BEGIN_DECLS

/* In milliseconds. CPU time is that of all threads of the process. */
typedef struct
{
  double cpu;
  double wall;
} BenchTime;

/* What one thing cost, one entry a round. */
typedef struct
{
  GArray *cpu;
  GArray *wall;
} BenchSeries;

void          bench_init          (int               *argc,
                                   char            ***argv);
BenchTime     bench_now           (void);
BenchSeries  *bench_series_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void          bench_series_free   (BenchSeries       *self);
void          bench_series_add    (BenchSeries       *self,
                                   BenchTime          start);
double        bench_quantile      (GArray            *values,
                                   double             q);
double        bench_ratio         (GArray            *ours,
                                   GArray            *theirs);
void          bench_say_cpu       (const char        *figure,
                                   BenchSeries       *ours,
                                   BenchSeries       *theirs,
                                   const char        *against);
void          bench_say_wall      (const char        *figure,
                                   BenchSeries       *ours,
                                   BenchSeries       *theirs,
                                   const char        *against);
void          bench_say_goal      (const char        *figure,
                                   double             value,
                                   const char        *unit,
                                   double             goal,
                                   const char        *format,
                                   ...) G_GNUC_PRINTF (5, 6);
void          bench_say_least     (const char        *figure,
                                   double             value,
                                   const char        *unit,
                                   double             goal,
                                   const char        *format,
                                   ...) G_GNUC_PRINTF (5, 6);
char         *bench_make_folder   (const char        *near) G_GNUC_WARN_UNUSED_RESULT;
void          bench_remove_folder (const char        *folder);
char         *bench_make_jpeg     (const char        *folder,
                                   const char        *name,
                                   gboolean           upside_down) G_GNUC_WARN_UNUSED_RESULT;
char         *bench_make_huge_jpeg   (const char     *folder,
                                      const char     *name,
                                      gboolean        upside_down) G_GNUC_WARN_UNUSED_RESULT;
char         *bench_make_marked_jpeg (const char     *folder,
                                      const char     *name) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchSeries, bench_series_free)

G_END_DECLS
