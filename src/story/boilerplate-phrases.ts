import { isSiteNotice } from './site-notices.ts';

/**
 * What publishing tools and page furniture add to a story's text, by subject and language. Every pattern is matched against a
 * whole block, or a whole run of sentences at its end, never inside prose; white space is single and apostrophes are straight.
 * Repetitions are bounded, so that a test costs no more than the text's length times a constant.
 */

/** Invitations to read on that may stand alone, or before marks and arrows. */
const READ_ON = [
  // English
  '(?:click|tap|go) here(?: (?:to|for) (?:read|see|view|the|more|full|continue|original|watch|listen)\\b.{0,60})?',
  '(?:please )?(?:continue|keep) reading(?: (?:the|this) (?:full |rest of the |entire )?(?:story|article|post|entry))?(?: (?:here|below))?',
  '(?:read|see|view|learn|find out|show|load|get|discover|watch|hear|explore) (?:much )?more(?: (?:here|online|details|information|news|stories))?',
  'read (?:it |on|all|now|here|full|the rest|in full|in app|in browser|online|next|later|further|comments)(?: (?:here|now))?',
  '(?:read|see|view|get|visit|go to|open|check out|find) (?:the|this|our|its|full|original|entire|complete)(?: (?:full|whole|entire|rest of (?:the|this)|complete|original|source|remaining))*(?: (?:story|article|post|entry|report|text|version|piece|coverage|item|page|link|source|list|interview|transcript|review))(?: (?:here|online|now|below))?',
  '(?:view|open|read|see) (?:article|post|story|original|comments|online|source|website|in browser|full (?:text|story|article|post|coverage))',
  '(?:full|more|original|whole|entire|complete) (?:story|article|text|post|details|info|information|coverage)(?: (?:here|below))?',
  '(?:the )?(?:rest|remainder) of (?:the|this) (?:story|article|post)',
  'more(?: (?:here|on this|on this story|to follow|to come|details to follow|soon))?|details',
  // German
  '(?:jetzt |hier |bitte )?weiter ?lesen(?: (?:bei|auf) .{1,40})?|(?:mehr|alles) lesen|lesen sie (?:mehr|weiter|hier)(?: .{0,40})?|zum (?:vollständigen |ganzen |kompletten )?(?:artikel|beitrag|original)',
  '(?:den )?(?:ganzen|vollständigen|kompletten|gesamten) (?:artikel|beitrag|text)(?: (?:hier|jetzt))? (?:lesen|ansehen|anzeigen)|mehr (?:dazu|erfahren|infos|informationen|anzeigen)(?: .{0,30})?|mehr|artikel (?:weiter)?lesen|weiter(?: zum artikel)?',
  // French
  "(?:lire|voir|découvrir) (?:la suite|plus|davantage|l'article(?: complet| entier)?|l'intégralité|la suite de l'article)(?: .{0,40})?|continuer (?:la lecture|à lire)(?: .{0,60})?|en savoir plus|poursuivre la lecture|suite|cliquez ici.{0,40}",
  // Spanish
  '(?:leer|ver|saber|conocer|seguir|sigue|continuar|continúa|continua|continúe|siga)(?: leyendo| la lectura)?(?: más| la nota| la noticia| el artículo| nota| noticia| artículo)?(?: completa| completo)?(?: aquí)?|(?:lee|lea) (?:más|la nota|el artículo)(?: .{0,30})?|más información|nota completa',
  // Italian
  "(?:leggi|continua|prosegui)(?: a leggere| la lettura| tutto| di più| ancora)?(?: l'articolo| la notizia| il post)?(?: completo| completa| intero)?(?: qui)?|per saperne di più|scopri di più|vai all'articolo(?: completo)?",
  // Portuguese
  '(?:leia|ler|lê|veja|ver|saiba|saber|confira) (?:mais|a matéria|o artigo|a notícia|na íntegra|tudo|aqui)(?: completa| completo| aqui)?|(?:continue|continuar|continua) (?:lendo|a ler|a leitura|a leitura)(?: .{0,40})?|clique aqui.{0,60}|matéria completa',
  // Dutch
  '(?:lees|bekijk) (?:meer|verder|het (?:hele|volledige) (?:artikel|bericht|verhaal)|(?:hier )?het artikel)(?: .{0,30})?|verder lezen|meer lezen|klik hier.{0,40}|(?:het )?(?:hele|volledige) artikel lezen',
  // Scandinavian, Finnish
  'läs (?:mer|hela|vidare|artikeln)(?: .{0,30})?|fortsätt läsa(?: .{0,30})?|læs (?:mere|videre|hele)(?: .{0,30})?|fortsæt læsning|les (?:mer|hele|videre)(?: .{0,30})?|fortsett å lese|lue (?:lisää|koko)(?: .{0,30})?|jatka lukemista',
  // Polish, Czech, Slovak, Hungarian, Romanian
  'czytaj (?:dalej|więcej|całość|całość)(?: .{0,30})?|(?:więcej|zobacz więcej|dowiedz się więcej|czytaj)|(?:číst|čtěte|čítať|čítajte|přečtěte si) (?:dál|dále|více|viac|ďalej|celý)(?: .{0,30})?|celý článek|více(?: zde)?|pokračovat ve čtení|tovább(?: olvasom)?|bővebben|olvasd tovább|cite(?:ș|ş)te (?:mai mult|mai departe|tot|articolul|în continuare)(?: .{0,30})?|mai mult|află mai multe',
  // Russian, Ukrainian, Bulgarian, Greek, Turkish
  '(?:читать|читайте) (?:далее|дальше|полностью|подробнее|ещё|еще|больше|весь текст|статью полностью)(?: .{0,30})?|подробнее|далее|подробности|читати (?:далі|більше|повністю)|докладніше|прочетете (?:още|повече)|διαβάστε (?:περισσότερα|τη συνέχεια|ολόκληρο|όλο|εδώ)(?: .{0,40})?|περισσότερα|συνέχεια|συνεχίστε την ανάγνωση|devamını (?:oku|okuyun|gör)|devamı(?: için .{0,30})?|haberin devamı(?: .{0,30})?|daha fazla(?:sı)?(?: oku)?|okumaya devam (?:et|edin)',
  // Japanese, Chinese, Korean
  '(?:続き|全文|記事|もっと|さらに|詳細|詳しく|この続き|この記事の続き|続きは)(?:を|は|はこちら|を読む|読む|を見る|へ|こちら|はこちらから|の続きを読む|全文を読む|全文はこちら)+|続きを読む|もっと見る|もっと読む|全文表示|記事全文を読む',
  '(?:点击|點擊|点此|點此)?(?:阅读|閱讀|查看|继续阅读|繼續閱讀|阅读更多|了解|看|觀看)(?:更多|全文|原文|详情|詳情|完整(?:文章|内容|內容)?|全部)?(?:内容|內容|文章|資訊|信息)?|(?:继续|繼續)(?:阅读|閱讀)(?:全文)?|更多(?:内容|內容|新闻|新聞)?|全文',
  '더 ?보기|더 ?읽기|계속 ?읽기|계속 읽기|자세히 ?보기|기사 ?(?:전문|원문|더) ?보기|전체 ?(?:기사|보기)|전문 ?보기|원문 ?보기',
  // Arabic, Persian, Urdu, Hebrew, Hindi, Thai, Vietnamese, Indonesian
  '(?:اقرأ|إقرأ|قراءة|لقراءة|تابع|أكمل|شاهد) (?:المزيد|القراءة|المقال|الخبر كاملا|بقية)(?: .{0,30})?|المزيد|للمزيد|ادامه (?:مطلب|خبر|مطالعه)|بیشتر بخوانید|(?:مزید|مکمل) (?:پڑھیں|پڑھئے|خبر پڑھیں)|קרא(?:ו)? עוד|להמשך (?:ה)?קריאה|למאמר המלא|(?:और|आगे|पूरी खबर|पूरा) (?:पढ़ें|पढ़े|देखें)|อ่าน(?:ต่อ|เพิ่มเติม)|(?:xem|đọc) (?:thêm|tiếp)|baca (?:selengkapnya|lebih lanjut|selanjutnya)|selengkapnya',
];

/** Pointers to other stories, always before a colon. */
const POINTERS = [
  "(?:also|more|see also|read|read also|also read|read more|read next|related|related (?:stories|articles?|posts?|news|content|links?|topics?|coverage)|see more|more (?:on|from|about) .{1,60}|more|recommended(?: for you| reading)?|must read|further reading|don't miss|in case you missed it|you (?:may|might) also like|what to read next)",
  '(?:lesen sie (?:auch|mehr|dazu)|siehe auch|mehr (?:zum thema|dazu|zu .{1,50})|auch interessant|zum thema|passend dazu)',
  '(?:lire aussi|à lire aussi|à lire|voir aussi|lire également|à lire également|sur le même sujet|notre dossier)',
  '(?:lea|lee|leer|ver|vea|mira) también|te puede interesar|también te puede interesar|más sobre .{1,50}|relacionad[ao]s?|noticias? relacionadas?',
  'leggi anche|vedi anche|ti potrebbe interessare|approfondisci|articoli correlati',
  '(?:leia|veja|leia mais|confira) também|leia mais|saiba mais|veja mais|relacionadas?|artigos relacionados',
  'lees ook|bekijk ook|zie ook|lees meer|läs (?:också|även|mer)|læs også|les også|lue myös',
  '(?:czytaj|zobacz|przeczytaj) (?:też|także|również|więcej)|čtěte (?:také|též)|čítajte (?:aj|tiež)|olvasd el (?:ezt )?is|cite(?:ș|ş)te (?:și|şi)',
  '(?:читайте|смотрите|читать|см\\.) (?:также|ещё|еще)|по теме|читайте також|διαβάστε (?:επίσης|ακόμη|ακόμα|περισσότερα)|(?:bunu da|ayrıca) oku(?:yun)?|ilgili haber(?:ler)?',
  '関連(?:記事|ニュース|リンク)|あわせて読みたい|相关(?:阅读|新闻|报道|链接|文章)|相關(?:閱讀|新聞|報導|連結|文章)|延伸(?:阅读|閱讀)|推荐阅读|推薦閱讀|관련 ?(?:기사|뉴스|글)',
  '(?:اقرأ|إقرأ|شاهد|طالع) (?:أيضا|أيضاً|ايضا)|بیشتر بخوانید|مطالب مرتبط|یہ بھی پڑھیں|(?:यह|ये) भी पढ़ें|baca juga|lihat juga|xem thêm|đọc thêm',
];

const ARROWS = '[\\s.…!»›>→➜➔▶►⇒↗|:*\\-–—\\])]{0,12}';
const LEADS = '[\\s\\[(«<>»→▶►•*|·–—-]{0,6}';

const NETWORKS =
  'facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|tumblr|telegram|instagram|mastodon|bluesky|threads|e-?mail|mail|pocket|flipboard|digg|stumbleupon|delicious|del\\.icio\\.us|google\\+?|messenger|line|weibo|wechat|vk|skype|sms|hacker news|slashdot|evernote|instapaper|xing';
const SHARE_WORDS = `share(?: this)?(?: (?:article|story|post|page))?(?: (?:on|via|by|to|with|using|:))?|sharing|tweet(?: this)?|pin(?: it)?|post|print(?: this)?|save|send|copy(?: link)?|link|like(?: this| us)?|loading|follow(?: us)?(?: on)?|recommend|comments?|more|click to (?:share|email|print)(?: (?:on|to|a link to))?(?: a friend)?|opens in new window|(?:diesen )?(?:artikel |beitrag )?teilen|drucken|merken|partager|imprimer|compartir|imprimir|enviar|condividi|stampa|compartilhar?|compartilhe|delen|dela|udostępnij|поделиться|paylaş|シェア|ツイート|分享|공유|मित्रों|add to|mehr|url`;
const SHARE = new RegExp(`^(?:(?:${NETWORKS}|${SHARE_WORDS})[\\s:.,|/•·()…-]{0,4}){1,24}$`, 'iu');
const SHARE_NEEDS =
  /shar|tweet|pin it|print|like this|click to|teilen|partager|compart|condividi|delen|udostępnij|поделиться|paylaş|シェア|ツイート|分享|공유|follow|copy link|dela|(?:facebook|twitter|whatsapp|linkedin|e-?mail|reddit).{0,20}(?:facebook|twitter|whatsapp|linkedin|e-?mail|reddit|print)/iu;

function whole(patterns: readonly string[], after = ''): RegExp {
  return new RegExp(`^${LEADS}(?:${patterns.join('|')})${after}${ARROWS}$`, 'iu');
}

const readOn = whole(READ_ON);
const readOnWith =
  /^(?:(?:continue|keep) reading\b.{0,160}(?:[→»›…]|>{1,2})|(?:read|see|view|watch|find|get|learn) (?:more|the (?:full|whole|rest|entire|original|complete)[a-z ]{0,30}|full[a-z ]{0,20}|it|this)(?: stories| news| coverage)? (?:about|at|on|from|in|of|via) .{2,90}|(?:read|see|view|learn) more ?[:»→>|–—-].{0,160}|continue reading (?:on|at|in|about|"|“|').{1,160}|(?:this|the) (?:article|story|post|piece) (?:continues|is continued) (?:on|at|below|here)\b.{0,60}|\(?(?:story|article|video|post) continues (?:below|after)(?: (?:the )?(?:advertisement|ad|video|gallery|photo|image))?\)?)$/iu;
const pointer = new RegExp(
  `^${LEADS}(?:${POINTERS.join('|')}) ?[:：|].{0,250}$|^[【［[](?:${POINTERS.join('|')})[】］\\]].{0,250}$`,
  'iu',
);
const MOST_POINTER_CHARS = 80;
const pointerAlone =
  /^(?:related(?: (?:stories|articles?|posts?|news|content|links?|topics?|coverage|reading))?|you (?:may|might) also like|recommended(?: for you| stories| reading)?|see also|also read|read next|more (?:on this(?: story| topic)?|stories|news|from .{2,40})|mehr zum thema|sur le même sujet|à lire aussi|leggi anche|leia também|lee también|lea también|lees ook|関連記事|相关阅读|相關閱讀|延伸閱讀|관련 ?기사|читайте также|ilgili haberler|(?:read|see) more(?= ?[:：]))[\s:：.]*$/iu;

const ADVERTISING =
  /^[\s[({*–—-]{0,4}(?:(?:paid |story continues below |article continues below |continue reading below )?(?:advertisement|advertising|advertorial|ad|ads)(?:[\s:–—-]{1,3}(?:continue reading below|story continues below|scroll (?:down )?(?:to|for) .{0,40}|article continues below|skip ad(?:vertisement)?))?|(?:scroll|continue) .{0,20}(?:below|to continue|with .{0,30}article)|(?:paid |brand |partner )?(?:sponsored|promoted)(?: (?:content|by .{2,40}|post|story|links?|article))?|partner content|paid (?:content|post|for by .{2,40}|partnership)|about sponsored content\b.{0,200}|(?:this|the) (?:content|article|post|story) (?:was|is) (?:commissioned|sponsored|paid for|produced|brought to you|created|presented) (?:by|in (?:partnership|association) with) .{2,100}|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|annons|annonse|annonce|reklama|реклама|реклам|reklam|διαφήμιση|広告|スポンサーリンク|[pＰ][rＲ]|广告|廣告|광고|إعلان|تبلیغات|פרסומת|विज्ञापन|quảng cáo|iklan|continua dopo la pubblicità|continua después de la publicidad|la suite après la publicité|continua após a publicidade)[\s\])}.:*–—-]{0,4}$/iu;

const NEWSLETTER = [
  /^(?:(?:please |click here to |don't forget to |be sure to )?(?:sign up|subscribe|register|join|signup)|get|receive|enjoy|want|like what you see|enjoyed this|enjoying this)\b.{0,160}\b(?:newsletters?|inbox|mailing list|(?:news|e-?mail) (?:alerts?|updates?|bulletin)|daily (?:briefing|digest|email)|morning briefing)\b.{0,120}$/iu,
  /^(?:subscribe|sign up|join us|follow us|follow me|like us|find us|follow @\w+|join our|subscribe to our|join the conversation)(?: (?:now|today|here|free|for free|on|to|via|at|and|our|my|us|in|the|channel|group|page|community|whatsapp|telegram|facebook|twitter|instagram|youtube|linkedin|google news|apple news|mastodon|bluesky|threads|tiktok|x|podcast|rss|feed|for (?:more|the latest|updates)|latest|updates|news|daily|@\w+)[,.!]?){0,16}[\s!.»→>]{0,4}$/iu,
  /^thanks for reading .{1,80}[!.] (?:subscribe|share|this post is) .{1,140}$/iu,
  /^(?:partage[rz]|compart(?:ir|e)|condividi|compartilh(?:ar|e)|delen|dela|udostępnij|поделиться|auf) (?:sur|en|su|no|na|op|på|w|na|в|на)? ?(?:facebook|twitter|x|whatsapp|linkedin|telegram|instagram|e-?mail)(?: teilen)?[\s!.]{0,3}$|^(?:s[íi]guenos|s[ií]gue(?:nos)? a? ?.{0,30}|siga(?:-nos| (?:o|a|os|as) .{1,30})|suivez(?:-nous| .{1,30})|seguici|segui .{1,30}|folge(?:n sie)? (?:uns|.{1,30})|volg (?:ons|.{1,30})|följ (?:oss|.{1,30})|obserwuj (?:nas|.{1,30})) (?:en|no|na|nos|nas|sur|su|auf|op|på|w) (?:facebook|twitter|x|whatsapp|linkedin|telegram|instagram|youtube|tiktok|google news|google noticias|bluesky|threads).{0,40}$/iu,
  /^(?:扫码|掃碼|扫描|掃描|长按|長按|点击|關注|关注|欢迎关注|歡迎關注).{0,12}(?:关注|關注|微信|公众号|公眾號|二维码|二維碼|訂閱|订阅).{0,40}$|^.{0,20}(?:네이버|카카오톡).{0,12}(?:구독|채널).{0,30}$/u,
  /^(?:download|get|install) (?:the|our) (?:[\p{L}\d.]+ ){0,4}app\b.{0,100}$/iu,
  /^(?:view|open|read) (?:this )?(?:e-?mail|newsletter|message|it)? ?(?:in|on) (?:your|a|the) (?:web ?)?browser.{0,30}$|^unsubscribe\b.{0,80}$|^(?:you (?:are receiving|received|'re receiving) this (?:e-?mail|newsletter|message)\b.{0,160}|update (?:your )?(?:e-?mail )?preferences.{0,60}|manage (?:your )?(?:subscription|preferences).{0,60}|forwarded this (?:e-?mail|newsletter)\b.{0,80}|was this forwarded to you\b.{0,80})$/iu,
  /^(?:.{0,40}newsletter (?:abonnieren|bestellen)|(?:abonnieren|bestellen|melden|registrieren) sie .{0,80}newsletter.{0,60}|.{0,60}newsletter an(?:melden)?|jetzt .{0,30}newsletter .{0,40}|(?:inscrivez|abonnez)-vous .{0,120}|recevez .{0,80}(?:newsletter|boîte mail|e-?mail).{0,60}|(?:suscríb[ea](?:te|se)|apúnt[ae](?:te|se)|regístr[ae](?:te|se)|recib[ae]) .{0,80}(?:newsletter|boletín|boletines|correo).{0,60}|iscriviti .{0,80}(?:newsletter|canale).{0,60}|(?:assine|inscreva-se|receba|cadastre-se) .{0,80}(?:newsletter|boletim|e-?mail|canal).{0,60}|(?:schrijf je in|meld je aan|abonneer je) .{0,80}(?:nieuwsbrief|newsletter).{0,60}|(?:zapisz się|zasubskrybuj) .{0,60}(?:newsletter|newslettera).{0,40}|(?:подпишитесь|подписывайтесь) на .{1,120}|(?:bültenimize|bültene) .{0,60}|.{0,30}(?:メールマガジン|メルマガ|ニュースレター).{0,20}登録.{0,20}|.{0,10}(?:订阅|訂閱)(?:我们|我們)?的?.{0,20}(?:通讯|通訊|电子报|電子報|newsletter).{0,20}|뉴스레터 .{0,20}구독.{0,20})$/iu,
];

const PAYWALL = [
  /\{\{[^{}\n]{0,120}\}\}|\{%[^{}\n]{0,120}%\}|\*\|[A-Z_:]{2,40}\|\*|%%[\w.-]{2,40}%%|<%=?[^<>\n]{0,80}%>/u,
  /^you (?:have|'ve) .{0,60}\b(?:free|complimentary|remaining) (?:articles?|stor(?:y|ies)|views?|reads?)\b.{0,60}$|^you've (?:read|reached) .{0,60}(?:articles?|limit)\b.{0,60}$/iu,
  /^this is your (?:last|final) (?:free )?.{0,60}$|^your (?:free )?(?:trial|subscription|full access|access|membership)\b.{0,80}\b(?:expired|ended|expires)\b.{0,20}$|^you need (?:a subscription|to (?:be (?:a subscriber|logged in)|subscribe|log ?in|sign ?in))\b.{0,60}$/iu,
  /^(?:get|enjoy|unlock|gain|become|buy) (?:full|unlimited|complete|digital|instant|all-access|a (?:subscriber|member)) ?(?:digital )?(?:access)?(?: to (?:all |our |every |the |this )?(?:articles?|stor(?:y|ies)|content|site|website)\b.{0,40})?$|^see all offers(?: and subscribe)?$/iu,
  /^(?:already |are you |not )(?:an? )?(?:yet )?(?:a )?(?:subscriber|member|subscribed|registered)(?:\?.{0,60}|.{0,10}\b(?:log|sign) ?in\b.{0,40}|[.! ]{0,3})$|^(?:please )?(?:log ?in|sign ?in|register|subscribe|create (?:a free |an )?account)(?:,? (?:or|and) (?:register|subscribe|sign ?up|log ?in|sign ?in|create an account))?(?: now)? (?:to|for) (?:continue|read|view|access|keep|unlock|full|unlimited)\b.{0,90}$|^to (?:(?:continue|keep|finish) reading|continue|read (?:this|the|our|more|full)|view this|access this|unlock this)\b.{0,80}\b(?:subscribe|log ?in|sign ?in|register)\b.{0,60}$/iu,
  /^(?:this|the) (?:article|content|story|post|page|report|video) is (?:only |exclusively )?(?:for|available(?: only| exclusively)? (?:to|for)|reserved for|exclusive to|restricted to) .{0,30}\b(?:subscribers?|members|registered users|premium users)\b.{0,60}$|^(?:for )?(?:paid |premium )?(?:subscribers?|members?)(?: |-)only(?: (?:content|article|story|post))?[.!]?$|^premium (?:content|article)$|^(?:try|start) .{0,40}(?:\bfree trial\b|\bfor (?:just |only )?[$£€¥]\d|\b\d+ (?:months?|weeks?|days?) (?:for|free)\b).{0,40}$|^offer (?:ends|expires)\b.{0,40}$/iu,
  /^(?:dieser (?:artikel|beitrag|inhalt) ist (?:nur |exklusiv )?für (?:\S+ )?(?:abonnent|mitglieder|nutzer).{0,80}|(?:jetzt )?(?:weiterlesen|testen) mit .{1,60}|sie sind (?:noch )?kein abonnent.{0,60}|(?:cet article|ce contenu|la suite(?: de cet article)?|article) (?:est )?réservée? (?:à nos |aux )?abonnés.{0,60}|il vous reste .{1,30}de cet article.{0,80}|(?:este )?(?:contenido|artículo|conteúdo|artigo)(?: es| é)? (?:exclusivo|reservado|solo) .{0,20}(?:suscriptores|assinantes).{0,60}|(?:contenuto|articolo|questo articolo è) (?:è )?riservato agli abbonati.{0,40}|(?:dit )?artikel is (?:alleen |exclusief )?voor abonnees.{0,40}|.{0,20}(?:有料|無料)?会員(?:限定|登録).{0,30}|.{0,20}(?:仅限|僅限)(?:订阅|訂閱|会员|會員).{0,20}|.{0,10}(?:статья|материал) доступн?[ао]? только (?:для )?подписчик.{0,40})$/iu,
];

const CREDITS = [
  /^[\s[(©–—-]{0,4}(?:photo|photograph|image|picture|pic|foto|fotos|bild|photos?|images?|imagen|imagem|immagine|illustration|video|写真|图片|圖片|图|圖|사진|фото|φωτογραφία|fotoğraf|zdjęcie|fot\.|credit|credits)(?: ?(?:credit|credits|by|courtesy(?: of)?|source|via|出典|提供|来源|來源|제공))? ?[:：©/=|] ?.{1,110}$/iu,
  /^[\s[(]{0,3}(?:photo(?:graph)?s?|image|picture|illustration) (?:(?:by|courtesy(?: of)?|via) .{2,90}|from [^.!?]{2,60})$/iu,
  /^[\s[(]{0,3}(?:.{0,60}[/|] ?)?(?:getty images?|shutterstock|istock(?:photo)?|unsplash|pixabay|ap photo|associated press photo|afp photo|reuters photo|alamy(?: stock photo)?|picture alliance|epa-efe|imago(?: images)?|depositphotos)(?: ?[/|].{0,60})?[\s\])]{0,3}$/iu,
  /^copyright\b.{0,160}$|^.{0,120}\ball rights reserved\b.{0,80}$|^(?:alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados|無断転載.{0,12}|版权所有.{0,30}|無斷轉載.{0,20}|저작권자.{0,40}|무단 ?전재.{0,30})[\s.]*$/iu,
];

/** Nobody's prose begins so. */
const MARKS_OF_OWNERS =
  /^(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).{0,240}$|^(?:责任编辑|責任編輯|编辑|編輯|校对|校對|审核|審核|作者|撰文|記者|记者) ?[:：] ?.{1,30}$|^crédits? ?(?:photos?|images?)? ?: ?.{1,90}$/iu;

/** "By Anna Berg and Bert Holm", in any language that has a word for it. */
const NAME = "\\p{Lu}[\\p{L}.'-]{0,20}";
const BYLINE = new RegExp(
  `^(?:By|Von|Par|Por|Di|Door|Av|Af|De) ${NAME}(?: ${NAME}){1,3}(?:(?:,|,? (?:and|und|et|y|e|en|i|och|og)) ${NAME}(?: ${NAME}){1,3}){0,4}$`,
  'u',
);

const TAGS =
  /^(?:(?:tags?|tagged|categor(?:y|ies)|topics?|labels?|keywords?|filed under|posted in|schlagwörter|schlagworte|kategorien?|stichworte|mots-clés|étiquettes|catégories?|etiquetas|categorías?|categorias?|palabras clave|temas|parole chiave|categorie|argomenti|palavras-chave|trefwoorden|метки|теги|рубрика|タグ|カテゴリ|标签|標籤|分类|태그) ?[:：] ?.{1,200}|(?:tagged (?:as|with|in)|filed under|posted (?:in|on|by|under)) [^.!?。]{1,60})$/iu;

const COUNTERS =
  /^(?:(?:view |see |read |show |all |\d[\d,.]{0,8} |no |add (?:a |your )?|leave a |post a |join the |discuss(?: on)? |\[)*(?:comments?|reply|replies|discussion|conversation|respuestas?|comentarios?|commentaires?|kommentare?|commenti|comentários?|reacties|комментари[ийяев]{1,2}|コメント|评论|評論|댓글)(?: ?[(:]? ?\d[\d,.]{0,8} ?\)?)?\]?|discuss|\d[\d,.]{0,8} (?:views|shares|likes|points?|upvotes?)|\d{1,3} ?(?:min(?:ute)?s?|minuten|minutes de lecture) ?(?:read|lesezeit|lecture)?|reading time ?:? ?\d{1,3} min(?:ute)?s?\.?)$/iu;

const AGGREGATORS = [
  /^submitted by (?:\/?u\/\S{1,40}|\S{1,40})(?: to \/?(?:r\/)?\S{1,40})?(?: ?\[link\] ?(?:\[\d{0,6} ?comments?\])?)$|^submitted by \/?u\/\S{1,40}(?: to \/?r\/\S{1,40})?$|^submitted by\S{2,80}$|^(?:\[link\]|\[\d{0,6} ?comments?\])(?: ?(?:\[link\]|\[\d{0,6} ?comments?\]))?$/iu,
  /^(?:article url|comments url|points|# ?comments) ?: ?\S{1,600}$|^(?:article url|comments url|points|# ?comments) ?: .{1,300}(?:points|comments) ?: ?\d+$/iu,
  /^view full coverage on google news.{0,10}$|^(?:.{0,10}and more|all [\d,.]+ (?:news )?articles?)(?: ?»| ?>+|…)?$|^full coverage$|^google news$/iu,
  /^(?:email this(?: article)?|add to (?:del\.icio\.us|digg|facebook|reddit|twitter|any|technorati).{0,30}|save to del\.icio\.us|digg this!?|stumble it!?|share on (?:facebook|twitter|linkedin|reddit|whatsapp).{0,30}|subscribe to (?:this|the) feed|technorati links|permalink|trackback|bookmark it)(?: .{0,60})?$/iu,
  /^(?:https?:\/\/\S{1,600}|www\.\S{1,200}|pic\.twitter\.com\/\S{1,40})(?: (?:https?:\/\/\S{1,600}|www\.\S{1,200}))*$/iu,
  /^(?:source|via|quelle|quellen|fuente|fonte|bron|источник|źródło|kaynak|出典|来源|來源|출처|hat tip|h\/t) ?[:：] ?.{1,80}$/iu,
  /^(?:(?:watch|listen|play)(?: (?:the )?(?:video|audio|now|here|live|podcast|episode|below|later|more|full episode))*|video|audio|gallery|slideshow|view gallery|photos|in pictures|enlarge|close|menu|search|skip to (?:main )?content|back to top|next|previous|print|loading|share|bookmark|report this ad|image|\d+ of \d+)[\s.…:»→>]{0,4}$/iu,
];

/** A page about how it is to be used. */
const PAGE_TALK =
  /^(?:listen to (?:this|the) (?:article|story).{0,30}|(?:continue reading|skip to|back to) the main (?:story|content)|(?:please )?(?:enable|turn on|activate) javascript .{1,60}|.{0,40}requires javascript.{0,40}|\(?visited [\d,.]{1,9} times?,? [\d,.]{1,9} visits? today\)?|skip past newsletter promotion|after newsletter promotion|your browser does not support .{1,60}|for (?:more|further|additional) (?:information|details),? (?:please )?(?:visit|contact|see|go to|call|e-?mail)\b.{1,140})[\s.!]{0,3}$/iu;

/** "…, astronomers say." or "…: the company explains …": what is attributed to somebody is told, not offered. */
const ATTRIBUTED =
  /, (?:a|ont) (?:\p{L}{1,12} )?(?:dit|déclaré|rappelé|annoncé|expliqué|demandé) |, (?:sagte|riet|warnte|erklärte|mahnte|teilte|dijo|pidió|advirtió|aseguró|ha detto|avverte|disse|pediu|zei|raadt) |[,:] [^,:]{2,90}\b(?:said|says?|told|tells|warn(?:s|ed)|ruled|reported|announced|explain(?:s|ed)|show(?:s|ed)|advise[ds])\b[^,:]{0,60}[.!]?$/iu;

/** Whether a whole text, one line with straight apostrophes, is nothing but what tools and pages add to a story. */
export function isFurniture(text: string): boolean {
  return (
    isInvitation(text) ||
    readOnWith.test(text) ||
    COUNTERS.test(text) ||
    MARKS_OF_OWNERS.test(text) ||
    BYLINE.test(text) ||
    PAGE_TALK.test(text) ||
    (!ATTRIBUTED.test(text) && isSiteNotice(text)) ||
    (!isStatement(text) && [TAGS, ...CREDITS, ...AGGREGATORS].some((pattern) => pattern.test(text)))
  );
}

/** Whether a whole text, as above, invites to read on or elsewhere, to share or to subscribe, or marks an advert. */
export function isInvitation(text: string): boolean {
  return (
    readOn.test(text) ||
    pointer.test(text) ||
    pointerAlone.test(text) ||
    ADVERTISING.test(text) ||
    (SHARE.test(text) && SHARE_NEEDS.test(text)) ||
    (!ATTRIBUTED.test(text) && NEWSLETTER.some((pattern) => pattern.test(text)))
  );
}

/** Whether a text only says that other stories follow. */
export function isPointer(text: string): boolean {
  return text.length <= MOST_POINTER_CHARS && pointerAlone.test(text);
}

/** Whether a text is the row of a bar for sharing, or one of its buttons. */
export function isShareBar(text: string): boolean {
  return text.length <= MOST_POINTER_CHARS * 2 && SHARE.test(text);
}

/** Whether a text is about what a reader has to pay or register for, or holds an unfilled template. */
export function isPaywall(text: string): boolean {
  return !ATTRIBUTED.test(text) && PAYWALL.some((pattern) => pattern.test(text));
}

/** Whether a text only invites to read on: what may also be the last link of a cut-off text. */
export function isReadOn(text: string): boolean {
  return readOn.test(text) || readOnWith.test(text);
}

/** A credit, a tag or a source names something; what ends like a sentence of some length says something. */
function isStatement(text: string): boolean {
  return /[.!?]$/u.test(text) && text.split(' ').length > 9;
}
