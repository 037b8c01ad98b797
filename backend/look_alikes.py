"""Letters that cannot be seen, and letters that look like others, by which the usual scripts disguise words.

The pairs are those of Unicode's confusables (UTS #39) that single Latin letters have in scripts people type,
besides what NFKC unites already (full width, mathematical alphabets, circled letters).
"""

import string
from typing import Final

# Default-ignorable code points that are letters or marks, and letters whose glyph is empty (Unicode 15).
INVISIBLE: Final = frozenset(
    map(
        chr,
        (
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x13441, 0x13442, 0x16FE4),
            *(0x1D159, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),
        ),
    )
)
# Those of them that take room: between words they read as a space.
BLANK: Final = frozenset("\u2800\u3164\uffa0")

# Each line: a script, then pairs of what is seen and what is written.
_PAIRS: Final = (
    # Cyrillic
    "AА BВ CС EЕ GԌ HН IІ JЈ KК MМ OО PР QԚ SЅ TТ VѴ WԜ XХ YУ YҮ 3З",
    "aа bЬ bь bв cс dԁ eе gԍ hһ hн iі jј kк lӏ mм nп oо pр qԛ rг sѕ tт vѵ wԝ wш xх yу yү",
    # Greek
    "AΑ BΒ EΕ HΗ IΙ KΚ MΜ NΝ OΟ PΡ TΤ XΧ YΥ ZΖ aα bβ eε iι kκ nη oο oσ pρ tτ uυ vν wω xχ yγ",
    # Armenian
    "LԼ OՕ SՏ UՍ gց hհ iի nո nռ oօ qզ uս wա",
    # Cherokee and Lisu
    "AᎪ BᏴ CᏟ DᎠ EᎬ GᏀ HᎻ IᎥ JᎫ KᏦ LᏞ MᎷ OᎾ PᏢ RᎡ SᏚ TᎢ VᏙ WᎳ YᎩ ZᏃ",
    "AꓮBꓐ CꓚDꓓ EꓰFꓝ GꓖHꓧ IꓲJꓙ KꓗLꓡ MꓟNꓠ OꓳPꓑ RꓣSꓢ TꓔUꓴ VꓦWꓪ XꓫYꓬ ZꓜOⲞoⲟ",
    # Latin: small capitals, letters of phonetics, and strokes that no decomposition takes away
    "aᴀ bʙ cᴄ dᴅ eᴇ fꜰ gɢ hʜ iɪ jᴊ kᴋ lʟ mᴍ nɴ oᴏ pᴘ rʀ sꜱ tᴛ uᴜ vᴠ wᴡ yʏ zᴢ",
    "aɑ bɓ bƀ cȼ cƈ dđ dɗ eɇ fƒ gɡ gɠ hħ hɦ iı iɨ iɩ jɉ jȷ kƙ lł lƖ lǀ mɱ nŋ nɲ oø oɵ pƥ qɋ rɍ sʂ tŧ tƭ uʉ",
    "vʋ yɏ zƶ DÐ DĐ HĦ LŁ OØ TŦ",
    # Signs
    "l∣l׀lוo〇",
    # Kana and strokes that pass for Chinese characters
    "口ロ 口囗 工エ 力カ 卜ト 二ニ 八ハ 夕タ 一ー 一― 才オ",
)
_FROM_LETTERS: Final = (
    0x1F150,  # negative circled
    0x1F170,  # negative squared
    0x1F1E6,  # regional indicators, of which flags are made
)


def _table() -> dict[int, str]:
    table = {
        first + place: letter
        for first in _FROM_LETTERS
        for place, letter in enumerate(string.ascii_uppercase)
    }
    for line in _PAIRS:
        letters = line.replace(" ", "")
        table |= {ord(seen): meant for meant, seen in zip(letters[::2], letters[1::2], strict=True)}
    return table


# What stands for which letter; for `str.translate`, before case is folded.
LOOKS_LIKE: Final = _table()
# Who means to be taken for another writes these for one another; after case is folded.
TWINS: Final = str.maketrans("i10", "llo")
# In the midst of a word these are letters; around it they are punctuation.
SIGNS: Final = str.maketrans("|!@$", "llas")
