import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTerminalChat, type TerminalOptions } from '../../../../adapters/chat/terminal/terminal.ts';
import { card, type Card } from '../../../../src/commands/card.ts';
import type { Request } from '../../../../src/commands/request.ts';
import type { Chat, Counter, Posting } from '../../../../src/ports.ts';
import { createEmulator, type Emulator } from './emulator.ts';

let folder = '';
const open: Chat[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newshound-terminal-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (chat) => chat.stop()));
  await rm(folder, { recursive: true, force: true });
});

function saidIn({ said }: Request): string {
  return typeof said === 'string' ? said : said.name;
}

/** A counter that says back what it was asked, after as many ms as the line ends with. */
function echo(asked: Request[] = [], answer: (said: string) => Partial<Card> = (title) => ({ title })): Counter {
  return {
    async answer(request) {
      asked.push(request);
      const said = saidIn(request);
      await wait(Number(/ (\d+)$/.exec(said)?.[1] ?? 0));
      if (said === 'fail') throw new Error('the store \u001B[31mis gone');
      return card(answer(said));
    },
    async complete(request) {
      const word = /\S*$/.exec(saidIn(request))?.[0] ?? '';
      const all = [
        { value: 'pause', label: 'stop for a while' },
        { value: 'preview', label: 'what it would find' },
        { value: 'list', label: 'what is here' },
      ];
      return all.filter(({ value }) => value.startsWith(word));
    },
    async reach() {},
  };
}

interface Setting {
  readonly chat: Chat;
  readonly input: PassThrough;
  readonly terminal: Emulator;
  readonly quits: string[];
}

async function opened(
  options: Partial<TerminalOptions> & { readonly columns?: number } = {},
  counter: Counter = echo(),
): Promise<Setting> {
  const input = new PassThrough();
  const terminal = createEmulator(options.columns ?? 80);
  const quits: string[] = [];
  const chat = openTerminalChat({
    input,
    output: terminal.output,
    ledgerPath: join(folder, 'terminal.jsonl'),
    interactive: false,
    timeZone: 'UTC',
    clock: { now: () => Date.UTC(2026, 10, 25, 5, 2) },
    onQuit: (why) => quits.push(why),
    ...options,
  });
  open.push(chat);
  await chat.start(counter);
  return { chat, input, terminal, quits };
}

function posting(key: string, title = `Story ${key}`): Posting {
  const story = { title, summary: '', url: '', source: '', published: '', storyId: `s-${key}` };
  return {
    destination: 'terminal:me',
    key,
    ambiguous: false,
    message: { kind: 'alert', heading: '', cards: [story] },
  };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !condition(); tries++) await wait(5);
  expect(condition()).toBe(true);
}

describe('piped input', () => {
  test('is answered line by line in order, and the end comes after the last answer', async () => {
    const asked: Request[] = [];
    const { input, terminal, quits } = await opened({}, echo(asked));
    input.end('slow 40\n\n/news list\n   \n/NEWS  show 2\nnews\n/help\n/news\nlast 1');
    await until(() => quits.length > 0);
    expect(quits).toEqual(['end of input']);
    const said = ['slow 40', 'list', 'show 2', 'news', 'help', 'help', 'last 1'];
    expect(asked.map((request) => request.said)).toEqual(said);
    expect(terminal.written()).toBe(said.map((line) => `${line}\n\n`).join(''));
  });

  test('that ends without a line, as that of a service, leaves the chat open', async () => {
    const { chat, input, quits, terminal } = await opened();
    input.end('\n');
    await wait(20);
    expect(quits).toEqual([]);
    await chat.post(posting('a'));
    expect(terminal.screen()).toContain('● Story a');
  });

  test('says who speaks, from where', async () => {
    const asked: Request[] = [];
    const { input, quits } = await opened({ locale: 'ja', timeZone: 'Asia/Tokyo' }, echo(asked));
    input.end('list\n');
    await until(() => quits.length > 0);
    expect(asked[0]?.speaker).toEqual({
      member: 'terminal:me',
      name: 'you',
      destination: 'terminal:me',
      scope: 'terminal:me',
      home: 'terminal:me',
      direct: true,
      manager: true,
      locale: 'ja',
      timeZone: 'Asia/Tokyo',
    });
  });

  test('ends at a word, and what stands behind it is not said', async () => {
    const asked: Request[] = [];
    const { input, quits } = await opened({}, echo(asked));
    input.end('list\nexit\nremove 1\n');
    await until(() => quits.length > 0);
    await wait(10);
    expect(quits).toEqual(['quit']);
    expect(asked.map((request) => request.said)).toEqual(['list']);
  });

  test('goes on after an answer that failed, and says so', async () => {
    const errors: unknown[] = [];
    const { input, terminal, quits } = await opened({ onError: (error) => errors.push(error) });
    input.end('fail\nlist\n');
    await until(() => quits.length > 0);
    expect(terminal.written()).toBe('✗ That did not work: the store is gone\n\nlist\n\n');
    expect(errors).toHaveLength(1);
  });

  test('gets an exported file printed, and hands an imported one over', async () => {
    const asked: Request[] = [];
    const counter = echo(asked, (title) =>
      title === 'export' ? { title, file: { name: 'a.json', text: '{}\n' } } : { title },
    );
    const { input, terminal, quits } = await opened({}, counter);
    input.end(`export\nimport ${import.meta.filename}\nimport ${folder}/none.json\n`);
    await until(() => quits.length > 0);
    expect(terminal.written()).toContain('export\n\n{}\n\nimport');
    expect(asked[1]?.file).toBe(await readFile(import.meta.filename, 'utf8'));
    expect(asked).toHaveLength(2);
    expect(terminal.written()).toMatch(/none\.json cannot be read: no such\s+file/);
  });

  test('that is never read leaves a chat that only prints', async () => {
    const { chat, terminal, quits } = await opened({ input: null });
    expect(await chat.post(posting('a'))).toEqual({ kind: 'sent', remoteId: '1' });
    expect(terminal.written()).toBe('● Story a\n  why? /news why 1\n\n');
    expect(quits).toEqual([]);
  });
});

describe('posting', () => {
  test('the same key prints once, in one run and over a restart', async () => {
    const first = await opened();
    expect(await first.chat.post(posting('a'))).toEqual({ kind: 'sent', remoteId: '1' });
    expect(await first.chat.post(posting('b'))).toEqual({ kind: 'sent', remoteId: '2' });
    expect(await first.chat.post({ ...posting('a'), ambiguous: true })).toEqual({ kind: 'sent', remoteId: '1' });
    await first.chat.stop();
    const second = await opened();
    expect(await second.chat.post(posting('b'))).toEqual({ kind: 'sent', remoteId: '2' });
    expect(await second.chat.post(posting('c'))).toEqual({ kind: 'sent', remoteId: '3' });
    expect(first.terminal.screen().filter((line) => line.startsWith('●'))).toEqual(['● Story a', '● Story b']);
    expect(second.terminal.screen().filter((line) => line.startsWith('●'))).toEqual(['● Story c']);
  });

  test('the same key twice at once prints once', async () => {
    const { chat, terminal } = await opened();
    const answers = await Promise.all([chat.post(posting('a')), chat.post(posting('a'))]);
    expect(answers).toEqual([
      { kind: 'sent', remoteId: '1' },
      { kind: 'sent', remoteId: '1' },
    ]);
    expect(terminal.screen().filter((line) => line.startsWith('●'))).toEqual(['● Story a']);
  });

  test('stands in the ledger before it stands on the screen', async () => {
    const { chat, terminal } = await opened();
    const ledger = join(folder, 'terminal.jsonl');
    let seen = '';
    const write = terminal.output.write.bind(terminal.output);
    const { readFileSync } = await import('node:fs');
    terminal.output.write = ((chunk: string) => {
      seen = readFileSync(ledger, 'utf8');
      return write(chunk);
    }) as typeof write;
    await chat.post(posting('a', 'Two\nlines'));
    expect(JSON.parse(seen)).toEqual({
      number: 1,
      key: 'a',
      destination: 'terminal:me',
      kind: 'alert',
      stories: ['s-a'],
      titles: ['Two lines'],
      at: Date.UTC(2026, 10, 25, 5, 2),
    });
  });

  test('before the start, after the stop or when told to stop is for later, not lost', async () => {
    const { chat } = await opened();
    expect(await chat.post(posting('a'), AbortSignal.abort())).toMatchObject({ kind: 'retry', ambiguous: false });
    await chat.stop();
    expect(await chat.post(posting('a'))).toMatchObject({ kind: 'retry', ambiguous: false });
  });

  test('later coverage is a line of its own that names the first message, once', async () => {
    const { chat, terminal } = await opened();
    await chat.post(posting('a'));
    const later = {
      ambiguous: false,
      destination: 'terminal:me',
      remoteId: '1',
      key: 'b',
      card: {
        title: 'The same, told elsewhere',
        summary: '',
        url: 'https://b.example/2',
        source: 'Wire',
        published: '',
      },
    };
    expect(await chat.follow(later)).toEqual({ kind: 'sent', remoteId: '2' });
    expect(await chat.follow(later)).toEqual({ kind: 'sent', remoteId: '2' });
    expect(terminal.screen().filter((line) => line !== '')).toEqual([
      '● Story a',
      '  why? /news why 1',
      '↳ also Wire: The same, told elsewhere (story 1)',
      '  https://b.example/2',
    ]);
  });

  test('what a terminal cannot do is refused', async () => {
    const { chat } = await opened();
    expect(chat.limits).toMatchObject({ edits: false, threads: true, buttons: false, forms: false, readBack: true });
    expect(await chat.edit({ ...posting('a'), remoteId: '1' })).toMatchObject({ kind: 'refused' });
    expect(await chat.refusal('terminal:me', 'terminal:me', 'en')).toBe('');
    expect(await chat.refusal('terminal:me', 'slack:T1:C1', 'en')).not.toBe('');
  });

  test('a reader that went away ends the chat, not the program', async () => {
    const { terminal, quits } = await opened();
    terminal.output.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    expect(quits).toEqual(['quit']);
  });
});

describe('the prompt', () => {
  const interactive = { interactive: true, color: false };

  test('stays at the foot with what was typed while alerts come in above it', async () => {
    const { chat, input, terminal } = await opened(interactive);
    input.write('search half');
    await until(() => terminal.screen().at(-1) === 'news> search half');
    input.write('\u001B[D\u001B[D');
    await chat.post(posting('a'));
    await chat.post(posting('b'));
    expect(terminal.screen()).toEqual([
      '● Story a',
      '  why? /news why 1',
      '',
      '● Story b',
      '  why? /news why 2',
      '',
      'news> search half',
    ]);
    expect(terminal.cursor()).toEqual({ row: 6, column: 'news> search ha'.length });
    input.write('X');
    await until(() => terminal.screen().at(-1) === 'news> search haXlf');
  });

  test.each([
    ['typed', 'one two three four five six seven'.split(''), 'one two three four five six seven'],
    ['pasted', ['one two three four five six seven'], 'one two three four five six seven'],
    [
      'changed within',
      Array.from('one two three four five six seven').concat('\u001B[D', '\u001B[D', '!'),
      'one two three four five six sev!en',
    ],
    ['ideographs', Array.from('日本語で三行にわたって打つ長い行です'), '日本語で三行にわたって打つ長い行です'],
    ['as wide as two rows', Array.from('one two three four five six seven!'), 'one two three four five six seven!'],
  ])('over several rows is drawn again whole: %s', async (_how, keys, line) => {
    const { chat, input, terminal } = await opened({ ...interactive, columns: 20 });
    for (const key of keys) input.write(key);
    await until(() => terminal.screen().join('').endsWith(line.slice(-4)));
    await chat.post(posting('a'));
    await chat.post(posting('b'));
    const screen = terminal.screen();
    expect(screen.slice(0, 6)).toEqual(['● Story a', '  why? /news why 1', '', '● Story b', '  why? /news why 2', '']);
    expect(screen.slice(6).join('').replaceAll(' ', '')).toBe(`news> ${line}`.replaceAll(' ', ''));
    input.write('\r');
    await until(() => terminal.screen().at(-1) === 'news>');
  });

  test('answers in order while more is typed', async () => {
    const { input, terminal } = await opened(interactive);
    input.write('slow 30\rlist\rhalf');
    await until(() => terminal.screen().includes('list') && terminal.screen().at(-1) === 'news> half');
    expect(terminal.screen().filter((line) => line !== '')).toEqual([
      'news> slow 30',
      'news> list',
      'slow 30',
      'list',
      'news> half',
    ]);
  });

  test('completes from what the counter knows', async () => {
    const { input, terminal } = await opened(interactive);
    input.write('/n\t');
    await until(() => terminal.screen().at(-1) === 'news> /news');
    input.write('l\t');
    await until(() => terminal.screen().at(-1) === 'news> /news list');
    input.write('\u0015p\t');
    await until(() => terminal.screen().length > 1);
    expect(terminal.screen()).toEqual(['  pause    stop for a while', '  preview  what it would find', '', 'news> p']);
    input.write('re\t');
    await until(() => terminal.screen().at(-1) === 'news> preview');
    input.write('12');
    await until(() => terminal.screen().at(-1) === 'news> preview 12');
  });

  test('remembers what was typed, over a restart too', async () => {
    const historyPath = join(folder, 'history');
    const first = await opened({ ...interactive, historyPath });
    first.input.write('list\rshow \u001B[31m2\r');
    await until(() => first.terminal.screen().includes('list'));
    await first.chat.stop();
    expect(await readFile(historyPath, 'utf8')).toMatch(/^list\nshow.*\n$/);
    const second = await opened({ ...interactive, historyPath });
    second.input.write('\u001B[A\u001B[A');
    await until(() => second.terminal.screen().at(-1) === 'news> list');
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
    ['a word', 'quit\r'],
  ])('is left by %s, and only once', async (_how, keys) => {
    const { chat, input, quits } = await opened(interactive);
    input.write(keys);
    await until(() => quits.length > 0);
    await chat.stop();
    expect(quits).toEqual(['quit']);
  });

  test('saves an exported file and says where', async () => {
    const counter = echo([], (title) => ({ title, file: { name: 'alerts.json', text: '{}\n' } }));
    const { input, terminal } = await opened({ ...interactive, exportFolder: folder, columns: 400 }, counter);
    input.write('export\r');
    await until(() => terminal.screen().some((line) => line.startsWith('✓ Saved as')));
    expect(await readFile(join(folder, 'alerts.json'), 'utf8')).toBe('{}\n');
  });

  test('stops at once, and what is told later still stands on the screen', async () => {
    const { chat, terminal } = await opened(interactive);
    await chat.stop();
    await chat.stop();
    await chat.tell('terminal:me', card({ title: 'Goodbye' }));
    expect(terminal.screen()).toEqual(['news>', 'Goodbye']);
  });
});
