/** What a note of syndication may be checked against. */
interface Origin {
  readonly title: string;
  readonly source: string;
  readonly link: string;
}

/**
 * "The post X appeared first on Y" as the publishing tools write it, X and Y captured, by language. Anchored at both ends;
 * repetitions are bounded.
 */
const NOTES: readonly RegExp[] = [
  /^(?:the|this) (?:post|article|story|entry|piece|item|report|page|blog post) (.{0,300}?) ?(?:appeared first|first appeared|appeared originally|originally appeared|(?:was |has been )?(?:first|originally) (?:published|posted|appeared)(?: here)?|was (?:published|posted) (?:first|originally)) (?:on|at|in|by) (.{1,120})$/iu,
  /^(?:der|dieser|das|dieses) (?:beitrag|artikel|post|text) (.{0,300}?) ?(?:erschien(?: zuerst| ursprünglich)?|ist(?: zuerst)? erschienen|wurde (?:zuerst|ursprünglich) veröffentlicht) (?:zuerst )?(?:auf|bei|in|im) (.{1,120})$/iu,
  /^(?:der|dieser|das|dieses) (?:beitrag|artikel|post|text) (.{0,300}?) ?ist (?:zuerst|ursprünglich|erstmals) (?:auf|bei|in|im) (.{1,120}?) erschienen\.?$/iu,
  /^(?:l'article|cet article|le billet|l'entrée|le post|la publication|ce billet) (.{0,300}?) ?(?:est (?:apparu|paru)(?:e)? (?:en premier|d'abord|pour la première fois)|est apparu(?:e)? en premier lieu|a (?:d'abord )?été publiée? (?:en premier|pour la première fois)?|provient de) ?(?:sur|dans|chez|de)? (.{1,120})$/iu,
  /^(?:la entrada|el artículo|este artículo|esta entrada|la publicación|el post|la nota|la noticia) (.{0,300}?) ?(?:se publicó (?:primero|por primera vez|originalmente)|(?:aparece|apareció) (?:primero|por primera vez)|fue publicad[ao] (?:primero|originalmente|por primera vez)) (?:en|por) (.{1,120})$/iu,
  /^(?:l'articolo|questo articolo|il post|la notizia) (.{0,300}?) ?(?:proviene da|(?:è|e') (?:apparso|stato pubblicato) (?:per la prima volta|per primo|prima|originariamente)(?: su| in| da)?|sembra essere il primo su) ?(?:su |da )?(.{1,120})$/iu,
  /^(?:o post|o artigo|este artigo|este post|a publicação|o conteúdo|a notícia|a matéria|esta notícia) (.{0,300}?) ?(?:(?:apareceu|aparece) (?:primeiro|pela primeira vez|em primeiro lugar)|foi (?:publicad[ao]|postad[ao]) (?:primeiro|originalmente|pela primeira vez)|(?:apareceu|aparece) primeiramente) (?:em|no|na|nos|nas) (.{1,120})$/iu,
  /^(?:het (?:bericht|artikel)|dit (?:bericht|artikel)|de post) (.{0,300}?) ?(?:verscheen (?:eerst|als eerste|voor het eerst|oorspronkelijk)|is (?:eerst )?verschenen) (?:op|in|bij) (.{1,120})$/iu,
  /^(?:inlägget|artikeln|indlægget|artiklen|innlegget|artikkelen) (.{0,300}?) ?(?:dök först upp|visades först|publicerades först|blev først (?:udgivet|vist|bragt)|dukket først opp|ble først (?:publisert|vist)|er (?:skrevet|udgivet) først|(?:udkom|kom) først|vises først) (?:på|hos|i) (.{1,120})$/iu,
  /^(?:artykuł|wpis|post) (.{0,300}?) ?(?:pochodzi z(?: serwisu)?|pojawi(?:ł|a) się (?:po ?raz pierwszy|najpierw)(?: w| na)?|został (?:najpierw|po raz pierwszy) opublikowany (?:w|na)) (.{1,120})$/iu,
  /^(?:příspěvek|článek|článok) (.{0,300}?) ?(?:pochází z|pochádza z|se nejdříve objevil (?:na|v)|appeared first on) ?(.{1,120})$/iu,
  /^(?:запись|сообщение|статья|пост|публикация|запис|допис|стаття) (.{0,300}?) ?(?:(?:впервые|сначала) (?:появил(?:ась|ось|ся|ись)|опубликован[ао]?)|появил(?:ась|ось|ся|ись) (?:сначала|впервые)|спершу з'явив?с[яь]|вперше з'явив?с[яь]|спершу з'явилася) ?(?:на|в|у)? (.{1,120})$/iu,
  /^(?:το άρθρο|η ανάρτηση) (.{0,300}?) ?(?:εμφανίστηκε (?:πρώτα|για πρώτη φορά)|δημοσιεύτηκε πρώτα) (?:στο|στη|στην|στον|σε) (.{1,120})$/iu,
  /^(?:articolul|artikel|artikkeli|a bejegyzés|a\(z\)|bài viết|artikel ini) (.{0,300}?) ?(?:apare prima dată (?:în|pe)|a apărut prima dată (?:în|pe)|pertama kali (?:tampil|muncul) (?:pada|di)|julkaistiin ensimmäisen kerran|ilmestyi ensin|először itt jelent meg:?|đã xuất hiện đầu tiên (?:vào|trên)|xuất hiện đầu tiên (?:vào|trên)) ?(.{1,120})$/iu,
  /^(.{1,300}?) (?:yazısı|haberi|makalesi|gönderisi) (?:ilk (?:önce|olarak|defa)|ilk) (.{1,120}?)(?: üzerinde| sitesinde| tarafından)? (?:ortaya çıktı|yayınlandı|yayımlandı|göründü|çıktı)[.!]?$/iu,
  /^(?:投稿|記事) ?(.{1,300}?) ?は ?(.{1,120}?) ?に最初に(?:表示|掲載|公開)されました[。.]?$/u,
  /^(?:文章|帖子)?[《「"]?(.{1,300}?)[》」"]? ?(?:最先|最早|首先|首次|率先)(?:出现|出現|发表|發表|刊登|发布|發佈)(?:在|于|於) ?(.{1,120})$/u,
  /^(?:게시물 )?(.{1,300}?) ?(?:게시물이|글이|포스트|기사가|이\(가\)|가|이)? ?(\S.{0,119}?)에(?:서)? (?:처음|먼저|최초로) (?:등장|게시|나타|실렸|게재|보도).{0,10}$/u,
  /^(?:ظهرت المقالة|ظهر المقال|نُشر المقال|المقالة|نوشته|پست|مقاله) (.{0,300}?) ?(?:أولاً على|أولا على|ظهرت أولاً على|اولین بار در|اولین بار) (.{1,120})$/u,
  /^(?:הפוסט|המאמר) (.{0,300}?) ?(?:הופיע (?:לראשונה|ראשון|לראשונה ב)) ?(?:ב|ב-)?(.{1,120})$/u,
  /^(?:originally|first) (?:published|posted|appeared)(?: (?:on|at|in|by))()(.{1,120})$/iu,
];
const MOST_SITE_WORDS = 8;

/**
 * Whether a text, one line with straight apostrophes, only says where the story stood first. What names neither the story nor
 * the site, nor links to them, and does not read like a title and a name, is taken for prose.
 */
export function isSyndicationNote(text: string, linked: number, origin: Origin): boolean {
  for (const note of NOTES) {
    const found = note.exec(text);
    if (found) return linked > 0 || names(found[1] ?? '', found[2] ?? '', origin);
  }
  return false;
}

function names(story: string, site: string, origin: Origin): boolean {
  const [said, known] = [letters(story), letters(origin.title)];
  if (known !== '' && said !== '' && (known.startsWith(said) || said.startsWith(known))) return true;
  const [place, source] = [letters(site), letters(origin.source)];
  if (source !== '' && place !== '' && (place.startsWith(source) || source.startsWith(place))) return true;
  const host = URL.canParse(origin.link) ? letters(new URL(origin.link).hostname.replace(/^www\./u, '')) : '';
  if (host !== '' && place !== '' && host.includes(place)) return true;
  return looksNamed(story) && looksNamed(site) && site.split(' ').length <= MOST_SITE_WORDS;
}

/** Nothing, or what begins like a name or title: a capital, a digit, a quote, a letter of a script without cases, or a domain. */
function looksNamed(text: string): boolean {
  return text === '' || /^["'“«„[(]?[\p{Lu}\p{N}\p{Lo}\p{So}]/u.test(text) || /^[\w-]+\.[a-z]{2,}/u.test(text);
}

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
