/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of each error: a table in which code and reason choose the row. Rows without a reason catch what is new
 * or was given none. A sentence says what to do, and stays on one line. */

#include "config.h"

#include "reshoot-sentences.h"

#include "reshoot-error.h"

#include <glib/gi18n-lib.h>

#define ANY_CODE (-1)

typedef struct
{
  int             code;       /* ReshootError, or ANY_CODE */
  const char     *reason;     /* (nullable): NULL catches every reason of the code */
  ReshootSentence sentence;
} Row;

static const Row rows[] = {
  /* Translators: in all these sentences %s is a file, a model, a service or the person's own words. */
  { ANY_CODE, "missing",
    { N_("There is no file “%s”."),
      N_("The file is not there.") } },
  { ANY_CODE, "directory",
    { N_("“%s” is a folder: name a file in it instead."),
      N_("That is a folder: name a file in it instead.") } },
  { ANY_CODE, "not-a-file",
    { N_("“%s” is not an ordinary file: name a picture or a project."),
      N_("That is not an ordinary file: name a picture or a project.") } },
  { ANY_CODE, "name-too-long",
    { N_("“%s” is too long for a file name: choose a shorter one."),
      N_("The file name is too long: choose a shorter one.") } },
  { ANY_CODE, "name",
    { N_("“%s” cannot be the name of a file: choose another one."),
      N_("That cannot be the name of a file: choose another one.") } },
  { ANY_CODE, "permission",
    { N_("“%s” may not be read or written by you: choose another place or change its permissions."),
      N_("The file may not be read or written by you: choose another place or change its permissions.") } },
  { ANY_CODE, "read-only",
    { N_("“%s” can only be read: choose another place to write to."),
      N_("The place can only be read: choose another one to write to.") } },
  { ANY_CODE, "empty",
    { N_("“%s” is empty: name a picture in PNG, JPEG, WebP or TIFF."),
      N_("The file is empty: name a picture in PNG, JPEG, WebP or TIFF.") } },
  { ANY_CODE, "truncated",
    { N_("“%s” ends too early to be read whole: copy or download it again."),
      N_("The picture ends too early to be read whole: copy or download it again.") } },

  { ANY_CODE, "damaged",
    { N_("“%s” is damaged: save a copy of the project with what can still be read, or take the file from a backup."),
      N_("The file is damaged: save a copy of the project with what can still be read, or take it from a backup.") } },

  { RESHOOT_ERROR_UNSUPPORTED_IMAGE, "other-format",
    { N_("“%s” is a picture in a format Reshoot does not read: save it as PNG, JPEG, WebP or TIFF."),
      N_("The picture is in a format Reshoot does not read: save it as PNG, JPEG, WebP or TIFF.") } },
  { RESHOOT_ERROR_UNSUPPORTED_IMAGE, NULL,
    { N_("“%s” is not a picture Reshoot can read: it takes PNG, JPEG, WebP and TIFF."),
      N_("That is not a picture Reshoot can read: it takes PNG, JPEG, WebP and TIFF.") } },
  { RESHOOT_ERROR_TOO_LARGE, "bytes",
    { N_("“%s” is too large: Reshoot opens pictures of up to 256 MB."),
      N_("The picture is too large: Reshoot opens pictures of up to 256 MB.") } },
  { RESHOOT_ERROR_TOO_LARGE, "pixels",
    { N_("“%s” has too many pixels: Reshoot opens pictures of up to 250 million pixels and 65,500 on a side."),
      N_("The picture has too many pixels: Reshoot opens pictures of up to 250 million and 65,500 on a side.") } },
  { RESHOOT_ERROR_TOO_LARGE, "size",
    { N_("The picture would become too large (%s): ask for a smaller size."),
      N_("The picture would become too large: ask for a smaller size.") } },
  { RESHOOT_ERROR_TOO_LARGE, "input",
    { N_("The picture is too large for “%s”: make it smaller first."),
      N_("The picture is too large for the model: make it smaller first.") } },
  { RESHOOT_ERROR_TOO_LARGE, "service",
    { N_("The picture is too large for “%s”: make it smaller first."),
      N_("The picture is too large for the service: make it smaller first.") } },
  { RESHOOT_ERROR_TOO_LARGE, "steps",
    { N_("“%s” has more steps than Reshoot can hold: go on in a new project."),
      N_("The project has more steps than Reshoot can hold: go on in a new project.") } },
  { RESHOOT_ERROR_TOO_LARGE, NULL,
    { N_("“%s” is too large to be opened safely: make it smaller first."),
      N_("The picture is too large to be opened safely: make it smaller first.") } },

  { ANY_CODE, "not-a-project",
    { N_("“%s” is not a Reshoot project: name a .reshoot file."),
      N_("That is not a Reshoot project: name a .reshoot file.") } },
  { RESHOOT_ERROR_CORRUPT, "ledger",
    { N_("The ledger does not hold from here on (%s): the project was changed by other means, so go back to a backup."),
      N_("The ledger does not hold: the project was changed by other means, so go back to a backup.") } },
  { RESHOOT_ERROR_CORRUPT, "other-ledger",
    { N_("The other project cannot be joined, for its ledger or a picture does not hold (%s): "
         "take a whole copy of it."),
      N_("The other project cannot be joined, for its ledger or a picture does not hold: "
         "take a whole copy of it.") } },
  { RESHOOT_ERROR_CORRUPT, "picture",
    { N_("A picture is not the one that was stored (%s): the project was changed by other means, "
         "so go back to a backup."),
      N_("A picture is not the one that was stored: the project was changed by other means, "
         "so go back to a backup.") } },
  { RESHOOT_ERROR_CORRUPT, "saved",
    { N_("“%s” is damaged: the copy holds what could be saved."),
      N_("The project is damaged: the copy holds what could be saved.") } },
  { RESHOOT_ERROR_CORRUPT, "lost",
    { N_("Nothing of “%s” can be read any more: go back to a backup."),
      N_("Nothing of the project can be read any more: go back to a backup.") } },
  { RESHOOT_ERROR_CORRUPT, "schema",
    { N_("“%s” holds what no Reshoot project holds, so it is not opened: ask whoever made it."),
      N_("The project holds what no Reshoot project holds, so it is not opened: ask whoever made it.") } },
  { RESHOOT_ERROR_CORRUPT, "foreign-log",
    { N_("“%s” is a log of another file: move it away and open the project again."),
      N_("A log of another file lies beside the project: move it away and open the project again.") } },
  { RESHOOT_ERROR_CORRUPT, NULL,
    { N_("“%s” is damaged: what can still be read can be exported, and a backup is the safest way back."),
      N_("The file is damaged: what can still be read can be exported, and a backup is the safest way back.") } },
  { RESHOOT_ERROR_NEWER, NULL,
    { N_("“%s” was made by a newer Reshoot: update Reshoot to change it."),
      N_("The project was made by a newer Reshoot: update Reshoot to change it.") } },
  { RESHOOT_ERROR_BUSY, NULL,
    { N_("“%s” is being written by another window or program, and is shown as it was when it was opened: "
         "close it there and open it again to change it."),
      N_("The project is being written by another window or program, and is shown as it was when it was opened: "
         "close it there and open it again to change it.") } },
  { RESHOOT_ERROR_READ_ONLY, "no-lock",
    { N_("“%s” lies where files cannot be locked, so it can only be looked at: copy it to a disk of this computer."),
      N_("The project lies where files cannot be locked, so it can only be looked at: "
         "copy it to a disk of this computer.") } },
  { RESHOOT_ERROR_READ_ONLY, "log-ignored",
    { N_("“%s” was not closed and cannot be written here, so its newest steps may be missing: "
         "copy it, with the file beside it that ends in -wal, to where it can be written."),
      N_("The project was not closed and cannot be written here, so its newest steps may be missing: "
         "copy it, with the file beside it that ends in -wal, to where it can be written.") } },
  { RESHOOT_ERROR_READ_ONLY, NULL,
    { N_("“%s” can only be read: choose another place to write to."),
      N_("The project can only be read: save a copy to change it.") } },
  { RESHOOT_ERROR_NO_SPACE, "output",
    { N_("The answer (%s) could not be written out: free some space or send it elsewhere."),
      N_("The answer could not be written out: free some space or send it elsewhere.") } },
  { RESHOOT_ERROR_NO_SPACE, NULL,
    { N_("There is no space left to write “%s”: free some and try again."),
      N_("There is no space left to write to: free some and try again.") } },

  { RESHOOT_ERROR_FAILED, "replaced",
    { N_("Another file was put in the place of “%s” while it was open: save a copy, and nothing is lost."),
      N_("Another file was put in the place of the project while it was open: "
         "save a copy, and nothing is lost.") } },
  { RESHOOT_ERROR_FAILED, "removed",
    { N_("“%s” was removed while it was open: save a copy, and nothing is lost."),
      N_("The project was removed while it was open: save a copy, and nothing is lost.") } },
  { RESHOOT_ERROR_FAILED, "moved",
    { N_("“%s” was moved while it was open: close it and open it from its new place."),
      N_("The project was moved while it was open: close it and open it from its new place.") } },
  { RESHOOT_ERROR_FAILED, "log-removed",
    { N_("The file beside “%s” that ends in -wal was removed while it was open: close the project and open it again."),
      N_("The file beside the project that ends in -wal was removed while it was open: "
         "close the project and open it again.") } },
  { RESHOOT_ERROR_FAILED, "in-doubt",
    { N_("It is not known whether the last change of “%s” was stored: close the project and open it again."),
      N_("It is not known whether the last change of the project was stored: close it and open it again.") } },
  { RESHOOT_ERROR_FAILED, "disk",
    { N_("The disk did not read or write “%s”: check the disk, and save a copy elsewhere."),
      N_("The disk did not read or write the project: check the disk, and save a copy elsewhere.") } },

  { RESHOOT_ERROR_UNSURE, "no-product",
    { N_("No product was found in “%s”: take a photo in front of a plain backdrop, or choose another model."),
      N_("No product was found in the picture: take a photo in front of a plain backdrop, "
         "or choose another model.") } },
  { RESHOOT_ERROR_UNSURE, "name-box",
    { N_("The product in “%s” cannot be told from its surroundings with certainty: "
         "say where it is with --box x,y,width,height."),
      N_("The product cannot be told from its surroundings with certainty: "
         "say where it is with --box x,y,width,height.") } },
  { RESHOOT_ERROR_UNSURE, NULL,
    { N_("The product in “%s” cannot be told from its surroundings with certainty: "
         "take a photo in front of a plainer backdrop, or choose another model."),
      N_("The product cannot be told from its surroundings with certainty: "
         "take a photo in front of a plainer backdrop, or choose another model.") } },
  { RESHOOT_ERROR_REFUSED, "request-moderated",
    { N_("The service refused what was asked (%s): change the words or the picture."),
      N_("The service refused what was asked: change the words or the picture.") } },
  { RESHOOT_ERROR_REFUSED, "content-moderated",
    { N_("The service made a result and held it back (%s): change the words or the picture."),
      N_("The service made a result and held it back: change the words or the picture.") } },
  { RESHOOT_ERROR_REFUSED, NULL,
    { N_("The service refused the request (%s): change the words or the picture."),
      N_("The service refused the request: change the words or the picture.") } },
  { RESHOOT_ERROR_BUDGET, "unknown-price",
    { N_("The price of this edit is not known (%s), so the budget does not allow it: leave the budget out "
         "or choose another model."),
      N_("The price of this edit is not known, so the budget does not allow it: leave the budget out "
         "or choose another model.") } },
  { RESHOOT_ERROR_BUDGET, "limit-edit",
    { N_("This edit costs more than you allow for one (%s): raise that limit or choose a cheaper model."),
      N_("This edit costs more than you allow for one: raise that limit or choose a cheaper model.") } },
  { RESHOOT_ERROR_BUDGET, "limit-day",
    { N_("This edit costs more than is left for today (%s): raise the limit of the day or choose a cheaper model."),
      N_("This edit costs more than is left for today: raise the limit of the day or choose a cheaper model.") } },
  { RESHOOT_ERROR_BUDGET, "limit-project",
    { N_("This edit costs more than is left for this project (%s): raise its limit or choose a cheaper model."),
      N_("This edit costs more than is left for this project: raise its limit or choose a cheaper model.") } },
  { RESHOOT_ERROR_BUDGET, "journal",
    { N_("What is spent cannot be written down in “%s”, so the budget cannot be kept: "
         "make that file writable or leave the budget out."),
      N_("What is spent cannot be written down, so the budget cannot be kept: "
         "make that file writable or leave the budget out.") } },
  { RESHOOT_ERROR_BUDGET, NULL,
    { N_("The budget does not allow this edit (%s): raise it or choose a cheaper model."),
      N_("The budget does not allow this edit: raise it or choose a cheaper model.") } },
  { RESHOOT_ERROR_AUTH, "no-key",
    /* Translators: %s is the name of an environment variable */
    { N_("There is no key for this service: put it into the environment as %s, or into the keyring."),
      N_("There is no key for the service: put it into the environment or into the keyring.") } },
  { RESHOOT_ERROR_AUTH, NULL,
    { N_("“%s” does not accept the key: check it in the environment or in the keyring."),
      N_("The service does not accept the key: check it in the environment or in the keyring.") } },
  { RESHOOT_ERROR_CREDITS, NULL,
    { N_("The account at “%s” has no credit left: add some there and try again."),
      N_("The account at the service has no credit left: add some there and try again.") } },
  { RESHOOT_ERROR_NETWORK, NULL,
    { N_("“%s” cannot be reached: check the connection; trying again costs nothing extra."),
      N_("The service cannot be reached: check the connection; trying again costs nothing extra.") } },
  { RESHOOT_ERROR_UNAVAILABLE, NULL,
    { N_("“%s” is not available at the moment: try again later, which costs nothing extra."),
      N_("The service is not available at the moment: try again later, which costs nothing extra.") } },
  { RESHOOT_ERROR_RATE_LIMITED, NULL,
    { N_("“%s” takes no more requests at the moment: wait a little and try again, which costs nothing extra."),
      N_("The service takes no more requests at the moment: wait a little and try again, "
         "which costs nothing extra.") } },
  { RESHOOT_ERROR_EXPIRED, NULL,
    { N_("The result at “%s” is no longer there: asking once more is a new request, which is charged again."),
      N_("The result is no longer there: asking once more is a new request, which is charged again.") } },
  { RESHOOT_ERROR_PROTOCOL, NULL,
    { N_("“%s” gave an answer that Reshoot does not understand: resuming the job asks again and costs nothing."),
      N_("The service gave an answer that Reshoot does not understand: "
         "resuming the job asks again and costs nothing.") } },
  { RESHOOT_ERROR_UNKNOWN_PAYMENT, "elsewhere",
    { NULL,
      N_("The edit was still on its way in the project it came from: "
         "let it end there and join that project again.") } },
  { RESHOOT_ERROR_UNKNOWN_PAYMENT, "not-stored",
    { N_("The request was sent and may be charged, but what to ask for it with (%s) could not be written down: "
         "note it, and ask the service before you repeat it."),
      N_("The request was sent and may be charged, but what to ask for it with could not be written down: "
         "ask the service before you repeat it.") } },
  { ANY_CODE, "put-aside",
    { N_("The project could not be written: the picture, which is paid for, is in “%s” instead; make room, "
         "and “reshoot resume” fetches it into the project without paying again."),
      N_("The project could not be written: the picture, which is paid for, is in another file instead; make room, "
         "and “reshoot resume” fetches it into the project without paying again.") } },
  { ANY_CODE, "still-paid",
    { N_("“%s” could not be written: make room, and “reshoot resume” fetches what was paid for "
         "without paying again."),
      N_("The project could not be written: make room, and “reshoot resume” fetches what was paid for "
         "without paying again.") } },
  { RESHOOT_ERROR_UNKNOWN_PAYMENT, NULL,
    { N_("It is not known whether this request was charged (%s): resume the job to ask again before you repeat it."),
      N_("It is not known whether this request was charged: resume the job to ask again before you repeat it.") } },

  { RESHOOT_ERROR_INVALID_REQUEST, "model",
    { N_("There is no model “%s”: “reshoot models” lists those there are."),
      N_("There is no such model: “reshoot models” lists those there are.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "search",
    { N_("“%s” cannot be searched for: ratings go from 0 to 5, and “reshoot find --help” lists the other filters."),
      N_("That cannot be searched for: “reshoot find --help” lists the filters.") } },
  { RESHOOT_ERROR_FAILED, "nothing-found",
    { N_("Nothing was found for “%s”: try fewer words, or open the project once so that it is searched."),
      N_("Nothing was found: try fewer words, or open the project once so that it is searched.") } },
  { RESHOOT_ERROR_FAILED, "no-origin",
    { N_("“%s” comes from no project that is known here: open the project once, then it is."),
      N_("The picture comes from no project that is known here: open the project once, then it is.") } },
  { RESHOOT_ERROR_FAILED, "foreign-origin",
    /* Translators: %s is like “3 (0d4a7a9e-…)”: the number of a step and what its project is known by */
    { N_("The picture comes from step %s, which is not known here: open that project once, then it is."),
      N_("The picture comes from a project that is not known here: open it once, then it is.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "step",
    { N_("There is no step %s in this project: “reshoot history” lists those there are."),
      N_("There is no such step in this project: “reshoot history” lists those there are.") } },
  /* Translators: what is typed after the command “reshoot”; words in capitals and with dashes are typed as they are. */
  { RESHOOT_ERROR_INVALID_REQUEST, "unknown-command",
    { N_("There is no command “%s” and no file of that name: “reshoot --help” lists the commands."),
      N_("There is no such command: “reshoot --help” lists those there are.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "unknown-option",
    { N_("There is no option “%s” here: --help lists those there are."),
      N_("There is no such option: --help lists those there are.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "not-yet",
    { N_("“%s” is not part of this version."),
      N_("That is not part of this version.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "option-against",
    { N_("“%s” cannot be asked for together: leave one out."),
      N_("These options cannot be asked for together: leave one out.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "option-twice",
    { N_("“%s” was given twice: give it once."),
      N_("An option was given twice: give it once.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "option-no-value",
    { N_("“%s” does not make sense, because this option takes no value: leave the value out."),
      N_("The option takes no value: leave the value out.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "option-value-missing",
    { N_("A value is missing after “%s”: --help says which."),
      N_("A value is missing: --help says which.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "option-missing",
    { N_("“%s” is missing: --help says what it is for."),
      N_("An option is missing: --help says which.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "option-conflict",
    { N_("The options %s do not go together: give one of them."),
      N_("These options do not go together: give one of them.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "option-whole",
    { N_("“%s” does not make sense: give a whole number in the range that --help names."),
      N_("That number does not make sense: give a whole number in the range that --help names.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "option-amount",
    { N_("“%s” does not make sense: give an amount such as 0.50."),
      N_("That amount does not make sense: give one such as 0.50.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "option-box",
    { N_("“%s” is not a box: give x,y,width,height in pixels, such as 120,80,600,900."),
      N_("That is not a box: give x,y,width,height in pixels, such as 120,80,600,900.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "option-setting",
    { N_("“%s” is not a setting: write it as key=value."),
      N_("That is not a setting: write it as key=value.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "rejected",
    { N_("The service did not accept the request (%s): change the words or the settings."),
      N_("The service did not accept the request: change the words or the settings.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "references",
    { N_("“%s” does not take that many pictures along: choose fewer."),
      N_("The model does not take that many pictures along: choose fewer.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "address",
    { N_("“%s” does not hold an address that may be called: give one with https://, or with http:// on this computer "
         "or in your own network."),
      N_("That is not an address that may be called: give one with https://, or with http:// on this computer or in "
         "your own network.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "instruction",
    { N_("The instruction “%s” has no words: write what shall be done."),
      N_("The instruction has no words: write what shall be done.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "no-picture",
    { N_("Step %s has no picture to work from: choose one that is done."),
      N_("The step has no picture to work from: choose one that is done.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "in-bin",
    { N_("Step %s is in the bin: “reshoot bin --restore” takes it out."),
      N_("The step is in the bin: “reshoot bin --restore” takes it out.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "not-in-bin",
    { N_("Step %s is not in the bin: there is nothing to restore."),
      N_("The step is not in the bin: there is nothing to restore.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "below-bin",
    { N_("It went to the bin together with step %s: restore that one."),
      N_("It went to the bin together with another step: restore that one.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "purged",
    { N_("Step %s was purged when the bin was emptied: what it says is kept, its pictures are gone."),
      N_("The step was purged when the bin was emptied: what it says is kept, its pictures are gone.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "label-too-long",
    { N_("“%s…” is too long: make it shorter."),
      N_("That is too long: make it shorter.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "labels-too-many",
    { N_("There are too many of them on step %s: take some away first."),
      N_("There are too many of them on the step: take some away first.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "note-empty",
    { N_("The note “%s” has no words: write what is meant."),
      N_("The note has no words: write what is meant.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "note-place",
    { N_("“%s” is not a place in the picture: give x,y in pixels that lie in it."),
      N_("That is not a place in the picture: give x,y in pixels that lie in it.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "nothing-to-resume",
    { N_("Step %s cannot be taken up again: “reshoot retry” asks the same anew."),
      N_("The step cannot be taken up again: “reshoot retry” asks the same anew.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "box-outside",
    { N_("The box %s does not lie inside the picture: give x,y,width,height in its pixels."),
      N_("The box does not lie inside the picture: give x,y,width,height in its pixels.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "unknown-parameter",
    { N_("The model knows no parameter “%s”: leave it out."),
      N_("The model does not know that parameter: leave it out.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "parameter-value",
    { N_("The value given for “%s” is not one that the model takes: choose another."),
      N_("That is not a value that the model takes: choose another.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "argument-missing",
    { N_("Something is missing: it is used as “%s”."),
      N_("Something is missing: --help says what.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "argument-too-many",
    { N_("“%s” is one argument too many: put words with spaces in quotes, or see --help."),
      N_("There is one argument too many: put words with spaces in quotes, or see --help.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "text-empty",
    { N_("The instruction “%s” is empty: write what shall be done."),
      N_("The instruction is empty: write what shall be done.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "text-encoding",
    { N_("“%s” is not text in UTF-8: check the terminal’s encoding."),
      N_("That is not text in UTF-8: check the terminal’s encoding.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "too-long",
    { N_("“%s” is too long for an instruction: make it shorter."),
      N_("The instruction is too long: make it shorter.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "output-format",
    { N_("“%s” does not say a format: let the name end in .png, .jpg, .webp or .tiff."),
      N_("The name does not say a format: let it end in .png, .jpg, .webp or .tiff.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "output-png",
    { N_("“%s” cannot hold a cut-out: let the name end in .png."),
      N_("That format cannot hold a cut-out: let the name end in .png.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "exists",
    { N_("“%s” is there already: choose another name."),
      N_("A file of that name is there already: choose another one.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "copy-onto-itself",
    { N_("“%s” is the project itself: choose another name for the copy."),
      N_("That is the project itself: choose another name for the copy.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "copy-onto-open",
    { N_("“%s” is open in another window or program: choose another name for the copy."),
      N_("That project is open in another window or program: choose another name for the copy.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "output-folder",
    { N_("There is no folder “%s” to write to: make it first, or choose another."),
      N_("There is no such folder to write to: make it first, or choose another.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "output-is-input",
    { N_("“%s” is the picture to be edited: choose another name for the result."),
      N_("That is the picture to be edited: choose another name for the result.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "from-needs-project",
    { N_("“%s” needs a project: name it with --project."),
      N_("A step needs a project: name it with --project.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "no-steps",
    { N_("“%s” holds no picture yet: edit a photo with --project first."),
      N_("The project holds no picture yet: edit a photo with --project first.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "step-not-done",
    { N_("Step %s has no picture, because it is not done: “reshoot jobs” says why."),
      N_("The step has no picture, because it is not done: “reshoot jobs” says why.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "step-finished",
    { N_("Step %s has come to its end: there is nothing to cancel."),
      N_("The step has come to its end: there is nothing to cancel.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "step-is-done",
    { N_("Step %s is done: edit from its parent to get another take."),
      N_("The step is done: edit from its parent to get another take.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "step-unfinished",
    { N_("Step %s has not come to its end: “reshoot resume” takes it up, “reshoot cancel” gives it up."),
      N_("The step has not come to its end: “reshoot resume” takes it up, “reshoot cancel” gives it up.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, "step-original",
    { N_("Step %s is an original and has no job: “reshoot jobs” lists those there are."),
      N_("An original has no job: “reshoot jobs” lists those there are.") } },
  { RESHOOT_ERROR_INVALID_REQUEST, NULL,
    { N_("Reshoot cannot work with “%s”: check it and try again."),
      N_("Reshoot cannot work with that: check it and try again.") } },

  { RESHOOT_ERROR_CANNOT, "nothing-to-repeat",
    { NULL,
      N_("There is no earlier edit to do again: say what shall be done.") } },
  { RESHOOT_ERROR_CANNOT, "no-such-color",
    { N_("Nothing in the picture is “%s”: name another colour, or choose another model."),
      N_("Nothing in the picture has that colour: name another, or choose another model.") } },
  { RESHOOT_ERROR_CANNOT, "no-background",
    { NULL,
      N_("There is nothing behind the product to do that to: begin with an earlier step.") } },
  { RESHOOT_ERROR_CANNOT, "no-neutral",
    { NULL,
      N_("Nothing in the picture can be taken for grey: say “warmer” or “cooler” instead.") } },
  { RESHOOT_ERROR_CANNOT, "product-cut",
    { NULL,
      N_("The product leaves the picture at the bottom, so there is no floor for a shadow: leave it out.") } },
  { RESHOOT_ERROR_CANNOT, NULL,
    { N_("The studio cannot do “%s”: leave that out, or choose another model."),
      N_("The studio cannot do that: say it in other words, or choose another model.") } },
  { RESHOOT_ERROR_FAILED, NULL,
    { N_("Something went wrong with “%s”: nothing was lost, try again."),
      N_("Something went wrong: nothing was lost, try again.") } },
};

/* Exact code and reason first, then the reason under any code, then the code alone. Every code has a row. */
const ReshootSentence *
reshoot_sentence_find (int         code,
                       const char *reason)
{
  const ReshootSentence *best = NULL;
  int best_rank = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      gboolean same_reason = row->reason != NULL && g_strcmp0 (row->reason, reason) == 0;
      int rank = 0;

      if (row->code == code && same_reason)
        rank = 3;
      else if (row->code == ANY_CODE && same_reason)
        rank = 2;
      else if (row->code == code && row->reason == NULL)
        rank = 1;

      if (rank > best_rank)
        {
          best = &row->sentence;
          best_rank = rank;
        }
    }

  return best;
}
