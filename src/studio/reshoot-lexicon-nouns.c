/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a sentence may be about: the ground, the picture, and the things people photograph to sell. A noun after "the"
 * that stands in no table counts as the product; the list here lets people leave the article away, and the parts of a
 * product stand apart because a matte knows no parts. */

#include "reshoot-lexicon-private.h"

#include "reshoot-plan.h"

#define SCOPE(scope) { RESHOOT_WORD_TARGET, RESHOOT_SCOPE_##scope, 0, NULL }
#define IS(class) { RESHOOT_WORD_##class, 0, 0, NULL }

const ReshootLexiconRow reshoot_lexicon_nouns[] = {
  { "background|backdrop|bg|back ground|back drop|backgrounds|surroundings|surrounding|"
    "surrounding area|bkg|background colour|background color|image background|"
    "picture background|photo background|bgr|bckgrnd|backround|environment|area behind|"
    "area around|background area", SCOPE (BACKGROUND) },
  { "product|item|object|subject|merchandise|article|main subject|foreground|foreground object|"
    "main object|products|items|product itself|goods|packshot subject|hero product", SCOPE (PRODUCT) },
  { "image|photo|picture|photograph|shot|pic|whole frame|entire frame|full frame|whole image|"
    "whole picture|whole photo|"
    "entire image|entire picture|img|entire photo|everything|overall|overall image|"
    "overall picture|all of it|whole thing|photos|pictures|images|packshot|product shot|"
    "product photo|product image|product picture|file|scene overall|full image|complete image|"
    "composition|whole scene|entire scene|mood|vibe|atmosphere|feeling|overall look|"
    "look and feel|overall mood|photography|snapshot|whole shot|render|hero image|hero shot|"
    "view overall|result", SCOPE (ALL) },

  { "bottle|bottles|mug|mugs|cup|cups|chair|chairs|sofa|couch|armchair|stool|lamp|lamps|watch|"
    "watches|ring|rings|necklace|bracelet|earring|earrings|jewellery|jewelry|shoe|shoes|"
    "sneaker|sneakers|trainer|trainers|boot|boots|sandal|sandals|heel|heels|loafer|loafers|bag|"
    "bags|handbag|backpack|rucksack|purse|tote|suitcase|wallet|belt|shirt|shirts|tshirt|"
    "t shirt|tee|dress|jacket|coat|hoodie|sweater|jumper|pullover|cardigan|jeans|trousers|"
    "pants|shorts|skirt|blouse|suit|tie|scarf|baseball cap|beanie|gloves|socks|sock|sunglasses|glasses|"
    "eyewear|spectacles|camera|cameras|phone|smartphone|laptop|tablet|headphones|headset|"
    "earbuds|earphones|speaker|keyboard|mouse|monitor|tv|charger|cable|drone|console|"
    "controller|perfume|fragrance|cologne|lipstick|mascara|cream jar|serum|lotion|soap|shampoo|"
    "conditioner|tube|jar|jars|can|cans|tin|tins|box|boxes|package|packaging|pack|packet|pouch|"
    "sachet|carton|container|toy|toys|doll|teddy|teddy bear|puzzle|ball|bike|bicycle|scooter|"
    "skateboard|helmet|racket|tent|thermos|flask|tumbler|glassware|plate|plates|bowl|bowls|pan|"
    "pot|kettle|teapot|toaster|blender|mixer|knife|knives|cutlery|spoon|fork|candle|candles|"
    "vase|vases|frame|clock|mirror|pillow|cushion|blanket|towel|rug|carpet|table|dining table|"
    "coffee table|side table|nightstand|glass|curtain|desk|shelf|bookshelf|cabinet|dresser|bed|"
    "mattress|bench|notebook|book|books|pen|pencil|stationery|poster|card|guitar|violin|piano|"
    "drum|microphone|tool|tools|drill|hammer|saw|screwdriver|car|cars|motorbike|vehicle|"
    "chocolate bar|cake|cookie|cookies|burger|pizza|sandwich|bread|wine bottle|beer|"
    "beer bottle|coffee cup|coffee maker|espresso machine|razor|toothbrush|brush|comb|"
    "hairdryer|dryer|vacuum|fan|heater|supplement|supplements|vitamins|pills|snack|cereal|"
    "crisps|garment|garments|outfit|clothes|clothing|apparel|furniture|device|gadget|appliance|"
    "cosmetic|cosmetics|skincare|makeup|palette|compact|nail polish|umbrella|keychain|pendant|"
    "brooch|cufflinks|hat|stroller|pram|crib|highchair|onesie|leash|collar tag|pet bed|dog bed|"
    "planter|flowerpot|ornament|figurine|statue|sculpture|trophy|medal|coin|router|printer|"
    "projector|smartwatch|power bank|usb stick|memory card|lens|tripod|battery|bulb|light bulb|"
    "lantern|torch|flashlight|chandelier|swimsuit|bikini|bra|underwear|lingerie|pyjamas|"
    "pajamas|robe|apron|vest|blazer|leggings|tights|tracksuit|jersey|uniform|slippers|"
    "flip flops|clogs|pumps", IS (PRODUCT) },

  { "label|logo|lid|cap|caps|handle|handles|strap|straps|sole|soles|lace|laces|button|buttons|zip|"
    "zipper|collar|sleeve|sleeves|screen|display panel|pump head|sticker|stickers|tag|"
    "price tag|seam|seams|stitching|brand name|brand|print|pattern|cork|nozzle|spout|rim|hem|"
    "pocket|pockets|hood|buckle|clasp|chain|dial|hands of the watch|legs|leg|arms|armrest|"
    "armrests|backrest|seat|cushions|drawer|drawers|knob|knobs|door|doors|spokes|saddle|"
    "frame of|petals|icon|emblem|badge|wordmark|artwork|graphic|graphics|barcode|price sticker|"
    "inscription|typography|wording|lettering on|wheel|wheels|tyre|tyres|tire|tires|rims|"
    "hubcaps|bumper|headlight|headlights|grille|roof|windscreen|windshield|window|windows|"
    "cover|covers|case back|crown|bottle top|top half|foam|filling|topping|toppings|icing|"
    "frosting|sprinkles|crust|straw|foot|base of|heel cap|eyelets|piping|cushion cover|"
    "tabletop of|headboard|footrest|castors|casters|hinge|hinges|lock|trim|panel|bulb of|"
    "earpads|ear pads|headband|joystick|viewfinder|flash of|hinge of|temple|temples|lenses|"
    "drink|beverage|liquor|paint|letters on|stone|stones|gem|gemstone|pearls|beads|bead|charm|"
    "needle|pointer|numbers|interior|inside of|inner part|outer part|tip|cap of|tassel|fringe|"
    "lining|insole|tongue|toe|liquid|contents|juice|bezel|keys|wick|flame|bow|ribbon|wrapper|"
    "seal|stopper|dispenser|applicator|bristles|blade|cord|plug|lampshade|shade of|upholstery|"
    "fabric part|neckline|cuffs|cuff|waistband|embroidery|stripe|stripes|dots|logo text|front|"
    "back side|side of|lower half|upper half|left half|right half|half|corner|corners", IS (PART) },

  { "lighting|light|colours|colors|colour|color|texture|textures|detail|details|shape|"
    "reflections|reflection|look|material|materials|proportions|label|logo|text|design|"
    "appearance|branding|brand|packaging|highlights|quality|print|finish|surface|form|outline|"
    "silhouette|edges|sharpness|tones|tone|hue|integrity|identity|brightness|exposure|contrast|"
    "saturation|size|scale|position|label text|typography|wording|grain|shading|features|"
    "geometry|pixels|character|lights|orientation|perspective|angle|natural colours|"
    "natural colors|real colours|real colors|product lighting|lettering|pattern|stitching|"
    "structure|original lighting|own shading|illumination", IS (ASPECT) },

  { "website|web site|web|shop|webshop|web shop|online shop|online store|store|catalogue|"
    "catalog|newsletter|listing|listings|campaign|social media|social|print|homepage|home page|"
    "marketplace|e commerce|ecommerce|lookbook|client|customer|website hero|product page|"
    "landing page|ads|advert|advertising|ad|presentation|blog|facebook|linkedin|email|mailing|"
    "flyer|brochure|page|packshots|product listing|shop page|retina|our site|site|our shop|"
    "the team|print catalogue|online use|web use|portfolio|magazine|listing photo|"
    "product detail page|pdp|web page|marketing|online shops|online listing|e commerce listing|"
    "the boss", IS (CHANNEL) },

  { "pops|pop|pop more|stands out|stand out|stand out more|grounded|floating|float|hovering|"
    "natural|professional|clean|nice|nicer|better|premium|cleaner|real|realistic|fake|good|"
    "great|elegant|fresh|stands out more|inviting|flattering|isnt floating|sits on the ground|"
    "sitting|sits|standing|stands|focus|in focus|attention|the focus|looks real|sits properly|"
    "grounds|anchored|modern|luxurious|appealing|attractive|high end|expensive|polished|"
    "catalogue like|hero|the hero|the star|shine|shines|visible|clear|clearer|draws attention|"
    "the attention|fits|fit|matches|our brand|brand|distracting|less distracting|distracts|"
    "nothing distracts|in the air|levitating|ungrounded|hover|more natural|more professional|"
    "more premium|believable|stuck on|pasted|pasted on|cut and pasted", IS (PURPOSE) },
  { "natural|naturally|natural looking|realistic|realistically|professional|"
    "professional looking|professionally|tasteful|tastefully|believable|clean|simple|"
    "nice and clean|elegant|as possible|seamlessly|smoothly|nice|good looking|in a natural way|"
    "without overdoing it|dont overdo it|tidy|soft", IS (MANNER) },

  { NULL, { RESHOOT_WORD_NONE, 0, 0, NULL } }
};
