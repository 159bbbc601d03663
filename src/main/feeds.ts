import { printOpml } from '../feeds/opml.ts';
import { syncFeeds } from '../feeds/sync.ts';
import { say } from './say.ts';
import { readSetup, type Options } from './setup.ts';
import { closing, openStore } from './store.ts';

export async function listFeeds(options: Options): Promise<void> {
  const setup = await readSetup(options);
  await using store = closing(await openStore(setup));
  await syncFeeds(store.it, setup.feeds, Date.now());
  for (const { feed, state } of await store.it.listFeeds('', 100_000)) {
    const how = state.lastError
      ? `failing: ${state.lastError.message}`
      : state.lastSuccessAt === null
        ? 'not read yet'
        : 'read';
    say(`${feed.url}  ${feed.title}  ${how}`);
  }
}

export async function exportFeeds(options: Options): Promise<void> {
  await using store = closing(await openStore(await readSetup(options, { withFeeds: false })));
  const all = await store.it.listFeeds('', 100_000);
  say(
    printOpml(
      all.map(({ feed }) => feed),
      'Newshound',
    ),
  );
}
