import type { RawTokens } from '../story/text/scan.ts';
import type { ReusedRow, Row } from '../story/text/words.ts';
import { lookAt } from './names.ts';
import { createPairMemo, type PairMemo } from './pair-memo.ts';
import type { SurfaceTerms } from './surface-terms.ts';

/** The countries named from a token on, over so many tokens; 0 when the tokens looked at do not decide. */
export interface NamesHere {
  readonly codes: readonly string[];
  readonly tokens: number;
  /** The number of this token with the next one, where these do not decide. */
  readonly pair: number;
}

/**
 * The names that begin in a token. They are looked for once for a token and the one after it, or the two after it: what has
 * been found before is two look-ups.
 */
export interface TokenNames {
  /** Sets the language of what is asked for next; numbers of surfaces are those of a generation. */
  use(language: string, generation: number): void;
  /** @param rowOf the same text as a row, asked for when the token has not been met like this */
  at(raw: RawTokens, token: number, rowOf: () => ReusedRow): NamesHere;
}

interface Memo {
  /** By a surface and the one after it. */
  readonly short: PairMemo<NamesHere>;
  /** By the number of such a pair that does not decide, and the surface after it. */
  readonly long: PairMemo<NamesHere>;
  pairs: number;
}

export function createTokenNames(surfaces: SurfaceTerms): TokenNames {
  const memos = new Map<string, Memo>();
  let generation = 0;
  let memo = createMemo();

  /** The token after one, and whether names run on to it, as one number. */
  function following(raw: RawTokens, token: number): number {
    if (token + 1 >= raw.count) return 1;
    return ((raw.surface[token + 1] ?? 0) + 1) * 2 + (surfaces.isBroken(raw, token + 1) ? 1 : 0);
  }

  /** The names in a token when no more than so many after it have a say in it. */
  function look(raw: RawTokens, token: number, row: ReusedRow, nexts: number, pair: number): NamesHere {
    const position = row.begin[token] ?? 0;
    const ends: number[] = [];
    let end = position;
    for (let i = token; i <= Math.min(token + nexts, raw.count - 1); i++) {
      end += surfaces.partsOf(raw, i);
      ends.push(end);
    }
    return readNames(row, position, ends, token + nexts < raw.count ? (ends.at(-1) ?? 0) : Infinity, pair);
  }

  return {
    use(language, now) {
      if (now !== generation) memos.clear();
      generation = now;
      let known = memos.get(language);
      if (known === undefined) memos.set(language, (known = createMemo()));
      memo = known;
    },
    at(raw, token, rowOf) {
      const surface = raw.surface[token] ?? 0;
      const next = following(raw, token);
      let names = memo.short.get(surface, next);
      if (names === null) {
        names = look(raw, token, rowOf(), 1, memo.pairs++);
        memo.short.set(surface, next, names);
      }
      if (names.tokens > 0 || token + 1 >= raw.count) return names;
      const last = following(raw, token + 1);
      let longer = memo.long.get(names.pair, last);
      if (longer === null) {
        longer = look(raw, token, rowOf(), 2, 0);
        memo.long.set(names.pair, last, longer);
      }
      return longer;
    },
  };
}

function createMemo(): Memo {
  return { short: createPairMemo(), long: createPairMemo(), pairs: 0 };
}

/**
 * @param ends the positions at which the token and those after it end
 * @param known up to where the memo knows the text: without limit when it knows where the text ends
 */
function readNames(row: Row, position: number, ends: readonly number[], known: number, pair: number): NamesHere {
  const codes: string[] = [];
  let at = position;
  while (at < (ends[0] ?? 0)) {
    const { found, examined } = lookAt(row, at);
    if (at + examined > known) return { codes: [], tokens: 0, pair };
    codes.push(...(found?.codes ?? []));
    at += found?.positions ?? 1;
  }
  return { codes, tokens: ends.indexOf(at) + 1, pair };
}
