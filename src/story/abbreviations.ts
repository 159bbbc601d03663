/**
 * What a sentence splitter has to know of a language, as written with their full stops left off.
 * - strong: never end a sentence
 * - weak: end one only before a word that begins sentences
 * - counted: are no abbreviation unless a number follows (`No. 5`, `S. 12`)
 * - starters: words that begin sentences and hardly ever follow an abbreviation within one
 */
export interface SentenceWords {
  readonly strong: ReadonlySet<string>;
  readonly weak: ReadonlySet<string>;
  readonly counted: ReadonlySet<string>;
  readonly starters: ReadonlySet<string>;
  /** `3. Oktober`: a number with a full stop is an ordinal. */
  readonly ordinals: boolean;
}

interface Listed {
  readonly strong?: string;
  readonly weak?: string;
  readonly counted?: string;
  readonly starters?: string;
  readonly ordinals?: boolean;
}

const listed: Readonly<Record<string, Listed>> = {
  en: {
    strong:
      'Mr Mrs Ms Messrs Mx Dr Prof Gen Col Lt Sgt Cpl Pvt Capt Maj Cmdr Adm Brig Rev Hon Pres Supt Det Insp Atty Sen Rep Gov Amb Sec Treas Mt Ft Fr Sr Ald Cllr Asst Assoc vs e.g i.e cf viz approx dept est Gov Lieut Pfc Spc Supt Brig.Gen Lt.Gen Lt.Col Maj.Gen Rt ca',
    weak: 'Inc Co Corp Ltd LLC Plc Bros Jr Sr Esq Ph.D M.D B.A M.A D.C a.m p.m A.M P.M etc al St Ave Blvd Rd Dept Univ Assn Cos Mass Calif Fla Conn Pa Va Tenn Ariz Colo Ala Ark Del Ga Ill Ind Kan Ky La Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Wash Wis Wyo Tex Vt Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri U.S U.K U.N E.U U.S.A U.A.E min max avg Tel tel ext Ed ed eds trans repr',
    counted: 'No Nos no nos Ver ver p pp Fig fig Figs Art art Sec sec Ch ch Vol vol Eq eq c ca Op op Rs para',
    starters:
      'The A An He She It They We I You But And Or So In On At By For From With After Before When While As If Although Though However Meanwhile This That These Those There Here His Her Its Their Our My Your What Who Why How Where Officials Police Critics Shares Analysts Many Most Some Several Both Such To Since Until Under Over Now Then Yet Still Also Last Earlier Later Nearly About More One Two No Not Another Other Only Despite During Among According Because Once All Each Every Nobody Nothing None Everyone Everybody Someone',
  },
  de: {
    strong:
      'Dr Prof Fa Hr Fr Frl Hrn St Str bzw vgl ggf evtl inkl exkl zzgl sog allg rd Hrsg geb gest gegr Dipl Ing Dr.-Ing Dipl.-Ing Dipl.-Kfm med phil rer nat jur habil hl Hl lt Lt Gen mind max min Mio Mrd Tsd Std Sek z.B d.h u.a i.d.R o.Ä u.U z.T i.d z.Zt Abs Abb Anm Aufl Bd Kap Nr Tab Ziff bspw ca Univ Ver verh ehem spez',
    weak: 'usw etc u.v.m v.Chr n.Chr Chr e.V a.D a.M Co Jh Jhd Jan Feb Mär Apr Jun Jul Aug Sept Sep Okt Nov Dez Mo Di Mi Do Sa So Tel ff u.Ä',
    counted: 'S Art Nr Abs f',
    starters:
      'Der Die Das Ein Eine Einen Er Sie Es Wir Ich Ihr Aber Und Oder Doch Denn In Im Am Auf Bei Mit Nach Vor Zu Von Für Aus An Seit Während Wenn Als Da Damit Dabei Danach Dann Dort Diese Dieser Dieses Dem Den Des So Nun Nur Auch Noch Schon Man Was Wer Wie Wo Warum Weil Dass Obwohl Trotz Laut Kritiker Viele Alle Sein Seine Ihre Zudem Außerdem Jedoch Allerdings Hier Heute Gestern Später Mehr',
    ordinals: true,
  },
  fr: {
    strong:
      'M MM Mme Mmes Mlle Mlles Dr Pr Me Mgr St Ste cf p.ex c.-à-d env bd boul chap éd fig tél vol janv févr juill hab Cie',
    weak: 'etc S.A S.A.S J.-C av apr sept oct nov déc R.-U É.-U Jr art ibid op.cit Inc Ltd',
    counted: 'p pp no n art',
    starters:
      "Le La Les L' Un Une Des Il Elle Ils Elles On Nous Vous Je Mais Et Ou Or Donc Car En Dans Sur Sous Par Pour Avec Sans Après Avant Depuis Pendant Quand Lorsque Si Comme Ce Cet Cette Ces C' Son Sa Ses Leur Leurs Selon Aussi Ainsi Puis Alors Cependant Toutefois À Au Aux D' Plus Tous Qui Que Quoi Où",
  },
  es: {
    strong:
      'prof profa Sr Sra Srta Sres Sras Dr Dra Drs D Dª Dña Ud Uds Vd Vds Gral Ing Lic Prof Profa Arq Av Avda núm Núm pág págs p.ej aprox máx mín Excmo Excma Ilmo Mons Cap Cnel Tte Sto Sta St vs cf',
    weak: 'etc EE.UU EE UU a.m p.m a.C d.C S.A S.L C.V Cía tel art Jr ene feb mar abr jun jul ago sept oct nov dic F.C',
    counted: 'n núm art p pág',
    starters:
      'El La Los Las Lo Un Una Unos Unas Él Ella Ellos Ellas Yo Nosotros Usted Pero Y O Sin En Con Por Para De Del Al A Ante Tras Según Desde Hasta Durante Cuando Si Como Aunque Este Esta Estos Estas Ese Esa Su Sus Más Muchos Todos También Además Entonces Luego Después Antes Así No Se Que Qué Quién Cómo Dónde Ahora Hoy Ayer',
  },
  it: {
    strong:
      'on sec sig sigg sig.ra sig.na dott dott.ssa prof prof.ssa ing avv arch geom Sig Sigg Sig.ra Sig.na Dott Dott.ssa Dr Prof Prof.ssa Ing Avv On Arch Gen Mons Cav Rag Geom S SS Sen es p.es pag pagg vol cap fig ca cfr tel Col Cap Ten Mar',
    weak: 'ecc etc a.C d.C S.p.A S.r.l s.r.l Jr art Inc Ltd U.S.A gen feb mar apr mag giu lug ago sett ott nov dic',
    counted: 'n nn p pp art',
    starters:
      "Il Lo La I Gli Le L' Un Uno Una Un' Egli Lui Lei Loro Noi Io Voi Ma E O Però Anche In Nel Nella Con Per Da Dal Di Del Della A Al Alla Su Sul Tra Fra Dopo Prima Durante Quando Se Come Mentre Questo Questa Questi Queste Quello Quella Secondo Così Poi Allora Inoltre Non Si Che Chi Dove Oggi Ieri",
  },
  pt: {
    strong:
      'prof profa Sr Sra Srs Sras Srta Dr Dra Drs Prof Profa Profª Eng Exmo Exma Av p.ex pág págs nº Cel Cap Ten Gen Min Dep Sen Gov Des Pe D Sto Sta tel séc aprox máx mín vs cf Ver',
    weak: 'etc Ltda S.A S/A a.C d.C a.m p.m art Jr Cia EUA jan fev mar abr mai jun jul ago set out nov dez Inc',
    counted: 'n nº art p pág',
    starters:
      'O A Os As Um Uma Uns Umas Ele Ela Eles Elas Eu Nós Você Mas E Ou Em No Na Nos Nas Com Por Para De Do Da Ao À Após Antes Durante Desde Quando Se Como Embora Este Esta Esse Essa Isso Isto Seu Sua Segundo Também Além Então Depois Assim Não Que Quem Onde Hoje Ontem Já Mais Muitos Todos',
  },
  nl: {
    strong:
      'dhr Dhr mevr Mevr mw mr Mr dr Dr drs Drs ir ing Ing prof Prof bijv bv o.a d.w.z m.b.t i.p.v i.v.m t.a.v o.m nl ca resp vgl incl excl St gen Gen kol min max mln mld z.g zgn ds mgr burg wnd plm',
    weak: 'enz etc B.V N.V v.Chr n.Chr Chr jl jr sr a.s a.u.b jan feb mrt apr jun jul aug sept okt nov dec tel e.d e.a blz',
    counted: 'nr art blz p',
    starters:
      "De Het Een Hij Zij Ze Wij We Ik Jij U Maar En Of Dus Want In Op Bij Met Na Voor Van Uit Om Door Over Onder Sinds Tijdens Als Toen Terwijl Omdat Hoewel Dit Dat Deze Die Er Daar Hier Zijn Haar Hun Ook Nog Nu Dan Volgens Veel Alle Wat Wie Waar Hoe Waarom 't 's",
  },
  ru: {
    strong:
      'т.е т.к т.н т.ч напр проф акад доц ген полк кап им ул пр-т пер пл наб обл р-н пос стр рис табл см ср св гр г-н г-жа инж мин макс юр физ тел кв корп',
    weak: 'т.д т.п др пр г гг в вв н.э э руб коп тыс млн млрд трлн км м кг чел долл шт час сек янв фев февр апр авг сент окт нояб дек ред изд США',
    counted: 'с стр ст п пп д кв',
    starters:
      'Он Она Оно Они Мы Я Вы Ты Но И А Однако Это Этот Эта Эти Тот Та В Во На По С Со К О Об От До За При Для Из У Как Когда Если Хотя Что Кто Где Почему Так Также Там Тогда После Перед Во-первых Его Её Ее Их По-прежнему Ранее Позже Теперь Не Все Многие Среди Согласно Кроме',
  },
  uk: {
    strong: 'т.е т.зв напр проф акад ген ім вул просп пл обл р-н стор мал табл див п пані',
    weak: 'т.д т.п та ін р рр ст н.е грн тис млн млрд км м кг чол США',
    counted: 'с ст п',
    starters:
      'Він Вона Воно Вони Ми Я Ви Але І Й А Однак Це Цей Ця Ці У В На З За До Від Для Як Коли Якщо Хоча Що Хто Де Так Також Після Не Його Її Їх',
  },
  pl: {
    strong:
      'prof dr hab inż mgr gen płk ppłk kpt por sierż ks bp abp św ul al pl pkt im np tzw tzn tj ok woj pow gm m.in ur zm red wyd rys tab zob por min maks tel ww dot godz wg',
    weak: 'itd itp etc r w n.e p.n.e tys mln mld os sp z.o.o S.A spp',
    counted: 'nr s str art ust poz',
    starters:
      'On Ona Ono Oni One My Ja Wy Ale I A Jednak To Ten Ta Te Ci W We Na Po Z Ze Do Od Dla Za Przy Przed Jak Gdy Kiedy Jeśli Choć Że Kto Co Gdzie Tak Także Też Już Nie Jego Jej Ich Według Podczas Wszyscy Wielu Teraz Dziś Wczoraj Potem',
    ordinals: true,
  },
  el: {
    strong: 'κ κκ κα Δρ δρ π.χ δηλ αρ σελ βλ Αγ Στρ ταγμ λοχ καθ τηλ οδ πρβλ',
    weak: 'κ.λπ κλπ κ.ά κ.α μ.Χ π.Χ χλμ εκατ δισ μ.μ π.μ Α.Ε Η.Π.Α ΗΠΑ',
    starters:
      'Ο Η Το Οι Τα Τον Την Του Της Των Ένας Μια Μία Ένα Αυτός Αυτή Αυτό Και Αλλά Όμως Σε Στο Στη Στην Στον Στις Στους Με Για Από Κατά Μετά Πριν Όταν Αν Όπως Ενώ Που Ποιος Τι Πώς Γιατί Δεν Θα Να Επίσης Ωστόσο Σύμφωνα',
  },
  cs: {
    strong:
      'prof dr Dr Ing ing Mgr mgr MUDr JUDr gen plk např tzv tj tzn mj ul nám sv resp vč cca min max tel zvl odst popř',
    weak: 'atd apod aj r s.r.o a.s Kč mil mld tis hod n.l',
    counted: 'č čl str s',
    starters:
      'On Ona Ono Oni My Já Vy Ale A I Však To Ten Ta Ti V Ve Na Po Z Ze Do Od Pro Za Při Před Jak Když Pokud Že Kdo Co Kde Tak Také Už Ne Jeho Její Jejich Podle',
    ordinals: true,
  },
  sv: {
    strong: 'dr prof t.ex bl.a dvs d.v.s s.k ca resp kl st tel fr.o.m t.o.m inkl exkl p.g.a m.fl',
    weak: 'etc osv o.s.v m.m f.Kr e.Kr kr mkr',
    counted: 'nr s kap',
    starters:
      'Den Det De En Ett Han Hon Vi Jag Du Ni Men Och Eller I På Av Med För Från Till Efter Före Under När Om Som Detta Denna Dessa Där Här Enligt Även Inte Vad Vem',
  },
  da: {
    strong: 'dr prof f.eks bl.a dvs d.v.s ca hr fr kl tlf inkl ekskl pga m.fl jf vedr',
    weak: 'etc osv m.m mv f.Kr e.Kr kr mio mia',
    counted: 'nr s kap',
    starters:
      'Den Det De En Et Han Hun Vi Jeg Du I Men Og Eller På Af Med For Fra Til Efter Før Under Når Om Som Dette Denne Disse Der Her Ifølge Også Ikke Hvad Hvem',
    ordinals: true,
  },
  tr: {
    strong: 'Dr dr Prof Doç Yrd Av Sn St vb Alb Gen Müh Mah Cad Sok Apt Tel bkz Bkz örn krş yy Hz',
    weak: 'vs vb vd A.Ş Ltd Şti M.Ö M.S T.C',
    counted: 'No no s',
    starters:
      'Bu Şu O Bir Ve Ama Ancak Fakat Biz Ben Siz Onlar İki Her Daha Çok Sonra Önce Ne Kim Neden Nasıl Bunun Öte Ayrıca',
    ordinals: true,
  },
  ro: {
    strong:
      'Dl dl Dna dna Dr dr Prof prof Ing ing Str str Bd bd Nr nr Art art Gen gen Col col Lt lt Sf sf Av av Jud jud cca aprox ex vol pag cf',
    weak: 'etc mil mld a.m p.m a.Chr d.Chr S.A S.R.L',
    counted: 'alin lit',
    starters:
      'El Ea Ei Ele Noi Eu Voi Dar Și În La Pe Cu Din De Pentru După Când Dacă Deși Acest Această Acești Aceste Un O Nu Se Că Cine Ce Unde Conform Potrivit Mulți Toți Astăzi Ieri',
  },
  hu: {
    strong: 'Dr dr Prof prof Ifj ifj Id id Özv özv Szt gr kb pl ún ill vö ld tel',
    weak: 'stb sz Ft db Kft Zrt Nyrt i.e i.sz',
    starters:
      'A Az Egy Ő Ők Mi Én De És Is Hogy Nem Ez Ezek Azok Itt Ott Amikor Mert Ha Bár Szerint Ma Tegnap Később Sok Minden Ki Hol Miért',
    ordinals: true,
  },
  fi: {
    strong: 'Prof prof Dr dr tri esim n klo nk ns ts tms mm eli synt ent puh',
    weak: 'jne yms ym milj mrd Oy Oyj',
    starters:
      'Hän He Se Ne Me Minä Te Mutta Ja Tämä Nämä Kun Jos Vaikka Koska Ei Mitä Kuka Missä Miksi Myös Lisäksi Mukaan Nyt Eilen Tänään Monet Kaikki',
    ordinals: true,
  },
  id: {
    strong: 'Jl jl Jln Dr dr Drs Prof prof Ir H Hj KH Sdr Bpk Ny No Kab Kec Kel Gg Rp Yth a.n u.p',
    weak: 'dll dsb dst Tbk',
    starters:
      'Ia Dia Mereka Kami Kita Saya Namun Tetapi Dan Ini Itu Di Ke Dari Pada Ketika Jika Karena Menurut Tidak Apa Siapa',
  },
  vi: {
    strong: 'TP Tp Tx TS Ts ThS PGS GS BS KS LS ĐH tr',
    weak: 'v.v vv',
    starters: 'Ông Bà Anh Chị Họ Tôi Nhưng Và Theo Khi Nếu Vì Đây Đó Không Ai Hà',
  },
  hi: {
    strong:
      'डॉ प्रो श्री श्रीमती पं मो रु ई सं क्र वि स्व कु जन से.मी कि.मी मि ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड',
    weak: 'ए.एम पी.एम',
  },
  ar: { strong: 'د أ م ص ج ت ق هـ أ.د', weak: 'ق.م ش.م.م' },
  fa: { strong: 'د م ص ج', weak: 'ق.م ه.ش ه.ق' },
  hy: { strong: 'պրոֆ դոկտ փող', weak: 'թ հ մ դր' },
};

/** Which of the languages above stands in where a text's language is not known but its script is. */
const byScript: readonly (readonly [RegExp, string])[] = [
  [/\p{sc=Cyrillic}/u, 'ru'],
  [/\p{sc=Greek}/u, 'el'],
  [/\p{sc=Devanagari}/u, 'hi'],
  [/\p{sc=Arabic}/u, 'ar'],
  [/\p{sc=Armenian}/u, 'hy'],
];
const aliases: Readonly<Record<string, string>> = {
  nb: 'da',
  nn: 'da',
  no: 'da',
  sk: 'cs',
  sl: 'cs',
  hr: 'cs',
  sr: 'cs',
  bs: 'cs',
  et: 'fi',
  ms: 'id',
  be: 'ru',
  bg: 'ru',
  mk: 'ru',
  ca: 'es',
  gl: 'es',
  ur: 'ar',
  mr: 'hi',
  ne: 'hi',
};
const known = new Map<string, SentenceWords>();

/** The words of a language; those of English for Latin text in a language that has none here. */
export function sentenceWords(lang: string, text: string): SentenceWords {
  const primary = lang.toLowerCase().split(/[-_]/u, 1)[0] ?? '';
  const asked = aliases[primary] ?? primary;
  const name = Object.hasOwn(listed, asked)
    ? asked
    : (byScript.find(([script]) => script.test(text.slice(0, 400)))?.[1] ?? 'en');
  const words = known.get(name) ?? made(name);
  known.set(name, words);
  return words;
}

function made(name: string): SentenceWords {
  const own = listed[name] ?? {};
  return {
    strong: asSet(own.strong),
    weak: asSet(own.weak),
    counted: asSet(own.counted),
    starters: asSet(own.starters),
    ordinals: own.ordinals ?? false,
  };
}

function asSet(words: string | undefined): ReadonlySet<string> {
  return new Set(words?.split(' '));
}
