import { muteId } from '../delivery/delivery.ts';
import { refusalAt } from '../delivery/reach.ts';
import { readQuery } from '../delivery/audience.ts';
import type { Decision } from '../delivery/decision.ts';
import type { LoggedStory } from '../ports.ts';
import { digest } from '../story/identity.ts';
import { canonicalUrl } from '../story/link.ts';
import { heardBy, type Story } from '../story/story.ts';
import { matchStory, missingFrom } from '../subscription/match.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { card, type Card, type Line } from './card.ts';
import type { Found } from './access.ts';
import type { Ask, Desk, Handler } from './desk.ts';
import { failed } from './mistakes.ts';

const MOST_EXPLAINED = 10;

/** Why an alert came, or why a story did not; and silence for a story. */
export function whyHandlers(desk: Desk): Readonly<Record<'why' | 'mute' | 'unmute', Handler>> {
  const { store } = desk;

  async function why(ask: Ask): Promise<Card> {
    const typed = (ask.options['story'] ?? '').trim().replace(/^<(.*)>$/u, '$1');
    const entry = await storyMeant(ask, typed);
    if (entry === null) return URL.canParse(typed) ? unknownLink(ask, typed) : failed(ask.words.noSuchMessage(typed));
    const { story, groupId } = entry;
    if (!heardBy(story, ask.speaker.scope)) return failed(ask.words.noSuchMessage(typed));
    const decisions = await store.decisionsAbout({ groupId }, ask.speaker.destination);
    const title: Line = story.url === '' ? [{ bold: story.title }] : [{ link: story.title, url: story.url }];
    const lines = [title, [`${story.source} · `, { time: story.effective }]];
    return card({ lines: [...lines, ...(await explain(ask, entry, decisions))] });
  }

  /** The story of a posted message, of a link, or of an id that a button carries; null where there is none. */
  async function storyMeant(ask: Ask, typed: string): Promise<LoggedStory | null> {
    if (isStoryId(typed)) return storyById(typed);
    if (URL.canParse(typed)) {
      const [seen] = await store.findSeen([digest('u', canonicalUrl(typed))]);
      return seen ? storyById(seen.storyId) : null;
    }
    const posted = await store.findPosted(ask.speaker.destination, typed.replace(/^#/u, ''));
    const id = posted?.delivery.storyIds[0];
    return id === undefined ? null : storyById(id);
  }

  async function storyById(id: string): Promise<LoggedStory | null> {
    const [entry = null] = await store.getStories([id]);
    return entry;
  }

  async function explain(ask: Ask, entry: LoggedStory, decisions: readonly Decision[]): Promise<Line[]> {
    const { words, speaker } = ask;
    const lines: Line[] = [];
    for (const decision of latestOf(decisions).slice(0, MOST_EXPLAINED)) lines.push(await cameLine(ask, decision));
    const answered = new Set(decisions.map(({ subscriptionId }) => subscriptionId));
    const others = (await store.subscriptionsAt(speaker.destination)).filter(({ id }) => !answered.has(id));
    const refused = await refusalAt(store, speaker.destination);
    if (refused !== '') lines.push([words.refusedHere(words.postReason(refused))]);
    for (const subscription of others.slice(0, MOST_EXPLAINED)) lines.push(missedLine(ask, entry.story, subscription));
    if (lines.length === 0) lines.push([words.nobodyAsked]);
    return lines;
  }

  /** What was decided about a matching story, and what became of it since. */
  async function cameLine(ask: Ask, decision: Decision): Promise<Line> {
    const { words, now } = ask;
    const [about] = await store.getStories([decision.storyId]);
    const found = about ? wordsMarked(about.story, decision) : [];
    const [record] = await store.getDeliveries([decision.deliveryKey]);
    const matched: Line = [{ bold: `#${decision.subscriptionId} ` }, words.matchedWords(found)];
    switch (decision.outcome) {
      case 'muted':
        return [...matched, words.wasMuted];
      case 'refused':
        return [...matched, words.refusedHere(words.postReason(decision.reason))];
      case 'grouped':
        return [...matched, about && about.tier !== 'first' ? words.sameStoryAs(decision.tier) : words.alreadyTold];
      case 'counted':
        return [...matched, words.wasCounted];
      case 'held':
      case 'queued':
        break;
    }
    if (record?.state === 'sent' && record.settledAt !== null)
      return [...matched, words.posted, { time: record.settledAt }];
    if (record?.state === 'dead') return [...matched, words.gaveUp(words.postReason(record.reason))];
    if (record?.state === 'bound') return [...matched, words.inDigest];
    if (record && record.delivery.at > now) return [...matched, words.heldUntil, { time: record.delivery.at }];
    return [...matched, record?.reason ? words.beingRetried(words.postReason(record.reason)) : words.onItsWay];
  }

  function missedLine({ words }: Ask, story: Story, subscription: Subscription): Line {
    const head: Line = [{ bold: `#${subscription.id} ` }, { code: subscription.query }, ' '];
    const query = readQuery(subscription.query);
    if (query === null) return [...head, words.unreadable];
    if (subscription.createdAt > story.firstSeen) return [...head, words.addedLater];
    if (matchStory(query, story) === null) return [...head, words.lacks(missingFrom(query, story))];
    if (subscription.state === 'paused') return [...head, words.wasPaused];
    return [...head, words.learntOnly];
  }

  /** Nothing is known of a link: whether its site is watched at all, and whether that goes well. */
  async function unknownLink(ask: Ask, link: string): Promise<Card> {
    const host = new URL(link).hostname.replace(/^www\./u, '');
    const feeds = await store.listFeeds('', 10_000);
    const near = feeds.filter(({ feed }) => {
      const other = new URL(feed.url).hostname.replace(/^(?:www|rss|feeds?)\./u, '');
      return other === host || host.endsWith(`.${other}`) || other.endsWith(`.${host}`);
    });
    const { words } = ask;
    if (near.length === 0) return card({ lines: [[words.notWatched(host)], [{ code: words.feedsAddExample(host) }]] });
    return card({
      lines: [
        [words.notSeen],
        ...near.map(({ feed, state }): Line => [
          { bold: feed.title || feed.url },
          ' ',
          state.lastError
            ? words.feedFailing(words.feedReason(state.lastError.code, state.lastError.message))
            : words.feedFine,
        ]),
      ],
    });
  }

  async function mute(ask: Ask): Promise<Card> {
    const found = await mutable(ask);
    if (!found.ok) return failed(found.message);
    const { speaker, words, now } = ask;
    const { story, groupId } = found.value;
    const id = muteId(speaker.destination, groupId);
    await store.putDocument('mute', id, { by: speaker.member }, now + desk.rules.archiveMs);
    return card({
      tone: 'good',
      lines: [[words.muted, { bold: story.title }]],
      actions: [{ label: words.undo, command: `unmute ${story.id}`, style: 'plain' }],
    });
  }

  async function unmute(ask: Ask): Promise<Card> {
    const found = await mutable(ask);
    if (!found.ok) return failed(found.message);
    const { story, groupId } = found.value;
    await store.deleteDocument('mute', muteId(ask.speaker.destination, groupId));
    return card({ tone: 'good', lines: [[ask.words.unmuted, { bold: story.title }]] });
  }

  /** The story a button names, where this member may silence it for all who read here; else why not, in words. */
  async function mutable({ speaker, words, options }: Ask): Promise<Found<LoggedStory>> {
    const typed = options['story'] ?? '';
    const entry = isStoryId(typed) ? await storyById(typed) : null;
    if (entry === null || !heardBy(entry.story, speaker.scope))
      return { ok: false, message: words.noSuchMessage(typed) };
    if (speaker.manager || speaker.direct) return { ok: true, value: entry };
    const decisions = await store.decisionsAbout({ groupId: entry.groupId }, speaker.destination);
    const asked = await store.getSubscriptions([...new Set(decisions.map(({ subscriptionId }) => subscriptionId))]);
    const own = asked.some((subscription) => subscription?.owner === speaker.member);
    return own ? { ok: true, value: entry } : { ok: false, message: words.muteNotYours };
  }

  return { why, mute, unmute };
}

/** The last decision on each subscription. */
function latestOf(decisions: readonly Decision[]): Decision[] {
  return [...new Map(decisions.map((decision) => [decision.subscriptionId, decision])).values()];
}

/** The words of the story that answered, each once. */
function wordsMarked(story: Story, { spans }: Decision): string[] {
  return [...new Set(spans.map(({ field, start, end }) => story[field].slice(start, end)))].slice(0, 8);
}

function isStoryId(typed: string): boolean {
  return /^[0-9a-f]{16}$/u.test(typed);
}
