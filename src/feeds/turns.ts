import { setImmediate as nextTurn } from 'node:timers/promises';

/** About 20 ms of reading markup on a slow machine. */
const CHARS_A_TURN = 40_000;
/** What a piece of work costs beside its text, in characters read. */
const FIXED_CHARS = 1_500;

/** Told of each piece of work in a long loop, with the characters it reads: gives the event loop a turn whenever it is time. */
export function createTurns(): (chars: number) => Promise<void> {
  let done = 0;
  return async (chars) => {
    done += chars + FIXED_CHARS;
    if (done < CHARS_A_TURN) return;
    done = 0;
    await nextTurn();
  };
}

/** Asks for many things a few at a time, with a turn for the event loop between; the answers in the order asked. */
export async function inTurns<A, B>(
  asked: readonly A[],
  most: number,
  ask: (some: readonly A[]) => Promise<readonly B[]>,
): Promise<B[]> {
  const answers: B[] = [];
  for (let start = 0; start < asked.length; start += most) {
    if (start > 0) await nextTurn();
    for (const answer of await ask(asked.slice(start, start + most))) answers.push(answer);
  }
  return answers;
}
