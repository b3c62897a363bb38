/** Compares words as people write them: case, accents, transliterations and scripts make no other word. */

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Letters as German and Nordic clients type them where a keyboard lacks their letters. */
const TYPED: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ø: 'oe',
  å: 'aa',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
};

const CYRILLIC: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    ё: 'e',
    ж: 'zh',
    з: 'z',
    и: 'i',
    й: 'y',
    к: 'k',
    л: 'l',
    м: 'm',
  },
  ...{ н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch' },
  ...{
    ъ: '',
    ы: 'y',
    ь: '',
    э: 'e',
    ю: 'yu',
    я: 'ya',
    і: 'i',
    ї: 'i',
    є: 'ye',
    ґ: 'g',
    ђ: 'dj',
    ј: 'j',
    љ: 'lj',
    њ: 'nj',
  },
};

const GREEK: Readonly<Record<string, string>> = {
  ...{
    α: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
    ξ: 'x',
  },
  ...{ ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
};

/** Hiragana by row; katakana are the same, 0x60 higher. */
const KANA: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'あa いi うu えe おo かka きki くku けke こko がga ぎgi ぐgu げge ごgo さsa しshi すsu せse そso ざza じji ずzu ぜze ぞzo',
    'たta ちchi つtsu てte とto だda ぢji づzu でde どdo なna にni ぬnu ねne のno はha ひhi ふfu へhe ほho ばba びbi ぶbu べbe ぼbo',
    'ぱpa ぴpi ぷpu ぺpe ぽpo まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa をo んn',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => [pair[0] ?? '', pair.slice(1)]),
);
const SMALL_KANA: Readonly<Record<string, string>> = { ゃ: 'a', ゅ: 'u', ょ: 'o' };

/** Lower case without accents and apostrophes: 'Müller' and 'MULLER' -> 'muller', 'ß' -> 'ss'. Full-width letters become plain ones. */
export function fold(text: string): string {
  if (isAscii(text)) return text.includes("'") ? text.toLowerCase().replaceAll("'", '') : text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f'’]/g, '')
    .replaceAll(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');
}

/** Returns all ways to type a word without its own letters: 'Müller' -> 'muller', 'mueller'; 'Мария' -> 'мария', 'mariya'. */
export function spellings(text: string): string[] {
  const plain = fold(text);
  if (isAscii(text)) return [plain];
  const typed = fold(
    text
      .normalize('NFC')
      .toLowerCase()
      .replaceAll(/[äöüøåæœß]/g, (letter) => TYPED[letter] ?? letter),
  );
  return [...new Set([plain, typed, romanised(plain)])];
}

/** Whether words with these letters have no capitals: Han, kana, Hangul, Arabic, Hebrew, Thai and Indic scripts. */
export function hasNoCase(text: string): boolean {
  return text.toLowerCase() === text.toUpperCase() && /\p{L}/u.test(text);
}

/** Writes Cyrillic, Greek and kana in Latin letters; other scripts stay. */
function romanised(plain: string): string {
  const kana = plain
    .replaceAll(/[\u30a1-\u30f6]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
    .replaceAll('ー', '')
    .replaceAll(/([\u3041-\u3096])([ゃゅょ])/g, (_, first: string, small: string) => {
      const syllable = KANA[first] ?? first;
      const glide = /sh|ch|j/.test(syllable) ? '' : 'y';
      return `${syllable.replace(/i$/, '')}${glide}${SMALL_KANA[small]}`;
    })
    .replaceAll(/っ([\u3041-\u3096a-z])/g, (_, next: string) => `${(KANA[next] ?? next)[0]}${KANA[next] ?? next}`);
  return [...kana].map((letter) => CYRILLIC[letter] ?? GREEK[letter] ?? KANA[letter] ?? letter).join('');
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
  return true;
}
