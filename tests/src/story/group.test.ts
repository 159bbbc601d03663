import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGrouper } from '../../../src/story/group.ts';
import type { GrouperOptions } from '../../../src/story/group.ts';
import type { NewStory } from '../../../src/story/sameness/held.ts';

const NOON = Date.UTC(2026, 2, 1, 12);
const HOUR = 3_600_000;

function story(id: string, title: string, summary = '', more: Partial<NewStory> = {}): NewStory {
  return { id, title, summary, body: '', url: '', published: NOON, lang: 'en', ...more };
}

function groupsOf(stories: readonly NewStory[], options: GrouperOptions = {}): string[] {
  const grouper = createGrouper(options);
  return stories.map((each) => grouper.add(each));
}

const FERRY = story(
  'ferry-1',
  'Ferry Aurelia runs aground off Lindholm with 214 aboard',
  'The passenger ferry Aurelia struck a reef near Lindholm island before dawn on Tuesday. Coast guard boats took all 214 ' +
    'passengers ashore, and the captain Henrik Vossberg said a failed rudder had left the ship drifting in heavy swell.',
);
const FERRY_AGAIN = story(
  'ferry-2',
  'All passengers rescued after ferry Aurelia hits reef near Lindholm',
  'Rescuers brought 214 people to Lindholm after the ferry Aurelia hit a reef in high seas. A rudder fault is suspected, ' +
    'according to its captain, Henrik Vossberg.',
);
const BRIDGE = story(
  'bridge-1',
  'Tarnow council approves new cable bridge over the Wisla',
  'Councillors in Tarnow voted by 31 to 8 to build a cable-stayed bridge, ending a quarrel of eleven years about its cost ' +
    'and about the meadow that it will cross.',
);
const BRIDGE_AGAIN = story(
  'bridge-2',
  'After eleven years of quarrel Tarnow votes for its cable-stayed bridge',
  'The city council of Tarnow backed the bridge over the Wisla with 31 votes against 8; building is to begin in autumn.',
);
const LONG = Array.from(
  { length: 60 },
  (_, i) =>
    `Paragraph ${i} describes how the harbour of Lindholm handled crate number ${i * 17} on that windy morning.`,
).join(' ');

describe('reports of an event', () => {
  test('join the group of the first report, and other events do not', () => {
    expect(groupsOf([FERRY, BRIDGE, FERRY_AGAIN, BRIDGE_AGAIN])).toEqual([
      'ferry-1',
      'bridge-1',
      'ferry-1',
      'bridge-1',
    ]);
  });

  test('are told by tier and by the story they are like', () => {
    const grouper = createGrouper();
    grouper.add(FERRY);
    expect(grouper.find(FERRY_AGAIN)).toEqual({ groupId: 'ferry-1', tier: 'event', like: 'ferry-1' });
    expect(grouper.find(BRIDGE)).toBeNull();
  });

  test('stay apart when only copies are asked for', () => {
    expect(groupsOf([FERRY, FERRY_AGAIN], { sameEvent: false })).toEqual(['ferry-1', 'ferry-2']);
  });

  test.each([
    [
      'ja',
      [
        '北海道で震度5強の地震、津波の心配なし',
        '北海道東部で震度5強の地震があり、気象庁は津波の心配はないと発表した。',
      ],
      [
        '北海道東部で地震 震度5強を観測 気象庁「津波の心配なし」',
        '気象庁によると、北海道東部で震度5強を観測する地震があった。',
      ],
      ['新しい図書館が横浜に開館、初日に3千人', '横浜市に新しい図書館が開館し、初日は約3千人が訪れた。'],
    ],
    [
      'zh',
      [
        '青岛港集装箱码头发生火灾，无人伤亡',
        '青岛港一处集装箱码头周三凌晨发生火灾，消防人员两小时后将火扑灭，没有人员伤亡。',
      ],
      ['青岛港码头凌晨起火 消防两小时扑灭', '周三凌晨青岛港集装箱码头起火，所幸无人伤亡，起火原因正在调查。'],
      ['成都动物园迎来两只雪豹幼崽', '成都动物园的雪豹产下两只幼崽，预计下个月与游客见面。'],
    ],
    [
      'ko',
      [
        '부산 해운대 호텔에서 화재, 투숙객 120명 대피',
        '부산 해운대의 한 호텔에서 불이 나 투숙객 120명이 대피했다. 인명 피해는 없었다.',
      ],
      [
        '해운대 호텔 화재로 120명 긴급 대피',
        '부산 해운대 호텔에서 화재가 발생해 투숙객 120명이 긴급 대피했으나 다친 사람은 없었다.',
      ],
      ['제주 감귤 수출 사상 최대', '제주도의 감귤 수출이 올해 사상 최대를 기록했다고 도청이 밝혔다.'],
    ],
    [
      'ru',
      [
        'В Саратове открыли новый мост через Волгу',
        'Движение по новому мосту через Волгу в Саратове открыли в субботу утром.',
      ],
      [
        'Новый мост через Волгу открыт в Саратове',
        'По мосту в Саратове в субботу поехали первые машины, движение открыл губернатор.',
      ],
      [
        'Шахматистка из Казани выиграла турнир в Праге',
        'Казанская шахматистка победила на турнире в Праге, набрав восемь очков.',
      ],
    ],
  ])('are found in %s', (lang, first, second, other) => {
    const [a, b, c] = [first, second, other].map(([title = '', summary = ''], i) =>
      story(String(i), title, summary, { lang }),
    );
    expect(groupsOf([a!, c!, b!])).toEqual(['0', '2', '0']);
  });

  test('are found by their titles alone', () => {
    const titles = [FERRY, BRIDGE, FERRY_AGAIN, BRIDGE_AGAIN].map(({ id, title }) => story(id, title));
    expect(groupsOf(titles)).toEqual(['ferry-1', 'bridge-1', 'ferry-1', 'bridge-1']);
  });

  test('are found across languages by names and numbers', () => {
    const malay = story(
      'ferry-ms',
      'Feri Aurelia kandas dekat Lindholm, 214 penumpang selamat',
      'Kapten Henrik Vossberg berkata kemudi rosak menyebabkan feri Aurelia hanyut ke terumbu.',
      { lang: 'ms' },
    );
    expect(groupsOf([FERRY, BRIDGE, malay])).toEqual(['ferry-1', 'bridge-1', 'ferry-1']);
  });
});

describe('titles made from one form', () => {
  test.each([
    ['Quake of magnitude 5.1 shakes coast near Arica', 'Quake of magnitude 6.3 shakes coast near Arica'],
    ['Rovers beat United 2-1 in the cup', 'Rovers beat United 4-0 in the cup'],
    ['Winning lottery numbers drawn on 14 March', 'Winning lottery numbers drawn on 17 March'],
    ['Central bank of Norway keeps its key rate', 'Central bank of Chile keeps its key rate'],
  ])('stay apart where their numbers or names differ: %s', (a, b) => {
    expect(groupsOf([story('a', a), story('b', b)])).toEqual(['a', 'b']);
  });
});

describe('copies of a text', () => {
  const original = story('o', 'Harbour report', '', { body: LONG });

  test.each([
    ['under another title', { title: 'UPDATE 2: what the harbour did' }],
    ['with its tail cut', { body: LONG.slice(0, LONG.length / 2) }],
    ['with boilerplate around it', { body: `Subscribers read this first. ${LONG} All rights are with the paper.` }],
    ['with words changed here and there', { body: LONG.replaceAll(/Paragraph 1\d/gu, 'Passage the tenth') }],
    ['in capitals', { body: LONG.toUpperCase() }],
  ])('are told as such %s', (_, change) => {
    for (const sameEvent of [true, false]) {
      const grouper = createGrouper({ sameEvent });
      grouper.add(original);
      expect(grouper.find({ ...original, id: 'c', ...change })).toEqual({ groupId: 'o', tier: 'text', like: 'o' });
    }
  });

  test('are not told by boilerplate alone', () => {
    const tail = ' Sign up for our morning letter and read the news before others do, every day but Sunday.';
    const a = story(
      'a',
      'Beekeepers of Vlora count their hives',
      `The spring count found 1,204 hives in the valley.${tail}`,
    );
    const b = story(
      'b',
      'Two tunnels closed for repair',
      `Drivers must take the pass road until the end of May, and trucks wait.${tail}`,
    );
    expect(groupsOf([a, b], { sameEvent: false })).toEqual(['a', 'b']);
  });
});

describe('the window', () => {
  test('forgets what is further behind the newest story than it is long', () => {
    const late = { ...FERRY_AGAIN, published: NOON + 5 * HOUR };
    expect(groupsOf([FERRY, late], { windowHours: 6 })).toEqual(['ferry-1', 'ferry-1']);
    expect(groupsOf([FERRY, late], { windowHours: 4 })).toEqual(['ferry-1', 'ferry-2']);
  });

  test('holds no more stories than it may', () => {
    const grouper = createGrouper({ maxStories: 10 });
    for (let i = 0; i < 50; i++) grouper.add(story(String(i), `Subject${i} meets object${i} at place${i}`));
    expect(grouper.size).toBe(10);
    expect(grouper.find(story('x', 'Subject0 meets object0 at place0'))).toBeNull();
    expect(grouper.find(story('x', 'Subject49 meets object49 at place49'))?.groupId).toBe('49');
  });

  test('takes stories without any text, each on its own', () => {
    expect(groupsOf([story('a', ''), story('b', ''), story('c', '…')])).toEqual(['a', 'b', 'c']);
  });
});

describe('what is known', () => {
  const WORDS =
    'ferry reef Lindholm bridge Tarnow council quake 5.1 6.3 Arica vote harbour 地震 北海道 화재 Волгу the of in'.split(
      ' ',
    );
  const stories = fc.array(
    fc.record({
      title: fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((words) => words.join(' ')),
      summary: fc.array(fc.constantFrom(...WORDS), { maxLength: 20 }).map((words) => words.join(' ')),
      hours: fc.integer({ min: 0, max: 200 }),
      lang: fc.constantFrom('en', 'ja', ''),
    }),
    { maxLength: 25 },
  );
  const named = (drawn: { title: string; summary: string; hours: number; lang: string }[]): NewStory[] =>
    drawn.map(({ title, summary, hours, lang }, i) =>
      story(String(i), title, summary, { published: NOON + hours * HOUR, lang }),
    );

  test('follows from what was admitted alone: a second grouper fed from the log decides alike', () => {
    fc.assert(
      fc.property(stories, (drawn) => {
        const first = createGrouper();
        const second = createGrouper();
        for (const each of named(drawn)) {
          const found = first.find(each);
          expect(second.find(each)).toEqual(found);
          const groupId = found?.groupId ?? each.id;
          first.admit(each, groupId);
          // The other process looked at other stories in between, and admits from the log without asking.
          first.find(FERRY);
          second.admit({ ...each }, groupId);
        }
        expect(second.size).toBe(first.size);
      }),
      { numRuns: 40 },
    );
  });

  test('is not changed by asking', () => {
    fc.assert(
      fc.property(stories, (drawn) => {
        const asked = createGrouper();
        const quiet = createGrouper();
        const list = named(drawn);
        for (const each of list) {
          for (const other of list.slice(0, 3)) asked.find(other);
          expect(asked.add(each)).toBe(quiet.add(each));
        }
      }),
      { numRuns: 20 },
    );
  });

  test('gives a group the id of its first story', () => {
    fc.assert(
      fc.property(stories, (drawn) => {
        const seen = new Set<string>();
        const grouper = createGrouper();
        for (const each of named(drawn)) {
          const groupId = grouper.add(each);
          expect(groupId === each.id || seen.has(groupId)).toBe(true);
          if (groupId === each.id) seen.add(groupId);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('takes back what was admitted last, as if it had not been', () => {
    fc.assert(
      fc.property(stories, stories, stories, (first, undone, after) => {
        const one = createGrouper();
        const other = createGrouper();
        const admit = (each: NewStory): void => {
          const found = other.find(each);
          expect(one.find(each)).toEqual(found);
          for (const grouper of [one, other]) grouper.admit(each, found?.groupId ?? each.id);
        };
        for (const each of named(first)) admit(each);
        const extra = undone.map(({ title, summary }, i) => story(`undone ${i}`, title, summary));
        for (const each of extra) one.add(each);
        one.retract(extra.length);
        expect(one.size).toBe(other.size);
        for (const each of named(after)) admit({ ...each, id: `after ${each.id}` });
      }),
      { numRuns: 40 },
    );
  });

  test('takes back a story that was too old to stay, and goes on', () => {
    const grouper = createGrouper();
    grouper.add(FERRY);
    grouper.add({ ...BRIDGE, published: NOON - 100 * HOUR });
    grouper.add({ ...BRIDGE_AGAIN, published: NOON + HOUR });
    grouper.retract(2);
    expect(grouper.size).toBe(1);
    expect(grouper.add(FERRY_AGAIN)).toBe(FERRY.id);
    grouper.add({ ...BRIDGE, published: NOON + 100 * HOUR });
    expect(grouper.size).toBe(1);
  });
});
