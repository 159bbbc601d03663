import { card as cardOf, type Card } from '../../../src/commands/card.ts';
import { parseCommand } from '../../../src/commands/parse.ts';
import type { Request, Speaker } from '../../../src/commands/request.ts';
import { wordsFor, type Words } from '../../../src/commands/words/words.ts';
import type { Clock, Counter } from '../../../src/ports.ts';
import type { Destination } from '../../../src/subscription/destination.ts';
import { homeAddress, memberAddress, scopeAddress } from './address.ts';
import { isOnlyForm, renderAnswer, type AnswerPayload } from './answer.ts';
import type { SlackApi } from './api.ts';
import { answerView, formView, PASTE_MAX, pasteView, waitingView, type FormState, type View } from './form.ts';
import { homeView } from './home.ts';
import type { Members } from './members.ts';

/** What a member did, as Slack vouches for it. */
export interface Heard {
  readonly team: string;
  readonly user: string;
  /** Where it was said, and where new alerts would go. */
  readonly place: Destination;
  /** Opens a modal within three seconds of `at`; '' for none. */
  readonly trigger: string;
  /** When it reached us (epoch ms). */
  readonly at: number;
}

/** Where the answer is shown. */
export type Surface =
  /** Privately in the conversation; `replace` puts it in the place of the answer whose button was pressed. */
  | { readonly kind: 'message'; readonly replace: boolean; readonly respond: Respond }
  | { readonly kind: 'modal'; readonly viewId: string; readonly home: boolean; readonly to: Destination }
  | { readonly kind: 'home' }
  /** Nowhere yet: a modal is opened. */
  | { readonly kind: 'none' };

export type Respond = (message: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Slack wants a modal, or the word on a submitted one, within 3 s of the click: the way there and a busy machine take their part. */
const FORM_MS = 1_000;
const SUBMIT_MS = 1_500;
const PROFILE_MS = 700;
/** A response address takes five messages. */
const RESPONSES_MAX = 4;
const FILE_MAX = 200_000;
const NAME = 'Newshound';

/** The desk at which members are heard: from what they did to the answer where they see it. */
export interface Front {
  /** Says a command and shows its answer; `formOnly`: of the answer, the form. */
  say(heard: Heard, said: string, surface: Surface, formOnly?: boolean): Promise<void>;
  /** A submitted form: what Slack is told within three seconds, and what is left to do after that. */
  submit(
    heard: Heard,
    submitted: {
      readonly request: Request['said'];
      readonly file?: string;
      readonly state: FormState;
      readonly viewId: string;
    },
    retry: (card: Card) => { readonly errors: Readonly<Record<string, string>>; readonly again: View } | null,
  ): Promise<{ readonly ack: Readonly<Record<string, unknown>>; readonly after: () => Promise<void> }>;
  /** Shows the home tab, with what was just done above it. */
  home(heard: Heard, notice?: Card): Promise<void>;
}

export function createFront(deps: {
  readonly counter: Counter;
  readonly api: SlackApi;
  readonly members: Members;
  readonly clock: Clock;
  readonly tell: (member: string, card: Card) => Promise<unknown>;
}): Front {
  const { counter, api, members, clock } = deps;

  async function speakerFrom({ team, user, place }: Heard): Promise<Speaker> {
    const { name, locale, timeZone, admin } = await members.profile(team, user, PROFILE_MS);
    const home = homeAddress(team, user);
    return {
      member: memberAddress(team, user),
      name,
      destination: place,
      scope: scopeAddress(team),
      home,
      direct: place === home,
      manager: admin,
      locale,
      timeZone,
    };
  }

  async function wordsOf({ team, user }: Heard): Promise<Words> {
    return wordsFor([(await members.profile(team, user, 0)).locale]);
  }

  async function ask(heard: Heard, said: Request['said'], file = ''): Promise<Card> {
    const speaker = await speakerFrom(heard);
    return counter.answer(file === '' ? { speaker, said } : { speaker, said, file });
  }

  /** The answer, or null when it is not there in time. */
  async function within(answer: Promise<Card>, ms: number): Promise<Card | null> {
    const ended = new AbortController();
    const late = clock.sleep(Math.max(0, ms), ended.signal).then(() => null);
    const first = await Promise.race([answer, late]);
    ended.abort();
    return first;
  }

  async function say(heard: Heard, said: string, surface: Surface, formOnly = false): Promise<void> {
    const title = pasteTitle(said);
    if (title !== '' && heard.trigger !== '') {
      await open(heard, pasteView(title, stateOf(heard, said, surface), await wordsOf(heard)), surface);
      return;
    }
    const answer = ask(heard, said);
    const opens = formOnly || surface.kind === 'none' || leadsToForm(said);
    const quick =
      opens && surface.kind !== 'modal' ? await within(answer, heard.at + FORM_MS - clock.now()) : await answer;
    if (quick !== null) {
      await show(heard, quick, said, surface, formOnly);
      return;
    }
    const words = await wordsOf(heard);
    const state = stateOf(heard, said, surface);
    const viewId = await open(heard, waitingView(NAME, state, words), surface);
    if (viewId === '') return;
    await show(heard, await answer, said, { kind: 'modal', viewId, home: state.home, to: state.to }, formOnly);
  }

  async function show(heard: Heard, card: Card, said: string, surface: Surface, formOnly = false): Promise<void> {
    const words = wordsFor([card.language ?? '']);
    const state = stateOf(heard, said, surface);
    if (card.form !== undefined && (formOnly || isOnlyForm(card) || surface.kind === 'none')) {
      await place(heard, formView(card.form, state, words), surface);
      return;
    }
    switch (surface.kind) {
      case 'message':
        await respond(heard, card, words, surface);
        return;
      case 'home':
        await publish(heard, card, said);
        return;
      case 'modal':
      case 'none':
        await place(heard, answerView(card, titleOf(card), state, words), surface);
        if (state.home) await publish(heard, null, '');
    }
  }

  /** Puts a view where the member is looking. */
  async function place(heard: Heard, view: View, surface: Surface): Promise<void> {
    if (surface.kind === 'modal') await api.call(heard.team, 'views.update', { view_id: surface.viewId, view });
    else await open(heard, view, surface);
  }

  /** Opens a modal; its id, or '' when Slack took it no more, of which the member is told where there is a place for it. */
  async function open(heard: Heard, view: View, surface: Surface): Promise<string> {
    try {
      const opened = await api.call(heard.team, 'views.open', { trigger_id: heard.trigger, view });
      const { id } = (opened['view'] ?? {}) as { readonly id?: unknown };
      return typeof id === 'string' ? id : '';
    } catch (error) {
      if (surface.kind !== 'message') throw error;
      const words = await wordsOf(heard);
      await respond(heard, cardOf({ tone: 'warning', lines: [[words.pressAgain]] }), words, {
        ...surface,
        replace: false,
      });
      return '';
    }
  }

  async function respond(
    heard: Heard,
    card: Card,
    words: Words,
    { respond: send, replace }: Extract<Surface, { kind: 'message' }>,
  ): Promise<void> {
    const shown = fileFits(card, words);
    const payloads = renderAnswer(shown, words.change);
    const long = payloads.length > RESPONSES_MAX;
    const answers: readonly AnswerPayload[] = long
      ? renderAnswer(cardOf({ lines: [[words.sentInPrivate]] }), '')
      : payloads;
    for (const [i, { text, blocks }] of answers.entries()) {
      await send({
        response_type: 'ephemeral',
        replace_original: replace && i === 0,
        text,
        blocks,
        unfurl_links: false,
        unfurl_media: false,
      });
    }
    if (long) await deps.tell(memberAddress(heard.team, heard.user), shown);
  }

  /** Home with an answer above it; a list of the member's alerts takes the place of the list. */
  async function publish(heard: Heard, answer: Card | null, said: string): Promise<void> {
    const at = { ...heard, place: homeAddress(heard.team, heard.user) };
    const listed = /^mine\b/u.test(said);
    const alerts = listed && answer !== null ? answer : await ask(at, 'mine');
    const view = homeView(listed ? null : answer, alerts, await wordsOf(heard));
    await api.call(heard.team, 'views.publish', { user_id: heard.user, view });
  }

  return {
    say,

    async home(heard, notice) {
      await publish(heard, notice ?? null, '');
    },

    async submit(heard, { request, file = '', state, viewId }, retry) {
      const words = await wordsOf(heard);
      const answer = ask(heard, request, file);
      const surface: Surface = { kind: 'modal', viewId, home: state.home, to: state.to };
      const viewOf = (card: Card): View =>
        card.form !== undefined && isOnlyForm(card)
          ? formView(card.form, state, words)
          : answerView(fileFits(card, words), titleOf(card), state, words);
      const refresh = async (): Promise<void> => (state.home ? publish(heard, null, '') : undefined);
      const quick = await within(answer, heard.at + SUBMIT_MS - clock.now());
      if (quick !== null) {
        const wrong = quick.tone === 'error' ? retry(quick) : null;
        if (wrong !== null)
          return { ack: { response_action: 'errors', errors: wrong.errors }, after: async () => undefined };
        return { ack: { response_action: 'update', view: viewOf(quick) }, after: refresh };
      }
      return {
        ack: { response_action: 'update', view: waitingView(NAME, state, words) },
        async after() {
          const card = await answer;
          const wrong = card.tone === 'error' ? retry(card) : null;
          await place(heard, wrong?.again ?? viewOf(card), surface);
          await refresh();
        },
      };
    },
  };
}

/** Said without what it needs, or of a form alone: the answer will be a form. */
function leadsToForm(said: string): boolean {
  const read = parseCommand(said);
  if (!read.ok) return false;
  const given = Object.keys(read.options).filter((name) => read.options[name] !== '');
  const { name } = read.spec;
  return name === 'draft' || (name === 'edit' && given.length === 1) || (name === 'add' && !given.includes('query'));
}

/** Commands that read a file: what is pasted takes its place. '' for all others. */
function pasteTitle(said: string): string {
  const read = parseCommand(said);
  return read.ok && (read.spec.name === 'import' || read.spec.name === 'feeds import') ? `/news ${read.spec.name}` : '';
}

function stateOf({ place }: Heard, command: string, surface: Surface): FormState {
  if (surface.kind === 'modal') return { place, command, to: surface.to, home: surface.home };
  return { place, command, to: place, home: surface.kind === 'home' };
}

function titleOf({ title }: Card): string {
  return title.length > 0 && title.length <= 24 ? title : NAME;
}

/** A file too long to be shown is not cut: half of it would be worth nothing. */
function fileFits(card: Card, words: Words): Card {
  if (card.file === undefined || card.file.text.length <= FILE_MAX) return card;
  const { file: _, ...rest } = card;
  return { ...rest, tone: 'warning', lines: [...rest.lines, [words.tooLongHere(PASTE_MAX)]] };
}
