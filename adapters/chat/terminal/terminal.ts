import { card as cardOf, type Card } from '../../../src/commands/card.ts';
import type { Request, Speaker } from '../../../src/commands/request.ts';
import { wordsFor } from '../../../src/commands/words/words.ts';
import type { Message, StoryCard } from '../../../src/delivery/card.ts';
import { oneLine, visibleText } from '../../../src/delivery/sanitize.ts';
import type { Chat, ChatLimits, Clock, Counter, PostAnswer, Posting } from '../../../src/ports.ts';
import { importPath, readImport, saveExport } from './attachment.ts';
import { renderCard } from './card.ts';
import { openHistory, type History } from './history.ts';
import { openLedger, type Ledger } from './ledger.ts';
import type { Surface } from './paint.ts';
import { openPipe } from './pipe.ts';
import { openPrompt, type Choice } from './prompt.ts';
import type { Ending, Screen, ScreenEvents } from './screen.ts';
import { renderLater, renderMessage } from './story.ts';
import type { Present } from './time.ts';

export interface TerminalOptions {
  /** Where lines are typed or piped from; null reads none and only prints. */
  readonly input: NodeJS.ReadableStream | null;
  readonly output: NodeJS.WritableStream & { readonly columns?: number };
  /** The file of what has been posted. What stands in it is never printed again. */
  readonly ledgerPath: string;
  /** Where typed lines are kept; absent keeps them until the program ends. */
  readonly historyPath?: string;
  /** A person sits at both ends: a prompt, history and completion. Else line by line. */
  readonly interactive: boolean;
  /** Terminal columns; absent: the output's own, as it changes, else 80. */
  readonly width?: number;
  /** Default: as `interactive`. */
  readonly color?: boolean;
  /** OSC 8 links in place of addresses. Default: none. */
  readonly hyperlinks?: boolean;
  /** IANA name; default: the system's. */
  readonly timeZone?: string;
  /** BCP 47; default ''. */
  readonly locale?: string;
  readonly name?: string;
  /** Where exported files go; default: the current folder. */
  readonly exportFolder?: string;
  readonly clock: Pick<Clock, 'now'>;
  /**
   * The member wants to leave, or piped input has ended and every line of it is answered. Called once; not at all for
   * piped input that ends without a line, as a service's does: the chat goes on and only prints.
   */
  readonly onQuit?: (why: Ending) => void;
  /** An answer that could not be given for a reason of ours; the member is told that it failed. */
  readonly onError?: (error: unknown) => void;
}

const home = 'terminal:me';

const limits: ChatLimits = {
  edits: false,
  threads: true,
  buttons: false,
  forms: false,
  idempotencyMs: Number.MAX_SAFE_INTEGER,
  readBack: true,
  paceMs: 0,
  cardsPerMessage: 20,
};

/** Completions asked for at once. */
const CHOICES_MAX = 40;

/**
 * The terminal as a chat of one member. A message is on the disk before it is on the screen, so that a killed program
 * neither loses it nor shows it again; its remote id is a short number that can be typed. Standard output carries the
 * chat alone.
 */
export function openTerminalChat(options: TerminalOptions): Chat {
  const { input, output, clock } = options;
  const timeZone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  let ledger: Ledger | null = null;
  let screen: Screen | null = null;
  let history: History | null = null;
  let answered: Promise<void> = Promise.resolve();
  let left = false;
  let spokenTo = false;

  const surface = (): Surface => ({
    columns: options.width ?? output.columns ?? 80,
    color: options.color ?? options.interactive,
    hyperlinks: options.hyperlinks ?? false,
  });
  const present = (): Present => ({ now: clock.now(), timeZone });

  function print(block: string): void {
    if (block === '') return;
    if (screen) screen.print(block);
    else output.write(`${block}\n\n`);
  }

  /** On the disk first, then on the screen, and there only if this call was the one that wrote it. */
  async function putDown(
    entry: Parameters<Ledger['append']>[0],
    signal: AbortSignal | undefined,
    render: (number: string) => string,
  ): Promise<PostAnswer> {
    if (ledger === null) return later('the terminal is not open');
    if (signal?.aborted === true) return later('stopped');
    try {
      const { number, fresh } = await ledger.append(entry);
      if (fresh) print(render(String(number)));
      return { kind: 'sent', remoteId: String(number) };
    } catch (error) {
      return later(`the ledger cannot be written: ${messageOf(error)}`);
    }
  }

  function show(card: Card): void {
    print(renderCard(card, surface(), present()));
  }

  function leave(why: Ending): void {
    if (left) return;
    left = true;
    options.onQuit?.(why);
  }

  async function answer(counter: Counter, line: string): Promise<void> {
    const said = saidIn(line);
    try {
      const path = importPath(said);
      const file = path === null ? null : await readImport(path);
      if (file?.ok === false) return show(cardOf({ tone: 'error', title: file.message }));
      const request = requestOf(said, file?.text);
      const card = await counter.answer(request);
      show(card);
      if (card.file) await handOver(card.file);
    } catch (error) {
      options.onError?.(error);
      show(cardOf({ tone: 'error', title: `That did not work: ${oneLine(messageOf(error))}` }));
    }
  }

  /** To a script a file is text like any other; a person finds it in a folder. */
  async function handOver(file: { readonly name: string; readonly text: string }): Promise<void> {
    if (!options.interactive) return print(visibleText(file.text).trimEnd());
    const path = await saveExport(options.exportFolder ?? '.', file);
    show(cardOf({ tone: 'good', title: `Saved as ${path}` }));
  }

  function requestOf(said: string, file?: string): Request {
    const speaker: Speaker = {
      member: home,
      name: options.name ?? 'you',
      destination: home,
      scope: home,
      home,
      direct: true,
      manager: true,
      locale: options.locale ?? '',
      timeZone,
    };
    return file === undefined ? { speaker, said } : { speaker, said, file };
  }

  async function complete(counter: Counter, line: string): Promise<readonly Choice[]> {
    const typed = line.trimStart();
    if (typed.startsWith('/') && '/news'.startsWith(typed)) return [{ value: '/news', label: '' }];
    return counter.complete(requestOf(withoutPrefix(typed)), CHOICES_MAX);
  }

  /** One line is answered after the other, in the order of typing, whatever each of them takes. */
  function eventsFor(counter: Counter): ScreenEvents {
    return {
      line(text) {
        const line = oneLine(text);
        if (line === '') return;
        spokenTo = true;
        history?.append(line);
        answered = answered.then(async () => {
          if (left) return;
          if (/^\/?(?:exit|quit)$/i.test(line)) leave('quit');
          else await answer(counter, line);
        });
      },
      ending(why) {
        if (why === 'quit') leave(why);
        // A service has no input at all: nobody who could leave was ever there.
        else if (options.interactive || spokenTo) answered = answered.then(() => leave(why));
      },
    };
  }

  async function openScreen(counter: Counter): Promise<Screen | null> {
    if (input === null) return null;
    if (!options.interactive) return openPipe(input, output, eventsFor(counter));
    history = await openHistory(options.historyPath);
    return openPrompt(
      { input, output, surface, history: history.lines, complete: async (line) => complete(counter, line) },
      eventsFor(counter),
    );
  }

  return {
    platform: 'terminal',
    limits,

    async start(counter) {
      // A reader that has gone away (`newshound | head`) ends the chat, not the process.
      output.on('error', () => leave('quit'));
      ledger = await openLedger(options.ledgerPath);
      screen = counter === null ? null : await openScreen(counter);
    },

    async post(posting, signal) {
      const { message } = posting;
      return putDown(entryOf(posting, clock.now()), signal, (number) =>
        renderMessage(message, number, surface(), present()),
      );
    },

    async edit() {
      return { kind: 'refused', reason: 'what is printed cannot be changed' };
    },

    async follow({ destination, remoteId, key, card, language }, signal) {
      const message: Message = { kind: 'alert', heading: '', cards: [card] };
      const entry = { ...entryOf({ destination, key, message }, clock.now()), kind: 'also' };
      return putDown(entry, signal, () => renderLater(card, remoteId, surface(), language));
    },

    async refusal(_member, destination, language) {
      return destination === home ? '' : wordsFor([language]).refusals.terminal;
    },

    async tell(_member, card) {
      show(card);
      return { kind: 'sent', remoteId: '' };
    },

    async stop() {
      screen?.close();
      screen = null;
      const open = ledger;
      ledger = null;
      await history?.settled();
      await open?.close();
    },
  };
}

function entryOf(
  { key, destination, message }: Pick<Posting, 'key' | 'destination' | 'message'>,
  at: number,
): Parameters<Ledger['append']>[0] {
  return {
    key,
    destination,
    kind: message.kind,
    stories: message.cards.flatMap(({ storyId }) => (storyId === undefined ? [] : [storyId])),
    titles: message.cards.length === 0 ? [message.heading] : message.cards.map(titleOf),
    at,
  };
}

function titleOf({ title }: StoryCard): string {
  return oneLine(title);
}

function later(reason: string): PostAnswer {
  return { kind: 'retry', retryAfterMs: null, reason, ambiguous: false };
}

/** What was said to the counter: the line without `/news`; `help` when nothing else is left of it. */
function saidIn(line: string): string {
  return withoutPrefix(line) || 'help';
}

function withoutPrefix(line: string): string {
  return line.replace(/^\/news(?:\s+|$)|^\//i, '');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
