import type { FeedCandidate } from '../../src/ports.ts';

/** Path segments of GitHub that are pages of its own, not people. */
const GITHUB_PAGES = new Set([
  'about',
  'explore',
  'features',
  'login',
  'marketplace',
  'orgs',
  'search',
  'settings',
  'topics',
  'trending',
]);
const YOUTUBE_HOST = /^(?:www\.|m\.)?youtube\.com$/u;
const REDDIT_HOST = /^(?:www\.|old\.|new\.|m\.)?reddit\.com$/u;
const NAME = /^[\w.-]+$/u;

/**
 * The feeds of sites whose feed addresses follow from the addresses of their pages: YouTube channels and playlists, subreddits
 * and their members, releases, tags and commits on GitHub. Empty where a page has to be asked, as for a YouTube `@handle`,
 * or is a feed already.
 */
export function knownFeeds(url: URL): readonly FeedCandidate[] {
  const host = url.hostname;
  const path = url.pathname.split('/').filter((part) => part !== '');
  if (YOUTUBE_HOST.test(host)) return youtubeFeeds(url, path);
  if (REDDIT_HOST.test(host)) return redditFeeds(path);
  return host === 'github.com' || host === 'www.github.com' ? githubFeeds(path) : [];
}

function youtubeFeeds(url: URL, path: readonly string[]): readonly FeedCandidate[] {
  const [kind, id = ''] = path;
  const feed = 'https://www.youtube.com/feeds/videos.xml';
  const playlist = url.searchParams.get('list') ?? '';
  if (kind === 'channel' && NAME.test(id)) return [{ url: `${feed}?channel_id=${id}`, title: 'YouTube channel' }];
  if (kind === 'user' && NAME.test(id)) return [{ url: `${feed}?user=${id}`, title: `YouTube: ${id}` }];
  if (kind === 'playlist' && NAME.test(playlist))
    return [{ url: `${feed}?playlist_id=${playlist}`, title: 'YouTube playlist' }];
  return [];
}

function redditFeeds(path: readonly string[]): readonly FeedCandidate[] {
  const [kind = '', name = '', order = ''] = path;
  if (!NAME.test(name) || path.at(-1)?.endsWith('.rss') === true) return [];
  if (kind === 'r') {
    const sorted = ['new', 'top', 'rising', 'hot'].includes(order) ? `${order}/` : '';
    return [{ url: `https://www.reddit.com/r/${name}/${sorted}.rss`, title: `r/${name}` }];
  }
  if (kind === 'u' || kind === 'user') return [{ url: `https://www.reddit.com/user/${name}/.rss`, title: `u/${name}` }];
  return [];
}

function githubFeeds(path: readonly string[]): readonly FeedCandidate[] {
  const [owner = '', name = '', page, branch] = path;
  if (!NAME.test(owner) || !NAME.test(name) || GITHUB_PAGES.has(owner) || path.at(-1)?.endsWith('.atom') === true)
    return [];
  const repository = `${owner}/${name.replace(/\.git$/u, '')}`;
  const releases = candidate(repository, 'releases', 'releases.atom');
  const tags = candidate(repository, 'tags', 'tags.atom');
  const commits = candidate(repository, 'commits', 'commits.atom');
  switch (page) {
    case undefined:
      return [releases, tags, commits];
    case 'releases':
      return [releases];
    case 'tags':
      return [tags];
    case 'commits':
    case 'tree':
      return branch === undefined
        ? [commits]
        : [candidate(repository, `commits on ${branch}`, `commits/${branch}.atom`)];
    default:
      return [];
  }
}

function candidate(repository: string, what: string, file: string): FeedCandidate {
  return { url: `https://github.com/${repository}/${file}`, title: `${repository}: ${what}` };
}
