import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOUR, openBench, rss, type Bench, type Item } from './in-process.ts';

const FERRY = {
  title: 'Ferry Aurelia runs aground off Lindholm with 214 aboard',
  text:
    'The passenger ferry Aurelia struck a reef near Lindholm island before dawn on Tuesday. Coast guard boats took all 214 ' +
    'passengers ashore, and the captain Henrik Vossberg said a failed rudder had left the ship drifting in heavy swell.',
};
const COPY = { title: `${FERRY.title} - Tidewater Post`, text: `${FERRY.text} Tidewater Post.` };
const REPORT = {
  title: 'All passengers rescued after ferry Aurelia hits reef near Lindholm',
  text:
    'Rescuers brought 214 people to Lindholm after the ferry Aurelia hit a reef in high seas. A rudder fault is suspected, ' +
    'according to its captain, Henrik Vossberg.',
};
const OTHER = {
  title: 'Ferry line to Corvo sold to a choir for one crown',
  text: 'The choir wants to sing on the crossing, whose echo is said to last eleven seconds on calm summer mornings.',
};

let bench: Bench;
beforeEach(async () => {
  bench = await openBench(['/harbour', '/tide', '/rhein'], 'ferry', { NEWSHOUND_ARTICLES_FETCH: 'false' });
  for (const path of ['/harbour', '/tide', '/rhein']) bench.server.on(path, rss([], path.slice(1)));
  await bench.look();
});
afterEach(async () => bench.close());

/** An hour later this feed holds this one item. */
async function serve(path: string, item: Item): Promise<void> {
  bench.advance(HOUR);
  bench.server.on(path, rss([{ at: bench.now(), ...item }], path.slice(1)));
  await bench.look();
}

function said(): string[] {
  return bench.said.map(({ kind, cards }) => `${kind}: ${cards[0]?.title}`);
}

test('the same item in another feed is silent', async () => {
  await serve('/harbour', { ...FERRY, link: 'https://harbour.example/ferry?utm_source=rss' });
  await serve('/tide', { ...FERRY, link: 'http://www.harbour.example/ferry/', guid: 'x' });
  expect(said()).toEqual([`alert: ${FERRY.title}`]);
});

test('the same text elsewhere adds its outlet to the message that stands', async () => {
  await serve('/harbour', { ...FERRY, link: 'https://harbour.example/ferry' });
  await serve('/tide', { ...COPY, link: 'https://tide.example/wire/7' });
  expect(said()).toEqual([`alert: ${FERRY.title}`, `edit: ${FERRY.title}`]);
  expect(bench.said.at(-1)?.cards[0]?.also).toEqual([{ source: 'tide', url: 'https://tide.example/wire/7' }]);
});

test('another report of the same event goes under the message, and is not dropped', async () => {
  await serve('/harbour', { ...FERRY, link: 'https://harbour.example/ferry' });
  await serve('/rhein', { ...REPORT, link: 'https://rhein.example/aurelia' });
  expect(said()).toEqual([`alert: ${FERRY.title}`, `also: ${REPORT.title}`]);
});

test('another event is another message', async () => {
  await serve('/harbour', { ...FERRY, link: 'https://harbour.example/ferry' });
  await serve('/tide', { ...OTHER, link: 'https://tide.example/choir' });
  expect(said()).toEqual([`alert: ${FERRY.title}`, `alert: ${OTHER.title}`]);
});

test('a report of an event whose first report nobody asked for is a message of its own', async () => {
  await serve('/harbour', {
    title: 'Aurelia runs aground off Lindholm with 214 aboard',
    text: FERRY.text.replace('ferry Aurelia', 'ship Aurelia'),
    link: 'https://harbour.example/ship',
  });
  expect(said()).toEqual([]);
  await serve('/rhein', { ...REPORT, link: 'https://rhein.example/aurelia' });
  expect(said()).toEqual([`alert: ${REPORT.title}`]);
});

test('a later report after three days is a message of its own', async () => {
  await serve('/harbour', { ...FERRY, link: 'https://harbour.example/ferry' });
  bench.advance(73 * HOUR);
  await serve('/rhein', { ...REPORT, link: 'https://rhein.example/aurelia' });
  expect(said()).toEqual([`alert: ${FERRY.title}`, `alert: ${REPORT.title}`]);
});
