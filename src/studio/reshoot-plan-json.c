/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a plan is spelt in JSON. One table says for every operation which keys it has, of which type, in which range
 * and in which member of the record they live; writing and reading walk the same table, so they cannot drift apart.
 * The JSON may come from a stranger's file: types are looked at before values are asked for. */

#include "reshoot-plan-private.h"

#include "reshoot-error.h"

#include <math.h>
#include <string.h>

#define MAX_OPERATIONS 256
#define MAX_REFUSALS 256
#define MAX_WORDS 8192

typedef enum
{
  FIELD_NONE,
  FIELD_WORD,     /* one of @words, into a char * */
  FIELD_FREE,     /* any text, into a char * */
  FIELD_TARGET,   /* "product" or "color:NAME", into a char * */
  FIELD_COLOR,    /* "#rrggbb", into a char[8] */
  FIELD_NUMBER,   /* into a double that is NAN where not given */
  FIELD_RATIO,    /* into a double that is 0 where not given */
  FIELD_PIXELS,   /* into an int that is 0 where not given */
  FIELD_AUTO,     /* a number or "auto" = NAN; always written */
  FIELD_SHARE,    /* a number or "tight" = 0, NAN where not given */
  FIELD_ASPECT,   /* "W:H", into aspect_width and aspect_height */
  FIELD_LEVEL,
  FIELD_DIRECTION,
  FIELD_SCOPE,
} FieldType;

typedef struct
{
  const char         *key;
  FieldType           type;
  gsize               offset;
  const char * const *words;
  double              min;
  double              max;
} Field;

#define MAX_FIELDS 7

typedef struct
{
  const char *name;
  Field       fields[MAX_FIELDS];
} Spelling;

#define AT(member) G_STRUCT_OFFSET (ReshootOperation, member)
#define WORD(key, member, words) { key, FIELD_WORD, AT (member), words, 0, 0 }
#define FREE(key, member) { key, FIELD_FREE, AT (member), NULL, 0, 0 }
#define COLOR(key, member) { key, FIELD_COLOR, AT (member), NULL, 0, 0 }
#define NUMBER(key, member, min, max) { key, FIELD_NUMBER, AT (member), NULL, min, max }
#define RATIO(key, member, min, max) { key, FIELD_RATIO, AT (member), NULL, min, max }
#define PIXELS(key, member) { key, FIELD_PIXELS, AT (member), NULL, 1, 65535 }
#define ASPECT { "aspect", FIELD_ASPECT, 0, NULL, 0.01, 10000 }
#define LEVEL { "level", FIELD_LEVEL, 0, NULL, 0, 0 }
#define DIRECTION { "dir", FIELD_DIRECTION, 0, NULL, 0, 0 }
#define SCOPE { "scope", FIELD_SCOPE, 0, NULL, 0, 0 }
#define TONE DIRECTION, LEVEL, NUMBER ("percent", percent, -100, 1000), SCOPE

static const char * const backgrounds[] = { "solid", "studio", "gradient", "transparent", "blur",
                                            NULL };
static const char * const shapes[] = { "linear", "radial", "horizontal", "vertical", NULL };
static const char * const shadows[] = { "contact", "drop", "none", NULL };
static const char * const gravities[] = { "product", "center", "top", "bottom", "left", "right",
                                          NULL };
static const char * const sides[] = { "all", "left", "right", "top", "bottom", NULL };
static const char * const axes[] = { "horizontal", "vertical", NULL };
static const char * const modes[] = { "auto", NULL };
static const char * const references[] = { "background", "product", NULL };
static const char * const tints[] = { "sepia", "warm", "cool", NULL };
static const char * const positions[] = { "top-left", "top", "top-right", "left", "center", "right",
                                          "bottom-left", "bottom", "bottom-right", NULL };
static const char * const sizes[] = { "small", "medium", "large", NULL };
static const char * const weights[] = { "normal", "bold", "light", NULL };
static const char * const styles[] = { "normal", "italic", NULL };
static const char * const levels[] = { "", "slight", "medium", "strong", NULL };
static const char * const scopes[] = { "all", "product", "background", NULL };

static const Spelling spellings[] = {
  [RESHOOT_OPERATION_BACKGROUND] = { "background", { WORD ("fill", fill, backgrounds),
                                                     COLOR ("color", color),
                                     COLOR ("color2", color2), WORD ("shape", sub, shapes),
                                         LEVEL } },
  [RESHOOT_OPERATION_SHADOW] = { "shadow", { WORD ("kind", sub, shadows), LEVEL } },
  [RESHOOT_OPERATION_CROP] = { "crop", { ASPECT, WORD ("gravity", sub, gravities) } },
  [RESHOOT_OPERATION_FRAME] = { "frame", { { "fill", FIELD_SHARE, AT (fill_share), NULL, 0.01, 1 },
                                           ASPECT,
                                WORD ("gravity", sub, gravities) } },
  [RESHOOT_OPERATION_CANVAS] = { "canvas", { ASPECT, WORD ("side", sub, sides),
                                             RATIO ("pad", pad, 0.001, 4),
                                 COLOR ("color", color), LEVEL } },
  [RESHOOT_OPERATION_STRAIGHTEN] = { "straighten", { { "angle", FIELD_AUTO, AT (degrees), NULL, -45,
                                                       45 } } },
  [RESHOOT_OPERATION_ROTATE] = { "rotate", { NUMBER ("deg", degrees, -360, 360) } },
  [RESHOOT_OPERATION_FLIP] = { "flip", { WORD ("axis", sub, axes) } },
  [RESHOOT_OPERATION_RESIZE] = { "resize", { PIXELS ("long_edge", long_edge),
                                             PIXELS ("min_long_edge", min_long_edge),
                                 PIXELS ("width", width), PIXELS ("height", height) } },
  [RESHOOT_OPERATION_UPSCALE] = { "upscale", { RATIO ("factor", factor, 1, 16),
                                               PIXELS ("width", width) } },
  [RESHOOT_OPERATION_EXPOSURE] = { "exposure", { NUMBER ("ev", ev, -10, 10), TONE } },
  [RESHOOT_OPERATION_CONTRAST] = { "contrast", { TONE } },
  [RESHOOT_OPERATION_HIGHLIGHTS] = { "highlights", { TONE } },
  [RESHOOT_OPERATION_SHADOWS] = { "shadows", { TONE } },
  [RESHOOT_OPERATION_BLACKS] = { "blacks", { TONE } },
  [RESHOOT_OPERATION_TEMPERATURE] = { "temperature", { TONE } },
  [RESHOOT_OPERATION_SATURATION] = { "saturation", { TONE } },
  [RESHOOT_OPERATION_VIBRANCE] = { "vibrance", { TONE } },
  [RESHOOT_OPERATION_SHARPEN] = { "sharpen", { TONE } },
  [RESHOOT_OPERATION_DENOISE] = { "denoise", { TONE } },
  [RESHOOT_OPERATION_WHITE_BALANCE] = { "white_balance", { WORD ("mode", sub, modes),
                                        WORD ("against", target, references), SCOPE } },
  [RESHOOT_OPERATION_AUTO_TONE] = { "auto_tone", { SCOPE } },
  [RESHOOT_OPERATION_MONOCHROME] = { "monochrome", { WORD ("tint", sub, tints) } },
  [RESHOOT_OPERATION_RECOLOR] = { "recolor", { { "target", FIELD_TARGET, AT (target), NULL, 0, 0 },
                                  COLOR ("to", color) } },
  [RESHOOT_OPERATION_TEXT] = { "text", { FREE ("content", content),
                                         WORD ("position", sub, positions),
                               COLOR ("color", color), WORD ("size", size, sizes),
                                   WORD ("weight", weight, weights),
                               WORD ("style", style, styles) } },
  [RESHOOT_OPERATION_REPEAT] = { "repeat", { LEVEL } },
};

/* The closed list of reasons; a plan from elsewhere may not invent one, since people read a sentence for each. */
static const char * const reasons[] = {
  "generate-scene", "add-object", "remove-object", "new-view", "relight", "material", "edit-text-in-picture",
  "style-transfer", "add-person", "change-shape", "generate-image", "unclear", "help", NULL
};

static const char * const protectables[] = { "product", "background", NULL };

/* --- Writing --- */

static void
set_number (JsonObject *object,
            const char *key,
            double      value)
{
  if (value == rint (value) && ABS (value) < 1e9)
    json_object_set_int_member (object, key, (gint64) value);
  else
    json_object_set_double_member (object, key, value);
}

static void
write_aspect (JsonObject             *object,
              const ReshootOperation *operation)
{
  char width[G_ASCII_DTOSTR_BUF_SIZE];
  char height[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;

  if (operation->aspect_width <= 0)
    return;

  g_ascii_formatd (width, sizeof width, "%.9g", operation->aspect_width);
  g_ascii_formatd (height, sizeof height, "%.9g", operation->aspect_height);
  text = g_strconcat (width, ":", height, NULL);
  json_object_set_string_member (object, "aspect", text);
}

static void
write_number (JsonObject  *object,
              const Field *field,
              double       value)
{
  if (field->type == FIELD_AUTO && isnan (value))
    json_object_set_string_member (object, field->key, "auto");
  else if (field->type == FIELD_SHARE && value == 0)
    json_object_set_string_member (object, field->key, "tight");
  else if (!isnan (value) && !(field->type == FIELD_RATIO && value == 0))
    set_number (object, field->key, value);
}

static void
write_field (JsonObject             *object,
             const Field            *field,
             const ReshootOperation *operation)
{
  const char *text = NULL;

  switch (field->type)
    {
    case FIELD_WORD:
    case FIELD_FREE:
    case FIELD_TARGET:
      text = G_STRUCT_MEMBER (char *, operation, field->offset);
      break;
    case FIELD_COLOR:
      text = G_STRUCT_MEMBER_P (operation, field->offset);
      text = *text != '\0' ? text : NULL;
      break;
    case FIELD_NUMBER:
    case FIELD_RATIO:
    case FIELD_AUTO:
    case FIELD_SHARE:
      write_number (object, field, G_STRUCT_MEMBER (double, operation, field->offset));
      break;
    case FIELD_PIXELS:
      if (G_STRUCT_MEMBER (int, operation, field->offset) > 0)
        json_object_set_int_member (object, field->key, G_STRUCT_MEMBER (int, operation,
                                                                         field->offset));
      break;
    case FIELD_ASPECT:
      write_aspect (object, operation);
      break;
    case FIELD_LEVEL:
      text = operation->level != RESHOOT_LEVEL_NONE ? levels[operation->level] : NULL;
      break;
    case FIELD_DIRECTION:
      text = operation->direction > 0 ? "+" : operation->direction < 0 ? "-" : NULL;
      break;
    case FIELD_SCOPE:
      text = scopes[operation->scope];
      break;
    case FIELD_NONE:
    default:
      break;
    }

  if (text != NULL)
    json_object_set_string_member (object, field->key, text);
}

static JsonObject *
write_operation (const ReshootOperation *operation)
{
  const Spelling *spelling = &spellings[operation->kind];
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "op", spelling->name);
  for (guint i = 0; i < MAX_FIELDS && spelling->fields[i].type != FIELD_NONE; i++)
    {
      /* The scope of a white balance is only worth a word where it is not everything. */
      if (operation->kind == RESHOOT_OPERATION_WHITE_BALANCE &&
          spelling->fields[i].type == FIELD_SCOPE && operation->scope == RESHOOT_SCOPE_ALL)
        continue;
      write_field (object, &spelling->fields[i], operation);
    }

  return object;
}

static gboolean
has_reason_before (GPtrArray *refusals,
                   guint      end)
{
  const ReshootRefusal *last = g_ptr_array_index (refusals, end);

  for (guint i = 0; i < end; i++)
    {
      const ReshootRefusal *refusal = g_ptr_array_index (refusals, i);

      if (g_str_equal (refusal->reason, last->reason))
        return TRUE;
    }

  return FALSE;
}

JsonNode *
reshoot_reading_to_json (const ReshootReading *reading)
{
  JsonObject *root = json_object_new ();
  JsonArray *ops = json_array_new ();
  JsonArray *refuse = json_array_new ();
  JsonArray *protect = json_array_new ();
  JsonArray *refused = json_array_new ();
  JsonNode *node = NULL;

  for (guint i = 0; i < reading->operations->len; i++)
    json_array_add_object_element (ops, write_operation (g_ptr_array_index (reading->operations,
                                                                            i)));

  for (guint i = 0; i < reading->refusals->len; i++)
    {
      const ReshootRefusal *refusal = g_ptr_array_index (reading->refusals, i);
      JsonObject *object = json_object_new ();

      if (!has_reason_before (reading->refusals, i))
        json_array_add_string_element (refuse, refusal->reason);
      json_object_set_string_member (object, "reason", refusal->reason);
      json_object_set_string_member (object, "clause", refusal->clause);
      json_array_add_object_element (refused, object);
    }

  for (guint i = 0; i < reading->protects->len; i++)
    json_array_add_string_element (protect, g_ptr_array_index (reading->protects, i));

  json_object_set_array_member (root, "ops", ops);
  json_object_set_array_member (root, "refuse", refuse);
  json_object_set_array_member (root, "protect", protect);
  json_object_set_array_member (root, "refused", refused);

  node = json_node_alloc ();
  json_node_init_object (node, root);
  json_object_unref (root);
  return node;
}

/* --- Reading --- */

static gboolean
refuse_json (GError     **error,
             const char  *subject)
{
  g_autofree char *valid = g_utf8_make_valid (subject, -1);

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "plan", valid,
                     "The plan's JSON is not right at \"%s\"", valid);
  return FALSE;
}

static const char *
get_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static gboolean
get_number (JsonNode *node,
            double   *number)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) != G_TYPE_INT64 &&
      json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return FALSE;

  *number = json_node_get_double (node);
  return isfinite (*number);
}

static int
find_word (const char * const *words,
           const char         *text)
{
  for (int i = 0; words[i] != NULL; i++)
    {
      if (g_str_equal (words[i], text))
        return i;
    }

  return -1;
}

static gboolean
is_color (const char *text)
{
  if (text == NULL || text[0] != '#' || strlen (text) != 7)
    return FALSE;

  for (int i = 1; i < 7; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_target (const char *text)
{
  if (g_str_equal (text, "product"))
    return TRUE;
  if (!g_str_has_prefix (text, "color:") || strlen (text) > 40 || text[6] == '\0')
    return FALSE;

  return strspn (text + 6, "abcdefghijklmnopqrstuvwxyz0123456789#-") == strlen (text + 6);
}

static gboolean
read_aspect (const char       *text,
             const Field      *field,
             ReshootOperation *operation)
{
  char *end = NULL;

  if (text == NULL || !g_ascii_isdigit (*text))
    return FALSE;
  operation->aspect_width = g_ascii_strtod (text, &end);
  if (*end != ':' || !g_ascii_isdigit (end[1]))
    return FALSE;
  operation->aspect_height = g_ascii_strtod (end + 1, &end);

  return *end == '\0' && operation->aspect_width >= field->min &&
         operation->aspect_height >= field->min &&
         operation->aspect_width <= field->max && operation->aspect_height <= field->max;
}

static gboolean
read_enumeration (JsonNode         *node,
                  const Field      *field,
                  ReshootOperation *operation)
{
  const char *text = get_text (node);
  int index = 0;

  if (text == NULL)
    return FALSE;

  if (field->type == FIELD_DIRECTION)
    {
      operation->direction = g_str_equal (text, "+") ? 1 : g_str_equal (text, "-") ? -1 : 0;
      return operation->direction != 0;
    }

  index = find_word (field->type == FIELD_LEVEL ? levels : scopes, text);
  if (index < (field->type == FIELD_LEVEL ? 1 : 0))
    return FALSE;
  if (field->type == FIELD_LEVEL)
    operation->level = (ReshootLevel) index;
  else
    operation->scope = (ReshootScope) index;
  return TRUE;
}

static gboolean
read_text (JsonNode         *node,
           const Field      *field,
           ReshootOperation *operation)
{
  const char *text = get_text (node);
  gboolean fits = text != NULL && strlen (text) <= MAX_WORDS && g_utf8_validate (text, -1, NULL);

  if (fits && field->type == FIELD_WORD)
    fits = find_word (field->words, text) >= 0;
  if (fits && field->type == FIELD_TARGET)
    fits = is_target (text);
  if (fits && field->type == FIELD_COLOR)
    fits = is_color (text);
  if (!fits)
    return FALSE;

  if (field->type == FIELD_COLOR)
    {
      char *color = G_STRUCT_MEMBER_P (operation, field->offset);

      for (int i = 0; i < 8; i++)
        color[i] = g_ascii_tolower (text[i]);
    }
  else
    {
      G_STRUCT_MEMBER (char *, operation, field->offset) = g_strdup (text);
    }

  return TRUE;
}

static gboolean
read_number (JsonNode         *node,
             const Field      *field,
             ReshootOperation *operation)
{
  const char *word = get_text (node);
  double number = 0;

  if (word != NULL && field->type == FIELD_AUTO && g_str_equal (word, "auto"))
    return TRUE;
  if (word != NULL && field->type == FIELD_SHARE && g_str_equal (word, "tight"))
    {
      operation->fill_share = 0;
      return TRUE;
    }
  if (!get_number (node, &number) || number < field->min || number > field->max)
    return FALSE;

  if (field->type != FIELD_PIXELS)
    G_STRUCT_MEMBER (double, operation, field->offset) = number;
  else if (number == rint (number))
    G_STRUCT_MEMBER (int, operation, field->offset) = (int) number;
  else
    return FALSE;

  return TRUE;
}

static gboolean
read_field (JsonNode         *node,
            const Field      *field,
            ReshootOperation *operation)
{
  switch (field->type)
    {
    case FIELD_WORD:
    case FIELD_FREE:
    case FIELD_TARGET:
    case FIELD_COLOR:
      return read_text (node, field, operation);
    case FIELD_NUMBER:
    case FIELD_RATIO:
    case FIELD_PIXELS:
    case FIELD_AUTO:
    case FIELD_SHARE:
      return read_number (node, field, operation);
    case FIELD_ASPECT:
      return read_aspect (get_text (node), field, operation);
    case FIELD_LEVEL:
    case FIELD_DIRECTION:
    case FIELD_SCOPE:
      return read_enumeration (node, field, operation);
    case FIELD_NONE:
    default:
      return FALSE;
    }
}

/* What the keys, each right by itself, must be together. */
static gboolean
is_complete (const ReshootOperation *operation)
{
  switch ((int) operation->kind)
    {
    case RESHOOT_OPERATION_BACKGROUND:
      if (operation->fill == NULL)
        return FALSE;
      if (g_str_equal (operation->fill, "gradient"))
        return *operation->color != '\0' && *operation->color2 != '\0';
      return *operation->color != '\0' || !g_str_equal (operation->fill, "solid");
    case RESHOOT_OPERATION_SHADOW:
    case RESHOOT_OPERATION_FLIP:
    case RESHOOT_OPERATION_WHITE_BALANCE:
      return operation->sub != NULL;
    case RESHOOT_OPERATION_CROP:
      return operation->aspect_width > 0;
    case RESHOOT_OPERATION_FRAME:
      return !isnan (operation->fill_share) || operation->sub != NULL ||
             operation->aspect_width > 0;
    case RESHOOT_OPERATION_CANVAS:
      return operation->aspect_width > 0 || operation->sub != NULL || operation->pad > 0;
    case RESHOOT_OPERATION_ROTATE:
      return !isnan (operation->degrees);
    case RESHOOT_OPERATION_RESIZE:
      return operation->width > 0 || operation->height > 0 || operation->long_edge > 0 ||
             operation->min_long_edge > 0;
    case RESHOOT_OPERATION_UPSCALE:
      return operation->factor > 0 || operation->width > 0;
    case RESHOOT_OPERATION_RECOLOR:
      return operation->target != NULL && *operation->color != '\0';
    case RESHOOT_OPERATION_TEXT:
      return operation->content != NULL && *operation->content != '\0';
    case RESHOOT_OPERATION_STRAIGHTEN:
    case RESHOOT_OPERATION_AUTO_TONE:
    case RESHOOT_OPERATION_MONOCHROME:
    case RESHOOT_OPERATION_REPEAT:
      return TRUE;
    default:
      return !isnan (operation->ev) || !isnan (operation->percent) ||
             (operation->direction != 0 && operation->level != RESHOOT_LEVEL_NONE);
    }
}

static int
find_kind (JsonNode *op)
{
  const char *name = get_text (op);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (spellings); i++)
    {
      if (g_str_equal (spellings[i].name, name))
        return (int) i;
    }

  return -1;
}

static const Field *
find_field (const Spelling *spelling,
            const char     *key)
{
  for (guint i = 0; i < MAX_FIELDS && spelling->fields[i].type != FIELD_NONE; i++)
    {
      if (g_str_equal (spelling->fields[i].key, key))
        return &spelling->fields[i];
    }

  return NULL;
}

static gboolean
read_operation (ReshootReading  *reading,
                JsonNode        *node,
                GError         **error)
{
  g_autoptr (ReshootOperation) operation = NULL;
  const Spelling *spelling = NULL;
  const char *key = NULL;
  JsonNode *value = NULL;
  JsonObjectIter iter;
  int kind = -1;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse_json (error, "ops");
  kind = find_kind (json_object_get_member (json_node_get_object (node), "op"));
  if (kind < 0)
    return refuse_json (error, "op");

  spelling = &spellings[kind];
  operation = reshoot_operation_new ((ReshootOperationKind) kind);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &value))
    {
      const Field *field = find_field (spelling, key);

      if (g_str_equal (key, "op"))
        continue;
      if (field == NULL || !read_field (value, field, operation))
        return refuse_json (error, key);
    }

  if (!is_complete (operation))
    return refuse_json (error, spelling->name);

  g_ptr_array_add (reading->operations, g_steal_pointer (&operation));
  return TRUE;
}

/* A member that must be an array if it is there at all. */
static gboolean
get_array (JsonObject  *root,
           const char  *key,
           guint        max_length,
           JsonArray  **array,
           GError     **error)
{
  JsonNode *node = json_object_get_member (root, key);

  *array = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node) ||
      json_array_get_length (json_node_get_array (node)) > max_length)
    return refuse_json (error, key);

  *array = json_node_get_array (node);
  return TRUE;
}

static gboolean
read_refused (ReshootReading  *reading,
              JsonArray       *refused,
              GError         **error)
{
  for (guint i = 0; refused != NULL && i < json_array_get_length (refused); i++)
    {
      JsonNode *node = json_array_get_element (refused, i);
      const char *reason = NULL;
      const char *clause = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return refuse_json (error, "refused");
      reason = get_text (json_object_get_member (json_node_get_object (node), "reason"));
      clause = get_text (json_object_get_member (json_node_get_object (node), "clause"));
      if (reason == NULL || find_word (reasons, reason) < 0)
        return refuse_json (error, "reason");
      if (clause == NULL || strlen (clause) > MAX_WORDS || !g_utf8_validate (clause, -1, NULL))
        return refuse_json (error, "clause");
      reshoot_reading_refuse (reading, reason, clause);
    }

  return TRUE;
}

static gboolean
has_reason (GPtrArray  *refusals,
            const char *reason)
{
  for (guint i = 0; i < refusals->len; i++)
    {
      const ReshootRefusal *refusal = g_ptr_array_index (refusals, i);

      if (g_str_equal (refusal->reason, reason))
        return TRUE;
    }

  return FALSE;
}

/* `refuse` alone, without clauses, is a refusal all the same. */
static gboolean
read_reasons (ReshootReading  *reading,
              JsonArray       *refuse,
              GError         **error)
{
  for (guint i = 0; refuse != NULL && i < json_array_get_length (refuse); i++)
    {
      const char *reason = get_text (json_array_get_element (refuse, i));

      if (reason == NULL || find_word (reasons, reason) < 0)
        return refuse_json (error, "refuse");
      if (!has_reason (reading->refusals, reason))
        reshoot_reading_refuse (reading, reason, "");
    }

  return TRUE;
}

static gboolean
read_protects (ReshootReading  *reading,
               JsonArray       *protect,
               GError         **error)
{
  for (guint i = 0; protect != NULL && i < json_array_get_length (protect); i++)
    {
      const char *what = get_text (json_array_get_element (protect, i));

      if (what == NULL || find_word (protectables, what) < 0)
        return refuse_json (error, "protect");
      reshoot_reading_protect (reading, what);
    }

  return TRUE;
}

gboolean
reshoot_reading_from_json (ReshootReading  *reading,
                           JsonNode        *json,
                           GError         **error)
{
  JsonObject *root = NULL;
  JsonArray *ops = NULL;
  JsonArray *refuse = NULL;
  JsonArray *refused = NULL;
  JsonArray *protect = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (json))
    return refuse_json (error, "plan");

  root = json_node_get_object (json);
  if (!json_object_has_member (root, "ops"))
    return refuse_json (error, "ops");
  if (!get_array (root, "ops", MAX_OPERATIONS, &ops, error) ||
      !get_array (root, "refuse", MAX_REFUSALS, &refuse, error) ||
      !get_array (root, "refused", MAX_REFUSALS, &refused, error) ||
      !get_array (root, "protect", G_N_ELEMENTS (protectables), &protect, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (ops); i++)
    {
      if (!read_operation (reading, json_array_get_element (ops, i), error))
        return FALSE;
    }

  return read_refused (reading, refused, error) && read_reasons (reading, refuse, error) &&
         read_protects (reading, protect, error);
}
