/** What a block is when it is not the article. */
export type Clutter = 'caption' | 'share' | 'related' | 'promotion' | 'comment' | 'navigation' | 'byline' | 'aid';

/** Words and word pairs that authors of pages call such blocks by, in class and id. */
const NAMES: Readonly<Record<Clutter, string>> = {
  caption:
    'caption captions figcaption caption-text credit credits photo-credit image-credit img-credit cutline photographer ' +
    'image-copyright photo-copyright copyright-holder image-meta photo-meta bildunterschrift bildnachweis bildquelle ' +
    'bildtext legende lightbox gallery-nav slide-count',
  share:
    'share shares sharing sharebar sharedaddy share-bar social socials social-links social-media social-share ' +
    'addthis addtoany addthis-toolbox a2a-kit teilen like-box likes twitter-follow facebook-like follow-us follow-me ' +
    'short-url short-link print-link print-button shariff wpusb heateor jp-relatedposts',
  related:
    'related relateds related-content related-posts related-articles related-links related-news relatedposts recirc ' +
    'recirculation recommended recommendation recommendations recommends outbrain taboola zergnet see-also read-also ' +
    'also-read more-stories more-news more-from more-on read-more-link readmore-link trending popular most-read ' +
    'most-popular most-viewed latest-news latest-posts recent-posts yarpp crp similar similar-posts similar-articles ' +
    'suggested suggestions up-next next-up next-article next-post previous-post prev-next post-nav post-navigation ' +
    'verwandte aehnliche weitere-artikel mehr-zum-thema lesen-sie-auch storylinks story-links',
  promotion:
    'promo promos promobox promotion promoted sponsor sponsored sponsors advert adverts advertisement advertising ' +
    'advertorial ad ads adv adbox ad-box adslot ad-slot adunit ad-unit adsense adsbygoogle adcontainer ad-container ' +
    'banner-ad google-ads werbung anzeige anzeigen publicidad publicite reklama iklan newsletter newsletters ' +
    'newsletter-signup subscribe subscription subscriptions signup sign-up optin opt-in paywall regwall donate donation ' +
    'membership call-to-action cta mailchimp mc-embed app-download affiliate-disclosure disclaimer wpa wpcnt',
  comment:
    'comment comments comment-list commentlist comments-area comment-form comment-respond disqus disqus-thread ' +
    'respond kommentar kommentare commentaires comentarios comment-count comment-link comments-link fb-comments ' +
    'livefyre viafoura pingback trackback',
  navigation:
    'breadcrumb breadcrumbs breadcrumb-trail nav navbar navigation menu submenu pagination pager page-numbers sitemap ' +
    'site-footer site-header footer page-footer masthead skip-link skip-links toolbar site-nav topnav sidebar ' +
    'side-bar tag-list taglist tags post-tags entry-tags article-tags tag-links tagcloud cat-links category-links ' +
    'post-categories keywords topics-list filed-under copyright colophon imprint',
  byline:
    'byline bylines dateline timestamp time-stamp post-meta postmeta entry-meta article-meta story-meta meta-data ' +
    'metadata meta post-info postinfo entry-info article-info publish-info pubdate publish-date published-date ' +
    'post-date entry-date article-date posted-on post-author author-bio author-box author-info author-card ' +
    'author-profile author-details about-author about-the-author bio biography contributors read-time reading-time ' +
    'standfirst sub-headline subheadline alternative-headline dek kicker estimated-read-time last-updated last-modified update-time',
  aid:
    'cookie cookies cookie-notice cookie-bar cookie-law cookie-banner consent gdpr tooltip popup popover modal flyout ' +
    'hovercard overlay screen-reader-text screen-reader sr-only visually-hidden visuallyhidden invisible noprint ' +
    'no-print print-only login-form search-form searchform rating ratings star-rating vote votes poll ' +
    'robots-nocontent audio-player video-player player-controls',
};

const KINDS = Object.keys(NAMES) as readonly Clutter[];

const KIND_BY_NAME: ReadonlyMap<string, Clutter> = new Map(
  KINDS.flatMap((kind) => NAMES[kind].split(' ').map((name): [string, Clutter] => [name, kind])),
);

/** What appears when something is pointed at: a name is kept only when it says which part of it. */
const HOVER = new Set(['rollover', 'hover', 'mouseover', 'flyout', 'dropdown']);
const HOVER_PART = new Set(['block', 'content', 'body', 'box', 'card', 'menu', 'panel', 'list']);

const MAX_TOKENS = 40;
const MAX_WORDS = 12;

/**
 * What class and id say a block is, or null. Names are read as words (`imageEmbedCaption`, `image-embed__caption`):
 * `shareholder` is no share bar.
 */
export function clutterOfName(classAndId: string): Clutter | null {
  for (const token of classAndId.split(/\s+/u, MAX_TOKENS)) {
    const words = token
      .slice(0, 100)
      .replace(/([a-z\d])(?=[A-Z])/gu, '$1-')
      .toLowerCase()
      .split(/[^a-z\d]+/u, MAX_WORDS);
    const kind = kindOfWords(words);
    if (kind !== null) return kind;
  }
  return null;
}

/** The whole token counts before pairs of its words, pairs before single words. */
function kindOfWords(words: readonly string[]): Clutter | null {
  const whole = KIND_BY_NAME.get(words.join('-'));
  if (whole !== undefined) return whole;
  for (let i = 0; i + 1 < words.length; i++) {
    const kind = KIND_BY_NAME.get(`${words[i] ?? ''}-${words[i + 1] ?? ''}`);
    if (kind !== undefined) return kind;
  }
  if (HOVER.has(words[0] ?? '') && HOVER_PART.has(words.at(-1) ?? '')) return 'aid';
  for (const word of words) {
    const kind = KIND_BY_NAME.get(word);
    if (kind !== undefined) return kind;
  }
  return null;
}
