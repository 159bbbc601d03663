import { createChains, END } from './chains.ts';
import type { HeldStory, ReadStory } from './held.ts';
import { differInForm, likeness, weighted } from './likeness.ts';
import type { WeightedBag } from './likeness.ts';
import { createScores } from './scores.ts';
import { MAX_TERMS, TERM_BITS } from './terms.ts';

/** Finds reports of the same event among the stories held. */
export interface EventIndex {
  /** Takes a story in; numbers ascend. */
  push(story: ReadStory, number: number): void;
  /** Takes the newest story back, as if it had not been taken in. */
  retract(story: HeldStory): void;
  /** Lets go of the oldest story. */
  forget(story: HeldStory): void;
  /** The story most like the given one, of the group that is most like it; null when none is like enough. */
  find(story: ReadStory, comparable: (number: number) => HeldStory | undefined): HeldStory | null;
}

/** Walks are over after this many terms, so many stories for each term, and so many in all: cost stays flat. */
const TERMS_WALKED = 40;
const WALK = 48;
const WALK_ALL = 500;
/** Of the stories met so many are compared in full, and then so many members of so many groups. */
const CANDIDATES = 24;
const GROUPS = 4;
export const MEMBERS = 8;

/** Likeness has to be over this, and over it by this part of the noise around the story. */
const THRESHOLD = 0.22;
const NOISE_PART = 0.3;
/** The noise is taken from the groups in these places of the ranking, where the story's own event is past. */
const NOISE_FROM = 2;
const NOISE_TO = 8;
/** Two languages share names and numbers only, so that less likeness says as much. */
const ACROSS_LANGUAGES = 2.2;

export function createEventIndex(
  held: ReadonlyMap<number, HeldStory>,
  membersOf: (groupId: string) => readonly HeldStory[],
): EventIndex {
  const chains = createChains(TERM_BITS, MAX_TERMS);
  const frequency = new Int32Array(2 ** TERM_BITS);
  const shared = createScores();

  /** The stories that share most of the weight, as far as short walks along the rarest terms can tell. */
  function candidates(story: ReadStory, mine: WeightedBag): number[] {
    const { terms } = story.bag;
    const weights = mine.whole.map((weight, i) => weight + (mine.head[i] ?? 0));
    const order = [...weights.keys()].sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0));
    let room = WALK_ALL;
    for (const place of order.slice(0, TERMS_WALKED)) {
      const weight = (weights[place] ?? 0) ** 2;
      let entry = chains.head(terms[place] ?? 0);
      for (let step = 0; step < WALK && room > 0 && entry !== END; step++, room--) {
        shared.add(Math.floor(entry / MAX_TERMS), weight);
        entry = chains.next(entry);
      }
    }
    return shared.takeLargest(CANDIDATES);
  }

  return {
    push(story, number) {
      for (const [place, term] of story.bag.terms.entries()) {
        frequency[term] = (frequency[term] ?? 0) + 1;
        chains.push(term, number, place);
      }
    },
    retract({ bag: { terms }, number }) {
      for (let place = terms.length - 1; place >= 0; place--) {
        const term = terms[place] ?? 0;
        frequency[term] = (frequency[term] ?? 0) - 1;
        chains.pop(term, number, place);
      }
    },
    forget(story) {
      for (const term of story.bag.terms) frequency[term] = (frequency[term] ?? 0) - 1;
      chains.forgetBefore(story.number + 1);
    },
    find(story, comparable) {
      const window = { stories: held.size, frequencies: frequency };
      const mine = weighted(story.bag, window);
      const scores = new Map<number, number>();
      function scoreOf(other: HeldStory): number {
        const known = scores.get(other.number);
        if (known !== undefined) return known;
        const across = story.lang !== '' && other.lang !== '' && story.lang !== other.lang;
        const score = likeness(mine, other.bag, window) * (across ? ACROSS_LANGUAGES : 1);
        scores.set(other.number, score);
        return score;
      }
      const likest = new Map<string, HeldStory>();
      for (const number of candidates(story, mine)) {
        const other = comparable(number);
        if (!other) continue;
        const best = likest.get(other.groupId);
        if (!best || scoreOf(other) > scoreOf(best)) likest.set(other.groupId, other);
      }
      const groups = [...likest.values()].sort((a, b) => scoreOf(b) - scoreOf(a));
      let found: HeldStory | null = null;
      let most = THRESHOLD + NOISE_PART * noiseOf(groups.slice(NOISE_FROM, NOISE_TO).map(scoreOf));
      for (const best of groups.slice(0, GROUPS)) {
        if (differInForm(story.bag, best.bag)) continue;
        const score = groupScore([...new Set([best, ...membersOf(best.groupId)])].map(scoreOf));
        if (score > most) [found, most] = [best, score];
      }
      return found;
    },
  };
}

/**
 * How alike stories are around here though they tell of other events: the mean of the likenesses to the groups next in
 * line. In a stream about one subject it is high, and then more likeness is asked for.
 */
function noiseOf(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0) / (NOISE_TO - NOISE_FROM);
}

/**
 * A group is as like as its two likest members on average: one alone may be a report that tells of several events, and all
 * of them would keep out what comes late to a long event.
 */
function groupScore(members: readonly number[]): number {
  const [likest = 0, next = likest] = members.toSorted((a, b) => b - a);
  return (likest + next) / 2;
}
