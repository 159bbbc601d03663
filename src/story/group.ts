import { createCopyIndex, sharedText } from './sameness/copies.ts';
import { createEventIndex, MEMBERS } from './sameness/events.ts';
import type { HeldStory, NewStory, ReadStory } from './sameness/held.ts';
import { bandKeys, shinglesOf } from './sameness/shingles.ts';
import { termBag } from './sameness/terms.ts';
import { wordsOf } from './sameness/words.ts';

export interface GrouperOptions {
  /** Stories further behind the newest than this are forgotten, in hours. Default 72. */
  readonly windowHours?: number;
  /** At most this many stories are held, the last taken in. Default 150,000; about 7 KB each with full texts. */
  readonly maxStories?: number;
  /** Whether reports of one event form a group; if not, only copies of one text do. Default true. */
  readonly sameEvent?: boolean;
}

/** A story taken in before that the new one is alike to. */
export interface Alike {
  readonly groupId: string;
  /** text: a copy, perhaps edited or cut; event: another report of the same event. */
  readonly tier: 'text' | 'event';
  /** The id of the story found alike. */
  readonly like: string;
}

/**
 * Says which stories are one: copies of a text and reports of an event. What it knows follows from the sequence of
 * `admit` alone, so that processes that read one log decide alike.
 */
export interface Grouper {
  /** Decides without changing anything; null when no story of the window is alike. */
  find(story: NewStory): Alike | null;
  /** Takes a story in with the group that was decided for it, here or elsewhere. */
  admit(story: NewStory, groupId: string): void;
  /**
   * Takes back the last `count` stories admitted, as if they had not been; what had to leave the window for them stays out.
   * At most 256 can be taken back.
   */
  retract(count: number): void;
  /** `find`, then `admit`. Returns the id of the group: the id of its first story, and final. */
  add(story: NewStory): string;
  /** How many stories are held. */
  readonly size: number;
}

const HOUR_MS = 3_600_000;
const MOST_RETRACTED = 256;
const TITLE_WORDS = 60;
const LEAD_WORDS = 200;
const BODY_WORDS = 300;
/** Copies are told by this much of a text. */
const TEXT_WORDS = 1500;

export function createGrouper(options: GrouperOptions = {}): Grouper {
  const { windowHours = 72, maxStories = 150_000, sameEvent = true } = options;
  const windowMs = windowHours * HOUR_MS;
  const held = new Map<number, HeldStory>();
  const groups = new Map<string, HeldStory[]>();
  const copies = createCopyIndex(held);
  const events = createEventIndex(held, (groupId) => groups.get(groupId)?.slice(-MEMBERS) ?? []);
  /** The last ones taken in: what can be taken back. */
  const admitted: { readonly entry: HeldStory; readonly newestBefore: number }[] = [];
  let next = 0;
  let oldest = 0;
  let newest = -Infinity;
  let last: { readonly story: NewStory; readonly read: ReadStory } | null = null;

  function read(story: NewStory): ReadStory {
    if (!last || !sameContent(last.story, story)) last = { story, read: readStory(story) };
    return last.read;
  }

  function find(story: NewStory): Alike | null {
    const mine = read(story);
    const earliest = Math.max(newest, story.published) - windowMs;
    function comparable(number: number): HeldStory | undefined {
      const other = held.get(number);
      const near = other && other.published >= earliest && Math.abs(other.published - story.published) <= windowMs;
      return near ? other : undefined;
    }
    const copy = copies.find(mine, comparable);
    if (copy) return { groupId: copy.groupId, tier: 'text', like: copy.id };
    const report = sameEvent ? events.find(mine, comparable) : null;
    return (
      report && { groupId: report.groupId, tier: sharedText(mine, report) > 0 ? 'text' : 'event', like: report.id }
    );
  }

  function admit(story: NewStory, groupId: string): void {
    const mine = read(story);
    const number = next++;
    const entry: HeldStory = { ...mine, id: story.id, number, groupId };
    held.set(number, entry);
    copies.push(mine, number);
    events.push(mine, number);
    const members = groups.get(groupId);
    if (members) members.push(entry);
    else groups.set(groupId, [entry]);
    admitted.push({ entry, newestBefore: newest });
    if (admitted.length > MOST_RETRACTED) admitted.shift();
    newest = Math.max(newest, story.published);
    for (; oldest < next; oldest++) {
      const first = held.get(oldest);
      if (first && held.size <= maxStories && first.published >= newest - windowMs) break;
      if (first) forget(first);
    }
  }

  function retract(count: number): void {
    for (let left = count; left > 0; left--) {
      const latest = admitted.pop();
      if (!latest) return;
      newest = latest.newestBefore;
      const { entry } = latest;
      if (!held.delete(entry.number)) continue;
      copies.retract(entry);
      events.retract(entry);
      const members = groups.get(entry.groupId);
      members?.pop();
      if (members?.length === 0) groups.delete(entry.groupId);
    }
  }

  function forget(story: HeldStory): void {
    held.delete(story.number);
    copies.forget(story);
    events.forget(story);
    const members = groups.get(story.groupId);
    // Members are in the order of taking in, which is that of forgetting.
    members?.shift();
    if (members?.length === 0) groups.delete(story.groupId);
  }

  return {
    find,
    admit,
    retract,
    add(story) {
      const groupId = find(story)?.groupId ?? story.id;
      admit(story, groupId);
      return groupId;
    },
    get size() {
      return held.size;
    },
  };
}

function readStory(story: NewStory): ReadStory {
  const title = wordsOf(story.title, TITLE_WORDS);
  const lead = wordsOf(story.summary, LEAD_WORDS);
  const body = wordsOf(story.body, TEXT_WORDS);
  const shingles = shinglesOf([...title, ...(body.length >= lead.length ? body : lead)]);
  return {
    shingles,
    bands: bandKeys(shingles),
    bag: termBag({ title, lead, body: body.slice(0, BODY_WORDS) }),
    lang: story.lang.toLowerCase().split(/[-_]/u)[0] ?? '',
    published: story.published,
  };
}

function sameContent(a: NewStory, b: NewStory): boolean {
  return (
    a.title === b.title &&
    a.summary === b.summary &&
    a.body === b.body &&
    a.published === b.published &&
    a.lang === b.lang
  );
}
