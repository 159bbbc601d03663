import { describe, expect, test } from 'vitest';
import { extractArticle } from '../../../src/story/extract.ts';

/** A story of three paragraphs in a language, with what pages of that language put around it. */
interface Sample {
  readonly lang: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Lines within the article's element that are not the story's. */
  readonly around: readonly string[];
  readonly menu: readonly string[];
}

const SAMPLES: readonly Sample[] = [
  {
    lang: 'ja',
    title: '橋の建設を可決',
    paragraphs: [
      '市議会は月曜日、川に橋を架ける計画を賛成多数で可決した。十一年に及ぶ議論がこれで終わる。',
      '市長は採決を棄権した。反対派は費用が二〇六〇年まで町の重荷になると批判している。',
      '工事は秋に始まり、最初の路面電車は三年以内に川を渡る見込みだ。自動車は通れない。',
    ],
    around: ['続きを読む', 'シェア'],
    menu: ['ホーム', '政治', 'スポーツ'],
  },
  {
    lang: 'zh',
    title: '市议会通过建桥方案',
    paragraphs: [
      '市议会周一以多数票通过了在河上建桥的方案，长达十一年的争论就此结束。',
      '市长弃权。反对派批评说，这笔费用将成为全镇的负担，一直持续到二零六零年。',
      '工程将于秋季开始，预计三年内第一辆有轨电车将驶过河面，汽车不得通行。',
    ],
    around: ['阅读全文', '分享'],
    menu: ['首页', '政治', '体育'],
  },
  {
    lang: 'ko',
    title: '시의회, 다리 건설 가결',
    paragraphs: [
      '시의회는 월요일 강에 다리를 놓는 계획을 다수결로 가결했다. 십일 년의 논쟁이 이로써 끝난다.',
      '시장은 기권했다. 반대파는 비용이 이천육십 년까지 마을의 짐이 될 것이라고 비판했다.',
      '공사는 가을에 시작되며 첫 전차는 삼 년 안에 강을 건널 전망이다. 자동차는 다닐 수 없다.',
    ],
    around: ['더보기', '공유'],
    menu: ['홈', '정치', '스포츠'],
  },
  {
    lang: 'ar',
    title: 'المجلس يوافق على بناء الجسر',
    paragraphs: [
      'وافق مجلس المدينة يوم الاثنين بأغلبية كبيرة على بناء جسر فوق النهر بعد أحد عشر عاما من الجدل حول تكلفته.',
      'امتنع العمدة عن التصويت، وقالت المعارضة إن المدينة ستدفع الثمن حتى عام 2060.',
      'يبدأ العمل في الخريف، ومن المتوقع أن يعبر أول ترام النهر خلال ثلاث سنوات.',
    ],
    around: ['اقرأ المزيد'],
    menu: ['الرئيسية', 'سياسة', 'رياضة'],
  },
  {
    lang: 'ru',
    title: 'Совет проголосовал за мост',
    paragraphs: [
      'Городской совет в понедельник большинством голосов одобрил строительство моста через реку, завершив спор, длившийся одиннадцать лет.',
      'Мэр воздержался, а оппозиция заявила, что город будет платить за это решение до 2060 года.',
      'Работы начнутся осенью, и первый трамвай должен пересечь реку в течение трёх лет, автомобилей на мосту не будет.',
    ],
    around: ['Читайте также: Мост дорожает', 'Поделиться'],
    menu: ['Главная', 'Политика', 'Спорт'],
  },
  {
    lang: 'hi',
    title: 'परिषद ने पुल को मंजूरी दी',
    paragraphs: [
      'नगर परिषद ने सोमवार को भारी बहुमत से नदी पर पुल बनाने की योजना को मंजूरी दी, और ग्यारह साल पुराना विवाद समाप्त हुआ।',
      'महापौर ने मतदान में भाग नहीं लिया, और विपक्ष ने कहा कि नगर 2060 तक इसकी कीमत चुकाएगा।',
      'काम पतझड़ में शुरू होगा, और पहली ट्राम तीन साल के भीतर नदी पार करेगी, कारों को अनुमति नहीं होगी।',
    ],
    around: ['और पढ़ें'],
    menu: ['होम', 'राजनीति', 'खेल'],
  },
  {
    lang: 'de',
    title: 'Rat stimmt für die Brücke',
    paragraphs: [
      'Der Rat hat am Montag mit großer Mehrheit für den Bau einer Brücke über den Fluss gestimmt und damit elf Jahre Streit beendet.',
      'Die Bürgermeisterin enthielt sich, und die Opposition sagte, die Stadt werde bis 2060 dafür zahlen.',
      'Die Arbeiten beginnen im Herbst, und die erste Straßenbahn soll den Fluss binnen drei Jahren überqueren.',
    ],
    around: ['Lesen Sie auch: Die Brücke wird teurer', 'Artikel teilen', 'Jetzt den Newsletter abonnieren'],
    menu: ['Startseite', 'Politik', 'Sport'],
  },
  {
    lang: 'fr',
    title: 'Le conseil vote pour le pont',
    paragraphs: [
      "Le conseil a voté lundi à une large majorité pour la construction d'un pont sur le fleuve, mettant fin à onze ans de querelle.",
      "Le maire s'est abstenu, et l'opposition a déclaré que la ville en paierait le prix jusqu'en 2060.",
      "Les travaux commenceront à l'automne, et le premier tramway devrait traverser le fleuve d'ici trois ans.",
    ],
    around: ['Lire aussi : Le pont coûtera plus cher', 'Partager', 'Inscrivez-vous à notre newsletter'],
    menu: ['Accueil', 'Politique', 'Sport'],
  },
  {
    lang: 'pl',
    title: 'Rada za budową mostu',
    paragraphs: [
      'Rada miasta w poniedziałek znaczną większością głosów opowiedziała się za budową mostu przez rzekę, kończąc jedenastoletni spór.',
      'Burmistrz wstrzymał się od głosu, a opozycja stwierdziła, że miasto będzie za to płacić do 2060 roku.',
      'Prace rozpoczną się jesienią, a pierwszy tramwaj ma przejechać przez rzekę w ciągu trzech lat.',
    ],
    around: ['Czytaj też: Most będzie droższy', 'Udostępnij'],
    menu: ['Strona główna', 'Polityka', 'Sport'],
  },
];

function items(texts: readonly string[]): string {
  return texts.map((text) => `<li><a href="/x">${text}</a></li>`).join('');
}

function pageOf({ lang, title, paragraphs, around, menu }: Sample, mark: (text: string) => string): string {
  return `<!doctype html><html lang="${lang}"><head><title>${title} | Blatt</title></head><body>
    <header><nav><ul>${items(menu)}</ul></nav></header>
    <main><article><h1>${title}</h1>${paragraphs.map(mark).join('')}${around.map((text) => `<p>${text}</p>`).join('')}</article></main>
    <aside><ul>${items([...menu, ...menu])}</ul></aside><footer><p>© 2026 Blatt</p></footer></body></html>`;
}

describe('the story of a page', () => {
  test.each(SAMPLES)('in $lang is its paragraphs and nothing else', (sample) => {
    const html = pageOf(sample, (text) => `<p>${text}</p>`);
    const article = extractArticle(html, 'https://blatt.example/x');
    expect(article.text.split('\n\n')).toEqual(sample.paragraphs);
    expect(article.title).toBe(sample.title);
    expect(article.lang).toBe(sample.lang);
  });

  test.each(SAMPLES)('in $lang is found in plain elements as well', (sample) => {
    const html = pageOf(sample, (text) => `<div>${text}</div>`);
    expect(extractArticle(html, 'https://blatt.example/x').text.split('\n\n')).toEqual(sample.paragraphs);
  });
});
