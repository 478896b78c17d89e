/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the studio cannot do, because it never invents a pixel of content: places, things, people, materials, views,
 * light, build and art. A word here makes its clause a refusal with that reason; no operation ever takes it up. */

#include "reshoot-lexicon-private.h"

#define IS(class) { RESHOOT_WORD_##class, 0, 0, NULL }

const ReshootLexiconRow reshoot_lexicon_impossible[] = {
  { "beach|forest|woods|jungle|desert|mountain|mountains|kitchen|bathroom|bedroom|living room|"
    "office|cafe|restaurant|bar counter|garden|park|street|city|cityscape|skyline|countertop|"
    "counter|worktop|tabletop|table top|windowsill|sky|clouds|cloud|ocean|sea|lake|river|"
    "waterfall|snow|landscape scene|meadow|field|rooftop|terrace|patio|balcony|pool|"
    "swimming pool|outdoors|outdoor|outside|nature|space scene|moon|planet|mars|podium|"
    "pedestal|plinth|stage set|brick wall|wall|floor|wooden floor|lawn|pavement|runway|catwalk|"
    "gym|library|classroom|hotel|spa|sauna|barn|farm|vineyard|island|sunset|sunrise|galaxy|"
    "stars|night sky|underwater|fireplace|interior scene|room|indoor|indoors|lifestyle|"
    "lifestyle scene|lifestyle setting|scene|setting|scenery|paris|london|new york|tokyo|rome|"
    "marble table|wooden table|wood table|dining table|table|desk top|picnic|christmas|xmas|"
    "halloween|easter|valentines|festive|holiday|winter|summer|spring|autumn|rock|rocks|"
    "boulder|cliff|cave|canyon|garage|workshop|laboratory|lab|warehouse|concrete wall|"
    "marble surface|wooden surface|surface|tiles|tile|tiled|loft|penthouse|showroom|"
    "shop window|shelf scene|supermarket|market|bokeh lights|city lights|fairy lights|"
    "neon lights|tropical|paradise|coast|shore|shoreline|boardwalk|campsite|woodland|savannah|"
    "castle|church|bridge|road|highway|race track|stadium|concert|club|party|wedding|nursery|"
    "playground|cabin|hut|igloo|arena|museum|gallery|texture background|pattern background|"
    "wallpaper|sand dunes|dunes|sandy beach|water surface|countryside|harbour|harbor|yacht|"
    "airport|train|metro|subway|storefront|alley|plaza|courtyard|greenhouse|orchard|hill|hills|"
    "valley|volcano|iceberg|glacier|aquarium|circus", IS (SCENE) },

  { "plant|plants|flower|flowers|rose petals|petals|leaf|leaves|tree|trees|palm|palm leaf|"
    "palm leaves|branch|branches|bouquet|grass|ice|ice cubes|ice cube|splash|splashes|water|"
    "water drops|water droplets|droplets|drops|dew|bubbles|condensation|steam|smoke|fog|mist|"
    "fire|flames|sparks|sparkles|glitter|confetti|balloons|balloon|fruit|fruits|lemon slice|"
    "lemon slices|slice|slices|orange juice|lemons|oranges|strawberry|strawberries|berries|"
    "apple|apples|banana|coffee beans|beans|herbs|spices|cat|dog|bird|butterfly|animal|animals|"
    "horse|fish|bee|insect|props|prop|decoration|decorations|accessory|accessories|gift|gifts|"
    "present box|bow tie|tablecloth|cloth|napkin|tray|stand|hanger|mannequin|dust|dirt|scratch|"
    "scratches|stain|stains|wrinkle|wrinkles|crease|creases|fingerprint|fingerprints|blemish|"
    "blemishes|spot|spots|smudge|smudges|glare|hair strand|fluff|lint|thread|threads|hot spot|"
    "damage|crack|cracks|dent|dents|defect|defects|imperfection|imperfections|barcode sticker|"
    "reflection|reflections|reflective floor|flare|lens flare|rainbow|lightning|icon set|arrow|"
    "arrows|circle|frame around|emoji|illustration|ornaments|snowflakes|feathers|pebbles|"
    "stones|shells|seashells|star|heart|qr code|second one|another one|copy of|duplicate|"
    "duplicates|people in the background|objects|object in the background|other objects|"
    "clutter|mess|distractions|distraction|distracting objects|wire|wires|cables|"
    "packaging film|plastic wrap|price sticker|price tag|security tag|watermark in the corner|"
    "pole|sign post|shadow figure|bystander|passerby|background people|rest of the stuff|stuff|"
    "things|thing|glass of|bowl of|cup of|piece of|pair of|set of|bunch of|stack of|pile of", IS (THING) },

  { "person|people|man|woman|men|women|girl|boy|child|children|kid|kids|baby|model wearing|"
    "model|models|human|hand|hands|finger|fingers|arm|face|faces|foot|feet|guy|lady|someone|"
    "somebody|customer holding|couple|family|skin|hair|eyes|eye|teeth|lips|smile|nails|"
    "influencer|athlete|runner|chef|barista|dancer|celebrity|body|wearer|wrist|neck|ear|ears|"
    "head|shoulder|shoulders|toddler|teenager|grandmother|grandma|santa|santa claus|worker|"
    "doctor|friends|crowd|actor|actress|portrait of", IS (PERSON) },

  { "leather|wood|wooden|metal|metallic|glass|glassy|plastic|marble|stone made|concrete|"
    "ceramic|porcelain|velvet|silk|cotton|wool|woollen|knitted|suede|fabric|denim|steel|"
    "stainless steel|chrome|chromed|aluminium|aluminum|brass|copper|bronze|gold|golden|silver|"
    "platinum|titanium|carbon|carbon fibre|carbon fiber|rubber|paper made|cardboard|bamboo|"
    "rattan|wicker|oak|walnut|pine|mahogany wood|granite|terrazzo|crystal|diamond|diamonds|"
    "ice made|fur|furry|fluffy|glossy|shiny|matte finish|matt|mat finish|brushed|polished|"
    "frosted|translucent|iridescent|holographic|pearlescent|glittery|sparkly|textured|quilted|"
    "embossed|woven|linen|satin|lace fabric|acrylic|crocodile|snakeskin|leopard|camouflage|"
    "camo|striped|checked|plaid|polka dot|floral|patterned|wet|rusty|rusted|dirty|worn|"
    "vintage worn|old looking|transparent plastic|gilded|plated|enamel|clay made|felt|"
    "canvas fabric|made of|made from|made out of|material|look brand new|brand new|broken|torn|"
    "melting|melted|frozen|burning|brick|snow|smoke|wheat|moss|slate|shell|pearl|matte texture|"
    "gloss", IS (MATERIAL) },

  { "angle|angles|different angle|another angle|from above|from below|from the side|"
    "from behind|from the back|from the front|front view|side view|top view|back view|"
    "rear view|top down|birds eye|birds eye view|flat lay|flatlay|overhead|perspective|"
    "viewpoint|point of view|three quarter view|three quarter|3 4 view|profile view|"
    "turn around|turn it around|turned around|other side|back side|backside|underside|"
    "the inside|the back|the bottom of|rear|eye level|low angle|high angle|close up of|"
    "closeup of|macro|360|360 view|rotate around|spin around|from another|face the camera|"
    "facing|facing left|facing right|facing forward|faces the camera|look left|3d|in 3d|"
    "isometric|camera angle|worms eye|from a different|aerial|exploded view|viewed from|"
    "seen from|as seen from|face left|face right|towards the camera|toward the camera|"
    "face forward|the side|front side|view|views|frontal|head on|show the back|around to|"
    "to the camera|at the camera", IS (VIEW) },

  { "sunlight|sun light|sun|daylight look|golden hour|blue hour|candlelight|moonlight|neon|"
    "neon light|spotlight|spotlights|rim light|rim lighting|backlight|backlit|back light|"
    "backlighting|key light|fill light|side light|sidelight|softbox|soft box|ring light|"
    "window light|light source|light from|lit from|light coming|light comes|lighting from|"
    "natural light|natural lighting|daylight|studio lighting|studio light|studio lights|"
    "dramatic lighting|dramatic light|cinematic lighting|moody lighting|moody light|"
    "ambient light|light direction|direction of the light|harsh shadows|harsh shadow|"
    "harsh light|hard light|soft light|softer light|light beam|light rays|sun rays|sunbeam|"
    "god rays|glow|glowing|halo|shine on|light on|light leak|relight|relit|re light|"
    "light setup|lighting setup|evening light|morning light|night|nighttime|night time|"
    "day to night|at night|lamp light|warm light from|light up the inside|turn on the light|"
    "switch on|light falls|shadow direction|long shadow|long shadows|light position|"
    "studio flash|flash|strobe|gel|coloured light|colored light|volumetric|low light|"
    "candle light|chiaroscuro|rembrandt lighting|butterfly lighting|lit by|illuminated by|"
    "dappled light|shadow play|hard shadow from|overcast|lens|sunny|sun set|dusk|dawn|gobo", IS (LIGHT) },

  { "taller|shorter|thinner|thicker|slimmer|slim|fatter|rounder|rounded|round|curvier|wider|"
    "narrower|longer|skinny|chunky|chunkier|bigger handle|shape|reshape|reshaped|oval|"
    "cylindrical|rectangular|triangular|curved|bent|bend|fold|folded|unfold|open|opened|"
    "close the lid|closed|open the|opened lid|unscrew|unzip|unzipped|zip up|zipped|tied|untie|"
    "untied|empty bottle|half empty|half full|assembled|disassembled|design of|redesign|"
    "restyle|resculpt|slender|elongated|elongate|stubbier|bulkier|sleeker|proportions|bigger|"
    "smaller|larger|longer handle|size of the product|height of the|width of the|flatten|"
    "inflate|inflated|puffier|shrunk|taper|tapered|pointy|pointed|higher heel|deeper|shallower|"
    "stand up|standing up|lying down|lie down|laying flat|tilted product|hanging|hang|unboxed|"
    "unbox|hatchback|convertible|sports car", IS (FORM) },

  { "style of|in the style of|in style of|art style|van gogh|colour grade|color grade|"
    "colour grading|color grading|movie|movie look|picasso|monet|warhol|andy warhol|dali|"
    "banksy|rembrandt|painting|oil painting|watercolor|watercolour|sketch|pencil sketch|"
    "drawing|line drawing|line art|cartoon|comic|comic book|anime|manga|pixar|disney|ghibli|"
    "studio ghibli|pop art|cyberpunk|steampunk|vaporwave|pixel art|low poly|lego|claymation|"
    "art deco|baroque|impressionist|impressionism|cubist|cubism|surreal|surrealist|surrealism|"
    "retro style|retro|vintage|vintage look|film look|polaroid|lomo|80s|90s|70s|60s|1950s|"
    "1970s|1980s|eighties|seventies|nineties|noir|film noir|wes anderson|cinematic|"
    "cinematic look|moody|dreamy|editorial|vogue|minimalism|mid century|blueprint|x ray|"
    "infrared|hdr|hdr look|glitch|duotone|stencil|mosaic|stained glass|origami|render style|"
    "3d render|cgi|claymation style|kodak|portra|fuji|film stock|cross processed|"
    "instagram filter|filter|lut|preset look|apple style|apple ad|nike ad|ikea|ikea style|"
    "like an ad|like a painting|photorealistic|hyperrealistic|fantasy|gothic|grunge|boho|"
    "scandinavian|japandi|rustic|industrial|futuristic|sci fi|space age|psychedelic|airy|"
    "magazine style|stylized|stylised|stylize|stylise|artistic|artsy|abstract|ukiyo e|graffiti|"
    "caricature|silhouette style", IS (ART) },

  { "generate|imagine|variations|variation|variants|variant|alternatives|alternative|options|"
    "versions|come up with|invent|dream up|ideas|brainstorm|a new image|new image|new picture|"
    "new photo|another image|another picture|another photo|create an image|create a picture|"
    "create a photo|different versions|different options|ai generate|synthesize|synthesise|"
    "mockup|mock up|mockups|collage|animation|animate|video|gif|logo design|design a|moodboard|"
    "storyboard|poster of|ad for|advert for|banner for|image of|picture of|photo of|randomize|"
    "surprise me|text to image", IS (GENERATE) },

  { "better|nicer|good|great|awesome|amazing|beautiful|perfect|cool looking|fancy|fancier|"
    "prettier|pretty|stunning|professional|more professional|premium|luxurious|luxury|high end|"
    "expensive|classy|stylish|modern|trendy|interesting|attractive|appealing|eye catching|"
    "eyecatching|something|anything|somehow|magic|wow|improve|enhance|enhanced|beautify|polish|"
    "polish up|perfection|prettify|spice up|spruce up|jazz up|do something|do your thing|"
    "make sense|work|works|ready|usable|tidy|tidy up|finish|whatever|fun|funky|exciting|"
    "dynamic|unique|different|creative|creatively|commercial|marketable|sellable|sell|sells|"
    "viral|clickable|improved|optimised|optimized|quality|hd|best|ideal|right|correct|normal|"
    "wrong", IS (VAGUE) },

  { "wear|wearing|wears|worn by|hold|holding|holds|held|drink|drinking|pour|pouring|eat|eating|"
    "use it|sit on it|touching it|carry|carrying|walk|walking|run|running|jump|jumping|fly|"
    "flying|float in|swim|explode|exploding|merge|combine|swap faces|translate|rename|rewrite|"
    "reword|spell|correct the spelling|say|says|read|reads|age|restore the|complete|finish the|"
    "finish it|continue|extend the scene|build|cook|bake|decorate|assemble|wrap|unwrap|peel|"
    "slice|open it|close it|dress|dress it|style|accessorize|accessorise|duplicate|multiply|"
    "clone|count|describe|explain|tell|buy|search|find|download|upload|send|print it|stack|"
    "arrange|rearrange|group|align|balance on|lean|hang it|plant it|attach it|surround|cover|"
    "covered|covering|sprinkle|scatter|scattered|spray|melt|freeze|burn|break|crush it|bite|"
    "crack it|iron|steam it|wash|dry|vacuum it|shave|trim the hair|zoom out|zoom|zoom in|"
    "zoom into", { RESHOOT_WORD_VERB, RESHOOT_VERB_OTHER, 0, NULL } },

  { NULL, { RESHOOT_WORD_NONE, 0, 0, NULL } }
};
