/** Those attributes of an element that decide what becomes of it; names in lower case. */
export type Attributes = Record<string, string>;

const CONCEALING_STYLE =
  /(?:^|[;\s])(?:display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}(?:hidden|collapse)|opacity\s{0,5}:\s{0,5}0(?:\.0+)?\s{0,5}(?:;|$|!)|font-size\s{0,5}:\s{0,5}0(?:px|pt|em)?\s{0,5}(?:;|$|!)|mso-hide\s{0,5}:\s{0,5}all|max-height\s{0,5}:\s{0,5}0|(?:left|text-indent)\s{0,5}:\s{0,5}-\d{4})/iu;
const CONCEALED_CLASS =
  /^(?:sr-only|screen-reader-text|(?:is-)?visually-?hidden|visuallyhidden|hidden|hide|d-none|is-hidden|invisible|preheader|preview-text|a11y-hidden)$/iu;

/** Words of a class or id by which publishers mark what stands beside the story. */
const CLUTTER_CLASS = new RegExp(
  `^(?:${[
    'feedflare',
    'sharedaddy|sd-(?:sharing|block|content|title|social).*|jp-relatedposts.*|yarpp.*|crp_related.*|tptn.*',
    'addtoany.*|a2a_.*|addthis.*|at-(?:share|below|above).*|ssba.*|essb.*|heateor.*|fb-(?:like|share|root|comments).*|twitter-share.*',
    'social|social[-_](?:.*)|(?:.*[-_])?(?:share|sharing)(?:[-_](?:this|bar|box|btns?|buttons?|links?|tools?|icons?|list|block|widget|container|wrapper|panel|count|post))?s?',
    '(?:.*[-_])?related(?:[-_].*)?|recommended(?:[-_].*)?|also[-_]?read|read[-_]?also|see[-_]?also|more[-_]?(?:stories|news|from|on|articles)(?:[-_].*)?',
    '(?:wp-|image-?|img-?|photo-?|media-?|figure-?|picture-?|gallery-?|video-?)?(?:caption|credits?|copyright|attribution)(?:[-_](?:text|line))?s?|(?:image|photo|img|media|picture)[-_](?:caption|credits?|copyright|source|by).*|wp-caption-(?:text|dd)',
    '(?:.*[-_])?newsletters?(?:[-_].*)?|(?:.*[-_])?(?:sign-?up|subscribe|subscriptions?|paywall|regwall|mailchimp|mc4wp|opt-?in)(?:[-_].*)?|mailmunch.*',
    '(?:.*[-_])?promos?(?:[-_].*)?|(?:.*[-_])?advert(?:isement|ising|orial)?s?(?:[-_].*)?|ads?|ads?[-_].*|.*[-_]ads?|sponsor(?:ed|s)?(?:[-_].*)?|outbrain.*|taboola.*|zergnet.*|dfp.*|adsbygoogle',
    'comments?(?:[-_](?:link|list|count|area|form|section|box|wrapper))?|disqus.*|respond|post-?comments?',
    'more-?link|read-?more(?:[-_].*)?|continue-?reading|wp-block-buttons?',
    'author-?(?:box|bio|info|card)|about-?(?:the-?)?author|post-?meta|entry-?meta|post-?(?:tags|categories|footer|nav.*)|entry-?footer|tags?-?(?:list|links|cloud)|breadcrumbs?|cookie.*|print-?(?:friendly|link|button).*',
    '(?:feed|rss|blogger-post)-?(?:footer|header|promo|ad)|feed-?source|post-?views?(?:[-_].*)?|email-?footer|unsubscribe',
  ].join('|')})$`,
  'iu',
);
const CLUTTER_ROLE =
  /^(?:navigation|complementary|search|dialog|alertdialog|button|toolbar|menu|menubar|banner|contentinfo|tooltip)$/iu;
const MOST_NAMES = 20;

/** Whether an element's own attributes hide it from a reader. */
export function isConcealed(attributes: Attributes): boolean {
  if (attributes['hidden'] !== undefined || attributes['aria-hidden']?.toLowerCase() === 'true') return true;
  if (CONCEALING_STYLE.test(attributes['style'] ?? '')) return true;
  return namesOf(attributes['class']).some((name) => CONCEALED_CLASS.test(name));
}

/** Whether an element's class, id or role says that it is no part of the story: sharing, captions, related links, adverts. */
export function isClutter(attributes: Attributes): boolean {
  if (CLUTTER_ROLE.test(attributes['role'] ?? '') || /^caption$|^copyright/iu.test(attributes['itemprop'] ?? ''))
    return true;
  return [...namesOf(attributes['class']), ...namesOf(attributes['id'])].some((name) => CLUTTER_CLASS.test(name));
}

function namesOf(attribute: string | undefined): string[] {
  if (attribute === undefined || attribute === '') return [];
  return attribute.split(/\s+/u, MOST_NAMES).filter((name) => name.length <= 60);
}
