import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderAnswer } from '../../../../adapters/chat/discord/answer.ts';
import { renderForm } from '../../../../adapters/chat/discord/form.ts';
import { renderMessage } from '../../../../adapters/chat/discord/render.ts';
import {
  card,
  type Action,
  type Card,
  type Field,
  type Form,
  type Inline,
  type Row,
} from '../../../../src/commands/card.ts';
import type { StoryCard } from '../../../../src/delivery/card.ts';
import { createCheck } from '../../../servers/discord/check.ts';
import { checkModal } from '../../../servers/discord/component-check.ts';
import { hostileTexts } from './hostile.ts';
import { readMarkup } from './markup.ts';
import { refusalsOf } from './refusals.ts';

const text = fc.oneof(
  fc.constantFrom(...hostileTexts.map(([, hostile]) => hostile)),
  fc
    .tuple(fc.constantFrom(...hostileTexts.map(([, hostile]) => hostile)), fc.integer({ min: 1, max: 300 }))
    .map(([hostile, times]) => hostile.repeat(times)),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom('*', '_', '\\', '`', '[', ']', '(', ')', '<', '@', '#', ' ', '\n', '-', '1', '.', '😀'),
    maxLength: 60,
  }),
);
const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  text.map((part) => `https://news.example/?q=${part}`),
  text,
);
const span = fc
  .tuple(fc.nat(500), fc.integer({ min: 1, max: 30 }))
  .map(([start, length]) => ({ field: 'summary' as const, start, end: start + length }));

const story: fc.Arbitrary<StoryCard> = fc.record({
  title: text,
  summary: text,
  url,
  source: text,
  published: fc.oneof(fc.constant('2026-03-01T08:00:00Z'), text),
  storyId: fc.constantFrom('0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210'),
  groupId: fc.constant('0123456789abcdef0123456789abcdef'),
  spans: fc.array(span, { maxLength: 6 }),
  also: fc.array(fc.record({ source: text, url }), { maxLength: 12 }),
  matched: fc.array(fc.record({ id: fc.nat(1e9), name: text }), { maxLength: 5 }),
});

const inline: fc.Arbitrary<Inline> = fc.oneof(
  text,
  fc.record({ bold: text }),
  fc.record({ code: text }),
  fc.record({ link: text, url }),
  fc.record({ time: fc.integer({ min: 0, max: 4e12 }) }),
);
const lines = fc.array(fc.array(inline, { maxLength: 6 }), { maxLength: 8 });
const action: fc.Arbitrary<Action> = fc.record({
  label: text,
  command: text,
  style: fc.constantFrom('plain', 'primary', 'danger'),
});
const row: fc.Arbitrary<Row> = fc.record({ lines, actions: fc.array(action, { maxLength: 4 }) });
const field: fc.Arbitrary<Field> = fc.record({
  name: fc.constantFrom('query', 'name', 'when', 'to', 'quiet', 'language'),
  label: text,
  value: text,
  hint: text,
  optional: fc.boolean(),
});
const form: fc.Arbitrary<Form> = fc.record({
  title: text,
  command: text,
  fields: fc.uniqueArray(field, { selector: ({ name }) => name, minLength: 1, maxLength: 6 }),
});
const answer: fc.Arbitrary<Card> = fc.record(
  {
    tone: fc.constantFrom('plain', 'good', 'warning', 'error'),
    title: text,
    lines,
    rows: fc.array(row, { maxLength: 30 }),
    stories: fc.array(story, { maxLength: 6 }),
    actions: fc.array(action, { maxLength: 30 }),
    form,
  },
  { requiredKeys: ['tone', 'title', 'lines', 'rows', 'stories', 'actions'] },
);

/** What fails is told as it came: making such cards smaller takes longer than reading them. */
const runs = { numRuns: 60, endOnFailure: true };

/** What is live in it besides the program's own marks. */
function strangeIn(markup: string): readonly string[] {
  const own = ['bold', 'link', 'code', 'time', 'bracketed address'];
  return readMarkup(markup)
    .live.filter(({ kind }) => !own.includes(kind))
    .map(({ kind, text: part }) => `${kind}: ${part}`);
}

describe('whatever is to be said, Discord takes it', () => {
  test('stories', () => {
    fc.assert(
      fc.property(text, fc.array(story, { minLength: 1, maxLength: 15 }), (heading, cards) => {
        const payloads = renderMessage({ kind: 'digest', heading, cards });
        for (const { allowedMentions, ...body } of payloads) {
          expect(refusalsOf({ ...body, allowed_mentions: allowedMentions })).toEqual([]);
          expect(strangeIn(body.content ?? '')).toEqual([]);
          for (const embed of body.embeds) {
            expect(strangeIn(embed.title ?? '')).toEqual([]);
            expect(strangeIn(embed.description ?? '')).toEqual([]);
          }
        }
        expect(payloads.flatMap(({ embeds }) => embeds)).toHaveLength(cards.length);
      }),
      runs,
    );
  });

  test('answers', () => {
    fc.assert(
      fc.property(answer, (said) => {
        for (const { embeds, components } of renderAnswer(said).messages) {
          expect(refusalsOf({ embeds, components, allowed_mentions: { parse: [] } })).toEqual([]);
          for (const embed of embeds) {
            expect(strangeIn(embed.title ?? '')).toEqual([]);
            expect(strangeIn(embed.description ?? '')).toEqual([]);
          }
        }
      }),
      runs,
    );
  });

  test('forms', () => {
    fc.assert(
      fc.property(form, (asked) => {
        const check = createCheck();
        checkModal(check, [], { ...renderForm(asked).modal });
        expect(check.findings).toEqual([]);
      }),
      runs,
    );
  });
});

describe('a line', () => {
  const shown = (line: Card['lines'][number]): string => {
    const [message] = renderAnswer(card({ lines: [line] })).messages;
    return message?.embeds[0]?.description ?? '';
  };

  test('keeps marked pieces apart', () => {
    const { live, shown: seen } = readMarkup(shown([{ bold: 'a' }, { bold: 'b' }, { code: 'c' }, { code: 'd' }]));
    expect(live.map(({ kind }) => kind)).toEqual(['bold', 'bold', 'code', 'code']);
    expect(seen).toBe('a b `c` `d`');
  });

  test('marks nothing where nothing is to be seen', () => {
    expect(shown(['a', { bold: ' \u202e' }, { code: '\u200b' }, 'b'])).toBe('ab');
  });

  test('shows the address of a link without a label', () => {
    expect(shown([{ link: ' ', url: 'https://news.example/a' }])).toBe('<https://news.example/a>');
  });

  test('is one line in the label of a link', () => {
    expect(shown([{ link: 'one\ntwo', url: 'https://news.example/a' }])).toBe('[one two](https://news.example/a)');
  });
});
