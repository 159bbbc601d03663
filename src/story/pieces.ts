import { excerpt, type Stretch } from './excerpt.ts';
import { type Asked, type Candidate, type Choice, inOrder } from './sentence-choice.ts';

export const LEAST_CHARS = 120;
export const MOST_CHARS = 400;
const USUAL_SENTENCES = 2;
const MOST_SENTENCES = 3;
/** So many where they are very short. */
const MOST_SHORT_SENTENCES = 12;
/** So many pieces of sentences may be shown where whole ones do not show all that was asked for. */
const MOST_PIECES = 6;
const UNSPACED_END = /[。！？][」』”）】]{0,3}$/u;

/** Finds the words of a mask in a text, one place each. */
export type Places = (mask: number, text: string) => readonly Stretch[];

/**
 * A summary of 120 to 400 characters, as far as there is text for it: two whole sentences, three where two are little or leave out a
 * word asked for. Only where whole ones cannot show the words required are they cut around them.
 * @returns '' for no candidates
 */
export function summaryOf(choice: Choice, asked: Asked, places: Places): string {
  return inARow(cutToRoom(inOrder(chosenFor(choice, asked)), asked, places));
}

function chosenFor(choice: Choice, asked: Asked): readonly Candidate[] {
  const chosen = choice.filled(coveringOf(choice, asked), { sentences: USUAL_SENTENCES, chars: MOST_CHARS });
  return isLittle(chosen) ? lengthened(choice, chosen) : chosen;
}

function coveringOf(choice: Choice, asked: Asked): readonly Candidate[] {
  const room = { sentences: MOST_SENTENCES, chars: MOST_CHARS };
  for (const shortest of [false, true]) {
    const chosen = choice.covering(asked, room, shortest);
    if ((asked.required & ~shownBy(chosen)) === 0) return chosen;
  }
  return choice.covering({ ...asked, all: asked.required }, { sentences: MOST_PIECES, chars: Infinity });
}

/** With another sentence or more, and if that is still little, with the beginning of one that is too long to be shown whole. */
function lengthened(choice: Choice, chosen: readonly Candidate[]): readonly Candidate[] {
  let more = chosen;
  for (let sentences = MOST_SENTENCES; sentences <= MOST_SHORT_SENTENCES && isLittle(more); sentences++) {
    more = choice.filled(more, { sentences, chars: MOST_CHARS });
  }
  const next = isLittle(more) ? choice.next(more, 1) : null;
  return next ? [...more, next] : more;
}

function isLittle(chosen: readonly Candidate[]): boolean {
  return inARow(inOrder(chosen).map(({ text }) => text)).length < LEAST_CHARS;
}

function shownBy(candidates: readonly Candidate[]): number {
  return candidates.reduce((mask, { shows }) => mask | shows, 0);
}

/** Sentences one after another, with a space where their script writes one. */
export function inARow(sentences: readonly string[]): string {
  return sentences.reduce((row, sentence) => `${row}${row === '' || UNSPACED_END.test(row) ? '' : ' '}${sentence}`, '');
}

/** The texts of what was chosen, the longest of them cut where together they are too long; each keeps the words that only it shows. */
function cutToRoom(chosen: readonly Candidate[], asked: Asked, places: Places): string[] {
  const shares = sharesOf(
    chosen.map(({ text }) => text.length),
    MOST_CHARS - Math.max(0, chosen.length - 1),
  );
  const isCut = (i: number): boolean => (chosen[i]?.text.length ?? 0) > (shares[i] ?? 0);
  let shown = shownBy(chosen.filter((_, i) => !isCut(i)));
  return chosen.map(({ text, shows }, i) => {
    if (!isCut(i)) return text;
    const own = shows & asked.all & ~shown;
    shown |= own;
    return excerpt(text, own === 0 ? [] : places(own, text), shares[i] ?? MOST_CHARS);
  });
}

/** What each of several lengths may keep of `most` in all: the short ones all of theirs, the others the same each. */
function sharesOf(lengths: readonly number[], most: number): number[] {
  const shares = [...lengths];
  let [room, left] = [most, lengths.length];
  for (const [i, length] of [...lengths.entries()].sort((a, b) => a[1] - b[1])) {
    shares[i] = Math.min(length, Math.floor(room / left));
    room -= shares[i] ?? 0;
    left--;
  }
  return shares;
}
