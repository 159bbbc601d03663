import { describe, expect, test } from 'vitest';
import type { Card, Inline } from '../../../src/commands/card.ts';
import type { Speaker } from '../../../src/commands/request.ts';
import { commandTable } from '../../../src/commands/table.ts';
import { wordsFor, type Words } from '../../../src/commands/words/words.ts';
import { reasons } from '../../../src/delivery/reasons.ts';
import { languages } from '../../../src/languages.ts';
import { parseQuery, type QueryReading } from '../../../src/subscription/query.ts';
import { readBack } from '../../../src/subscription/read-back.ts';
import { parseQuiet, parseWhen } from '../../../src/subscription/when.ts';
import { HOUR_MS } from '../delivery/office.ts';
import { bob, boss, openPlace, textOf, type Place } from './place.ts';

const others = languages.filter((language) => language !== 'en');

const ferry = { title: 'Ferry line reopens after storm', summary: 'The harbour ferry runs again after long repairs.' };

/** Words that English sentences have some of, and those of the other languages none. */
const english =
  /\b(?:[Tt]he|[Ii]s|are|[Tt]hat|[Tt]his|which|[Tt]here|have|had|[Yy]ou|[Yy]our|from|with|and|or|stories|[Nn]othing|words?|removed|failing)\b/u;

/** A text without what was typed, stands in quotation marks or is the name of an outlet. */
function unquoted(text: string): string {
  return text.replaceAll(/“[^”]*”|„[^“]*“|«[^»]*»|「[^」]*」|‘[^’]*’|"[^"]*"|The Outlet/gu, '');
}

/** What stands for itself in every language: values and names as they are typed, and what tells one language from another. */
const sameEverywhere = new Set(['helpTitle', 'feedsAddExample', 'queryHint', 'whenHint', 'nameLabel', 'stateActive']);

/** The texts of a card that the program has words of its own for: no code, no titles of stories, no names. */
function ownTexts({ title, lines, rows, actions, form, fieldErrors = {} }: Card): string[] {
  const inline = (one: Inline): string[] => (typeof one === 'string' ? [one] : []);
  return [
    title,
    ...lines.flat().flatMap(inline),
    ...rows.flatMap((row) => row.lines.flat().flatMap(inline)),
    ...rows.flatMap((row) => row.actions.map(({ label }) => label)),
    ...actions.map(({ label }) => label),
    ...(form === undefined ? [] : [form.title, ...form.fields.flatMap(({ label, hint }) => [label, hint])]),
    ...Object.values(fieldErrors),
  ].filter((text) => text !== '' && !text.startsWith('/news '));
}

/** Says whatever there is to say to a place that has alerts and stories, right and wrong; all the answers. */
async function sayEverything(
  { say, publish, send, subscribe, clock }: Place,
  speaker: Partial<Speaker>,
): Promise<Card[]> {
  const answers: Card[] = [];
  const tell = async (said: string, who: Partial<Speaker> = {}, file = ''): Promise<Card> => {
    const answer = await say(said, { ...who, ...speaker }, file);
    answers.push(answer);
    return answer;
  };
  for (const said of ['', 'list', 'mine', 'search ferry', 'preview ferry', 'feeds', 'why m1']) await tell(said);
  await subscribe({ name: 'Boats', when: { kind: 'daily', at: '08:00' } });
  await subscribe({ query: 'ferry museum', when: { kind: 'weekly', day: 2, at: '09:30' } });
  await subscribe({ query: 'harbour' });
  const { story } = await publish(1, ferry);
  await send();
  clock.advance(HOUR_MS);
  for (const { name, options } of commandTable) {
    await tell(name);
    await tell(`${name} ${options.map(() => '1').join(' ')}`);
    await tell(`help ${name}`);
  }
  const preview = await tell('add nuclear OR fusion -weapon lang:fr --name Energy --when weekly Fri 07:15');
  for (const { command } of preview.actions) await tell(command);
  const whatElse = [
    'ad Japan',
    'xyzzy',
    'add Japan --whn daily',
    'settings --feeds nobody',
    'help nonsense',
    'add "open',
    'add ferry --when never',
    'edit 1 --quiet now',
    'pause 1 for ever',
    'pause 1 for 3h',
    'resume 1',
    'show 1',
    'edit 1',
    'edit 1 --name Ships',
    'remove 2',
    'undo 2',
    'undo 2',
    'show nine',
    'show 99',
    'search museum',
    'add harbour',
    'add ferry --to slack:T2:C1',
    `why ${story.id}`,
    'why https://unknown.example/1',
    `mute ${story.id}`,
    `why ${story.id}`,
    `unmute ${story.id}`,
    'preview the',
    'preview Japan',
    'preview 2026',
    'feeds add nonsense',
    'feeds remove nonsense',
    'import',
    'export',
    'feeds export',
    'list 7',
  ];
  for (const said of whatElse) await tell(said);
  await tell('pause 1', bob);
  await tell(`mute ${story.id}`, bob);
  await tell('settings --quiet 22:00-07:00');
  for (const said of ['settings --timezone Mars', 'settings --alerts managers', 'settings']) await tell(said, boss);
  await tell('add new', bob);
  const opml = '<opml version="2.0"><body><outline type="rss" text="A" xmlUrl="https://a.example/rss"/></body></opml>';
  await tell('feeds import', boss, opml);
  await tell('feeds import', boss, opml);
  await tell('feeds', boss);
  await tell('feeds remove https://a.example/rss', boss);
  await tell(
    'import',
    boss,
    JSON.stringify({ newshound: 1, subscriptions: [{ query: 'quay' }, { query: 'harbour' }] }),
  );
  await tell('import', boss, JSON.stringify({ newshound: 1, subscriptions: [{ query: '"open' }] }));
  return answers;
}

const wrongQueries = [
  '',
  'x '.repeat(400),
  '!!!',
  'the',
  '-war',
  'port NOT',
  '"port',
  '(port',
  'port)',
  'port ()',
  'port OR',
  'port OR -quay',
  'port NEAR quay',
  'port NEAR/3',
  'a1 NEAR/2 b1 NEAR/2 c1',
  'p*',
  'title:',
  'titel:port',
  'lang:german',
  'lang:qqqq',
  'https://a.example/b',
  `${'('.repeat(60)}port${')'.repeat(60)}`,
];
const doubtfulQueries = ['Japan', 'lang:fr', '2026', 'government', 'ab*', 'Japan or Korea', 'port -port'];
const readQueries = [
  'Japan South Korea',
  '"asset seizure" -weapon -war',
  'nuclear OR fusion',
  '=US electri*',
  'EU title:Tokyo',
  'trade NEAR/5 tariff',
  '"rate cut"~4',
  'source:bbc lang:fr',
  'source:bbc lang:fr budget',
  'lang:de OR lang:fr',
  '(a1 OR b1) c1',
  'title:(harbour "port")',
  'body:"quay"',
  'summary:quay',
];

function problemOf(reading: QueryReading, words: Words): string {
  return reading.ok ? '' : words.queries.problem(reading.error.problem);
}

describe.each(others)('in %s', (language) => {
  const words = wordsFor([language]);
  const reference = wordsFor(['en']);

  test('every command is answered, and nothing of it in English', async () => {
    const answers = await sayEverything(await openPlace(), { locale: `${language}-x` });
    const texts = answers.flatMap(ownTexts);
    expect(texts.length).toBeGreaterThan(400);
    expect(texts.filter((text) => english.test(unquoted(text)))).toEqual([]);
  });

  test('no text is the English one', () => {
    const same = (Object.keys(reference) as (keyof Words)[]).filter(
      (key) =>
        JSON.stringify(words[key]) !== undefined && JSON.stringify(words[key]) === JSON.stringify(reference[key]),
    );
    expect(same.filter((key) => !sameEverywhere.has(key))).toEqual([]);
    for (const part of ['summaries', 'optionHints', 'settingHints', 'refusals'] as const) {
      const english_ = Object.values<unknown>(reference[part]);
      expect(Object.keys(words[part])).toEqual(Object.keys(reference[part]));
      expect(Object.values<unknown>(words[part]).filter((text) => english_.includes(text))).toEqual([]);
    }
  });

  test('what is wrong with a query, doubtful in it or wrong with a time is said in it', () => {
    for (const text of wrongQueries) {
      const said = problemOf(parseQuery(text), words);
      expect(said).not.toBe('');
      expect(unquoted(said)).not.toMatch(english);
      expect(said).not.toBe(problemOf(parseQuery(text), reference));
    }
    for (const text of doubtfulQueries) {
      const read = parseQuery(text);
      const said = read.ok ? read.warnings.map(({ caution }) => words.queries.caution(caution)) : [];
      expect(said).toHaveLength(1);
      expect(unquoted(said[0] ?? '')).not.toMatch(english);
    }
    for (const read of [parseWhen('x'), parseWhen('daily 99'), parseWhen('weekly Nox'), parseQuiet('x')]) {
      const said = read.ok ? '' : words.queries.time(read.problem);
      expect(said).not.toBe('');
      expect(unquoted(said)).not.toMatch(english);
    }
  });

  test('why a feed cannot be read is said in it, and as it was given where there is no word for it', () => {
    for (const code of ['dns', 'timeout', 'tls', 'http_404', 'html_page', 'private_address']) {
      const said = words.feedReason(code, 'it failed');
      expect(said).not.toBe('it failed');
      expect(said).not.toMatch(english);
      expect(reference.feedReason(code, 'it failed')).toBe('it failed');
    }
    expect(words.feedReason('http_503', '')).toContain('503');
    expect(words.feedReason('constructor', 'it failed')).toBe('it failed');
  });

  test('why nothing can be posted is said in it, and as it was given where there is no word for it', () => {
    for (const reason of Object.values(reasons)) {
      const said = words.postReason(reason);
      expect(said).not.toBe(reason);
      expect(said).not.toMatch(english);
      expect(said.includes('/invite')).toBe(reason.includes('/invite'));
      expect(reference.postReason(reason)).toBe(reason);
    }
    expect(words.postReason('Discord says: no')).toBe('Discord says: no');
  });

  test('how a query was read is said in it, with every term', () => {
    for (const text of readQueries) {
      const read = parseQuery(text);
      const pieces = read.ok ? readBack(read.query, words.queries.reading) : [];
      const said = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.bold)).join('');
      const plain = pieces.filter((piece) => typeof piece === 'string').join(' ');
      expect(said).not.toBe('');
      expect(unquoted(plain)).not.toMatch(english);
      expect(said).not.toMatch(/ {2}|undefined/u);
      for (const term of text.match(/(?<=^|[\s":(])[a-zA-Z]{4,}[0-9]?(?=$|[\s")])/gu) ?? [])
        expect(said).toContain(term);
    }
  });
});

describe.each(languages)('what chats show fits their limits in %s', (language) => {
  const words = wordsFor([language]);

  test('as buttons, forms and fields', async () => {
    const answers = await sayEverything(await openPlace(), { locale: language });
    const labels = answers.flatMap(({ actions, rows }) => [...actions, ...rows.flatMap((row) => row.actions)]);
    const own = [words.read, words.why, words.muteStory, words.openForm, words.correctForm, words.change];
    expect([...labels.map(({ label }) => label), ...own].filter((label) => label.length > 75)).toEqual([]);
    const forms = answers.flatMap(({ form }) => form ?? []);
    expect(forms.length).toBeGreaterThan(3);
    const titles = [
      ...forms.map(({ title }) => title),
      words.editTitle(123_456),
      words.continueLabel,
      words.closeLabel,
    ];
    expect(titles.filter((title) => title.length > 24)).toEqual([]);
    const fields = forms.flatMap((form) => form.fields);
    expect([...fields.map(({ label }) => label), words.placeLabel].filter((label) => label.length > 45)).toEqual([]);
    expect(fields.map(({ hint }) => hint).filter((hint) => hint.length > 100)).toEqual([]);
  });

  test('as descriptions of commands', () => {
    const described = [...Object.values(words.summaries), ...Object.values(words.optionHints), words.rootSummary];
    expect(described.filter((text) => text.length > 100)).toEqual([]);
    expect(words.whyMenu.length).toBeLessThanOrEqual(32);
  });
});

describe('the language of an answer', () => {
  test('is the member’s own, and English where there are no words for it', async () => {
    const { say } = await openPlace();
    expect(textOf(await say('list', { locale: 'ja' }))).toContain('ここにはまだ通知がありません');
    expect(textOf(await say('list', { locale: 'de-AT' }))).toContain('Hier gibt es noch keine Alerts');
    expect(textOf(await say('list', { locale: 'pt-BR' }))).toContain('There are no alerts here yet');
    expect(textOf(await say('list', { locale: '' }))).toContain('There are no alerts here yet');
    expect(textOf(await say('list', { locale: 'constructor' }))).toContain('There are no alerts here yet');
  });

  test('is the place’s where it has set one, for mistakes too, until it is set back', async () => {
    const { say, store } = await openPlace();
    for (const reset of ['auto', '']) {
      await say('settings --language FR', boss);
      expect(textOf(await say('list', { locale: 'ja' }))).toContain('Il n’y a pas encore d’alerte ici');
      expect(textOf(await say('xyzzy', { locale: 'ja' }))).toContain('n’existe pas');
      await say(`settings --language ${reset}`, boss);
      expect(textOf(await say('list', { locale: 'ja' }))).toContain('ここにはまだ通知がありません');
      expect(await store.getDocument('place', 'slack:T1:C1')).toMatchObject({ language: null });
    }
  });

  test('can be each that there is and no other', async () => {
    const { say } = await openPlace();
    const shown = async (): Promise<string> => textOf(await say('settings', { locale: 'en' }));
    expect(await shown()).toContain('language auto');
    for (const language of languages) {
      await say(`settings --language ${language}`, boss);
      expect(await shown()).toContain(`language ${language}`);
    }
    expect(textOf(await say('settings --language pt', boss))).toContain('auto');
    expect(await shown()).toContain('language fr');
  });
});

describe('numbers', () => {
  test.each([
    { language: 'en', none: '0 alerts here', one: '1 alert here', many: '2 alerts here' },
    { language: 'fr', none: '0 alerte ici', one: '1 alerte ici', many: '2 alertes ici' },
    { language: 'es', none: '0 alertas aquí', one: '1 alerta aquí', many: '2 alertas aquí' },
    { language: 'de', none: '0 Alerts hier', one: '1 Alert hier', many: '2 Alerts hier' },
    { language: 'ja', none: 'ここの通知: 0件', one: 'ここの通知: 1件', many: 'ここの通知: 2件' },
    { language: 'ko', none: '이곳의 알림 0개', one: '이곳의 알림 1개', many: '이곳의 알림 2개' },
  ])('stand with the form of the noun that $language has for them', ({ language, none, one, many }) => {
    expect([0, 1, 2].map((alerts) => wordsFor([language]).listTitle(alerts))).toEqual([none, one, many]);
  });

  test('of hours and days are said as the language says them', () => {
    const inFrench = wordsFor(['fr']).wouldHaveFound;
    expect(inFrench(1, 0.01, 24)).toBe('1 article aurait été trouvé cette dernière heure.');
    expect(inFrench(8, 14, 0.57)).toBe('8 articles auraient été trouvés ces 14 derniers jours, environ 4 par semaine.');
    expect(wordsFor(['es']).wouldHaveFound(0, 0.25, 0)).toBe('No habría encontrado nada en las últimas 6 horas.');
    expect(wordsFor(['de']).wouldHaveFound(1, 1.2, 1)).toBe(
      'In den letzten 29 Stunden wäre 1 Meldung gefunden worden, etwa 1 am Tag.',
    );
  });
});
