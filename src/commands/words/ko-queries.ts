import { joined } from '../../subscription/reading-words.ts';
import type { Words } from './en.ts';

const fields: Readonly<Record<'title' | 'summary' | 'body', string>> = { title: '제목', summary: '요약', body: '본문' };

/** What is said of queries and times, in Korean. */
export const queriesInKorean: Words['queries'] = {
  problem(problem) {
    switch (problem.code) {
      case 'empty':
        return '검색어가 없습니다. 단어를 한두 개 입력해 주세요.';
      case 'too long':
        return `${problem.length}자입니다. 검색어는 ${problem.most}자까지 쓸 수 있습니다.`;
      case 'no word':
        return '검색할 수 있는 단어가 없습니다. 글자나 숫자를 넣어 주세요.';
      case 'common word':
        return `‘${problem.typed}’은(는) 너무 흔한 단어라서 이것만으로는 검색할 수 없습니다. 그대로 찾으려면 따옴표로 묶어 주세요.`;
      case 'only exclusions':
        return '제외할 단어만 있습니다. 찾을 단어도 입력해 주세요.';
      case 'empty exclusion':
        return '제외할 단어가 없습니다.';
      case 'open quotation':
        return '따옴표가 닫히지 않았습니다.';
      case 'open bracket':
        return '괄호가 닫히지 않았습니다.';
      case 'stray bracket':
        return '이 괄호에 맞는 여는 괄호가 없습니다.';
      case 'empty brackets':
        return '괄호 안에 검색할 단어가 없습니다.';
      case 'nested too deep':
        return '괄호가 너무 깊이 중첩되어 있습니다.';
      case 'OR without a side':
        return 'OR의 양쪽에 단어가 있어야 합니다.';
      case 'empty side of OR':
        return `OR의 양쪽 모두에 찾을 단어가 있어야 합니다. ‘${problem.side}’에는 없습니다.`;
      case 'NEAR without a number':
        return `NEAR에는 NEAR/5처럼 1부터 ${problem.most}까지의 단어 수가 필요합니다.`;
      case 'NEAR without terms':
        return 'NEAR는 두 단어, 이름 또는 구 사이에 씁니다.';
      case 'NEAR of three':
        return 'NEAR로는 두 개까지만 이을 수 있습니다.';
      case 'short prefix':
        return '* 앞에는 두 글자 이상이 있어야 합니다.';
      case 'empty field':
        return `${problem.field}: 뒤에 아무것도 없습니다.`;
      case 'no field':
        return `‘${problem.typed}’ 필드는 없습니다. 혹시 ${problem.nearest}인가요? 쓸 수 있는 필드: ${problem.fields.join(', ')}`;
      case 'no language':
        return `‘${problem.typed}’은(는) 언어 코드가 아닙니다. en, ja, de처럼 입력해 주세요.${problem.meant === '' ? '' : ` 혹시 lang:${problem.meant}인가요?`}`;
      case 'address':
        return '주소는 기사 속 단어로 검색할 수 없습니다. 특정 사이트의 기사는 source:로 찾을 수 있습니다.';
    }
  },
  caution(caution) {
    switch (caution.code) {
      case 'whole country':
        return `‘${caution.typed}’만으로는 나라 전체가 대상이라 기사가 아주 많을 수 있습니다. 단어를 더하면 좁힐 수 있습니다.`;
      case 'whole language':
        return '한 언어의 모든 기사는 아주 많습니다. 단어를 더하면 좁힐 수 있습니다.';
      case 'year':
        return `‘${caution.typed}’은(는) 연도라서 많은 기사에 나옵니다. 단어를 더하면 좁힐 수 있습니다.`;
      case 'common word':
        return `‘${caution.typed}’은(는) 아주 흔한 단어라서 기사가 많을 수 있습니다. 단어를 더하면 좁힐 수 있습니다.`;
      case 'short prefix':
        return `‘${caution.typed}*’은(는) 짧아서 많은 단어와 일치합니다. 한 글자를 더하면 좁힐 수 있습니다.`;
      case 'small or':
        return `소문자 ‘or’는 무시되어 둘 다 있는 기사를 찾습니다. 둘 중 하나면 되는 경우 ${caution.either}처럼 입력해 주세요.`;
      case 'contradiction':
        return `‘${caution.term}’이(가) 찾을 단어이면서 제외할 단어이므로 어떤 기사와도 일치하지 않습니다.`;
    }
  },
  time({ code, typed }) {
    switch (code) {
      case 'no day':
        return `‘${typed}’은(는) 요일이 아닙니다. Mon, Tue처럼 입력해 주세요.`;
      case 'no time of day':
        return `‘${typed}’은(는) 시각이 아닙니다. 08:00처럼 입력해 주세요.`;
      case 'no time to send':
        return `‘${typed}’은(는) 보낼 시각으로 쓸 수 없습니다. instant, hourly, daily 08:00, weekly Mon 08:00 중에서 입력해 주세요.`;
      case 'no quiet hours':
        return `‘${typed}’은(는) 방해 금지 시간이 아닙니다. 22:00-07:00처럼 입력하거나, 없애려면 off를 입력해 주세요.`;
    }
  },
  reading: {
    language: 'ko',
    stories(about, which, without) {
      const among = which.length === 0 ? [] : [...which.flat(), '기사'];
      const told =
        about === null
          ? which.length === 0
            ? ['모든 기사']
            : among
          : which.length === 0
            ? [...about, ' 관련 기사']
            : [...among, ' 중 ', ...about, ' 관련 기사'];
      return without === null ? told : [...told, ' (', ...without, ' 관련 제외)'];
    },
    such: (which) => [...which, '기사'],
    written: (language) => [{ bold: language }, ' '],
    published: (source) => [{ bold: source }, '의 '],
    all: (items) => joined(items, ', ', ' 및 '),
    any: (items) => joined(items, ', ', ' 또는 '),
    neither: (items) => joined(items, ', ', ' 또는 '),
    not: (item) => [...item, ' 제외'],
    also: (names) => ` (${names.join(', ')} 등도 포함)`,
    alsoJoined: (word) => ` (${word}도 포함)`,
    inCapitals: ' (대문자만)',
    asWritten: ' (표기 그대로)',
    prefix: (text) => [{ bold: text }, '(으)로 시작하는 단어'],
    phrase: (text) => ['구 ', { bold: `“${text}”` }],
    word: (text) => ['단어 ', { bold: `“${text}”` }],
    within: (text, most) => [`${most}단어 이내에 나오는 `, { bold: text }],
    near: (left, most, right) => [...left, `에서 ${most}단어 이내의 `, ...right],
    inField: (item, field) => [`${fields[field]}의 `, ...item],
  },
};
