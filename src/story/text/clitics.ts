/** Of the words that are written onto the next one. */
const FIRST_LETTERS = 'وفبلكוהבלמשכ';
const NONE: readonly string[] = [];

/**
 * Further readings of an Arabic or Hebrew word in normal form: without the one-letter words written onto it (وكوريا as كوريا,
 * باليابان as اليابان, للصين as الصين). None when fewer than three letters would be left.
 */
export function withoutClitics(word: string): readonly string[] {
  if (word.length < 4 || !FIRST_LETTERS.includes(word.charAt(0))) return NONE;
  if (!/^[\u0590-\u06FF]{4,}$/u.test(word)) return [];
  const found: string[] = [];
  if (/^[وفبلك]/u.test(word)) found.push(word.slice(1));
  if (/^[وف][بلك]/u.test(word) && word.length > 4) found.push(word.slice(2));
  if (/^و?لل/u.test(word)) found.push(word.replace(/^و?لل/u, 'ال'));
  if (/^[והבלמשכ]/u.test(word)) found.push(word.slice(1));
  return found.filter((rest) => rest.length >= 3);
}
