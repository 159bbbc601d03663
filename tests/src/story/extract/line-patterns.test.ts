import { describe, expect, test } from 'vitest';
import { isDateLine, isLabelledDateLine } from '../../../../src/story/extract/date-lines.ts';
import {
  isAppeal,
  isByline,
  isCredit,
  isFiledUnder,
  isFurniture,
  isPaywall,
  isPointer,
  isRelatedLabel,
  isReporting,
} from '../../../../src/story/extract/line-patterns.ts';

const PROSE = [
  'Advertisement spending fell by a third last year.',
  'Share prices rose in early trading on Monday.',
  'Comments by the minister angered the unions.',
  'Read my lips, the candidate said, and they did.',
  'Follow the money was his advice to every young reporter.',
  'Photo: the word stood on every wall, and nobody knew who had painted it there during the night before the vote was held.',
  'Related costs will be borne by the town.',
  'Sign up was the last thing on her mind.',
  'More than forty people were hurt.',
  'On Tuesday 12 people died.',
  'May 5 was a quiet day in the capital.',
  'Di 10-14',
  '12:30 Uhr',
  '10 p.m.',
  'Getty Images sued the company over twelve million pictures.',
  'By Friday the water had gone.',
  'Von den Kosten trägt die Stadt ein Drittel.',
  'Anzeige erstattete der Vater noch am selben Tag.',
  'Mehr als vierzig Menschen wurden verletzt.',
  'Tags darauf war alles vorbei.',
  'Bild und Ton waren nicht synchron.',
  'The trial period has ended for the new buses.',
];

describe('prose that only looks like the page speaking', () => {
  const rules = {
    isAppeal,
    isByline,
    isCredit,
    isDateLine,
    isFiledUnder,
    isFurniture,
    isPaywall,
    isPointer,
    isRelatedLabel,
    isReporting,
  };
  test.each(PROSE)('%s', (text) => {
    const hits = Object.entries(rules).filter(([, rule]) => rule(text));
    expect(hits.map(([name]) => name)).toEqual([]);
  });
});

describe('the page speaking', () => {
  test.each([
    'Advertisement',
    'ADVERT',
    'Anzeige',
    'Werbung',
    'Publicité',
    'реклама',
    'Continue reading below',
    'Weiterlesen …',
    'Share on Facebook',
    'Auf Facebook teilen',
    'Comments',
    '12 Kommentare'.slice(3),
    'Leave a comment',
    'Skip to content',
    'Image 3 of 12',
    'This slideshow requires JavaScript.',
    'Zum Inhalt springen',
    'You have {{count}} free articles left',
    '[button link="https://a.example" size="big"] Buy now',
    'ArrowIcon MenuIcon SearchIcon Twitter',
  ])('furniture: %s', (text) => expect(isFurniture(text)).toBe(true));

  test.each([
    'You may also like...',
    'Related articles',
    'Mehr zum Thema',
    'Lesen Sie auch:',
    'Das könnte Sie auch interessieren',
    "DON'T MISS",
    'À lire aussi',
    'Читайте также',
    'Leia também',
    'Sponsored Content',
  ])('label: %s', (text) => expect(isRelatedLabel(text)).toBe(true));

  test.each([
    'Read more: Ten walks along the coast',
    'SEE ALSO: The lighthouse',
    'Lesen Sie auch: Der Leuchtturm',
    'Click here to subscribe',
    'Get the Post app',
    'Follow us on Twitter.',
    'Follow The Post on Instagram, Facebook and YouTube.',
    'Sign up for our morning newsletter',
    'Have a tip? Write to us.',
  ])('pointer: %s', (text) => expect(isPointer(text)).toBe(true));

  test.each([
    'Photo: T. Okafor',
    '© Reuters',
    'Foto: dpa',
    'Bild: Anna Berg',
    'T. Okafor | Bloomberg | Getty Images',
    'The bridge on Tuesday. (AP Photo/T. Okafor, File)',
    'Image copyright Getty Images',
    'Ministers met in Oslo.   © Kyodo',
  ])('credit: %s', (text) => expect(isCredit(text)).toBe(true));

  test.each([
    'Updated 7:12 pm EST, Friday, June 7, 2024',
    'terça-feira, 4 de junho de 2024 às 18:05',
    'Sat 8 Jun 2024 07.21 GMT',
    '05.03.2024, 10:45 Uhr',
    'Dienstag, 5. März 2024',
    'Published 2 days ago',
    '2024年3月5日 10時45分',
    '7 июня 2024 в 10:45',
  ])('date: %s', (text) => expect(isDateLine(text)).toBe(true));

  test.each([
    ['Updated at 4:40 p.m.', true],
    ['Stand: 05.03.2024', true],
    ['10 p.m.', false],
    ['March 2024', false],
  ])('labelled date: %s', (text, expected) => expect(isLabelledDateLine(text)).toBe(expected));

  test.each([
    'Filed under: Politics, Law',
    'Tags: harbour, bridge',
    'Schlagwörter: Hafen',
    'Posted in News'.replace(' News', ': News'),
  ])('tags: %s', (text) => expect(isFiledUnder(text)).toBe(true));

  test.each(['By Marta Lindqvist', 'Von Anna Berg', 'Por Inês Duarte'])('byline: %s', (text) =>
    expect(isByline(text)).toBe(true),
  );

  test.each([
    '(Reporting by Ann Li; Editing by Bo Ek)',
    'Ann Li contributed reporting from Oslo.',
    'Additional reporting by Bo Ek',
  ])('reporting: %s', (text) => expect(isReporting(text)).toBe(true));

  test.each([
    'Your trial period has expired',
    'Try 2 months for $5',
    'You need a subscription to...',
    'Subscribe to continue reading',
  ])('paywall: %s', (text) => expect(isPaywall(text)).toBe(true));
});
