import { bareHost } from './site.ts';

/** Hosts that send a reader on, and the parameter that says where. `path` null stands for any. */
const REDIRECTS: readonly { readonly host: RegExp; readonly path: RegExp | null; readonly names: readonly string[] }[] =
  [
    { host: /^google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/u, path: /^\/url$/u, names: ['url', 'q'] },
    { host: /^news\.google\.com$/u, path: /^\/news\/url$/u, names: ['url'] },
    { host: /^lm?\.facebook\.com$|^facebook\.com$/u, path: /^\/(?:l|flx\/warn\/)\.?(?:php)?$/u, names: ['u'] },
    { host: /^l\.(?:instagram|threads|messenger|wl)\.(?:com|net|co)$/u, path: null, names: ['u'] },
    { host: /^youtube\.com$/u, path: /^\/redirect$/u, names: ['q'] },
    { host: /^out\.reddit\.com$/u, path: null, names: ['url'] },
    { host: /^bing\.com$/u, path: /^\/news\/apiclick\.aspx$/iu, names: ['url'] },
    { host: /^slack-redir\.net$/u, path: /^\/link$/u, names: ['url'] },
    { host: /^t\.umblr\.com$/u, path: /^\/redirect$/u, names: ['z'] },
    { host: /^vk\.com$/u, path: /^\/away\.php$/u, names: ['to'] },
    { host: /^linkedin\.com$/u, path: /^\/(?:safety\/go|redir\/redirect)$/u, names: ['url'] },
    { host: /^steamcommunity\.com$/u, path: /^\/linkfilter$/u, names: ['url', 'u'] },
    { host: /(?:^|\.)safelinks\.protection\.outlook\.com$/u, path: null, names: ['url'] },
    { host: /^disq\.us$/u, path: /^\/url$/u, names: ['url'] },
  ];

/** `/c/s/www.example.com/story`: the AMP caches' way to name a page; `s` stands for https. */
const AMP_CACHE_PATH = /^\/(?:[acirv]|wp|mbv)\/(s\/)?([^/]+\.[^/]+.*)$/u;
const AMP_CACHE_HOST = /(?:^|\.)cdn\.ampproject\.org$|(?:^|\.)bing-amp\.com$/u;
const GOOGLE_AMP_PATH = /^\/amp\/(s\/)?([^/]+\.[^/]+.*)$/u;
const GOOGLE_HOST = /^google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/u;
/** Yahoo's feeds wrote the page after a star. */
const STARRED_PATH = /\/\*(https?:\/\/.+)$/iu;

/**
 * The address a redirecting address names in itself (Google, Facebook, AMP caches, …), or null. Always shorter than what it
 * was found in. An opaque wrapper (`t.co`, `news.google.com/articles`) names none: only a request would tell.
 */
export function wrappedAddress(url: URL): string | null {
  const host = bareHost(url.hostname.replace(/\.$/u, ''));
  const path = url.pathname.replace(/(?<=.)\/$/u, '');
  const redirect = REDIRECTS.find((entry) => entry.host.test(host) && (entry.path?.test(path) ?? true));
  for (const name of redirect?.names ?? []) {
    const target = url.searchParams.get(name)?.trim() ?? '';
    if (/^https?:\/\//iu.test(target)) return target;
  }
  const inPath = AMP_CACHE_HOST.test(host)
    ? AMP_CACHE_PATH.exec(url.pathname)
    : GOOGLE_HOST.test(host)
      ? GOOGLE_AMP_PATH.exec(url.pathname)
      : null;
  if (inPath) return `http${inPath[1] === undefined ? '' : 's'}://${inPath[2]}${url.search}`;
  if (/(?:^|\.)yahoo\.com$/u.test(host)) return STARRED_PATH.exec(`${url.pathname}${url.search}`)?.[1] ?? null;
  return null;
}
