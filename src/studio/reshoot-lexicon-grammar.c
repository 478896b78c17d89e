/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The small words: what joins, points, denies and measures, and what carries no wish at all. A filler is dropped
 * without a trace, so nothing may stand there that could ask for something. */

#include "reshoot-lexicon-private.h"

#include "reshoot-plan.h"

const ReshootLexiconRow reshoot_lexicon_grammar[] = {
  { "please|all|pls|plz|kindly|just|simply|could|can|would|will|might|maybe|perhaps|you|we|i|"
    "me|us|id|lets|like to|would like|id like|want|i want|need|i need|wish|want to|need to|try|"
    "try to|go ahead and|now|here|there|so|too|hi|hey|hello|thanks|thank you|cheers|ok|okay|"
    "yes|well|actually|basically|to|for me|for us|possible|is it possible|could you|can you|"
    "would you|can we|could we|how about|what about|id love|love|should|must|shall|have|has|"
    "get|have it|be|being|been|want it|help me|i would|would love|mind|do|does|as well|"
    "too please|bit more of|for this|for this one|in this one|in this|here please|first|"
    "first of all|next|wed|wed like|wed love|can u|could u|would u|id prefer|prefer|wed prefer|needs|it needs|"
    "could use|could do with|finally|lastly|after that|afterwards|at the end|for a start|"
    "itself|make sure|make sure that|ensure|ensure that|see to it that|what is|whats|be sure|"
    "really want|looking for|would be|would be great|great|thx|ta|all i need|gonna|going|go|"
    "want you to|like you to|need you to|id like you to|overall please|in general|of course|"
    "sure|kind of|sort of|i think|we think|think|guess|i guess|feel free|quickly|quick|"
    "directly|properly|nicely|carefully|neatly|cleanly|exactly|precisely|perfectly|about|"
    "around about|roughly|approximately|approx|ca|value|level|levels of|amount|amount of|"
    "the amount of|a value of|setting|effect|look|version|of this|of it|of them|one",
    { RESHOOT_WORD_FILLER, 0, 0, NULL } },

  { "the|this|that|these|those|my|our|your|its|his|her|their",
    { RESHOOT_WORD_DETERMINER, 1, 0, NULL } },
  { "a|an|some|any|another|more of a|one of those", { RESHOOT_WORD_DETERMINER, 0, 0, NULL } },
  { "it|them|they|this one|that one", { RESHOOT_WORD_PRONOUN, 0, 0, NULL } },
  { "is|are|was|were|looks|look like|seems|feels|appears|looking|comes out|came out|turned out|"
    "its a bit", { RESHOOT_WORD_BE, 0, 0, NULL } },

  { "on|onto|on to|in|into|with|from|by|at|of|for|behind|around|under|underneath|beneath|below|"
    "above|over|next to|beside|besides|near|between|inside|in front of|across|against|as|like|"
    "along|through|until|off|out|up|down|on top of|towards|toward|within|than|about the|via|"
    "per|upon|alongside|among|against the|using|apart from|except|except for|other than|apart|"
    "surrounding|to be|to look|so that|to make|to match|according to|due to",
    { RESHOOT_WORD_PREPOSITION, 0, 0, NULL } },
  { "not|no|without|never|dont|do not|doesnt|does not|didnt|wont|cant|cannot|shouldnt|"
    "should not|must not|mustnt|may not|avoid|without any|no more|isnt|is not|not to|"
    "rather than|instead of|nothing|none|neither|nor", { RESHOOT_WORD_NEGATION, 0, 0, NULL } },
  { "and|then|also|plus|but|and then|and also|but also|as well as|while|whilst|however|yet|"
    "though|although|because|since|additionally|furthermore|moreover|afterwards also|otherwise|"
    "and finally|and please|where", { RESHOOT_WORD_JOIN, 0, 0, NULL } },

  { "slightly|slight|a bit|bit|a little|little|a little bit|a touch|touch|a tad|tad|a hair|"
    "a notch|a smidge|smidge|a smidgen|a fraction|a hint|hint|hint of|a hint of|a touch of|"
    "a bit of|subtle|subtly|gentle|gently|faint|faintly|very faint|very subtle|very slightly|"
    "very slight|barely|barely visible|mild|mildly|somewhat|delicate|delicately|minimally|"
    "small amount|not too much|not too strong|not too strongly|not much|ever so slightly|"
    "ever so|a trace|just a bit|just a touch|just a little|light touch|lightly|discreet|"
    "discreetly|a small amount|a pinch|marginally|only slightly|a wee bit|a shade|very light|"
    "very soft|understated|restrained|little bit|tiny bit|a tiny bit|very gently|very gentle|"
    "very subtly|very mild|not too heavy|not too dark|modestly|modest",
    { RESHOOT_WORD_LEVEL, RESHOOT_LEVEL_SLIGHT, 0, NULL } },
  { "medium|moderately|moderate|normal amount|noticeably|visibly|noticeable|fairly|quite|"
    "reasonably|clearly", { RESHOOT_WORD_LEVEL, RESHOOT_LEVEL_MEDIUM, 0, NULL } },
  { "very|very much|a lot|a lot of|lots|lots of|strong|stronger|strongly|dramatic|dramatically|"
    "heavily|heavy|heavier|significantly|significant|way|really|super|extremely|extreme|high|"
    "higher|much|massively|massive|hugely|intense|intensely|considerably|substantially|"
    "a great deal|tons|a ton|far|aggressively|aggressive|radically|drastically|drastic|"
    "seriously|hard|fully|full|completely|totally|entirely|maximum|max|as much as possible|"
    "big time|powerful|pronounced|so much|very strong|very strongly|quite a bit|quite a lot|"
    "a good deal|very heavy|bold look|greatly", { RESHOOT_WORD_LEVEL, RESHOOT_LEVEL_STRONG, 0, NULL } },
  { "more|some more|extra|additional|even more|greater|increased|not enough|is not enough|isnt enough",
    { RESHOOT_WORD_MORE, 1, 1, NULL } },
  { "less|fewer|reduced|lower|low|not so|not as|not that", { RESHOOT_WORD_MORE, -1, -1, NULL } },
  { "only|just the|solely|exclusively|nothing but|alone|only on|on its own|by itself",
    { RESHOOT_WORD_ONLY, 0, 0, NULL } },
  { "everything else|all else|the rest|rest|all the rest|anything else|everything except|"
    "everything but|everything apart from|everything around|all but|everything other than|"
    "the other parts|everything outside", { RESHOOT_WORD_REST, 0, 0, NULL } },
  { "unchanged|as is|as it is|as they are|the same|same|intact|untouched|unaltered|unedited|"
    "identical|exactly as it is|exactly the same|as it was|as they were|exactly as is|"
    "just as it is|alone please|in place|original|unmodified|the way it is|how it is|"
    "like it is|true|true to life|true to colour|true to color|faithful|accurate|consistent|"
    "exactly like it is|be|stay|stays|remain|remains|be left|remain the same|stays the same|"
    "stay the same|unaffected|stay exactly|in colour|in color|in full colour|in full color|"
    "readable|legible|crisp and readable|visible|real", { RESHOOT_WORD_SAME, 0, 0, NULL } },
  { "again|once more|one more time|same again|do that again|the same again|do it again|repeat|"
    "repeat that|repeat it|another time|same thing again|same as before|do the same again|"
    "keep going|further|even further", { RESHOOT_WORD_AGAIN, 0, 0, NULL } },
  { "instead|instead please|this time", { RESHOOT_WORD_INSTEAD, 0, 0, NULL } },

  { "what can you do|what can u do|what can i do|what can i ask|what do you do|help|help please|"
    "how does this work|how do you work|how does it work|what are you|who are you|"
    "what is possible|what are my options|what are the options|what instructions|what commands|"
    "list commands|show commands|show me what you can do|what else can you do|which edits|"
    "what edits|how do i use this|what should i write|what can i write|what can reshoot do|"
    "what do you understand|what kind of edits|what can this do|what can this app do|"
    "how to use this|tell me what you can do|examples please|give me examples|what features|"
    "what all can you do|manual", { RESHOOT_WORD_HELP, 0, 0, NULL } },

  { NULL, { RESHOOT_WORD_NONE, 0, 0, NULL } }
};
