import { isInvitation } from '../boilerplate-phrases.ts';

/** A line longer than this is prose, however it begins. */
const MAX_LABEL_LENGTH = 60;

function whole(alternatives: string): RegExp {
  return new RegExp(`^[\\s\\p{P}\\p{S}]*(?:${alternatives})[\\s\\p{P}\\p{S}\\d]*$`, 'iu');
}

/** Words of the page about itself, standing alone. */
const FURNITURE = whole(
  [
    'advert(?:isement|s|ising)?|ads?|ad feedback|sponsored(?: content| post)?|paid (?:content|post)|promoted|anzeigen?|werbung|publicit[ée]|publicidad[e]?|pubblicit[àa]|advertentie|reklama?|iklan|реклама|広告|广告|廣告|광고',
    'story continues below(?: advertisement)?|article continues below(?: advertisement)?|continue reading(?: below| the main story)?|read more|(?:click|tap)(?: here)? to (?:read|see|view|enlarge|expand)[\\w ]{0,20}|weiterlesen|mehr lesen|lire la suite|leer m[áa]s|seguir leyendo|continua a leggere|leia mais|continue lendo|lees (?:meer|verder)|czytaj dalej|читать далее|続きを読む|더보기',
    'share(?: this| on| via)?(?: (?:article|story|post|page|facebook|twitter|x|whatsapp|email|e-mail|linkedin|pinterest|reddit|flipboard))*|tweet(?: this)?|pin(?: it)?|e-?mail(?: this)?|print(?: this)?(?: article| page)?|copy link|save(?: article| for later)?|(?:artikel |beitrag |seite )?teilen|auf (?:facebook|twitter|whatsapp|x) teilen|twittern|merken|drucken|druckversion|partager|imprimer|compartir|compartilhar|condividi|stampa|delen|udostępnij|поделиться|facebook|twitter|whatsapp|linkedin|pinterest|instagram|telegram|reddit|flipboard|get short url',
    'comments?|(?:no|leave a|post a|write a|view|show|add a|join the) (?:comments?|reply|conversation|discussion)|kommentare?|kommentar (?:schreiben|hinterlassen|verfassen)|schreibe einen kommentar|commentaires?|laisser un commentaire|comentarios?|deja un comentario|commenti|lascia un commento|coment[áa]rios?|reacties|komentarze|комментарии|コメント',
    'skip to (?:main )?content|skip (?:ad|advertisement)|back to top|top|home|menu|close|open|caption|hide caption|toggle caption|loading|play video|watch (?:now|live)|next|previous|prev|zum inhalt springen|nach oben|zur startseite|startseite|schlie(?:ß|ss)en|zur[üu]ck|weiter|vergr[öo](?:ß|ss)ern|haut de page|inicio|in[íi]cio',
    'image \\d+ of \\/? ?\\d+|\\d+ ?(?:\\/|of|von|de|di) ?\\d+|slide \\d+ of \\d+|this slideshow requires javascript|javascript (?:is )?(?:required|disabled)|please enable javascript[\\w ,]{0,60}|(?:view|see|show) (?:full )?(?:gallery|slideshow|all photos|all|larger image|photos)|bildergalerie|fotostrecke|zur galerie',
    'photos?|images?|videos?|watch|listen|gallery|fotos?|bilder|bild|video ansehen|imagen|foto',
    'entertainment|columnists|opinion|news|politics|business|sports?|world|local',
    'about (?:the )?(?:author|writer)s?|[üu]ber den autor|[üu]ber die autorin|zur person|[àa] propos de l.auteur|sobre (?:el autor|la autora|o autor)',
    'log ?in|sign ?in|register|subscribe(?: now| today)?|sign ?up(?: now)?|anmelden|registrieren|abonnieren|jetzt abonnieren|s.abonner|suscr[íi]bete|iscriviti|see all offers(?: and subscribe)?|see all offers|get unlimited access|(?:like|enjoyed) this (?:story|article)\\W{1,3}share it[\\w ]{0,20}|tell us what you think',
  ].join('|'),
);

/** Headings of what follows an article. */
const RELATED_LABEL = whole(
  [
    'more (?:[\\p{L}\\d]+ ){1,3}(?:stories|news|articles|coverage)|related(?: (?:articles?|stories|story|posts?|news|content|topics?|links?|coverage|reading|videos?))?|(?:you )?(?:may|might|ll|will)? ?(?:also|be interested in|also like|also enjoy)|(?:you )?(?:may|might) (?:also )?(?:like|enjoy|be interested in)|more(?: (?:on|from|about|in|stories|news|coverage|reading)(?: [\\p{L}\\d .&]{1,30})?)?|read (?:more|also|next|this next)|also read|see (?:also|more)|don.t miss|must reads?|most (?:read|popular|viewed)|trending(?: now)?|popular(?: posts| now)?|latest (?:news|stories|posts)|recommended(?: for you| stories| reading)?|editor.s picks|top stories|what to read next|up next|what others are reading|from around the web|around the web|sponsored stories|in this story|further reading|elsewhere|just in',
    'mehr (?:zum thema|dazu|lesen|aus [\\p{L} ]{1,20}|von [\\p{L} ]{1,20}|artikel)|lesen sie (?:auch|mehr|hier)|das k[öo]nnte (?:sie|dich|ihnen|dir) auch (?:interessieren|gefallen)|auch interessant|weitere (?:artikel|beitr[äa]ge|meldungen|nachrichten|themen|informationen|infos)|verwandte (?:artikel|themen|beitr[äa]ge)|[äa]hnliche (?:artikel|beitr[äa]ge|themen)|zum thema|meistgelesen|empfohlen(?:e artikel)?|passend dazu|siehe auch|neueste (?:artikel|beitr[äa]ge)|aktuelle (?:artikel|beitr[äa]ge)|beitrags?-?navigation|vorheriger (?:artikel|beitrag)|n[äa]chster (?:artikel|beitrag)',
    '[àa] lire (?:aussi|[ée]galement)|lire aussi|voir aussi|articles? (?:li[ée]s|similaires)|sur le m[êe]me (?:sujet|th[èe]me)|vous aimerez aussi|lea (?:tambi[ée]n|adem[áa]s)|lee tambi[ée]n|le puede interesar|te puede interesar|noticias? relacionad[ao]s?|art[íi]culos relacionados|leggi anche|potrebbe interessarti(?: anche)?|articoli correlati|leia (?:tamb[ée]m|mais)|veja (?:tamb[ée]m|mais)|not[íi]cias relacionadas|lees ook|gerelateerd(?:e artikelen)?|zobacz (?:te[żz]|tak[żz]e)|czytaj (?:te[żz]|tak[żz]e|r[óo]wnie[żz])|читайте также|по теме|baca juga|関連記事|あわせて読みたい|相关阅读|相关新闻|관련 ?기사',
    'tags?|topics?|categories|category|filed under|recent (?:articles?|posts?|stories|news)|popular this (?:week|month)|schlagw[öo]rter|themen|stichworte|mots[- ]cl[ée]s|etiquetas|temas|kategorien?|tagi',
    'newsletter|sign up (?:for|to) (?:our|the) [\\p{L} ]{0,30}newsletters?|share this(?: article| story| post)?|like this|gef[äa]llt mir|leave a (?:comment|reply)|schreibe einen kommentar|kommentar (?:schreiben|verfassen|hinterlassen)|sponsored content|sources?|quellen?',
  ].join('|'),
);

/** Pointers to other articles and calls to act, by how they begin; the rest of the line may be anything. */
const POINTER =
  /^[\s\p{P}\p{S}]*(?:(?:read|see|also|watch|listen|more|related|must[- ]read|don.t miss|in pics|in pictures|explained|also read|also see|also watch|read also|see also|see more|read more|read next|related (?:stor(?:y|ies)|articles?|posts?|news|video)|recommended|previously|opinion|mehr zum thema|mehr dazu|lesen sie (?:auch|hier|mehr|dazu)|lies auch|siehe auch|lire aussi|[àa] lire aussi|voir aussi|lea (?:tambi[ée]n|m[áa]s)|lee tambi[ée]n|ver (?:tamb[ée]m|m[áa]s)|leia (?:tamb[ée]m|mais)|veja (?:tamb[ée]m|mais)|leggi anche|lees ook|czytaj (?:te[żz]|tak[żz]e|wi[ęe]cej)|zobacz (?:te[żz]|tak[żz]e)|читайте также|baca juga)\s?(?::|\||–|—|>|»|►)|(?:read|see) (?:more|also) (?:on|at|about|from|in)\b|click here|(?:tap|click) (?:to|on|the)\b|get the [\p{L}\d ]{0,40}\bapp\b|download (?:the|our) [\p{L}\d ]{0,40}\bapp\b|sign up (?:here|now)\b|sign up (?:for|to) [\p{L}\d’' ]{0,50}(?:newsletters?|e-?mails?|alerts|briefings?|updates)\b|subscribe (?:to|now|for|here|today)\b|get (?:the )?(?:latest|breaking|daily|our)\b[\p{L}\d’', ]{0,60}(?:inbox|newsletters?|e-?mail)|follow (?:us|me|him|her|them)\b|(?:like|follow|find|join) us on\b|follow [\p{L}\d’'. ]{1,40} on (?:facebook|twitter|instagram|x|linkedin|youtube|telegram|google news)|join (?:our|the) [\p{L} ]{1,30}(?:forums?|channel|group|community|newsletter|conversation)|have a (?:news )?tip\b|got a tip\b|stay (?:ahead|up[- ]to[- ]date|informed|tuned|connected)\b[\p{L} ]{0,20}with (?:our|us|the)|support (?:our|independent) journalism|(?:hier|jetzt) (?:klicken|anmelden|abonnieren|bestellen|registrieren)|(?:folgen sie|folge) uns\b|abonnieren sie\b|melden sie sich\b[\p{L} ]{0,40}(?:newsletter|an)\b|suscr[íi]bete\b|s[íi]guenos\b|siga-nos\b|siga [oa] [\p{L}\d ]{1,30} (?:no|nas)\b|inscrivez-vous\b|abonnez-vous\b|suivez-nous\b|iscriviti\b|seguici\b|volg ons\b|this post (?:may|might) contain affiliate|this (?:web)?site uses cookies|we use cookies|(?:diese|unsere) (?:web)?seite (?:verwendet|nutzt|benutzt) cookies|wir (?:verwenden|nutzen) cookies)/iu;

/** What a pointer or a call says anywhere in a line. */
const APPEAL =
  /\b(?:follow (?:him|her|them|us|me) on (?:twitter|facebook|instagram|x|linkedin)|may be reached at|can be reached at|(?:email|e-mail|contact) (?:him|her|them|us|the author) (?:at|on)|by clicking here|click here (?:to|for)|sign up (?:for|to) (?:our|his|her)|subscribe to (?:our|his|her)|all rights reserved|alle rechte vorbehalten|tous droits r[ée]serv[ée]s|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|this (?:web)?site uses cookies|free articles? (?:left|remaining)|unlimited access|already a subscriber|last free article|cancel any ?time|trial period has expired|need a subscription to|in your inbox|to your inbox|ohne werbung lesen|jetzt kostenlos testen)\b/iu;

const PAYWALL =
  /\b(?:free articles? (?:left|remaining)|last free article|unlimited access|already a subscriber|trial period has expired|need a subscription|full access to [\p{L}\d’' ]{1,60} has expired|subscribe (?:now )?to (?:continue|read|keep)|to continue reading|log in to (?:continue|read)|try (?:\d|one|two|three) (?:months?|weeks?) (?:for|free)|offer ends|cancel any ?time|sponsored content|weiterlesen mit|nur für abonnenten|jetzt (?:testen|weiterlesen|abo)|exklusiv für abonnenten|réservé aux abonnés|contenido exclusivo para suscriptores)\b/iu;

const SENTENCE_END = /[.!?…]["”’)]?$/u;
const CREDIT =
  /^[\s([]*(?:©|\(c\)|(?:photo|photograph|photos|photography|image|images|picture|pictures|illustration|foto|fotos|bild|bilder|bildquelle|grafik|symbolbild|quelle|cr[ée]dit(?:s)? ?(?:photo)?|photo cr[ée]dit|cr[ée]dito|imagem|imagen|immagine|beeld|zdj[ęe]cie|фото|写真|사진|图片来源)(?: ?(?:credits?|copyright|courtesy|source|by|via|quelle|von|par|de))*\s?(?:[:：©|/]|by\b|courtesy\b|via\b)\s*\S)/iu;
const CREDIT_LABEL = /^(?:image|photo|picture|media) (?:copyright|caption|credit|source)\b/iu;
const AGENCIES =
  'getty(?: images)?|afp|reuters|ap(?: photo)?|associated press|epa(?:-efe)?|dpa|picture[- ]alliance|shutterstock|' +
  'istock(?:photo)?|unsplash|pexels|pixabay|fotolia|adobe ?stock|imago(?: images)?|alamy|bloomberg|zuma(?: press)?|' +
  'usa today sports|keystone|ddp|ansa|efe|kyodo|xinhua|yonhap|nurphoto|anadolu';
/** "T. Okafor | Bloomberg | Getty Images", "picture alliance/dpa", "Reuters". */
const AGENCY = new RegExp(
  `^(?:[\\p{L}\\d.' -]{2,40}\\s?[|/,©–—]\\s?|[\\p{L}. -]{2,40} (?:via|for) )?(?:${AGENCIES})(?:\\s?[|/,]\\s?[\\p{L}\\d. -]{2,40}){0,3}$`,
  'iu',
);
const CREDITED_END =
  /[([]\s*(?:(?:image|photo|picture|foto|bild|credit|pic)s?(?: credit| courtesy| by)?\s*[:©]|©|ap photo|getty|reuters|afp|dpa|file photo)[^()[\]]{0,80}[)\]]\s*\.?$|\s©\s?[\p{L}\d /-]{2,50}$/iu;

const BYLINE =
  /^(?:by|von|par|por|di|door|de|text|author|autor(?:in)?|auteur|written by|posted by|reported by|story by|words by|geschrieben von)[:\s]\s?(?=\p{Lu})/iu;
const FILED =
  /^[\s\p{P}\p{S}]*(?:filed (?:under|in)|posted (?:in|under|on|by)|tags?|tagged(?: (?:with|as|in))?|topics?|categor(?:y|ies)|keywords?|in this (?:article|story)|schlagw[öo]rter|schlagworte|stichw[öo]rter|kategorien?|themen|veröffentlicht (?:in|unter|von)|ver[öo]ffentlicht am|abgelegt unter|verschlagwortet(?: mit)?|mots[- ]cl[ée]s|cat[ée]gories?|class[ée] dans|etiquetas|categor[íi]as?|publicado en|archivado en|tags da not[íi]cia|categorie|tagi|kategorie|метки|теги|рубрики?)\s?(?::|-|–|\|)/iu;
const FILED_BARE =
  /^(?:filed under|posted in|tagged with|abgelegt unter|ver[öo]ffentlicht unter|verschlagwortet mit)\b/iu;
const SOURCE = /^(?:sources?|quellen?|fonte|fuente|bron|[źz]r[óo]d[łl]o|источник|via|sumber)\s?[:：]/iu;
const REPORTING =
  /^\(?(?:(?:additional )?(?:reporting|editing|writing|compiled) (?:and [a-z]+ )?by\b|mit material von\b|\p{Lu}[\p{L}.’' -]{1,120} contributed (?:to this (?:report|story|article)|reporting)\b)/iu;
const SHORTCODE = /^\[[a-z_]{3,30} [a-z_]{2,20}=/iu;
const TEMPLATE = /\{\{[^{}]{1,80}\}\}/u;
const COPYRIGHT = /^(?:©|\(c\)\s|copyright\b)/iu;

export function isFurniture(text: string): boolean {
  if (TEMPLATE.test(text) || SHORTCODE.test(text) || isIconNames(text)) return true;
  return text.length <= MAX_LABEL_LENGTH * 2 && (FURNITURE.test(text) || isInvitation(text));
}

/** Names of drawings run together ("ChevronIcon FacebookIcon Mail"). */
function isIconNames(text: string): boolean {
  if (text.length > 600) return false;
  const icons = text.match(/icon|created with sketch/giu)?.length ?? 0;
  return icons >= 3 && icons * 6 >= text.split(' ').length;
}

/** What is said to readers who have not paid. */
export function isPaywall(text: string): boolean {
  return text.length <= 200 && (TEMPLATE.test(text) || PAYWALL.test(text));
}

/** A heading such as "You may also like": what follows it is not the article. */
export function isRelatedLabel(text: string): boolean {
  return text.length <= MAX_LABEL_LENGTH && RELATED_LABEL.test(text);
}

export function isPointer(text: string): boolean {
  return text.length <= 220 && POINTER.test(text);
}

export function isAppeal(text: string): boolean {
  return text.length <= 300 && APPEAL.test(text);
}

/** The credit of a picture, or a caption that ends in one. */
export function isCredit(text: string): boolean {
  const isSentence = text.length > 80 && SENTENCE_END.test(text);
  if (text.length <= 120 && !isSentence && CREDIT.test(text)) return true;
  if (text.length <= 240 && (CREDITED_END.test(text) || CREDIT_LABEL.test(text))) return true;
  return text.length <= 70 && AGENCY.test(text) && !SENTENCE_END.test(text);
}

export function isByline(text: string): boolean {
  return text.length <= 80 && BYLINE.test(text) && !/[.!?:]$/u.test(text);
}

export function isFiledUnder(text: string): boolean {
  return text.length <= 200 && (FILED.test(text) || FILED_BARE.test(text));
}

export function isSource(text: string): boolean {
  return text.length <= 100 && SOURCE.test(text);
}

/** Who else worked on it, said at an article's end. */
export function isReporting(text: string): boolean {
  return text.length <= 300 && REPORTING.test(text);
}

export function isCopyright(text: string): boolean {
  return text.length <= 200 && COPYRIGHT.test(text);
}
