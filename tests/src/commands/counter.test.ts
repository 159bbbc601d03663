import { describe, expect, test } from 'vitest';
import type { Card } from '../../../src/commands/card.ts';
import { commandTable } from '../../../src/commands/table.ts';
import { openTestChat } from '../../servers/chat.ts';
import { HOUR_MS } from '../delivery/office.ts';
import { ann, bob, boss, openPlace, textOf } from './place.ts';

const ferry = { title: 'Ferry line reopens after storm', summary: 'The harbour ferry runs again after long repairs.' };
const strike = { title: 'Ferry crews walk out over pay', summary: 'Sailors in the north demand nine per cent more.' };

function feedXml(title: string): string {
  return `<rss version="2.0"><channel><title>${title}</title><link>https://x.example/</link>
    <item><title>One</title><link>https://x.example/1</link></item></channel></rss>`;
}

/** The command on a card's first button of that name. */
function button({ actions }: Card, label: string): string {
  return actions.find((action) => action.label === label)?.command ?? '';
}

describe('every command', () => {
  test('is answered without a fault of ours, with and without what it needs', async () => {
    const { say } = await openPlace();
    for (const { name, options } of commandTable) {
      const answer = await say(name);
      const bare = answer.form === undefined ? textOf(answer) : answer.form.title;
      const filled = textOf(await say(`${name} ${options.map(() => '1').join(' ')}`));
      expect(bare).not.toBe('');
      expect(`${bare}${filled}`).not.toContain('went wrong on my side');
    }
  });

  test('that is unknown is answered with the nearest one, keeping what was typed', async () => {
    const { say } = await openPlace();
    expect(textOf(await say('ad Japan'))).toBe('There is no command “ad”.\nDid you mean /news add Japan');
    expect(textOf(await say('xyzzy'))).toContain('/news help');
    expect(textOf(await say(''))).toContain('Hello');
    expect(textOf(await say('add Japan --whn daily'))).toContain('Did you mean --when');
    expect(textOf(await say('settings --feeds nobody'))).toContain('It can be everyone, managers.');
  });

  test('has its help', async () => {
    const { say } = await openPlace();
    const help = textOf(await say('help'));
    for (const { name, hidden } of commandTable.filter((one) => !one.hidden)) {
      expect(help).toContain(name);
      expect(hidden).toBe(false);
      expect(textOf(await say(`help ${name}`))).toContain(`/news ${name}`);
    }
  });
});

describe('adding an alert', () => {
  test('says how the query was read and what it would have found, and saves when told to', async () => {
    const { say, publish, store, clock } = await openPlace();
    await publish(1, ferry);
    await publish(2, strike);
    clock.advance(HOUR_MS);
    const preview = await say('add ferry --name Boats');
    expect(textOf(preview)).toContain('It would have found 2 stories');
    expect(preview.stories.map(({ title }) => title).toSorted()).toEqual([strike.title, ferry.title].toSorted());
    expect(await store.subscriptionsAt(ann.destination)).toEqual([]);
    const saved = await say(button(preview, 'Save'));
    expect(saved.title).toBe('Alert #1 is saved');
    expect(await store.subscriptionsAt(ann.destination)).toMatchObject([
      { id: 1, query: 'ferry', name: 'Boats', owner: ann.member, scope: ann.scope, timeZone: 'Europe/London' },
    ]);
    expect(textOf(await say(button(preview, 'Save')))).toContain('no longer there');
  });

  test('opens a form from the preview, and a cancelled preview saves nothing', async () => {
    const { say, store } = await openPlace();
    const preview = await say('add ferry');
    const { form } = await say(button(preview, 'Edit'));
    expect(form).toMatchObject({ command: 'add', title: 'New alert' });
    expect(form?.fields.map(({ name, value }) => [name, value])).toEqual([
      ['query', 'ferry'],
      ['name', ''],
      ['when', 'instant'],
    ]);
    await say(button(preview, 'Cancel'));
    expect(textOf(await say(button(preview, 'Save')))).toContain('no longer there');
    expect(await store.subscriptionsAt(ann.destination)).toEqual([]);
  });

  test('cannot be saved by another member than the one who asked', async () => {
    const { say } = await openPlace();
    const preview = await say('add ferry');
    expect(textOf(await say(button(preview, 'Save'), bob))).toContain('not yours');
  });

  test('without buttons is saved at once, with how to undo it', async () => {
    const { say } = await openPlace({ chat: openTestChat('slack', { buttons: false, forms: false }) });
    expect(textOf(await say('add ferry'))).toMatch(/Alert #1 is saved[^]*\/news remove 1/u);
  });

  test('without a query opens its form, or says how where there are none', async () => {
    const { say } = await openPlace();
    expect((await say('add')).form).toMatchObject({ command: 'add' });
    const plain = await openPlace({ chat: openTestChat('slack', { buttons: false, forms: false }) });
    expect(textOf(await plain.say('add'))).toContain('For example /news add Japan South Korea');
  });

  test('with a wrong query says what is wrong, where, and offers a corrected one', async () => {
    const { say } = await openPlace();
    const wrong = await say('add "asset seizure');
    expect(wrong.tone).toBe('error');
    expect(textOf(wrong)).toContain('At character 1');
    expect(button(wrong, 'Use this')).toBe('add "asset seizure"');
    expect(wrong.fieldErrors?.['query']).toContain('Did you mean "asset seizure"');
  });

  test('with a wrong time is refused on that field', async () => {
    const { say } = await openPlace();
    expect((await say('add ferry --when sometimes')).fieldErrors?.['when']).toContain('sometimes');
  });

  test('says by whose clock a digest comes', async () => {
    const { say } = await openPlace();
    expect(textOf(await say('add ferry --when daily 08:00'))).toContain('Times are of Europe/London.');
    const unknown = textOf(await say('add ferry --when daily 08:00', { timeZone: '' }));
    expect(unknown).toContain('/news settings --timezone');
  });

  test('twice, or beyond the quotas, is refused', async () => {
    const { say } = await openPlace();
    const add = async (query: string, speaker = {}): Promise<string> => {
      const preview = await say(`add ${query}`, speaker);
      const save = button(preview, 'Save');
      return textOf(save === '' ? preview : await say(save, speaker));
    };
    await add('ferry');
    expect(await add(' ferry ')).toContain('alert #1');
    for (const query of ['one1', 'two2', 'three3', 'four4', 'five5']) await add(query);
    expect(await add('six6')).toContain('as many as a member may have');
    await add('seven7', bob);
    await add('eight8', bob);
    expect(await add('nine9', bob)).toContain('No more than 8 alerts fit here');
  });

  test('where only managers may is refused to others, who can have it in private', async () => {
    const { say, store } = await openPlace();
    await say('settings --alerts managers', boss);
    expect(textOf(await say('add ferry'))).toContain('--to me');
    await say(button(await say('add ferry --to me'), 'Save'));
    expect(await store.subscriptionsAt(ann.home)).toMatchObject([{ query: 'ferry', scope: ann.scope }]);
    await say(button(await say('add ferry', boss), 'Save'), boss);
    expect(await store.subscriptionsAt(ann.destination)).toHaveLength(1);
  });

  test('to another workspace is refused', async () => {
    const { say } = await openPlace();
    expect(textOf(await say('add ferry --to slack:T2:C1'))).toContain('Alerts cannot be sent to');
    expect(textOf(await say('add ferry --to slack:T1:@U2'))).toContain('Alerts cannot be sent to');
  });
});

describe('an alert', () => {
  test('is listed and shown with how it does', async () => {
    const { say, subscribe, publish, send } = await openPlace();
    await subscribe({ name: 'Boats' });
    await publish(1, ferry);
    await send();
    expect(textOf(await say('list'))).toBe(
      '1 alert here\n#1 Boats ferry\ninstant · active · 1 alert in 7 days\n[pause 1]\n[edit 1]\n[remove 1]',
    );
    expect(textOf(await say('show #1'))).toContain('Alerts come at once, here.');
  });

  test('of another member can be seen in the channel, not changed; who runs the place may', async () => {
    const { say, subscribe } = await openPlace();
    await subscribe();
    expect(textOf(await say('show 1', bob))).not.toContain('[pause 1]');
    for (const said of ['pause 1', 'remove 1', 'edit 1 --name x', 'resume 1', 'undo 1']) {
      expect(textOf(await say(said, bob))).toContain('belongs to another member');
    }
    expect(textOf(await say('pause 1', boss))).toContain('Alert #1 is paused');
  });

  test('of another member’s own messages cannot be seen, by who runs the place neither', async () => {
    const { say, subscribe } = await openPlace();
    await subscribe({ destination: 'slack:T1:@U1' });
    for (const speaker of [bob, boss]) {
      expect(textOf(await say('show 1', speaker))).toContain('There is no alert #1 here');
      expect(textOf(await say('remove 1', speaker))).toContain('There is no alert #1 here');
    }
    expect(textOf(await say('pause 1'))).toContain('is paused');
  });

  test('is paused for a while or until resumed', async () => {
    const { say, subscribe, publish, send, chat, clock } = await openPlace();
    await subscribe();
    expect(textOf(await say('pause 1 for 3h'))).toContain('2026-11-25T12:00');
    await publish(1, ferry);
    await send();
    expect(chat.asked).toEqual([]);
    clock.advance(3 * HOUR_MS);
    await publish(2, strike);
    await send();
    expect(chat.asked).toHaveLength(1);
    expect(textOf(await say('pause 1'))).toContain('until /news resume 1');
    expect(textOf(await say('resume 1'))).toContain('speaks again');
    expect((await say('pause 1 for ever')).fieldErrors?.['for']).toContain('3d, 12h or 45m');
  });

  test('that is removed can be brought back for ten minutes', async () => {
    const { say, subscribe, clock, store } = await openPlace();
    await subscribe();
    const removed = await say('remove 1');
    expect(await store.subscriptionsAt(ann.destination)).toEqual([]);
    expect(textOf(await say(button(removed, 'Undo')))).toContain('Alert #1 is back');
    expect(await store.subscriptionsAt(ann.destination)).toHaveLength(1);
    await say('remove 1');
    clock.advance(600_001);
    expect(textOf(await say('undo 1'))).toContain('too late');
  });

  test('is edited by a form or by options, each field checked', async () => {
    const { say, subscribe, store } = await openPlace();
    await subscribe({ quiet: { from: '22:00', to: '07:00' } });
    const { form } = await say('edit 1');
    expect(form?.fields.map(({ name, value }) => [name, value])).toEqual([
      ['query', 'ferry'],
      ['name', ''],
      ['when', 'instant'],
      ['quiet', '22:00-07:00'],
    ]);
    expect(textOf(await say('edit 1 --query harbour -strike --name Port --when hourly --quiet off'))).toContain(
      'changed',
    );
    expect(await store.getSubscriptions([1])).toMatchObject([
      { query: 'harbour -strike', name: 'Port', when: { kind: 'hourly' }, quiet: null },
    ]);
    expect((await say('edit 1 --query "x')).fieldErrors?.['query']).toBeDefined();
    expect((await say('edit 1 --quiet now')).fieldErrors?.['quiet']).toContain('22:00-07:00');
  });

  test('whose number is none is answered with where the numbers are', async () => {
    const { say } = await openPlace();
    expect(textOf(await say('show ferry'))).toContain('“ferry” is no alert’s number');
    expect(textOf(await say('pause 7'))).toContain('There is no alert #7 here');
  });
});

describe('preview, search and why', () => {
  test('try a query on the stored stories and keep nothing', async () => {
    const { say, publish, store } = await openPlace();
    await publish(1, ferry);
    const preview = await say('preview ferry');
    expect(preview.stories.map(({ title }) => title)).toEqual([ferry.title]);
    expect(button(preview, 'Add as an alert')).toBe('add ferry');
    expect((await say('search harbour')).stories).toHaveLength(1);
    expect(textOf(await say('search museum'))).toBe('None of the 1 stored stories.');
    expect(await store.subscriptionsAt(ann.destination)).toEqual([]);
  });

  test('never show what was published in another place', async () => {
    const { say, publish } = await openPlace();
    await publish(1, { ...ferry, scopes: ['slack:T2'] });
    expect((await say('search ferry')).stories).toEqual([]);
    expect(textOf(await say('why https://outlet.example/1'))).not.toContain(ferry.title);
  });

  test('say why an alert came, by its message and by its button', async () => {
    const { say, subscribe, publish, send } = await openPlace();
    await subscribe();
    const { story } = await publish(1, ferry);
    await send();
    expect(textOf(await say('why m1'))).toContain('“Ferry”');
    expect(textOf(await say(`why ${story.id}`))).toContain('“Ferry”');
  });

  test('say why a story did not come', async () => {
    const { say, subscribe, publish } = await openPlace();
    await subscribe({ query: 'ferry museum' });
    const { story } = await publish(1, ferry);
    expect(textOf(await say(`why ${story.id}`))).toContain('did not match: museum');
    expect(textOf(await say('why https://unknown.example/story'))).toContain('No feed of unknown.example is watched');
    expect(textOf(await say('why nonsense'))).toContain('I know no story “nonsense”');
  });

  test('mute a story here, and let it speak again', async () => {
    const { say, subscribe, publish, send, chat } = await openPlace();
    await subscribe();
    const { story } = await publish(1, ferry);
    await send();
    const copy = { ...ferry, url: 'https://copy.example/1', source: 'Copy' };
    expect(textOf(await say(`mute ${story.id}`, bob))).toContain('No alert of yours brought this story here');
    const muted = await say(`mute ${story.id}`);
    expect(textOf(muted)).toContain('Nothing more will come here about');
    await publish(2, copy);
    await send();
    expect(chat.asked).toHaveLength(1);
    expect(textOf(await say(`why ${story.id}`))).toContain('muted');
    await say(button(muted, 'Undo'));
    await publish(3, { ...copy, url: 'https://other.example/1', source: 'Other' });
    await send();
    expect(chat.asked).toHaveLength(2);
  });
});

describe('feeds', () => {
  test('are added by address, listed with their health, and removed', async () => {
    const { say, site } = await openPlace();
    site.on('/feed.xml', {
      kind: 'answer',
      headers: { 'content-type': 'application/rss+xml' },
      body: feedXml('Harbour Times'),
    });
    const address = `${site.origin}/feed.xml`;
    expect(textOf(await say(`feeds add ${address}`))).toContain('Only those who manage this place');
    expect(textOf(await say(`feeds add ${address} ports`, boss))).toContain('Harbour Times is watched');
    expect(textOf(await say('feeds'))).toContain('Harbour Times');
    expect(textOf(await say(`feeds add ${address}`, boss))).toContain('is watched already');
    expect(textOf(await say('feeds remove Harbour Times'))).toContain('Another member added that feed');
    expect(textOf(await say('feeds remove harbour times', boss))).toContain('no longer watched');
    expect(textOf(await say('feeds'))).toContain('No feeds are watched yet');
  });

  test('of a site that has several are asked for', async () => {
    const { say, site } = await openPlace();
    const link = (n: number): string =>
      `<link rel="alternate" type="application/rss+xml" title="F${n}" href="/${n}.xml">`;
    site.on('/', {
      kind: 'answer',
      headers: { 'content-type': 'text/html' },
      body: `<html><head>${link(1)}${link(2)}</head></html>`,
    });
    const answer = await say(`feeds add ${site.origin}/`, boss);
    expect(answer.title).toBe('There are several feeds. Which one?');
    expect(answer.rows.map(({ actions }) => actions[0]?.command)).toEqual([
      `feeds add ${site.origin}/1.xml`,
      `feeds add ${site.origin}/2.xml`,
    ]);
  });

  test('at an address that is none, private or silent are refused in words', async () => {
    const { say, site } = await openPlace();
    expect(textOf(await say('feeds add not an address', boss))).toContain('is no web address');
    expect(textOf(await say('feeds add http://169.254.169.254/feed', boss))).toContain('cannot be read');
    site.on('/gone', { kind: 'answer', status: 404 });
    expect(textOf(await say(`feeds add ${site.origin}/gone`, boss))).toContain('cannot be read');
  });

  test('come in and go out as OPML; a broken file is refused whole with its line', async () => {
    const { say } = await openPlace();
    const outline = (n: number): string => `<outline type="rss" text="Feed ${n}" xmlUrl="https://f${n}.example/rss"/>`;
    const opml = `<opml version="2.0"><body>${outline(1)}${outline(2)}</body></opml>`;
    expect(textOf(await say('feeds import', boss, opml))).toBe('2 feeds were added');
    expect(textOf(await say('feeds import', boss, opml))).toContain('2 were watched already');
    const { file } = await say('feeds export');
    expect(file?.name).toBe('newshound-feeds.opml');
    expect(file?.text).toContain('https://f1.example/rss');
    expect(textOf(await say('feeds import', boss, '<opml>\n<body>\n<outline</opml>'))).toMatch(/Line [23]/u);
    const more = `<opml version="2.0"><body>${outline(3)}${outline(4)}</body></opml>`;
    expect(textOf(await say('feeds import', boss, more))).toContain('No more than 3 feeds');
  });
});

describe('settings of a place', () => {
  test('are shown to all and changed by who runs it', async () => {
    const { say } = await openPlace();
    expect(textOf(await say('settings'))).toContain('timezone Europe/London');
    expect(textOf(await say('settings --quiet 22:00-07:00'))).toContain('Only those who manage this place');
    expect(textOf(await say('settings --timezone asia/tokyo --quiet 22:00-07:00 --when hourly', boss))).toContain(
      'saved',
    );
    const shown = textOf(await say('settings'));
    expect(shown).toContain('timezone Asia/Tokyo');
    expect(shown).toContain('quiet 22:00-07:00');
    expect(textOf(await say('add ferry'))).toContain('Alerts come hourly');
    expect((await say('settings --timezone Mars', boss)).fieldErrors?.['timezone']).toContain('Asia/Tokyo');
  });

  test('of one’s own messages are one’s own', async () => {
    const { say } = await openPlace();
    const direct = { destination: ann.home, scope: ann.scope, direct: true };
    expect(textOf(await say('settings --timezone Asia/Seoul', direct))).toContain('Asia/Seoul');
  });
});

describe('alerts as a file', () => {
  test('come back as they went', async () => {
    const { say, subscribe, store } = await openPlace();
    await subscribe({ name: 'Boats', when: { kind: 'daily', at: '08:00' }, quiet: { from: '22:00', to: '07:00' } });
    await subscribe({ query: 'harbour', state: 'paused' });
    const { file } = await say('export');
    const there = { destination: 'slack:T1:C7' };
    expect(textOf(await say('import', there, file?.text))).toBe('2 alerts were added');
    const [first, second] = await store.subscriptionsAt('slack:T1:C7');
    expect(first).toMatchObject({ query: 'ferry', name: 'Boats', when: { kind: 'daily', at: '08:00' } });
    expect(second).toMatchObject({ query: 'harbour', state: 'paused' });
    expect(textOf(await say('import', there, file?.text))).toContain('2 were here already');
  });

  test('with a fault in them are refused whole, with the place of the fault', async () => {
    const { say, store } = await openPlace();
    const file = JSON.stringify({ newshound: 1, subscriptions: [{ query: 'ferry' }, { query: '"open' }] });
    expect(textOf(await say('import', {}, file))).toContain('Alert 2 in the file');
    expect(textOf(await say('import', {}, 'no json'))).toContain('The file holds no alerts of Newshound');
    expect(textOf(await say('import'))).toContain('That needs a file');
    expect(await store.subscriptionsAt(ann.destination)).toEqual([]);
  });
});

describe('completion', () => {
  test('offers commands, alerts of this place and times', async () => {
    const { counter, subscribe } = await openPlace();
    await subscribe({ name: 'Boats' });
    const complete = async (said: string): Promise<string[]> =>
      (await counter.complete({ speaker: ann, said }, 25)).map(({ value }) => value);
    expect(await complete('pa')).toEqual(['pause']);
    expect(await complete('pause ')).toEqual(['1']);
    expect(await complete('add ferry --when da')).toEqual(['daily']);
  });
});
