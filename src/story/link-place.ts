/** Where an address points, taken apart; the path is percent-encoded, names and values are not. */
export interface Place {
  readonly host: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly name: string;
  readonly value: string;
  /** `?print` has none, `?print=` an empty one. */
  readonly hasValue: boolean;
}

/** A last part of a path that names one article: several words joined, or a long number. */
const ARTICLE = /(?:[^-_/]+[-_]){3}|\d{5}/u;
const YOUTUBE_ID = /^[\w-]{6,20}$/u;
/** Parameters that only say how a video is played. */
const PLAYBACK = new Set([
  'feature',
  'ab_channel',
  'si',
  'pp',
  't',
  'start',
  'list',
  'index',
  'start_radio',
  'app',
  'autoplay',
  'rel',
]);
const REDDIT_POST = /^\/(?:r\/[^/]+\/|user\/[^/]+\/)?comments\/([a-z0-9]+)(?:\/[^/]*)?(?:\/([a-z0-9]+))?\/?$/iu;

/**
 * The one form of a place that sites serve in several: AMP beside the article, short links of YouTube and Reddit, Twitter's
 * two names, the paths of one Google News article.
 */
export function placeOf(place: Place): Place {
  switch (place.host) {
    case 'youtu.be':
    case 'youtube.com':
    case 'youtube-nocookie.com':
      return youtube(place);
    case 'x.com':
    case 'twitter.com':
      return tweet(place);
    case 'old.reddit.com':
    case 'new.reddit.com':
    case 'np.reddit.com':
    case 'i.reddit.com':
    case 'sh.reddit.com':
    case 'reddit.com':
    case 'redd.it':
      return reddit(place);
    case 'news.google.com':
      return googleNews(place);
    default:
      return place.host.endsWith('.blogspot.com') ? blogspot(place) : { ...place, path: withoutAmp(place.path) };
  }
}

/**
 * The article's path of an AMP path. `amp` as a word of its own may be a section about amplifiers, so the rest has to
 * look like one article.
 */
function withoutAmp(path: string): string {
  const plain = path.replace(/\.amp(?=\.html?$|\/?$)/u, '');
  const parts = plain.split('/').filter((part) => part !== '');
  const at = parts.findIndex((part) => part.toLowerCase() === 'amp');
  if (at < 0 || parts.length < 2) return plain;
  const rest = parts.toSpliced(at, 1);
  return ARTICLE.test(rest.at(-1) ?? '') ? `/${rest.join('/')}` : plain;
}

function youtube(place: Place): Place {
  const given = place.parameters.find(({ name }) => name === 'v')?.value ?? '';
  const short = place.host === 'youtu.be' ? /^\/([\w-]+)\/?$/u : /^\/(?:embed|v|shorts|live)\/([\w-]+)\/?$/u;
  const id =
    /^\/watch\/?$/u.test(place.path) && place.host !== 'youtu.be' ? given : (short.exec(place.path)?.[1] ?? '');
  if (!YOUTUBE_ID.test(id) || id === 'videoseries') return place;
  const others = place.parameters.filter(({ name }) => name !== 'v' && !PLAYBACK.has(name));
  return { host: 'youtube.com', path: '/watch', parameters: [{ name: 'v', value: id, hasValue: true }, ...others] };
}

function tweet(place: Place): Place {
  const found = /^\/([^/]+|i\/web)\/status(?:es)?\/(\d+)/u.exec(place.path);
  if (!found) return place;
  return { host: 'twitter.com', path: `/${found[1]?.toLowerCase()}/status/${found[2]}`, parameters: [] };
}

function reddit(place: Place): Place {
  if (place.host === 'redd.it') {
    const id = /^\/([a-z0-9]+)\/?$/iu.exec(place.path)?.[1];
    return id === undefined ? place : { ...place, host: 'reddit.com', path: `/comments/${id}` };
  }
  const post = REDDIT_POST.exec(place.path);
  const path = post === null ? place.path : `/comments/${post[1]}${post[2] === undefined ? '' : `/_/${post[2]}`}`;
  return { ...place, host: 'reddit.com', path };
}

/** `m` only says whether the form for telephones is served. */
function blogspot(place: Place): Place {
  return {
    ...place,
    parameters: place.parameters.filter(({ name, value }) => !(name === 'm' && /^[01]$/u.test(value))),
  };
}

function googleNews(place: Place): Place {
  const id = /\/(?:articles|read)\/([\w-]+)\/?$/u.exec(place.path)?.[1];
  return id === undefined ? place : { ...place, path: `/articles/${id}`, parameters: [] };
}
