import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digest } from '../../src/story/identity.ts';
import { DAY, HOUR, openBench, rss, type Bench, type Item } from './in-process.ts';

/** Ten stories about lighthouses that have nothing else in common. */
const SUBJECTS = [
  'Keeper of Brandhoek lighthouse retires after forty winters alone',
  'Council sells Tarnow lighthouse to a choir for one crown',
  'Divers recover the bell of the sunken lighthouse tender Aurelia',
  'Storm topples scaffolding around the Lindholm lighthouse lantern',
  'Painter finds lost fresco beneath whitewash of Wexmoor lighthouse',
  'Schoolchildren in Ostrava build a lighthouse from milk cartons',
  'Court rules that the Halden lighthouse belongs to three villages',
  'Whale strands below Corvo lighthouse and swims free at midnight',
  'Engineer proposes a lighthouse run by tidal current off Jura',
  'Film crew refused entry to Pellinki lighthouse during nesting',
];
const TEXTS = [
  'Forty winters of logs, kept in pencil, now go to the maritime museum together with a brass telescope and two cats.',
  'The choir wants to sing in the stairwell, whose echo lasts eleven seconds; repairs will cost half a million.',
  'It weighs ninety kilograms and bears the year 1871, and the divers needed four dives and a borrowed crane.',
  'Gusts of 130 kilometres an hour were measured before the anemometer itself was carried off towards the pier.',
  'Beneath five coats of lime a procession of fishermen appeared, painted by an unknown hand about 1640.',
  'Twelve thousand cartons were washed, folded and glued by two hundred pupils over a single autumn term.',
  'Each village is to paint one third of the tower, and the judge has forbidden them to use different reds.',
  'Volunteers poured sea water over the animal for nine hours until the tide lifted it from the shingle.',
  'The turbine would sit on the old anchor blocks and light the lamp for a tenth of what diesel costs today.',
  'Arctic terns attack whatever comes near, the warden explained, and a helmet does not impress them at all.',
];

let bench: Bench;
beforeEach(async () => {
  bench = await openBench(['/feed'], 'lighthouse', { NEWSHOUND_ARTICLES_FETCH: 'false' });
});
afterEach(async () => bench.close());

function item(number: number, changes: Partial<Item> = {}): Item {
  return {
    title: SUBJECTS[number] ?? '',
    text: TEXTS[number] ?? '',
    link: `https://harbour.example/story/${number}`,
    guid: `harbour-${number}`,
    at: bench.now() - HOUR,
    ...changes,
  };
}

/** An hour later the feed holds these items; the program looks at it. */
async function serve(...items: readonly Item[]): Promise<void> {
  bench.server.on('/feed', rss(items));
  bench.advance(HOUR);
  await bench.look();
}

/** The feed is known and holds the first three stories, of which nothing is told. */
async function learn(): Promise<readonly Item[]> {
  const items = [item(2), item(1), item(0)];
  await serve(...items);
  expect(bench.said).toEqual([]);
  return items;
}

/** How many times each thing was said, by its kind. */
function kinds(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of bench.said) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe('a guid that changes', () => {
  test('at the same link makes nothing new', async () => {
    const old = await learn();
    await serve(item(3), ...old);
    await serve(item(3, { guid: 'moved-3' }), ...[2, 1, 0].map((n) => item(n, { guid: `moved-${n}` })));
    await serve(item(4, { guid: 'moved-4' }), item(3, { guid: 'moved-3' }));
    expect(bench.titles()).toEqual([SUBJECTS[3], SUBJECTS[4]]);
  });

  test('at every look, as where it is made from the clock, is no longer believed', async () => {
    const at = (look: number) => [0, 1, 2, 3, 4, 5].map((n) => item(n, { guid: `${look}-${n}` }));
    for (let look = 0; look < 4; look++) await serve(...at(look));
    expect(bench.said).toEqual([]);
    await serve(item(6, { guid: '9-6' }), ...at(9));
    expect(bench.titles()).toEqual([SUBJECTS[6]]);
  });

  test('together with the link makes nothing new while the text is the same', async () => {
    const old = await learn();
    await serve(item(3), ...old);
    await serve(item(3, { guid: 'other', link: 'https://harbour.example/2026/05/again' }), ...old);
    expect(bench.titles()).toEqual([SUBJECTS[3]]);
  });
});

describe('a guid that is used again', () => {
  test('for another story at another link is a new story', async () => {
    const old = await learn();
    await serve(item(3, { guid: 'top' }), ...old);
    await serve(item(4, { guid: 'top', at: bench.now() }), ...old);
    await serve(item(5, { guid: 'top', at: bench.now() }), ...old);
    expect(bench.titles()).toEqual([SUBJECTS[3], SUBJECTS[4], SUBJECTS[5]]);
  });

  test('by whatever stands in the same place of the document is no longer believed', async () => {
    const placed = (...numbers: readonly number[]) =>
      numbers.map((number, place) => {
        const { at: _, ...undated } = item(number, { guid: `place-${place}` });
        return undated;
      });
    await serve(...placed(5, 4, 3, 2, 1, 0));
    await serve(...placed(6, 5, 4, 3, 2, 1));
    await serve(...placed(8, 7, 6, 5, 4, 3));
    expect(bench.titles()).toEqual([SUBJECTS[6], SUBJECTS[7], SUBJECTS[8]]);
  });

  test('within one document hides none of its stories', async () => {
    await learn();
    await serve(...[3, 4, 5].map((n) => item(n, { guid: 'same for all' })));
    expect(new Set(bench.titles())).toEqual(new Set([SUBJECTS[3], SUBJECTS[4], SUBJECTS[5]]));
    expect(bench.titles()).toHaveLength(3);
  });
});

describe('a title that is edited', () => {
  test('changes the posted message and alerts nobody again', async () => {
    const old = await learn();
    await serve(item(3), ...old);
    const title = 'Storm topples scaffolding around the Lindholm lighthouse, nobody hurt';
    await serve(item(3, { title }), ...old);
    await serve(item(3, { title }), ...old);
    expect(bench.titles()).toEqual([SUBJECTS[3]]);
    expect(kinds()).toEqual({ alert: 1, edit: 1 });
    expect(bench.said.at(-1)?.cards[0]?.title).toBe(title);
  });

  test('more than a day later changes nothing', async () => {
    const old = await learn();
    await serve(item(3), ...old);
    bench.advance(25 * HOUR);
    await serve(item(3, { title: 'Lindholm lighthouse lantern is repaired at last' }), ...old);
    expect(kinds()).toEqual({ alert: 1 });
  });

  test('into what a subscription asks for does not alert either', async () => {
    const old = await learn();
    const plain = {
      title: 'Old tower sold to a choir for one crown',
      guid: 'g',
      link: 'https://harbour.example/tower',
    };
    await serve(item(3, plain), ...old);
    await serve(item(3, { ...plain, title: 'Old lighthouse sold to a choir for one crown' }), ...old);
    expect(bench.titles()).toEqual([]);
  });
});

test('an item that is dated anew stays known', async () => {
  const old = await learn();
  await serve(item(3), ...old);
  for (let look = 0; look < 3; look++) {
    const at = bench.now() + HOUR;
    await serve(item(3, { at }), ...[2, 1, 0].map((n) => item(n, { at })));
  }
  expect(kinds()).toEqual({ alert: 1 });
});

test('an item that falls out of its feed and returns stays known', async () => {
  const old = await learn();
  await serve(item(3), ...old);
  for (let day = 0; day < 40; day += 8) {
    bench.advance(8 * DAY);
    await serve(item(5, { at: bench.now() - 30 * DAY }));
  }
  await serve(item(3, { at: bench.now() }), ...old);
  expect(bench.titles()).toEqual([SUBJECTS[3]]);
});

test('an item that stays in its feed is known for longer than keys are kept', async () => {
  const old = await learn();
  await serve(item(3), ...old);
  for (let week = 0; week < 9; week++) {
    bench.advance(7 * DAY);
    await serve(item(3), ...old);
    await bench.store.sweep(bench.now(), {
      seenMs: 45 * DAY,
      archiveMs: 14 * DAY,
      settledMs: 14 * DAY,
      removedMs: DAY,
    });
  }
  await serve(item(3, { at: bench.now() }), ...old);
  expect(bench.titles()).toEqual([SUBJECTS[3]]);
});

describe('two subscriptions in one place', () => {
  test('are told of a story in one message that names both', async () => {
    await bench.subscribe('lindholm');
    const old = await learn();
    await serve(item(3), ...old);
    expect(bench.titles()).toEqual([SUBJECTS[3]]);
    expect(bench.said[0]?.cards[0]?.matched?.map(({ name }) => name)).toEqual(['lighthouse', 'lindholm']);
  });

  test('of which one was made later do not hear of a story again', async () => {
    const old = await learn();
    await serve(item(3), ...old);
    await bench.subscribe('lindholm');
    await serve(item(3), ...old);
    await serve(item(4), item(3, { guid: 'again' }), ...old);
    expect(bench.titles()).toEqual([SUBJECTS[3], SUBJECTS[4]]);
  });
});

describe('the first document', () => {
  test('is learnt and nothing of it is told', async () => {
    await serve(...SUBJECTS.map((_, i) => item(i)));
    await serve(...SUBJECTS.map((_, i) => item(i)));
    expect(bench.said).toEqual([]);
  });

  test('tells what is young enough where the host asks for that', async () => {
    await bench.close();
    bench = await openBench(['/feed'], 'lighthouse', {
      NEWSHOUND_ARTICLES_FETCH: 'false',
      NEWSHOUND_STORIES_ANNOUNCE_FIRST_POLL_MINUTES: '180',
    });
    await serve(item(0), item(1, { at: bench.now() - 5 * HOUR }));
    expect(bench.titles()).toEqual([SUBJECTS[0]]);
  });

  test('of a feed that suddenly holds other stories only is told in five alerts and one line', async () => {
    await learn();
    const many = Array.from({ length: 30 }, (_, i) => ({
      ...item(0),
      title: `Lighthouse ${words(i, 4)}`,
      text: `${words(i + 100, 16)}.`,
      link: `https://harbour.example/list/${i}`,
      guid: `list-${i}`,
      at: bench.now() - i * 60_000,
    }));
    await serve(...many);
    const alone = bench.said.filter(({ kind }) => kind === 'alert');
    expect(alone.map(({ cards }) => cards[0]?.title)).toEqual(
      many
        .slice(0, 5)
        .map(({ title }) => title)
        .toReversed(),
    );
    expect(kinds()).toEqual({ alert: 5, notice: 1 });
    await serve(...many);
    expect(kinds()).toEqual({ alert: 5, notice: 1 });
  });
});

/** Words that no other number has, so that no two stories are taken for one event. */
function words(number: number, count: number): string {
  return Array.from({ length: count }, (_, i) =>
    digest(String(number), String(i)).replaceAll(/\d/gu, (digit) => 'ghijklmnop'.charAt(Number(digit))),
  ).join(' ');
}

describe('a feed that moves', () => {
  test('to another host with all its links makes nothing new', async () => {
    const old = await learn();
    await serve(item(3), ...old);
    const moved = (one: Item): Item => ({
      ...one,
      link: one.link?.replace('harbour.example', 'www.harbourtimes.example') ?? '',
    });
    await serve(...[item(4), item(3), ...old].map(moved));
    expect(bench.titles()).toEqual([SUBJECTS[3], SUBJECTS[4]]);
  });

  test('with guids that are its links makes nothing new while the texts are the same', async () => {
    const linked = (host: string) => (one: Item) => {
      const link = `${host}${new URL(one.link ?? '').pathname}`;
      return { ...one, link, guid: link };
    };
    await serve(...[item(2), item(1), item(0)].map(linked('https://harbour.example')));
    await serve(...[item(3), item(2), item(1), item(0)].map(linked('https://harbour.example')));
    await serve(...[item(4), item(3), item(2), item(1), item(0)].map(linked('https://news.harbourtimes.example')));
    expect(bench.titles()).toEqual([SUBJECTS[3], SUBJECTS[4]]);
  });

  test('to another address by a permanent redirect keeps what it knew', async () => {
    const old = await learn();
    await serve(item(3), ...old);
    bench.server.on('/feed', { kind: 'answer', status: 301, headers: { location: '/new-feed' } });
    bench.server.on('/new-feed', rss([item(4), item(3), ...old]));
    for (let day = 0; day < 5; day++) {
      bench.advance(DAY);
      await bench.look();
    }
    const [known] = await bench.store.listFeeds('', 10);
    expect(known?.feed.url).toBe(`${bench.server.origin}/new-feed`);
    expect(bench.titles()).toEqual([SUBJECTS[3], SUBJECTS[4]]);
  });
});

test('a date in the future is taken for now, and the story is told once', async () => {
  const old = await learn();
  const future = item(3, { at: bench.now() + 90 * DAY });
  await serve(future, ...old);
  await serve(future, ...old);
  await serve(item(4), future, ...old);
  expect(bench.titles()).toEqual([SUBJECTS[3], SUBJECTS[4]]);
  const [sent] = bench.said;
  const [entry] = await bench.store.getStories([sent?.cards[0]?.storyId ?? '']);
  expect(entry?.story.effective).toBe(entry?.story.firstSeen);
});

describe('an item that is dated back', () => {
  test('by hours or days is told', async () => {
    const old = await learn();
    await serve(item(3, { at: bench.now() - 5 * HOUR }), ...old);
    await serve(...old, item(4, { at: bench.now() - 6 * DAY }));
    expect(bench.titles()).toEqual([SUBJECTS[3], SUBJECTS[4]]);
  });

  test('by more than a week is learnt and not told, even when it is dated anew', async () => {
    const old = await learn();
    await serve(item(3, { at: bench.now() - 8 * DAY }), ...old);
    await serve(item(3, { at: bench.now() }), ...old);
    expect(bench.said).toEqual([]);
  });

  test('without any date is told', async () => {
    const old = await learn();
    const { at: _, ...undated } = item(3);
    await serve(undated, ...old);
    expect(bench.titles()).toEqual([SUBJECTS[3]]);
  });
});
