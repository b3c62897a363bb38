/** Returns a key that words have in common when they sound alike: 'gwendolyn' and 'gwendoline', 'mateusz' and 'mateus'. */
export function soundKey(word: string): string {
  return SOUNDS.reduce((key, [letters, sound]) => key.replaceAll(letters, sound), word);
}

/** In this order. A vowel at the end stays, except a silent e: 'Daniel' and 'Daniela', 'Ann' and 'Anna' are two. */
const SOUNDS: readonly (readonly [letters: RegExp, sound: string])[] = [
  [/ph/g, 'f'],
  [/ch|ck|q/g, 'k'],
  [/c(?=[eiy])|sz|z/g, 's'],
  [/c/g, 'k'],
  [/(?<=[^aeiou])h|h$/g, ''],
  [/[ea][iy]/g, 'ai'],
  [/ie$|ee$|y/g, 'i'],
  [/(?<=[^aeiou])e$/g, ''],
  [/(.)\1/g, '$1'],
];
