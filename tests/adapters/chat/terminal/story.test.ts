import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Surface } from '../../../../adapters/chat/terminal/paint.ts';
import { renderLater, renderMessage, renderStory } from '../../../../adapters/chat/terminal/story.ts';
import type { StoryCard } from '../../../../src/delivery/card.ts';

const plain: Surface = { columns: 60, color: false, hyperlinks: false };
const present = { now: Date.UTC(2026, 10, 25, 5, 2), timeZone: 'UTC' };

const story: StoryCard = {
  title: 'Court orders sale of shares',
  summary: 'A court in Daegu ordered the first asset seizure of its kind. The company will appeal.',
  url: 'https://harbourtimes.example/asia/shares',
  source: 'The Harbour Times',
  published: '2026-11-25T04:57:00Z',
  spans: [
    { field: 'summary', start: 35, end: 48 },
    { field: 'title', start: 0, end: 5 },
  ],
  also: [
    { source: 'Meridian Wire', url: 'https://meridianwire.example/1' },
    { source: '', url: 'https://toto-nippo.example/2' },
  ],
  matched: [
    { id: 1, name: 'Japan South Korea' },
    { id: 2, name: '"asset seizure"' },
  ],
};

const bare: StoryCard = { title: 'Title', summary: '', url: '', source: '', published: '' };

describe('a story', () => {
  test('has its title, summary, source, time, address, other outlets and who asked', () => {
    expect(renderMessage({ kind: 'alert', heading: '', cards: [story] }, '12', plain, present).split('\n')).toEqual([
      '● Court orders sale of shares',
      '  A court in Daegu ordered the first asset seizure of its',
      '  kind. The company will appeal.',
      '  The Harbour Times · 5 min ago, 04:57',
      '  https://harbourtimes.example/asia/shares',
      '  also: Meridian Wire, toto-nippo.example',
      '  for #1 Japan South Korea, #2 "asset seizure" · why? /news',
      '  why 12',
    ]);
  });

  test('without anything but a title is its title', () => {
    expect(renderStory(bare, plain, present)).toEqual(['● Title']);
    expect(renderStory({ ...bare, title: '' }, plain, present)).toEqual(['● Untitled story']);
  });

  test('shows the matched words in bold', () => {
    const lines = renderStory(story, { ...plain, columns: 80, color: true }, present).join('\n');
    expect(lines).toContain('the first \u001B[1masset seizure\u001B[0m of');
    expect(lines).toContain('\u001B[1;36mCourt\u001B[0m\u001B[1m orders');
  });

  test('passes over marks that lie outside the text, overlap, or are cut off with it', () => {
    const spans = [
      { field: 'title' as const, start: 2, end: 4 },
      { field: 'title' as const, start: 3, end: 900 },
      { field: 'title' as const, start: -5, end: 1 },
      { field: 'body' as const, start: 0, end: 3 },
    ];
    const lines = renderStory({ ...bare, spans }, { ...plain, color: true }, present).join('');
    expect(withoutEscapes(lines)).toBe('● Title');
  });

  test('hides its address behind the title only where the terminal links, and then names the host', () => {
    const linked = renderStory(story, { ...plain, hyperlinks: true }, present).join('\n');
    expect(linked).toContain('\u001B]8;;https://harbourtimes.example/asia/shares\u001B\\');
    expect(linked).toContain('The Harbour Times · harbourtimes.example · 5 min ago');
    expect(withoutEscapes(linked)).not.toContain('https://');
  });

  test('whose title looks like an address is not linked: its true address is shown', () => {
    const masked = { ...bare, title: 'https://bank.example', url: 'https://b\u0430nk.example/x' };
    const lines = renderStory(masked, { ...plain, hyperlinks: true }, present);
    expect(lines).toEqual(['● https://bank.example', '  https://xn--bnk-6cd.example/x']);
  });

  test.each(['javascript:alert(1)', 'file:///etc/passwd', 'https://', 'no address'])('is not linked to %s', (url) => {
    expect(renderStory({ ...bare, url }, { ...plain, hyperlinks: true }, present)).toEqual(['● Title']);
  });

  test('keeps a very long address whole, so that it can be opened', () => {
    const url = `https://news.example/${'a'.repeat(200)}`;
    expect(renderStory({ ...bare, url }, plain, present)).toContain(`  ${url}`);
  });

  test('stays of readable length whatever a feed sends', () => {
    const long = 'word '.repeat(20_000);
    const also = Array.from({ length: 300 }, (_, at) => ({ source: `Outlet ${at}`, url: '' }));
    const lines = renderStory({ ...bare, title: long, summary: long, source: long, also }, plain, present);
    expect(lines.length).toBeLessThan(45);
    expect(lines.join('\n')).toContain('and 292 more');
  });

  test('in any script keeps within the width, and no text of it drives the terminal', () => {
    const piece = fc.constantFrom(
      '\u001B[31m',
      '\u001B]8;;https://evil.example\u0007',
      '\u009B2J',
      '\u202E',
      '\r',
      '\n',
      '\u0007',
      '\u001B\\',
      '日本',
      '한국 ',
      '👩‍👩‍👧',
      'word ',
      '<@U1>',
      '@everyone ',
      'e\u0301',
    );
    const text = fc.string({ unit: piece, maxLength: 30 });
    const spans = fc.array(
      fc.record({ field: fc.constantFrom('title' as const, 'summary' as const), start: fc.nat(40), end: fc.nat(60) }),
      { maxLength: 4 },
    );
    const card = fc.record({ title: text, summary: text, source: text, url: text, published: text, spans });
    fc.assert(
      fc.property(card, fc.boolean(), (given, color) => {
        const surface = { columns: 40, color, hyperlinks: color };
        const all = { ...given, url: `https://news.example/${given.url}`, matched: [{ id: 1, name: given.title }] };
        const lines = renderMessage({ kind: 'digest', heading: given.title, cards: [all] }, '1', surface, present);
        expect(withoutEscapes(lines)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
        const wide = lines.split('\n').filter((line) => stringWidth(line) > 40 && !line.includes('https://'));
        expect(wide).toEqual([]);
      }),
    );
  });
});

describe('later coverage', () => {
  const later = { ...bare, title: 'Shares must go', url: 'https://www.wire.example/7', source: 'Wire' };

  test('shows the true host where its title is the link', () => {
    const linked = renderLater(later, '3', { ...plain, hyperlinks: true });
    expect(withoutEscapes(linked)).toBe('↳ also Wire, wire.example: Shares must go (story 3)');
    expect(linked).toContain('https://www.wire.example/7');
  });

  test('whose title reads like an address is no link', () => {
    const surface = { ...plain, hyperlinks: true };
    expect(renderLater({ ...later, title: 'https://bank.example' }, '3', surface).split('\n')).toEqual([
      '↳ also Wire: https://bank.example (story 3)',
      '  https://www.wire.example/7',
    ]);
  });
});

describe('a message', () => {
  test('of several stories has its heading, the stories apart, and one hint', () => {
    const two = { kind: 'digest' as const, heading: '2 stories since 08:00', cards: [bare, bare] };
    expect(renderMessage(two, '5', plain, present)).toBe(
      '2 stories since 08:00\n\n● Title\n\n● Title\n\n  why? /news why 5',
    );
  });

  test('of the program itself is a sentence', () => {
    const notice = { kind: 'notice' as const, heading: 'The feed has failed for a day.', cards: [] };
    expect(renderMessage(notice, '5', plain, present)).toBe('! The feed has failed for a day.');
  });
});

/** Our own sequences taken out: styles and links that are whole. What is left must be text. */
function withoutEscapes(text: string): string {
  return text.replace(/\u001B\[[\d;]*m|\u001B\]8;;[\u0021-\u007E]*?\u001B\\/g, '');
}
