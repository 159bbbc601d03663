/** Names that only ever say how a reader came: dropped whatever their value. Lower case. */
const NAMES = new Set(
  `_bhlid _ga _gl _hsenc _hsmi _kx _openstat __hsfp __hssc __hstc __s __source __tn__ __twitter_impression
   action_object_map action_ref_map action_type_map adgroupid amp_gsa amp_js_v asc_campaign asc_refurl asc_source
   at_bbc_team at_campaign at_campaign_type at_creation at_format at_link_id at_link_origin at_link_type at_medium
   at_ptr_name at_variant ck_subscriber_id cmpid cvid dclid dgcid dicbo dm_i echobox ef_id epik fb_action_ids fb_action_types
   fb_comment_id fb_ref fb_source fbclid fbadid ftag gad_campaignid gad_source gbraid gclid gclsrc guccounter
   guce_referrer guce_referrer_sig hsctatracking hss_channel icid igsh igshid intcid intcmp ito lipi li_fat_id li_medium li_source
   mc_cid mc_eid mibextid mkt_tok ml_subscriber ml_subscriber_hash msclkid ncid nr_email_referer ns_campaign ns_fee
   ns_linkname ns_mchannel ns_source ocid oly_anon_id oly_enc_id rb_clickid rdt_cid recip_id ref_src ref_url s_cid
   s_kwcid sc_campaign sc_channel sc_cid sc_content sc_country sc_geo sc_medium sc_outcome sc_publisher sc_source
   sc_sid scid sfmc_id smid smtyp smtag soc_src soc_trk spm spref sr_share srnd srsltid taid tblci tpcc trk trkcampaign trkinfo tse_id
   ttclid twclid usqp vero_conv vero_id wbraid wickedid wt_mc wt.mc_id wt_zmc wtmc xtor yclid ysclid zanpid`
    .trim()
    .split(/\s+/u),
);
const PREFIXES = /^(?:utm|pk|mtm|piwik|matomo|itm|hmb|ga|at_custom)(?:_|\d)/u;
/** Names of a visit, not of a page. */
const SESSIONS = new Set(['phpsessid', 'jsessionid', 'aspsessionid', 'cfid', 'cftoken', 'sessionid']);

/** Names that also mean other things: dropped only when the value is one of the ways a reader comes. */
const WEAK_NAMES = new Set(
  'ref source cid src from via partner campaign medium mod cmp referer referrer refsrc share shared emc mbid ns traffic_source'.split(
    ' ',
  ),
);
const WAYS = new Set(
  `rss rss2 atom feed feeds rssfeed feedburner feedly twitter tw facebook fb newsletter newsletters nl email
   linkedin reddit whatsapp telegram instagram flipboard pocket hackernews hn googlenews gnews social socialmedia
   share sharing shared notification bluesky mastodon threads upday smartnews syndication dlvr dlvrit buffer hootsuite
   ifttt twitterfeed`
    .trim()
    .split(/\s+/u),
);
/** What may stand beside a way in one value: `rss_homepage`, `social-twitter-post`, `newsletter_daily`. */
const BESIDE = new Set(
  `e button btn link links post web top main home homepage frontpage latest daily weekly morning evening breaking
   headlines alert alerts desktop mobile app ios android iosapp androidapp other com us uk world int bar icon article story all xml full text tw fb`
    .trim()
    .split(/\s+/u),
);
const MEDIUM_FEED = /^rss-[\w.-]{0,80}-{2,}\d*$/u;

/**
 * Whether a query parameter only says how a reader came, so that the page is the same without it.
 * `ref`, `source`, `cid` and their like count only with a value such as `rss`, `twitter` or `newsletter`.
 * @param name decoded
 * @param value decoded; '' for none
 */
export function isTracking(name: string, value: string): boolean {
  const key = name.toLowerCase();
  if (NAMES.has(key) || PREFIXES.test(key)) return true;
  if (key === 'amp') return value === '' || value === '1' || value.toLowerCase() === 'true';
  if (key === 'outputtype') return value.toLowerCase() === 'amp';
  return WEAK_NAMES.has(key) && isWay(value.toLowerCase());
}

/** Whether a parameter names a visitor's session. */
export function isSession(name: string): boolean {
  return SESSIONS.has(name.toLowerCase()) || /^aspsessionid[a-z]*$/iu.test(name);
}

/** A fragment that only says how a reader came (`#xtor=RSS-1`, `#utm_source=rss`), or marks text in the page. */
export function isTrackingFragment(fragment: string): boolean {
  if (fragment.startsWith(':~:')) return true;
  const parts = fragment.split('&');
  return parts.every((part) => {
    const at = part.indexOf('=');
    return at > 0 ? isTracking(part.slice(0, at), part.slice(at + 1)) : false;
  });
}

function isWay(value: string): boolean {
  if (value.length > 100) return false;
  if (MEDIUM_FEED.test(value)) return true;
  const words = value.split(/[-_.:+ |/]+/u).map((word) => word.replace(/^(rss|feed)\d+$/u, '$1'));
  return words.some((word) => WAYS.has(word)) && words.every((word) => WAYS.has(word) || BESIDE.has(word));
}
