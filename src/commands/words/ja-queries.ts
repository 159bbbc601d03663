import { joined } from '../../subscription/reading-words.ts';
import type { Words } from './en.ts';

const fields: Readonly<Record<'title' | 'summary' | 'body', string>> = {
  title: '見出し',
  summary: '要約',
  body: '本文',
};

/** What is said of queries and times, in Japanese. */
export const queriesInJapanese: Words['queries'] = {
  problem(problem) {
    switch (problem.code) {
      case 'empty':
        return '検索語がありません。1つか2つ、言葉を入力してください。';
      case 'too long':
        return `${problem.length}文字あります。検索語は${problem.most}文字までです。`;
      case 'no word':
        return '検索できる言葉がありません。文字か数字を入れてください。';
      case 'common word':
        return `「${problem.typed}」はありふれた言葉なので、それだけでは検索できません。そのまま探すには引用符で囲んでください。`;
      case 'only exclusions':
        return '除外する言葉だけになっています。探す言葉も入れてください。';
      case 'empty exclusion':
        return '除外する言葉がありません。';
      case 'open quotation':
        return '引用符が閉じられていません。';
      case 'open bracket':
        return 'かっこが閉じられていません。';
      case 'stray bracket':
        return 'このかっこに対応する開きかっこがありません。';
      case 'empty brackets':
        return 'かっこの中に検索する言葉がありません。';
      case 'nested too deep':
        return 'かっこの入れ子が深すぎます。';
      case 'OR without a side':
        return 'ORの両側に言葉が必要です。';
      case 'empty side of OR':
        return `ORのどちらの側にも探す言葉が必要です。「${problem.side}」にはありません。`;
      case 'NEAR without a number':
        return `NEARには、NEAR/5のように1から${problem.most}までの語数が必要です。`;
      case 'NEAR without terms':
        return 'NEARは、2つの言葉・名前・フレーズの間に置きます。';
      case 'NEAR of three':
        return 'NEARでつなげるのは2つまでです。';
      case 'short prefix':
        return '*の前には2文字以上が必要です。';
      case 'empty field':
        return `${problem.field}: の後に何もありません。`;
      case 'no field':
        return `「${problem.typed}」というフィールドはありません。もしかして: ${problem.nearest}。使えるのは ${problem.fields.join('、')} です。`;
      case 'no language':
        return `「${problem.typed}」は言語コードではありません。en、ja、deのように入力してください。${problem.meant === '' ? '' : `もしかして: lang:${problem.meant}`}`;
      case 'address':
        return 'アドレスは記事の言葉として検索できません。特定のサイトの記事は source: で探せます。';
    }
  },
  caution(caution) {
    switch (caution.code) {
      case 'whole country':
        return `「${caution.typed}」だけでは国全体が対象となり、記事がかなり多くなりそうです。言葉を足すと絞り込めます。`;
      case 'whole language':
        return '1つの言語の記事すべてでは、かなりの数になります。言葉を足すと絞り込めます。';
      case 'year':
        return `「${caution.typed}」という年は多くの記事に出てきます。言葉を足すと絞り込めます。`;
      case 'common word':
        return `「${caution.typed}」はよく使われる言葉なので、記事がかなり多くなりそうです。言葉を足すと絞り込めます。`;
      case 'short prefix':
        return `「${caution.typed}*」は短いので多くの言葉に当てはまります。もう1文字足すと絞り込めます。`;
      case 'small or':
        return `小文字の「or」は無視され、両方を含む記事を探します。どちらかでよければ ${caution.either} と入力してください。`;
      case 'contradiction':
        return `「${caution.term}」は検索語にも除外にも入っているため、どの記事にも当てはまりません。`;
    }
  },
  time({ code, typed }) {
    switch (code) {
      case 'no day':
        return `「${typed}」は曜日として読めません。Mon、Tueのように入力してください。`;
      case 'no time of day':
        return `「${typed}」は時刻として読めません。08:00のように入力してください。`;
      case 'no time to send':
        return `「${typed}」は送信時刻として読めません。instant、hourly、daily 08:00、weekly Mon 08:00のどれかを入力してください。`;
      case 'no quiet hours':
        return `「${typed}」はおやすみ時間として読めません。22:00-07:00のように入力するか、なしにするにはoffと入力してください。`;
    }
  },
  reading: {
    language: 'ja',
    stories(about, which, without) {
      const among = which.length === 0 ? [] : [...which.flat(), '記事'];
      const told =
        about === null
          ? which.length === 0
            ? ['すべての記事']
            : among
          : which.length === 0
            ? [...about, 'に関する記事']
            : [...among, 'のうち、', ...about, 'に関するもの'];
      return without === null ? told : [...told, '（', ...without, 'に関するものを除く）'];
    },
    such: (which) => [...which, '記事'],
    written: (language) => [{ bold: language }, 'の'],
    published: (source) => [{ bold: source }, 'の'],
    all: (items) => joined(items, 'と', 'と'),
    any: (items) => joined(items, '、', 'または'),
    neither: (items) => joined(items, '、', 'や'),
    not: (item) => [...item, '以外'],
    also: (names) => `（${names.join('、')}なども可）`,
    alsoJoined: (word) => `（${word}も可）`,
    inCapitals: '（大文字のみ）',
    asWritten: '（表記どおり）',
    prefix: (text) => [{ bold: text }, 'で始まる言葉'],
    phrase: (text) => ['フレーズ', { bold: `「${text}」` }],
    word: (text) => ['言葉', { bold: `「${text}」` }],
    within: (text, most) => [`${most}語以内に並ぶ`, { bold: text }],
    near: (left, most, right) => [...left, `から${most}語以内の`, ...right],
    inField: (item, field) => [`${fields[field]}の`, ...item],
  },
};
