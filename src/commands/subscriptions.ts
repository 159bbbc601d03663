import { placeFrom, zoneIn, type PlaceSettings } from '../delivery/place.ts';
import { readQuery, speaks } from '../delivery/audience.ts';
import { allow } from '../delivery/reach.ts';
import { oneLine } from '../delivery/sanitize.ts';
import { digest } from '../story/identity.ts';
import type { Destination } from '../subscription/destination.ts';
import { parseQuery, printQuery } from '../subscription/query.ts';
import type { Subscription, When } from '../subscription/subscription.ts';
import { parseDuration, parseQuiet, parseWhen, printQuiet, printWhen, type TimeProblem } from '../subscription/when.ts';
import { managedBy, mayManage, placeNamed, seenBy } from './access.ts';
import { card, type Action, type Card, type Line, type Row } from './card.ts';
import type { Ask, Desk, Handler } from './desk.ts';
import { addForm, editForm } from './forms.ts';
import { failed, wrongQuery, wrongTime } from './mistakes.ts';
import { previewLines, storyCards, tryOut } from './preview.ts';
import { readingOf } from './reading.ts';

const PAGE = 10;
const WEEK_MS = 7 * 86_400_000;
const DRAFT_MS = 86_400_000;
const MOST_NAME_CHARS = 80;

/** A subscription shown before it is saved, kept as a document of kind `draft`: buttons carry only its id. */
type Draft = Pick<Subscription, 'owner' | 'scope' | 'destination' | 'query' | 'name' | 'when' | 'timeZone'>;

type Names =
  | 'add'
  | 'draft'
  | 'save'
  | 'cancel'
  | 'list'
  | 'mine'
  | 'show'
  | 'edit'
  | 'remove'
  | 'undo'
  | 'pause'
  | 'resume';

/** What members do with their subscriptions. */
export function subscriptionHandlers(desk: Desk): Readonly<Record<Names, Handler>> {
  const { store, rules } = desk;

  async function add(ask: Ask): Promise<Card> {
    const { words, speaker, options } = ask;
    const typed = options['query'] ?? '';
    const read = parseQuery(typed);
    if (!read.ok) return wrongQuery(words, 'add', typed, read.error);
    const when = readWhen(ask);
    if (!when.ok) return wrongTime(words, 'when', when.problem);
    const to = await placeNamed(desk, ask, options['to']);
    if (!to.ok) return failed(to.message, { to: to.message });
    const draft: Draft = {
      owner: speaker.member,
      // Sent to oneself, an alert still hears of the feeds of the place it was asked for in.
      scope: speaker.scope,
      destination: to.value,
      query: printQuery(read.query),
      name: oneLine(options['name'] ?? '').slice(0, MOST_NAME_CHARS),
      when: when.value,
      timeZone: speaker.timeZone === '' ? null : speaker.timeZone,
    };
    const refused = await refusal(ask, draft);
    if (refused !== null) return refused;

    const tried = await tryOut(desk, ask, read.query);
    const lines = [
      readingOf(ask, read.query),
      ...previewLines(words, tried),
      ...read.warnings.map(({ caution }): Line => [words.warning(words.queries.caution(caution))]),
      ...(await whenAndWhere(ask, draft)),
    ];
    const stories = storyCards(read.query, tried.latest);
    if (!ask.limits.buttons) {
      const { id } = await write(draft, ask.now);
      return card({ tone: 'good', title: words.saved(id), lines: [...lines, words.undoAdd(id)], stories });
    }
    const id = digest(draft.owner, draft.destination, draft.query, String(ask.now)).slice(0, 10);
    await store.putDocument('draft', id, draft, ask.now + DRAFT_MS);
    return card({
      title: words.previewTitle,
      lines,
      stories,
      actions: [
        { label: words.save, command: `save ${id}`, style: 'primary' },
        { label: words.edit, command: `draft ${id}`, style: 'plain' },
        { label: words.cancel, command: `cancel ${id}`, style: 'plain' },
      ],
    });
  }

  /** Why this subscription cannot be saved there, as a card; null when it can. */
  async function refusal(ask: Ask, draft: Draft): Promise<Card | null> {
    const { words, speaker } = ask;
    const place = await placeOf(ask, draft.destination);
    if (place.alerts === 'managers' && !speaker.manager && draft.destination !== speaker.home) {
      return failed(words.managersAdd);
    }
    const here = await store.subscriptionsAt(draft.destination);
    const same = here.find(({ query }) => query === draft.query);
    if (same) return failed(words.alreadyThere(same.id), { query: words.alreadyThere(same.id) });
    if (here.length >= rules.subscriptionsPerPlace) return failed(words.placeFull(rules.subscriptionsPerPlace));
    const own = await store.subscriptionsOf(speaker.member);
    return own.length >= rules.subscriptionsPerMember ? failed(words.memberFull(rules.subscriptionsPerMember)) : null;
  }

  async function placeOf(ask: Ask, destination: Destination): Promise<PlaceSettings> {
    if (destination === ask.speaker.destination) return ask.place;
    return placeFrom(await store.getDocument('place', destination));
  }

  /** When and where an alert comes, and for a digest by whose clock. */
  async function whenAndWhere(
    ask: Ask,
    { when, destination, timeZone }: Pick<Subscription, 'when' | 'destination' | 'timeZone'>,
  ): Promise<Line[]> {
    const { words, speaker } = ask;
    const where = destination === speaker.home ? 'home' : destination === speaker.destination ? 'here' : 'elsewhere';
    const line = words.alertsTo(when, where, destination);
    if (when.kind === 'instant' || when.kind === 'hourly') return [line];
    const place = await placeOf(ask, destination);
    const told = place.timeZone !== null || timeZone !== null;
    return [line, words.byClock(zoneIn(place, timeZone, rules.timeZone), told)];
  }

  async function write(draft: Draft, now: number): Promise<Subscription> {
    const unset = { quiet: null, pausedUntil: null, removedAt: null } as const;
    const [saved] = await store.putSubscriptions([{ id: 0, ...draft, ...unset, state: 'active', createdAt: now }]);
    if (!saved) throw new Error('The Store gave no subscription back');
    await allow(store, saved.destination);
    return saved;
  }

  async function ownDraft(ask: Ask): Promise<{ readonly id: string; readonly draft: Draft } | null> {
    const id = ask.options['draft'] ?? '';
    const draft = (await store.getDocument('draft', id)) as Draft | null;
    return draft?.owner === ask.speaker.member ? { id, draft } : null;
  }

  async function draft(ask: Ask): Promise<Card> {
    const found = await ownDraft(ask);
    if (!found) return failed(ask.words.draftGone);
    const { query, name, when } = found.draft;
    return card({ form: addForm(ask.words, { query, name, when: printWhen(when) }) });
  }

  async function save(ask: Ask): Promise<Card> {
    const found = await ownDraft(ask);
    if (!found) return failed(ask.words.draftGone);
    const refused = await refusal(ask, found.draft);
    if (refused !== null) return refused;
    // A second press while the first is under way: only one of them writes.
    if (!(await store.runOnce(`save ${found.id}`, ask.now, DRAFT_MS))) return failed(ask.words.draftGone);
    const saved = await write(found.draft, ask.now);
    await store.deleteDocument('draft', found.id);
    return card({
      tone: 'good',
      title: ask.words.saved(saved.id),
      lines: [[{ code: saved.query }], ...(await whenAndWhere(ask, saved))],
      actions: actionsFor(ask, saved),
    });
  }

  async function cancel(ask: Ask): Promise<Card> {
    const found = await ownDraft(ask);
    if (found) await store.deleteDocument('draft', found.id);
    return card({ lines: [[ask.words.cancelled]] });
  }

  async function list(ask: Ask): Promise<Card> {
    const { words, speaker } = ask;
    const all = await store.subscriptionsAt(speaker.destination);
    if (all.length === 0) return card({ title: words.listEmpty, lines: [words.addExample] });
    return paged(ask, all, words.listTitle(all.length), 'list');
  }

  /** A member's own, wherever they go: what a personal page shows. */
  async function mine(ask: Ask): Promise<Card> {
    const { words, speaker } = ask;
    const all = await store.subscriptionsOf(speaker.member);
    if (all.length === 0) return card({ title: words.mineEmpty });
    return paged(ask, all, words.mineTitle(all.length), 'mine');
  }

  async function paged(ask: Ask, all: readonly Subscription[], title: string, command: 'list' | 'mine'): Promise<Card> {
    const { words, now } = ask;
    const pages = Math.ceil(all.length / PAGE);
    const page = Math.max(1, Math.min(pages, Number.parseInt(ask.options['page'] ?? '1', 10) || 1));
    const shown = all.slice((page - 1) * PAGE, page * PAGE);
    const counts = await store.countDecisions(
      shown.map(({ id }) => id),
      now - WEEK_MS,
    );
    return card({
      title,
      rows: shown.map((subscription, i) => rowOf(ask, subscription, counts[i] ?? 0, command === 'mine')),
      lines: pages > 1 ? [[words.page(page, pages)]] : [],
      actions: pages > page ? [{ label: words.nextPage, command: `${command} ${page + 1}`, style: 'plain' }] : [],
    });
  }

  function rowOf(ask: Ask, subscription: Subscription, count: number, withPlace: boolean): Row {
    const { id, name, query } = subscription;
    const title: Line =
      name === '' ? [{ bold: `#${id}` }, ' ', { code: query }] : [{ bold: `#${id} ${name}` }, ' ', { code: query }];
    const manner = [ask.words.when(subscription.when), stateOf(ask, subscription), ask.words.alertsInWeek(count)].join(
      ' · ',
    );
    return {
      lines: [title, withPlace ? [`${manner} · `, ...placeOfAlerts(ask, subscription)] : [manner]],
      actions: actionsFor(ask, subscription),
    };
  }

  async function show(ask: Ask): Promise<Card> {
    const seen = await seenBy(desk, ask, ask.options['id'] ?? '');
    if (!seen.ok) return failed(seen.message);
    const subscription = seen.value;
    const { words } = ask;
    const [count = 0] = await store.countDecisions([subscription.id], ask.now - WEEK_MS);
    const query = readQuery(subscription.query);
    const quiet = subscription.quiet ?? ask.place.quiet;
    return card({
      title: words.numbered(subscription.id, subscription.name),
      lines: [
        [{ code: subscription.query }],
        ...(query === null ? [] : [readingOf(ask, query)]),
        ...(await whenAndWhere(ask, subscription)),
        ...(quiet === null ? [] : [[words.quietFrom(printQuiet(quiet))]]),
        [`${stateOf(ask, subscription)} · ${words.alertsInWeek(count)}`],
        [words.addedOn, { time: subscription.createdAt }],
      ],
      actions: actionsFor(ask, subscription),
    });
  }

  async function edit(ask: Ask): Promise<Card> {
    const { words, options } = ask;
    const found = await managedBy(desk, ask, options['id'] ?? '');
    if (!found.ok) return failed(found.message);
    const before = found.value;
    const given = ['query', 'name', 'when', 'to', 'quiet'].filter((name) => options[name] !== undefined);
    if (given.length === 0) {
      if (ask.limits.forms) return card({ form: editForm(words, before) });
      return card({ title: words.numbered(before.id, before.name), lines: words.editHow(before.id) });
    }
    const changed = await applied(ask, before);
    if ('tone' in changed) return changed;
    const [saved = changed] = await store.putSubscriptions([changed]);
    const query = readQuery(saved.query);
    return card({
      tone: 'good',
      title: words.changed(saved.id),
      lines: [
        [{ code: saved.query }],
        ...(query === null ? [] : [readingOf(ask, query)]),
        ...(await whenAndWhere(ask, saved)),
      ],
      actions: actionsFor(ask, saved),
    });
  }

  /** The subscription with what the options change, or the card that says what is wrong with them. */
  async function applied(ask: Ask, before: Subscription): Promise<Subscription | Card> {
    const { options, words } = ask;
    let after = before;
    const typed = options['query'];
    if (typed !== undefined) {
      const read = parseQuery(typed);
      if (!read.ok) return wrongQuery(words, 'edit', typed, read.error);
      after = { ...after, query: printQuery(read.query) };
    }
    if (options['name'] !== undefined) after = { ...after, name: oneLine(options['name']).slice(0, MOST_NAME_CHARS) };
    if (options['when'] !== undefined && options['when'] !== '') {
      const when = readWhen(ask);
      if (!when.ok) return wrongTime(words, 'when', when.problem);
      after = { ...after, when: when.value };
    }
    if (options['quiet'] !== undefined) {
      const quiet = options['quiet'] === '' ? ({ ok: true, quiet: null } as const) : parseQuiet(options['quiet']);
      if (!quiet.ok) return wrongTime(words, 'quiet', quiet.problem);
      after = { ...after, quiet: quiet.quiet };
    }
    if (options['to'] !== undefined) {
      const to = await placeNamed(desk, ask, options['to']);
      if (!to.ok) return failed(to.message, { to: to.message });
      const moved = {
        ...after,
        destination: to.value,
        scope: to.value === ask.speaker.home ? after.scope : ask.speaker.scope,
      };
      const place = await placeOf(ask, to.value);
      if (place.alerts === 'managers' && !ask.speaker.manager) return failed(words.managersAdd);
      after = moved;
    }
    return after;
  }

  async function remove(ask: Ask): Promise<Card> {
    const found = await managedBy(desk, ask, ask.options['id'] ?? '');
    if (!found.ok) return failed(found.message);
    const { id, query } = found.value;
    if (found.value.state !== 'removed') {
      await store.putSubscriptions([{ ...found.value, state: 'removed', removedAt: ask.now }]);
    }
    const minutes = Math.round(rules.undoMs / 60_000);
    return card({
      tone: 'good',
      title: ask.words.removed(id),
      lines: [[{ code: query }], [ask.words.undoFor(minutes)]],
      actions: [{ label: ask.words.undo, command: `undo ${id}`, style: 'plain' }],
    });
  }

  async function undo(ask: Ask): Promise<Card> {
    const found = await managedBy(desk, ask, ask.options['id'] ?? '');
    if (!found.ok) return failed(found.message);
    const { removedAt, id } = found.value;
    if (removedAt === null) return card({ lines: [[ask.words.notRemoved(id)]] });
    if (ask.now - removedAt > rules.undoMs) return failed(ask.words.undoTooLate(id));
    await store.putSubscriptions([{ ...found.value, state: 'active', removedAt: null }]);
    return card({
      tone: 'good',
      title: ask.words.restored(id),
      actions: actionsFor(ask, { ...found.value, state: 'active' }),
    });
  }

  async function pause(ask: Ask): Promise<Card> {
    const found = await managedBy(desk, ask, ask.options['id'] ?? '');
    if (!found.ok) return failed(found.message);
    const typed = ask.options['for'];
    const length = typed === undefined || typed === '' ? null : parseDuration(typed);
    if (typed !== undefined && typed !== '' && length === null)
      return failed(ask.words.wrongDuration(typed), { for: ask.words.wrongDuration(typed) });
    const { id } = found.value;
    const pausedUntil = length === null ? null : ask.now + length;
    const paused: Subscription = { ...found.value, state: 'paused', pausedUntil };
    await store.putSubscriptions([paused]);
    return card({
      tone: 'good',
      title: ask.words.paused(id),
      lines: [pausedUntil === null ? [ask.words.untilResumed(id)] : [ask.words.until, { time: pausedUntil }]],
      actions: [{ label: ask.words.resume, command: `resume ${id}`, style: 'plain' }],
    });
  }

  async function resume(ask: Ask): Promise<Card> {
    const found = await managedBy(desk, ask, ask.options['id'] ?? '');
    if (!found.ok) return failed(found.message);
    const active: Subscription = { ...found.value, state: 'active', pausedUntil: null };
    await store.putSubscriptions([active]);
    await allow(store, active.destination);
    return card({ tone: 'good', title: ask.words.resumed(active.id), lines: await whenAndWhere(ask, active) });
  }

  return { add, draft, save, cancel, list, mine, show, edit, remove, undo, pause, resume };
}

function readWhen({ options, place }: Ask): { ok: true; value: When } | { ok: false; problem: TimeProblem } {
  const typed = options['when'];
  if (typed === undefined || typed === '') return { ok: true, value: place.when };
  const read = parseWhen(typed);
  return read.ok ? { ok: true, value: read.when } : { ok: false, problem: read.problem };
}

function placeOfAlerts({ words, speaker }: Ask, { destination }: Subscription): Line {
  return destination === speaker.home ? [words.goesHome] : [words.goesTo, destination];
}

function stateOf({ words, now }: Ask, subscription: Subscription): string {
  if (subscription.state === 'removed') return words.stateRemoved;
  return speaks(subscription, now) ? words.stateActive : words.statePaused;
}

/** The buttons of a subscription; none for members who may only look. */
function actionsFor(ask: Ask, subscription: Subscription): Action[] {
  if (!mayManage(subscription, ask)) return [];
  const { words } = ask;
  const { id, state } = subscription;
  return [
    state === 'paused'
      ? { label: words.resume, command: `resume ${id}`, style: 'plain' }
      : { label: words.pause, command: `pause ${id}`, style: 'plain' },
    { label: words.edit, command: `edit ${id}`, style: 'plain' },
    { label: words.remove, command: `remove ${id}`, style: 'danger' },
  ];
}
