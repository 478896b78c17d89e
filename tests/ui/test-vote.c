/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Voting blind, in the window: while it asks, nothing that can be reached says whose a result is; what was said is in
 * the ledger; names and standing come after. */

#include "reshoot-error.h"
#include "reshoot-project-votes.h"
#include "reshoot-settings.h"
#include "reshoot-ui-test.h"
#include "reshoot-window-private.h"

#include "reshoot-test.h"

#define N_CANDIDATES 4

/* All but the last are there when the voting begins. */
#define N_THERE 3
#define N_PAIRS 3

static const char *const models[N_CANDIDATES] = {
  "bfl/flux-kontext-pro", "bfl/flux-kontext-max", "fal/flux-kontext-dev", "replicate/flux-kontext-max",
};

typedef struct
{
  GFile          *file;
  ReshootSession *session;
  ReshootWindow  *window;
} Fixture;

static void
finish (ReshootProject *project,
        ReshootStep    *step,
        guint           index)
{
  static const guint32 colors[] = { 0xffff0000u, 0xff00ff00u, 0xff0000ffu, 0xffffff00u };
  const double affine[6] = { 1, 0, 0, 0, 1, 0 };
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (600, 400, colors[index]);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);

  facts.seconds = 7.7 + index;
  facts.settled = reshoot_money_from_dollars (0.31 + index);
  facts.charged = RESHOOT_CHARGED_YES;
  reshoot_project_add_version_async (project, step, image, affine, NULL, &facts, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_add_version_finish (project, result, &error);
  g_assert_no_error (error);
}

static void
add_original (ReshootProject *project)
{
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (600, 400, 0xff808080u);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootStep) original = NULL;

  reshoot_project_add_original_async (project, image, "bottle by flux", NULL, reshoot_test_ready_cb,
                                      &result);
  reshoot_test_await (&result);
  original = reshoot_project_add_original_finish (project, result, &error);
  g_assert_no_error (error);
}

static void
add_row (ReshootProject *project)
{
  ReshootStep *original = reshoot_history_get_step (reshoot_project_get_history (project), 1);
  ReshootRequest *requests[N_CANDIDATES];
  ReshootMoney estimates[N_CANDIDATES];
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_CANDIDATES; i++)
    {
      requests[i] = reshoot_request_new ("make the bottle navy", models[i], NULL);
      estimates[i] = reshoot_money_from_dollars (0.31 + i);
    }

  reshoot_project_add_row_async (project, original, requests, estimates, N_CANDIDATES, NULL,
                                 reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  steps = reshoot_project_add_row_finish (project, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_CANDIDATES; i++)
    {
      g_object_unref (requests[i]);
      if (i < N_THERE)
        finish (project, steps->pdata[i], i);
    }
}

static void
close_project (ReshootProject *project)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_close_async (project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_close_finish (project, result, &error);
  g_assert_no_error (error);
}

/* A file that is called as one of the candidates is. */
static void
make_project (Fixture *fixture)
{
  g_autoptr (ReshootProject) project = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->file = reshoot_test_temp_file ("kontext-max.reshoot");
  reshoot_project_open_async (fixture->file, RESHOOT_PROJECT_CREATE, NULL, reshoot_test_ready_cb,
                              &result);
  reshoot_test_await (&result);
  project = reshoot_project_open_finish (result, &error);
  g_assert_no_error (error);
  add_original (project);
  add_row (project);
  close_project (project);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GSettings) settings = reshoot_settings_new ();
  g_autoptr (GError) error = NULL;

  make_project (fixture);
  g_settings_reset (settings, "voter");
  fixture->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  fixture->window = reshoot_window_new (NULL, fixture->session);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  reshoot_window_open (fixture->window, fixture->file);
  reshoot_test_wait_until (fixture->window->project != NULL);
  reshoot_window_show (fixture->window, RESHOOT_WINDOW_COMPARE);
  reshoot_test_wait_until (reshoot_row_view_get_row (fixture->window->compare) != NULL);
  reshoot_ui_test_frames (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer window_gone = fixture->window;
  gpointer vote_gone = fixture->window->vote;
  gpointer project_gone = fixture->window->project;
  g_autoptr (GFile) folder = g_file_get_parent (fixture->file);

  g_object_add_weak_pointer (G_OBJECT (fixture->window), &window_gone);
  if (vote_gone != NULL)
    g_object_add_weak_pointer (vote_gone, &vote_gone);
  g_object_add_weak_pointer (G_OBJECT (fixture->window->project), &project_gone);
  gtk_window_close (GTK_WINDOW (fixture->window));
  reshoot_test_wait_until (window_gone == NULL);
  reshoot_test_wait_until (vote_gone == NULL);
  reshoot_test_wait_until (project_gone == NULL);
  g_object_unref (fixture->session);
  g_file_delete (fixture->file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_object_unref (fixture->file);
}

/* --- What can be reached --- */

static void
add_text (GPtrArray  *texts,
          const char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (texts, g_strdup (text));
}

/* What it is, as no expectation is it. */
static guint
add_accessible (GPtrArray             *texts,
                GtkWidget             *widget,
                GtkAccessibleProperty  property)
{
  g_autofree char *text = NULL;

  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), property))
    return 0;

  text = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), property, "\001");
  add_text (texts, text);
  return 1;
}

static void
add_controllers (GPtrArray *texts,
                 GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DRAG_SOURCE (controller))
        g_ptr_array_add (texts, g_strdup ("a drag whose file has a name: kontext"));
    }
}

/* Whatever of @widget and below it pointer, keyboard, screen reader or a drag can come by. */
static void
collect (GPtrArray *texts,
         GtkWidget *widget,
         guint     *n_accessible)
{
  static const char *const properties[] = {
    "label", "title", "subtitle", "description", "text", "placeholder-text", "icon-name",
  };

  if (!gtk_widget_get_visible (widget))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), properties[i]);
      g_autofree char *text = NULL;

      if (spec == NULL || spec->value_type != G_TYPE_STRING
          || (spec->flags & G_PARAM_READABLE) == 0)
        continue;

      g_object_get (widget, properties[i], &text, NULL);
      add_text (texts, text);
    }

  add_text (texts, gtk_widget_get_tooltip_text (widget));
  add_text (texts, gtk_widget_get_tooltip_markup (widget));
  add_text (texts, gtk_widget_get_name (widget));
  *n_accessible += add_accessible (texts, widget, GTK_ACCESSIBLE_PROPERTY_LABEL);
  *n_accessible += add_accessible (texts, widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  *n_accessible += add_accessible (texts, widget, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT);
  add_controllers (texts, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (texts, child, n_accessible);
}

/* How many of them name a model, a service, a price or a time of a candidate. */
static guint
count_telling (Fixture *fixture)
{
  static const char telling[] =
    "kontext|flux|black forest|\\b(bfl|fal|replicate|dev|pro|max)\\b"
    "|\\$|[0-3]\\.31|\\b(7|8|9|10)\\.7|\\bseconds?\\b";
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRegex) regex = g_regex_new (telling, G_REGEX_CASELESS, 0, NULL);
  guint n_accessible = 0;
  guint n = 0;

  collect (texts, GTK_WIDGET (fixture->window), &n_accessible);
  g_assert_cmpuint (texts->len, >, 20);
  g_assert_cmpuint (n_accessible, >, 0);
  for (guint i = 0; i < texts->len; i++)
    if (g_regex_match (regex, texts->pdata[i], 0, NULL))
      {
        g_test_message ("it tells: %s", (char *) texts->pdata[i]);
        n++;
      }

  return n;
}

/* --- */

static void
act (Fixture    *fixture,
     const char *action)
{
  GtkWidget *widget = fixture->window->vote != NULL ? GTK_WIDGET (fixture->window->vote)
                      : GTK_WIDGET (fixture->window);

  g_assert_true (gtk_widget_activate_action (widget, action, NULL));
}

static void
wait_for_pair (Fixture *fixture)
{
  reshoot_test_wait_until (reshoot_vote_view_get_left (fixture->window->vote) != NULL);
}

static void
say (Fixture    *fixture,
     const char *outcome)
{
  wait_for_pair (fixture);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window->vote), "vote.say", "s",
                                             outcome));
}

static gboolean
is_seen (Fixture    *fixture,
         const char *text)
{
  GtkWidget *label = reshoot_ui_test_find_label (GTK_WIDGET (fixture->window->vote), text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static void
start (Fixture    *fixture,
       const char *voter)
{
  GtkWidget *label;

  act (fixture, "win.vote-blind");
  reshoot_test_wait_until (is_seen (fixture, "Start Voting"));
  g_assert_cmpuint (count_telling (fixture), ==, 0);
  label = reshoot_ui_test_find_label (GTK_WIDGET (fixture->window->vote), "Who votes?");
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW)), voter);
  act (fixture, "vote.start");
  wait_for_pair (fixture);
}

static GPtrArray *
load (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *votes;

  reshoot_project_load_votes_async (fixture->window->project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  votes = reshoot_project_load_votes_finish (fixture->window->project, result, &error);
  g_assert_no_error (error);
  return votes;
}

/* While it asks nothing tells, whatever happens meanwhile; before and after, the same walk finds names. */
static void
test_blind (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = reshoot_error_new (RESHOOT_ERROR_REFUSED, "output", "flux-kontext-max",
                                                "no");

  g_assert_cmpuint (count_telling (fixture), >, 3);
  reshoot_window_say (fixture->window, "“Kontext” is rated");
  start (fixture, "Ada");
  g_assert_cmpuint (count_telling (fixture), ==, 0);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Vote Blind");

  reshoot_window_say_error (fixture->window, error);
  g_assert_cmpuint (count_telling (fixture), ==, 0);
  act (fixture, "vote.source");
  for (guint i = 0; i < N_PAIRS; i++)
    {
      wait_for_pair (fixture);
      reshoot_ui_test_frames (GTK_WIDGET (fixture->window));
      g_assert_cmpuint (count_telling (fixture), ==, 0);
      say (fixture, i == 0 ? "left" : "tie");
    }

  reshoot_test_wait_until (is_seen (fixture, "Which Was Which"));
  g_assert_cmpuint (count_telling (fixture), >, 3);
  act (fixture, "vote.leave");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window->vote_bin)));
  g_assert_true (gtk_widget_get_visible (fixture->window->notice));
  g_assert_cmpuint (count_telling (fixture), >, 3);
}

/* Each of two is asked once, the last word is in the ledger, and what was taken back is not. */
static void
test_votes (Fixture       *fixture,
            gconstpointer  data)
{
  ReshootStep *left[N_PAIRS], *right[N_PAIRS];
  g_autoptr (GPtrArray) votes = NULL;
  const ReshootCastVote *vote;

  start (fixture, "  Ada ");
  for (guint i = 0; i < N_PAIRS; i++)
    {
      wait_for_pair (fixture);
      left[i] = reshoot_vote_view_get_left (fixture->window->vote);
      right[i] = reshoot_vote_view_get_right (fixture->window->vote);
      for (guint j = 0; j < i; j++)
        g_assert_false ((left[i] == left[j] && right[i] == right[j])
                        || (left[i] == right[j] && right[i] == left[j]));

      if (i == 1)
        {
          say (fixture, "neither");
          wait_for_pair (fixture);
          act (fixture, "vote.undo");
          wait_for_pair (fixture);
          g_assert_true (reshoot_vote_view_get_left (fixture->window->vote) == left[i]);
          g_assert_true (reshoot_vote_view_get_right (fixture->window->vote) == right[i]);
          act (fixture, "vote.skip");
        }
      else
        {
          say (fixture, i == 0 ? "right" : "left");
        }
    }

  reshoot_test_wait_until (is_seen (fixture, "Which Was Which"));
  g_assert_true (is_seen (fixture, "Not enough votes"));
  g_assert_true (is_seen (fixture, "Go On Voting") || is_seen (fixture, "_Go On Voting"));
  votes = load (fixture);
  g_assert_cmpuint (votes->len, ==, 2);
  vote = votes->pdata[0];
  g_assert_true (vote->left == left[0] && vote->right == right[0]);
  g_assert_cmpint (vote->outcome, ==, RESHOOT_VOTE_RIGHT);
  g_assert_cmpstr (vote->author, ==, "Ada");
  g_assert_cmpstr (vote->task, ==, "recolor");
  vote = votes->pdata[1];
  g_assert_true (vote->left == left[2] && vote->right == right[2]);

  /* Who goes on is asked what they skipped and no more, and nobody is asked their name again. */
  act (fixture, "vote.again");
  wait_for_pair (fixture);
  g_assert_true (is_seen (fixture, "Pair 1 of 1 · Ada votes"));
  say (fixture, "tie");
  reshoot_test_wait_until (is_seen (fixture, "You have voted on every pair"));
}

/* What comes while one votes waits for the next round: it would be known by that. */
static void
test_arrival (Fixture       *fixture,
              gconstpointer  data)
{
  ReshootHistory *history = reshoot_project_get_history (fixture->window->project);
  ReshootStep *late = reshoot_history_get_step (history, N_CANDIDATES + 1);

  start (fixture, "");
  g_assert_true (is_seen (fixture, "Pair 1 of 3"));
  finish (fixture->window->project, late, N_CANDIDATES - 1);
  for (guint i = 0; i < N_PAIRS; i++)
    {
      wait_for_pair (fixture);
      g_assert_true (reshoot_vote_view_get_left (fixture->window->vote) != late);
      g_assert_true (reshoot_vote_view_get_right (fixture->window->vote) != late);
      say (fixture, "tie");
    }

  reshoot_test_wait_until (is_seen (fixture, "You have not voted on every pair"));
  act (fixture, "vote.again");
  wait_for_pair (fixture);
  g_assert_true (is_seen (fixture, "Pair 1 of 3"));
}

/* With votes enough there are places. */
static void
test_standing (Fixture       *fixture,
               gconstpointer  data)
{
  ReshootHistory *history = reshoot_project_get_history (fixture->window->project);

  for (guint i = 0; i < RESHOOT_VOTES_MIN; i++)
    {
      g_autofree char *guest = g_strdup_printf ("Guest %u", i);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      reshoot_project_vote_async (fixture->window->project, reshoot_history_get_step (history, 2),
                                  reshoot_history_get_step (history, 3), RESHOOT_VOTE_LEFT, guest,
                                  NULL, NULL, reshoot_test_ready_cb, &result);
      reshoot_test_await (&result);
      reshoot_project_vote_finish (fixture->window->project, result, &error);
      g_assert_no_error (error);
    }

  start (fixture, "");
  act (fixture, "vote.leave");
  reshoot_test_wait_until (is_seen (fixture, "Which Was Which"));
  g_assert_true (is_seen (fixture, "1. FLUX.1 Kontext Pro · Black Forest Labs"));
  g_assert_true (is_seen (fixture, "10 votes: won 10, lost 0, tie 0, both bad 0"));
  g_assert_true (is_seen (fixture, "2. FLUX.1 Kontext Max · Black Forest Labs"));
}

int
main (int    argc,
      char **argv)
{
  /* So that what a screen reader is told can be asked for without one. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) g_test_add ("/vote/" name, Fixture, NULL, set_up, function, tear_down)
  add ("blind", test_blind);
  add ("votes", test_votes);
  add ("arrival", test_arrival);
  add ("standing", test_standing);
#undef add

  return g_test_run ();
}
