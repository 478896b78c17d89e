/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of editing: verbs, properties of tone and colour, grounds, shadows, sizes and shapes. */

#include "reshoot-lexicon-private.h"

#include "reshoot-plan.h"

#define VERB(verb) { RESHOOT_WORD_VERB, RESHOOT_VERB_##verb, 0, NULL }
#define TONE(class, operation, sign) { RESHOOT_WORD_##class, RESHOOT_OPERATION_##operation, sign, NULL }
#define IS(class) { RESHOOT_WORD_##class, 0, 0, NULL }
#define ARG(class, arg) { RESHOOT_WORD_##class, 0, 0, arg }

const ReshootLexiconRow reshoot_lexicon_edits[] = {
  /* --- Verbs --- */
  { "make|turn|throw|render|makes|making|turning|go for|making it|turned", VERB (MAKE) },
  { "change|replace|swap|switch|set|use|apply|substitute|exchange|replaced|changed|swapped|"
    "trade|changing|replacing|using a|swap out|change out|switch out|switch over|alter|"
    "transform|modify|redo", VERB (CHANGE) },
  { "paint|recolor|recolour|color|colour|dye|tint|re color|re colour|repaint|colorize|"
    "colourise|colorise|recoloring", VERB (PAINT) },
  { "put|pop it|pop this|pop that|place|position|set it|lay|stand|sit|drop it|mount|stage|"
    "situate|move", VERB (PUT) },
  { "show|see|what if|what about|how would|try it|display|present|preview|picture it|visualise|"
    "visualize", VERB (SHOW) },
  { "add|add some|add more|add a bit of|give|insert|include|create|draw|attach|apply a|"
    "throw in|drop in|bring in|introduce|adding|provide|leave|cast|place a|have a", VERB (ADD) },
  { "remove|delete|erase|get rid of|take away|take out|eliminate|clear|clear out|strip|"
    "strip away|drop|lose|wipe|wipe out|discard|removing|removed|edit out|paint out|"
    "photoshop out|clone out|heal|retouch|clean up|clean off|clean|hide|kill|crop out|cut away|"
    "do away with|ditch|take off|scrub|get rid", VERB (REMOVE) },
  { "cut out|cutout|isolate|mask out|extract|knock out|clip out|clip|cut it out|mask|deep etch|"
    "deepetch|silhouette|isolated|cut around|separate|free|cutting out", VERB (CUT_OUT) },
  { "blur|defocus|blur out|throw out of focus|put out of focus|unfocus|blurring|smudge|"
    "make blurry", VERB (BLUR) },
  { "crop|recrop|reframe|cropped|crop it|cropping|cut|cut it|crop in|chop|chop it", VERB (CROP) },
  { "trim|tighten|crop tight|crop tightly|crop closely|crop close|crop tighter|crop closer|"
    "trim away|trim off|trim down|cut off", VERB (TRIM) },
  { "extend|expand|widen|outpaint|uncrop|stretch the canvas|enlarge the canvas|grow|broaden|"
    "lengthen|extended|extending", VERB (EXTEND) },
  { "pad|letterbox|pillarbox|padded", VERB (PAD) },
  { "center|centre|recenter|recentre|centered|centred|centralise|centralize|in the middle",
    VERB (CENTER) },
  { "fill|fills|fill up|occupy|take up|takes up|occupies|filling", VERB (FILL) },
  { "rotate|tilt|rotated|spin|rotating|pivot|turn clockwise", VERB (ROTATE) },
  { "flip|mirror|flipped|mirrored|reverse|invert|mirror image|mirror it|flop", VERB (FLIP) },
  { "straighten|straighten out|straighten up|level|level out|level up|deskew|unskew|"
    "straightened|make straight", VERB (STRAIGHTEN) },
  { "resize|scale|scale down|downsize|downscale|shrink|rescale|resized|size|export|output|save|"
    "resample|scaled", VERB (RESIZE) },
  { "upscale|enlarge|scale up|blow up|upsize|upres|increase the resolution|increase resolution|"
    "super res|upscaled|up res|magnify", VERB (UPSCALE) },
  { "raise|lift|boost|increase|bump|bump up|push|push up|up|crank|crank up|turn up|dial up|"
    "bring up|open|open up|strengthen|amplify|pump up|pump|intensify|enhance the|more of|"
    "ramp up|deepen|heighten|raising|boosting|increasing|bring out|kick up|step up|add more|"
    "add a bit of|add some|maximise|maximize|improve the|nudge up|accentuate", VERB (RAISE) },
  { "lower|reduce|decrease|tone down|dial back|dial down|pull down|bring down|pull back|"
    "turn down|weaken|minimise|minimize|tame|recover|cut back|cut down|drop down|knock down|"
    "knock back|take down|push down|diminish|lessen|reducing|soften down|hold back|calm down|"
    "ease|nudge down|decreasing|lowering|take the edge off|restore|rescue|crush", VERB (LOWER) },
  { "fix|correct|neutralise|neutralize|balance|adjust|sort out|rebalance|get right|calibrate|"
    "set right|repair|balance out|fixing|correcting|cancel|cancel out|clean up the", VERB (FIX) },
  { "even out|even up|even|equalise|equalize|harmonise|harmonize|normalise|normalize|optimise|"
    "optimize|auto|autofix", VERB (EVEN) },
  { "write|overlay|stamp|type|letter|print|put the words|superimpose|caption it|watermark|"
    "engrave|put the text", VERB (WRITE) },
  { "keep|preserve|retain|maintain|protect|keeping|preserving|leaving|hold|conserve|respect|"
    "keep hold of|stick to|leave everything", VERB (KEEP) },
  { "touch|touching|affect|affecting|changing anything|mess with|edit|editing|altering|"
    "modifying|influence|tamper with|interfere with|changing|move around|changes to",
    VERB (TOUCH) },
  { "convert|convert it|transform into|switch to|go", VERB (CONVERT) },
  { "undo|revert|go back|take back|roll back|undo that|reverse the last|scrap", VERB (UNDO) },
  { "distort|stretch|squash|warp|squeeze|deform|distorting|stretching|squashing|warping|"
    "deforming|distortion|skewing", VERB (DISTORT) },

  /* --- Tone and colour --- */
  { "brighten|lighten|brighten up|lighten up|brightening|illuminate|relight brighter|light up|"
    "overexpose", TONE (TONE_VERB, EXPOSURE, 1) },
  { "darken|dim|darken down|darkening|underexpose", TONE (TONE_VERB, EXPOSURE, -1) },
  { "warm|warm up|warming|warm it up", TONE (TONE_VERB, TEMPERATURE, 1) },
  { "cool|cool down|cool off|cool it down|cooling", TONE (TONE_VERB, TEMPERATURE, -1) },
  { "saturate|saturating", TONE (TONE_VERB, SATURATION, 1) },
  { "desaturate|mute|desaturating|wash out", TONE (TONE_VERB, SATURATION, -1) },
  { "sharpen|crispen|sharpen up|sharpening|crisp up", TONE (TONE_VERB, SHARPEN, 1) },
  { "soften", TONE (TONE_VERB, SHARPEN, -1) },
  { "denoise|degrain|de noise|despeckle|noise reduce", TONE (TONE_VERB, DENOISE, 1) },

  { "exposure|brightness|luminosity|lightness|luminance|exposition",
    TONE (TONE_NOUN, EXPOSURE, 1) },
  { "darkness", TONE (TONE_NOUN, EXPOSURE, -1) },
  { "contrast|contrasts|punch|tonal contrast", TONE (TONE_NOUN, CONTRAST, 1) },
  { "highlights|highlight|the whites|whites|bright areas|bright parts|brightest areas|brights|"
    "blown highlights|blown out highlights|clipped highlights|burnt out highlights|"
    "burned out highlights",
    TONE (TONE_NOUN, HIGHLIGHTS, 1) },
  { "shadows|shadow areas|dark areas|dark parts|dark tones|shadow detail|detail in the shadows|"
    "details in the shadows", TONE (TONE_NOUN, SHADOWS, 1) },
  { "blacks|black point|black levels|black level|the blacks", TONE (TONE_NOUN, BLACKS, 1) },
  { "temperature|warmth|colour temperature|color temperature|warm tones",
    TONE (TONE_NOUN, TEMPERATURE, 1) },
  { "saturation|colour saturation|color saturation|chroma|colour intensity|color intensity",
    TONE (TONE_NOUN, SATURATION, 1) },
  { "vibrance|vibrancy", TONE (TONE_NOUN, VIBRANCE, 1) },
  { "sharpness|sharpening|crispness|clarity|acutance|edge definition",
    TONE (TONE_NOUN, SHARPEN, 1) },
  { "noise reduction|denoising|noise removal", TONE (TONE_NOUN, DENOISE, 1) },

  { "bright|brighter|light|lighter|well lit|luminous|brightened|high key",
    TONE (TONE_LOOK, EXPOSURE, 1) },
  { "dark|darker|dim|dimmer|darkened|low key", TONE (TONE_LOOK, EXPOSURE, -1) },
  { "warm|warmer|toasty|toastier|golden toned|warm toned|warmed",
    TONE (TONE_LOOK, TEMPERATURE, 1) },
  { "cool|cooler|cold|colder|chilly|icy|cool toned|bluer", TONE (TONE_LOOK, TEMPERATURE, -1) },
  { "contrasty|punchy|punchier|contrastier|contrasted|crunchy|crunchier",
    TONE (TONE_LOOK, CONTRAST, 1) },
  { "flat|flatter|low contrast|softer contrast", TONE (TONE_LOOK, CONTRAST, -1) },
  { "saturated|vivid|colourful|colorful|more colourful|richer|rich|intense in colour|juicy|"
    "juicier|vivider", TONE (TONE_LOOK, SATURATION, 1) },
  { "muted|desaturated|duller|subdued|washed|faded|paler|pastel toned",
    TONE (TONE_LOOK, SATURATION, -1) },
  { "vibrant|pop|pop more|poppy|lively|livelier", TONE (TONE_LOOK, VIBRANCE, 1) },
  { "sharp|sharper|crisp|crisper|sharpened|in focus|more in focus|razor sharp|defined",
    TONE (TONE_LOOK, SHARPEN, 1) },
  { "grainy|noisy|grainier|noisier", TONE (TONE_LOOK, DENOISE, -1) },

  /* --- What people complain of, and its remedy --- */
  { "dark|dim|underexposed|under exposed|gloomy|murky|dingy", TONE (FAULT, EXPOSURE, 1) },
  { "bright|light|overexposed|over exposed", TONE (FAULT, EXPOSURE, -1) },
  { "blown out|blown|clipped|burnt out|burned out|hot highlights", TONE (FAULT, HIGHLIGHTS, -1) },
  { "flat|washed out|hazy|foggy|milky|low contrast", TONE (FAULT, CONTRAST, 1) },
  { "contrasty|harsh contrast", TONE (FAULT, CONTRAST, -1) },
  { "dull|pale|lifeless|drab|colourless|colorless|desaturated|faded|washed",
    TONE (FAULT, SATURATION, 1) },
  { "saturated|oversaturated|over saturated|garish|gaudy|colourful|colorful|vivid",
    TONE (FAULT, SATURATION, -1) },
  { "cold|blue|bluish|cool|icy|chilly", TONE (FAULT, TEMPERATURE, 1) },
  { "warm|yellow|yellowish|orange|orangey|orangish|hot", TONE (FAULT, TEMPERATURE, -1) },
  { "green|greenish|magenta|pinkish|off|tinted|reddish|purplish", TONE (FAULT, WHITE_BALANCE, 0) },
  { "noisy|grainy", TONE (FAULT, DENOISE, 1) },
  { "blurry|soft|unsharp|out of focus|fuzzy|blurred", TONE (FAULT, SHARPEN, 1) },
  { "sharp|oversharpened|over sharpened|crunchy", TONE (FAULT, SHARPEN, -1) },
  { "crooked|tilted|slanted|wonky|skewed|not straight|askew|not level",
    TONE (FAULT, STRAIGHTEN, 0) },

  { "white balance|whitebalance|wb|colour cast|color cast|cast|tint|colour balance|"
    "color balance|yellow cast|blue cast|green cast|magenta cast|orange cast|red cast|"
    "pink cast|warm cast|cool cast|yellow tint|blue tint|green tint|pink tint|red tint|"
    "orange tint|magenta tint|colour tint|color tint|colour shift|color shift|colours|colors|"
    "yellowish cast|bluish cast|greenish cast|pinkish cast|reddish cast|yellowness|"
    "yellow tinge|blue tinge|tinge|green tinge|yellow hue|purple cast|cyan cast", IS (BALANCE) },
  { "lighting|light|exposure|illumination|tones|tonal range|brightness|tonality|levels|tone|"
    "light levels", IS (LIGHTING) },
  { "automatically|auto|automatic|auto tone|auto levels|auto enhance|auto enhancement|"
    "auto contrast|auto correct|auto adjust|auto fix|autocorrect|auto exposure|auto tone it|"
    "auto balance", IS (AUTO) },
  { "black and white|black & white|black n white|b&w|bw|b & w|greyscale|grayscale|monochrome|mono|grey scale|"
    "gray scale|b and w|monochromatic|black white|shades of grey|shades of gray", IS (MONO) },
  { "sepia|sepia toned|sepia tone", ARG (MONO, "sepia") },
  { "noise|grain|graininess|image noise|digital noise|colour noise|color noise|iso noise|"
    "speckle|film grain|high iso noise|speckles of noise|luminance noise|chroma noise",
    IS (GRAIN) },

  /* --- Grounds --- */
  { "studio|sweep|seamless|studio sweep|studio backdrop|cyclorama|infinity cove|cove|cyc|"
    "infinity wall|infinity curve|studio background|seamless paper|paper sweep|photo studio|"
    "studio setting|studio set|infinity background|studio style|studio look|studio shot|"
    "studio setup|seamless studio|backdrop paper", IS (STUDIO) },
  { "gradient|gradients|colour gradient|color gradient|fade|ombre|blend", IS (GRADIENT) },
  { "radial|circular|round gradient|radially", ARG (SHAPE, "radial") },
  { "linear|linearly", ARG (SHAPE, "linear") },
  { "transparent|see through|transparency|alpha|alpha channel|a transparent|cut out png|"
    "transparently", IS (TRANSPARENT) },
  { "blur|bokeh|blurred|blurry|blurrier|out of focus|shallow depth of field|depth of field|"
    "shallow focus|dof|background blur|defocused|creamy|soft focus|lens blur|gaussian blur|"
    "portrait mode|blurred out|unfocused|softer", IS (BLUR) },
  { "clean|plain|simple|solid|pure|seamless|uniform|neutral|smooth|even|minimal|minimalist|"
    "minimalistic|single|professional|flat|empty|tidy|crisp|soft|nice|fresh|new|different|bare|"
    "spotless|basic|unicolor|unicolour|monochromatic|block|single coloured|single colored|"
    "elegant|matte|infinite|perfect|bright|true|proper|standard|classic|modern|blank|"
    "nice and clean|full|completely|totally|absolutely|perfectly|whole|entire|soft looking",
    IS (PLAIN) },
  { "colour|color|tone|shade|hue|coloured|colored|colourway|colorway|toned|tones|in colour|"
    "in color|finish colour|background colour|tint", IS (COLOR_NOUN) },

  { "light|lighter|pale|paler|pastel|faded|powder", ARG (SHADE, "light") },
  { "very light|very pale|extremely light|super light|lightest|palest|off|almost white",
    ARG (SHADE, "lightest") },
  { "soft|softer|gentle|whisper", ARG (SHADE, "soft") },
  { "dark|darker|deep|deeper|midnight|inky", ARG (SHADE, "dark") },
  { "muted|dusty|dusky|dull|faded|smoky|washed", ARG (SHADE, "muted") },
  { "warm|warmer|creamy", ARG (SHADE, "warm") },
  { "cool|cooler|cold|icy", ARG (SHADE, "cool") },
  { "bright|brilliant|vivid|rich|bold|strong|medium|mid|true|classic|pure|vibrant|intense|"
    "solid|clean", ARG (SHADE, "same") },

  { "shadow|shadowing|shading|drop shadow|contact shadow", IS (SHADOW) },
  { "shadows", IS (SHADOW) },
  { "contact|ground|grounding|grounded|floor|base|ambient|ambient occlusion",
    ARG (SHADOW_KIND, "contact") },
  { "drop|dropped|cast|floating", ARG (SHADOW_KIND, "drop") },
  { "drop shadow|drop shadows", ARG (SHADOW_KIND, "drop") },
  { "contact shadow|contact shadows", ARG (SHADOW_KIND, "contact") },
  { "soft|softer|natural|natural looking|realistic|believable|diffuse|diffused|smooth|nice|"
    "simple|small|little|professional|clean|studio|light|proper|blurred|blurry|new|tight|tiny|"
    "feathered|fake|artificial|real|even", IS (SHADOW_LOOK) },

  /* --- Size and shape --- */
  { "square|squared|quadratic|a square|1 to 1|square format|square crop|instagram square|"
    "square shape", ARG (RATIO, "1:1") },
  { "widescreen|wide screen|wide format|youtube thumbnail|youtube|16 to 9|hd format|cinema wide",
    ARG (RATIO, "16:9") },
  { "instagram portrait|instagram post|instagram feed|instagram|portrait post|4 to 5|insta|"
    "insta post|portrait format|ig post|portrait|portrait orientation", ARG (RATIO, "4:5") },
  { "instagram story|instagram stories|story|stories|reel|reels|tiktok|tik tok|instagram reel|"
    "vertical video|story format|9 to 16|ig story|phone screen|vertical story",
    ARG (RATIO, "9:16") },
  { "pinterest|pinterest pin|2 to 3|pin", ARG (RATIO, "2:3") },
  { "landscape|landscape format|3 to 2|landscape orientation", ARG (RATIO, "3:2") },
  { "4 to 3|four by three", ARG (RATIO, "4:3") },
  { "top left|upper left|left top|top left corner|upper left corner|top left hand corner|"
    "top left hand", ARG (POSITION, "top-left") },
  { "top right|upper right|right top|top right corner|upper right corner|top right hand corner",
    ARG (POSITION, "top-right") },
  { "bottom left|lower left|bottom left corner|lower left corner|bottom left hand corner",
    ARG (POSITION, "bottom-left") },
  { "bottom right|lower right|bottom right corner|lower right corner|bottom right hand corner",
    ARG (POSITION, "bottom-right") },
  { "top|top center|top centre|top middle|upper edge|top edge|upper part|along the top|"
    "across the top|at the top|on top|top centered|top of the image", ARG (POSITION, "top") },
  { "bottom|bottom center|bottom centre|bottom middle|lower edge|bottom edge|lower part|"
    "across the bottom|along the bottom|at the bottom|bottom centered|lower third|"
    "foot of the image", ARG (POSITION, "bottom") },
  { "left|left side|left hand side|left edge|on the left|to the left|the left side",
    ARG (POSITION, "left") },
  { "right|right side|right hand side|right edge|on the right|to the right|the right side",
    ARG (POSITION, "right") },
  { "middle|center|centre|in the center|in the centre|dead center|dead centre|in the middle|"
    "centered|centred|the middle|the center|the centre", ARG (POSITION, "center") },
  { "padding|margin|margins|border|borders|space|room|breathing room|breathing space|"
    "white space|whitespace|negative space|headroom|air|empty space|bars|bezel|extra space|"
    "copy space|blank space|spacing|room for text|room for copy|space for text|space for copy|"
    "room for a headline|space for a headline|extra room|space for a logo|room for a logo|"
    "surrounding space|free space|text space|empty area|empty areas|excess space|excess|"
    "unused space|dead space|wasted space|empty border|empty borders|blank area|edges|"
    "surplus space", IS (SPACE) },
  { "canvas|the canvas|image area|the frame size|artboard", IS (CANVAS) },
  { "tight|tightly|tighter|close|closely|closer|in close|right up|snug|snugly|close up|right in",
    IS (TIGHT) },
  { "every side|each side|all sides|all around|all round|all four sides|both sides|everywhere|"
    "all edges|every edge|on every side|on all sides|on each side|around the edges|"
    "round the edges|all the way around|all the way round|around it|round it|the edges|"
    "around the outside", IS (EVERY_SIDE) },
  { "clockwise|cw|clock wise|to the right|right|clockwise direction",
    { RESHOOT_WORD_TURN, 0, 1, NULL } },
  { "counterclockwise|anticlockwise|ccw|counter clockwise|anti clockwise|to the left|left|"
    "counter clock wise", { RESHOOT_WORD_TURN, 0, -1, NULL } },
  { "horizontally|horizontal|left to right|left right|sideways|side to side|"
    "along the vertical axis|from left to right|left for right", ARG (AXIS, "horizontal") },
  { "vertically|vertical|upside down|top to bottom|on its head|along the horizontal axis|"
    "up side down|top bottom|head over heels", ARG (AXIS, "vertical") },
  { "long side|long edge|longest side|longest edge|longer side|longer edge|largest side|"
    "biggest side|long dimension", ARG (EDGE, "long") },
  { "wide|width|in width|across|broad", ARG (EDGE, "width") },
  { "tall|high|height|in height", ARG (EDGE, "height") },
  { "at least|minimum|no less than|not less than|no smaller than|min", ARG (EDGE, "least") },
  { "4k|4 k|uhd", ARG (EDGE, "4k") },
  { "resolution|size|pixels|dimensions|pixel size|image size|the size|the resolution",
    ARG (EDGE, "size") },
  { "twice|double|two times|doubled", ARG (EDGE, "twice") },
  { "three times|triple|thrice", ARG (EDGE, "thrice") },
  { "bigger|larger|as big|as large|the size|in size|bigger size|larger size",
    ARG (EDGE, "bigger") },
  { "of the frame|of the image|of the picture|of the canvas|of the photo|the frame|frame|"
    "in the frame", ARG (EDGE, "frame") },

  /* --- Lettering on top of the picture --- */
  { "text|words|word|caption|title|headline|slogan|lettering|letters|tagline|heading|writing|"
    "label text|copy|watermark|text overlay|overlay|line|sign|badge|banner|note|message|phrase|"
    "font", IS (LETTERS) },
  { "small|smaller|tiny|little|fine", ARG (SIZE, "small") },
  { "large|big|larger|bigger|huge|giant|oversized|massive", ARG (SIZE, "large") },
  { "bold|in bold|boldface|heavy|thick|bold letters|bolded", ARG (WEIGHT, "bold") },
  { "italic|italics|in italics|cursive|slanted|italicised|italicized", ARG (STYLE, "italic") },

  { "amazon|amazon main image|amazon main|amazon listing|amazon product image|"
    "amazon hero image|amazon hero|amazon image|amazon main photo|amazon requirements|"
    "amazon standards|amazon rules|amazons requirements|amazon main picture|"
    "amazons main image rules|amazon compliant|amazon main image requirements|amazon ready|"
    "amazons main image requirements|amazon guidelines|amazons guidelines|amazon product photo|"
    "amazon packshot|amazon marketplace|amazon spec|amazon specs", ARG (PRESET, "amazon") },
  { "ebay|ebay listing|ebay main image|ebay image|ebay photo|ebay gallery image",
    ARG (PRESET, "ebay") },
  { "google shopping|google merchant|google merchant center|google shopping image|"
    "google shopping feed|google shopping listing|google shopping ad", ARG (PRESET, "google") },
  { "shopify|shopify product image|shopify listing|shopify store|shopify product photo|"
    "shopify shop", ARG (PRESET, "shopify") },

  { NULL, { RESHOOT_WORD_NONE, 0, 0, NULL } }
};
