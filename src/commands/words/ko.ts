import type { When } from '../../subscription/subscription.ts';
import { queriesInKorean } from './ko-queries.ts';
import type { Words } from './en.ts';
import { feedReason, postReason } from './ko-reasons.ts';

/** Everything that the program says to members, in Korean. */
export const ko: Words = {
  language: 'ko',

  // commands and help
  summaries: {
    add: '조건에 맞는 새 기사를 알림으로 받기',
    list: '이곳의 알림 목록',
    show: '알림 자세히 보기',
    edit: '알림의 검색어, 이름, 시각, 보낼 곳 바꾸기',
    remove: '알림 삭제(잠시 동안 되돌릴 수 있음)',
    pause: '알림 일시 중지(기간을 정할 수 있음)',
    resume: '일시 중지한 알림 다시 받기',
    preview: '최근 기사로 검색어 시험하기',
    why: '기사가 온 이유, 오지 않은 이유',
    search: '저장된 최근 기사 검색',
    feeds: '확인 중인 피드와 그 상태',
    'feeds add': '피드나 사이트 추가',
    'feeds remove': '이곳에서 추가한 피드 빼기',
    'feeds import': 'OPML 파일의 피드 추가',
    'feeds export': '피드를 OPML 파일로 내보내기',
    settings: '이곳의 시간대, 방해 금지 시간, 권한',
    export: '이곳의 알림을 파일로 내보내기',
    import: '내보낸 파일의 알림 추가',
    help: '사용법',
  },
  optionHints: {
    query: '기사에 있어야 할 단어. 구는 "…", 둘 중 하나는 OR, 제외는 -',
    subscription: '목록에 있는 알림 번호',
    feed: '피드의 주소나 이름',
    message: '기사나 알림의 링크',
    place: '보낼 곳: here(이곳), me(나), 채널',
    when: 'instant(바로), hourly(매시간), daily 08:00, weekly Mon 08:00',
    duration: '기간: 3d(일), 12h(시간), 45m(분)',
    quiet: '방해 금지 시간: 22:00-07:00, 없으면 off',
    timeZone: 'Asia/Seoul 같은 시간대',
    text: '짧은 말',
    address: '피드나 사이트의 주소',
    page: '페이지 번호',
    command: '명령어',
    choice: '정해진 값 중 하나',
    file: '파일',
  },
  rootSummary: '뉴스 알림: 조건에 맞는 기사를 한 번씩 보내 드립니다',
  helpTitle: 'Newshound',
  helpIntro: '뉴스 피드를 읽고, 알림 조건에 맞는 기사를 한 번씩만 올립니다.',
  helpQueries: [
    [
      { bold: '검색어' },
      '  모든 단어가 들어 있는 기사를 찾습니다. 단어의 형태는 달라도 됩니다. ',
      { code: 'asset seizure' },
      '로 “assets seized”도 찾습니다.',
    ],
    [
      '나라는 어떤 이름으로 불러도 찾습니다. ',
      { code: 'Japan South Korea' },
      '로 “Tokyo and Seoul resume talks”도 찾습니다.',
    ],
    [
      { code: '"asset seizure"' },
      '는 구, ',
      { code: 'nuclear OR fusion' },
      '은 둘 중 하나, ',
      { code: '-weapon' },
      '은 제외,',
    ],
    [
      { code: '=US' },
      '는 표기 그대로, ',
      { code: 'electri*' },
      '는 단어의 앞부분, ',
      { code: 'title:Tokyo' },
      '는 필드, ',
      { code: 'trade NEAR/5 tariff' },
      '는 가까이 있는 단어입니다.',
    ],
  ],
  hello: '안녕하세요, Newshound입니다.',
  addExample: [
    { code: '/news add Japan South Korea' },
    ' 또는 ',
    { code: '/news add "asset seizure"' },
    '를 입력해 보세요.',
  ],
  helpExample: ['전체 명령어: ', { code: '/news help' }],
  example: '예: ',
  noCommand: (typed) => `‘${typed}’ 명령어는 없습니다.`,
  noOption: (command, typed) => `/news ${command}에는 ‘${typed}’ 옵션이 없습니다.`,
  wrongChoice: (option, typed, choices) =>
    `‘${typed}’은(는) ${option}에 쓸 수 없습니다. 쓸 수 있는 값: ${choices.join(', ')}`,
  didYouMean: '혹시 이것인가요? ',
  somethingBroke:
    '저희 쪽에서 문제가 생겼고, 바뀐 것은 없습니다. 다시 시도해 주세요. 원인은 서버 로그에 남아 있습니다.',
  fileNeeded: (command, file) => `파일이 필요합니다: /news ${command} ${file}`,

  // queries and times
  queries: queriesInKorean,
  when: whenInKorean,
  problemAt: (at) => `${at}번째 글자: `,
  useSuggestion: '이것으로 하기',
  warning: (message) => `참고: ${message}`,
  broad: (aDay) =>
    `범위가 넓어 하루에 약 ${Math.round(aDay)}건이 옵니다. 단어를 더하거나 따옴표로 묶으면 좁힐 수 있습니다.`,
  nothingStored: '시험해 볼 기사가 아직 저장되어 있지 않습니다.',
  wouldHaveFound: (found, days, aDay) => {
    const span = days < 1.5 ? `${Math.max(1, Math.round(days * 24))}시간` : `${Math.round(days)}일`;
    if (found === 0) return `지난 ${span} 동안 맞는 기사가 없었습니다.`;
    return `지난 ${span} 동안 ${found}건을 찾았을 것입니다${days < 1 ? '' : `(${rate(aDay)})`}.`;
  },
  nothingFound: (tried) => `저장된 기사 ${tried}건 중에 맞는 것이 없습니다.`,
  foundStories: (found, shown) => (found > shown ? `기사 ${found}건, 최신 ${shown}건:` : `기사 ${found}건:`),

  // alerts
  previewTitle: '새 알림',
  save: '저장',
  edit: '수정',
  cancel: '취소',
  remove: '삭제',
  pause: '일시 중지',
  resume: '다시 시작',
  undo: '실행 취소',
  addThis: '알림으로 추가',
  saved: (id) => `알림 #${id}을(를) 저장했습니다`,
  undoAdd: (id) => ['취소하려면: ', { code: `/news remove ${id}` }],
  cancelled: '저장하지 않았습니다.',
  draftGone: '이 미리보기는 더 이상 없거나 다른 멤버의 것입니다. 알림을 다시 추가해 주세요.',
  changed: (id) => `알림 #${id}을(를) 수정했습니다`,
  removed: (id) => `알림 #${id}을(를) 삭제했습니다`,
  undoFor: (minutes) => `${minutes}분 동안 되돌릴 수 있습니다.`,
  undoTooLate: (id) => `알림 #${id}은(는) 이제 되돌릴 수 없습니다. 다시 추가해 주세요.`,
  notRemoved: (id) => `알림 #${id}은(는) 삭제되지 않았습니다.`,
  restored: (id) => `알림 #${id}을(를) 되돌렸습니다`,
  paused: (id) => `알림 #${id}을(를) 일시 중지했습니다`,
  resumed: (id) => `알림 #${id}을(를) 다시 시작했습니다`,
  untilResumed: (id) => `/news resume ${id} 명령으로 다시 시작할 때까지 오지 않습니다.`,
  until: '다시 시작: ',
  wrongDuration: (typed) => `‘${typed}’은(는) 기간이 아닙니다. 3d, 12h, 45m처럼 입력해 주세요.`,
  alertsTo: (when, where, destination) => {
    const there = { here: '이곳으로', home: '나에게만', elsewhere: `${destination}(으)로` }[where];
    if (when.kind === 'instant') return [`알림이 ${there} 바로 옵니다.`];
    return [`알림이 ${whenInKorean(when)}${when.kind === 'hourly' ? '' : '에'} ${there} 옵니다.`];
  },
  byClock: (zone, told) =>
    told
      ? [`시각은 ${zone} 기준입니다.`]
      : [`시간대를 몰라서 시각은 ${zone} 기준입니다. 설정하려면: `, { code: '/news settings --timezone …' }],
  quietFrom: (quiet) => `방해 금지 시간: ${quiet}`,
  addedOn: '추가: ',
  numbered: (id, name) => (name === '' ? `알림 #${id}` : `알림 #${id}: ${name}`),
  alertsInWeek: (alerts) => `7일간 ${alerts}건`,
  stateActive: '사용 중',
  statePaused: '일시 중지됨',
  stateRemoved: '삭제됨',
  listEmpty: '이곳에는 아직 알림이 없습니다',
  listTitle: (alerts) => `이곳의 알림 ${alerts}개`,
  mineEmpty: '아직 알림이 없습니다',
  mineTitle: (alerts) => `내 알림 ${alerts}개`,
  goesTo: '보낼 곳: ',
  goesHome: '나에게만',
  page: (page, pages) => `${page}/${pages}페이지`,
  nextPage: '다음 페이지',
  addTitle: '새 알림',
  editTitle: (id) => `알림 #${id}`,
  editHow: (id) => [
    ['바꿀 내용을 입력해 주세요. 예:'],
    [{ code: `/news edit ${id} --query "asset seizure" Japan` }],
    [{ code: `/news edit ${id} --name Seizures --when daily 08:00 --quiet 22:00-07:00` }],
  ],
  continueLabel: '계속',
  closeLabel: '닫기',
  change: '변경',
  working: '잠시만 기다려 주세요…',
  openForm: '양식 열기',
  correctForm: '고치기',
  tooOld: '너무 오래되었습니다. 다시 입력해 주세요.',
  placeLabel: '올릴 곳',
  placeHint: '비워 두면 나에게만 옵니다.',
  pasteLabel: '파일 내용',
  pasteMore: '이어지는 내용이 있으면 여기에',
  pageIntro:
    '어디로 보내든 내 알림이 모두 여기에 있습니다. 채널 전체의 알림은 그 채널에서 /news list로 볼 수 있습니다.',
  sentInPrivate: '내용이 길어 다이렉트 메시지로 보냅니다.',
  pressAgain: '시간이 너무 오래 걸렸습니다. 다시 시도해 주세요.',
  tooLongHere: (most) =>
    `너무 길어서 여기서는 드릴 수 없습니다(${most}자 초과). 봇 운영자가 명령줄에서 내보낼 수 있습니다.`,
  queryLabel: '검색어',
  queryHint: 'Japan South Korea, "asset seizure", nuclear OR fusion -weapon',
  nameLabel: '이름',
  nameHint: '알림을 부를 이름',
  whenLabel: '시각',
  whenHint: 'instant, hourly, daily 08:00, weekly Mon 08:00',
  quietLabel: '방해 금지 시간',
  quietHint: '22:00-07:00, 없으면 off',

  // rights and quotas
  noId: (typed) => `‘${typed}’은(는) 알림 번호가 아닙니다. /news list에서 번호를 볼 수 있습니다.`,
  unknownId: (id) => `이곳에 알림 #${id}은(는) 없습니다. /news list에서 목록을 볼 수 있습니다.`,
  notYours: (id) => `알림 #${id}은(는) 다른 멤버의 것입니다. 만든 사람과 이곳의 관리자만 바꿀 수 있습니다.`,
  noPlace: (typed) => `‘${typed}’(으)로는 알림을 보낼 수 없습니다. here, me 또는 이곳의 채널을 입력해 주세요.`,
  managersAdd: '이곳에는 관리자만 알림을 추가할 수 있습니다. 나에게만 오는 알림은 만들 수 있습니다: --to me',
  managersFeeds: '이곳의 관리자만 피드를 추가할 수 있습니다.',
  managersSettings: '이곳의 관리자만 설정을 바꿀 수 있습니다.',
  alreadyThere: (id) => `같은 검색어의 알림 #${id}이(가) 이미 있습니다.`,
  placeFull: (most) => `이곳에는 알림을 ${most}개까지 둘 수 있습니다. 먼저 하나를 삭제해 주세요.`,
  memberFull: (most) => `멤버 한 명은 알림을 ${most}개까지 가질 수 있습니다. 먼저 하나를 삭제해 주세요.`,

  // places that a chat refuses
  refusals: {
    noPlace: '그런 채널은 이곳에 없습니다.',
    ownOnly: '알림은 채널이나 내 다이렉트 메시지로만 보낼 수 있습니다.',
    unseen: '그 채널을 볼 권한이 없습니다.',
    unwritable: '그 채널에 글을 쓸 권한이 없어 알림을 보낼 수 없습니다.',
    permission: (name) => `봇이 그 채널에 올릴 수 없습니다. 봇에게 ‘${name}’ 권한을 주세요.`,
    botUnseen: '봇이 그 채널을 볼 수 없습니다.',
    notMember: '봇이 그 서버에 들어가 있지 않습니다.',
    noMessages: '메시지를 쓸 수 없는 채널입니다.',
    archived: '보관된 채널입니다.',
    notInvited: '봇이 그 채널에 없습니다. 먼저 /invite로 초대해 주세요.',
    unknown: '그런 채널을 찾을 수 없습니다. 비공개 채널이면 먼저 /invite로 초대해 주세요.',
    unsure: '그곳으로 알림을 보낼 수 있는지 확인하지 못했습니다. 다시 시도해 주세요.',
    terminal: '터미널에서는 이 터미널로만 알림을 보낼 수 있습니다.',
  },

  // alerts and notices
  whyMenu: '이 알림이 온 이유',
  why: '온 이유',
  read: '읽기',
  muteStory: '이 소식 그만 받기',
  untitled: '제목 없는 기사',
  also: '다른 매체: ',
  andMore: (more) => ` 외 ${more}곳`,
  moreOutlets: (outlets) => `${outlets}곳`,
  digest: (kind, stories, names) => {
    const told = `${names === '' ? '' : `${names} `}${stories}건`;
    switch (kind) {
      case 'catch-up':
        return `제때 올리지 못한 기사: ${told}`;
      case 'quiet':
        return `방해 금지 시간의 기사: ${told}`;
      case 'hourly':
        return `한 시간 모아보기: ${told}`;
      case 'daily':
        return `오늘의 모아보기: ${told}`;
      case 'weekly':
        return `이번 주 모아보기: ${told}`;
      case 'other':
        return `기사: ${told}`;
    }
  },
  flooding: (id, name, most) =>
    `#${id}(${name})에 맞는 기사가 한 시간에 ${most}건을 넘었습니다. 잠잠해질 때까지 한 시간에 한 번 모아서 보내며, ` +
    `빠지는 기사는 없습니다. /news edit ${id} 명령으로 범위를 좁힐 수 있습니다.`,
  broughtAtOnce: (feed, stories, names) =>
    `${feed}에서 한꺼번에 많은 기사가 들어왔습니다. 그중 ${names}에 맞는 ${stories}건은 따로 게시하지 않습니다. /news preview 명령으로 볼 수 있습니다.`,
  feedDead: (feed, hours, why) =>
    `피드 ${feed}을(를) ${span(hours)} 동안 읽지 못했습니다(${why}). 계속 시도하며, 복구될 때 남아 있는 기사는 빠지지 않습니다.`,
  feedGone: (feed, why) =>
    `피드 ${feed}이(가) 없어졌다고 서버가 알려 와서(${why}) 더 이상 확인하지 않습니다. 다른 피드는 /news feeds에서 볼 수 있습니다.`,
  feedBack: (feed, hours) => `피드 ${feed}을(를) ${span(hours)} 만에 다시 읽을 수 있게 되었습니다.`,
  whyShort: '온 이유: ',
  askedBy: (alerts) => `알림: ${alerts}`,
  alsoIn: (outlet) => `${outlet}에서도: `,
  ofStory: (number) => ` (기사 ${number})`,
  noReason: '이유를 알 수 없음',
  postReason,
  stoppedTitle: '알림이 중단되었습니다',
  stopped: (place, reason, id) => [
    [`${place}에 더 이상 알림을 올릴 수 없습니다: ${reason}`],
    ['해결되면 ', { code: `/news resume ${id}` }, ' 명령으로 다시 시작할 수 있습니다.'],
  ],

  // why
  noSuchMessage: (typed) => `‘${typed}’ 기사를 찾을 수 없습니다. 기사나 알림의 링크를 입력해 주세요.`,
  notWatched: (host) => `${host}의 피드는 확인하고 있지 않아 그 기사는 오지 않습니다. 추가하려면:`,
  notSeen: '사이트의 피드를 읽었을 때 그 기사는 없었습니다:',
  feedFailing: (message) => `읽을 수 없습니다: ${message}`,
  feedFine: '문제없이 읽고 있습니다. 그 기사가 들어 있지 않았을 수 있습니다.',
  matchedWords: (found) =>
    found.length === 0 ? '일치합니다. ' : `일치한 단어: ${found.map((word) => `‘${word}’`).join(', ')}. `,
  wasCounted: '피드에서 한꺼번에 많은 기사가 들어와, 다른 기사와 함께 건수만 한 줄로 알렸습니다.',
  wasMuted: '이곳에서는 이 소식을 받지 않습니다.',
  refusedHere: (reason) => `이곳에는 올릴 수 없습니다: ${reason}`,
  sameStoryAs: (tier) =>
    tier === 'text'
      ? '이미 이곳에 올린 기사와 내용이 같습니다.'
      : '이미 이곳에 올린 기사와 같은 소식이어서 그 아래에 붙였습니다.',
  alreadyTold: '이미 이곳에 올렸습니다.',
  posted: '올린 시각: ',
  gaveUp: (reason) => `올리지 못했습니다: ${reason}`,
  inDigest: '모아보기에 들어 있습니다.',
  heldUntil: '올릴 시각: ',
  beingRetried: (reason) => `올리지 못해(${reason}) 다시 시도합니다.`,
  onItsWay: '곧 올라옵니다.',
  unreadable: '검색어를 더 이상 읽을 수 없습니다. 수정해 주세요.',
  addedLater: '기사가 들어온 뒤에 추가되었습니다.',
  lacks: (missing) =>
    missing.length === 0 ? '일치하지 않았습니다.' : `일치하지 않았습니다. 없는 단어: ${missing.join(', ')}`,
  wasPaused: '일치하지만 일시 중지되어 있습니다.',
  learntOnly: '일치하지만 기사가 오래되었거나, 피드를 처음 읽었을 때 이미 들어 있었습니다.',
  nobodyAsked: '이곳에는 알림이 없습니다.',
  muted: '이제 이곳에 오지 않습니다: ',
  unmuted: '후속 기사가 다시 이곳에 옵니다: ',
  muteNotYours: '이 기사는 내 알림으로 온 것이 아닙니다. 알림을 만든 사람과 이곳의 관리자만 그만 받을 수 있습니다.',

  // feeds
  noFeeds: '아직 확인 중인 피드가 없습니다',
  feedsTitle: (all, failing) => `피드 ${all}개${failing === 0 ? ', 모두 정상' : `, ${failing}개 읽기 실패`}`,
  feedsAddExample: (host) => `/news feeds add ${host}`,
  feedReason,
  feedStopped: (reason) => `없어졌습니다: ${reason}`,
  feedNotYet: '아직 읽지 않았습니다',
  triedAgain: ' 다음 시도: ',
  triedNow: ' 곧 다시 시도합니다.',
  lastRead: '마지막으로 읽음: ',
  itemsADay: (items) => (items === null ? '' : `, ${rate(items)}`),
  whichFeed: '피드가 여러 개 있습니다. 어느 것으로 할까요?',
  addFeed: '추가',
  noAddress: (typed) => `‘${typed}’은(는) 웹 주소가 아닙니다.`,
  feedUnreadable: (reason) => `그 주소를 읽을 수 없습니다: ${reason}`,
  noFeedThere: (address) => `${address}에는 피드가 없고, 페이지에도 적혀 있지 않습니다.`,
  feedKnown: (name) => `${name}은(는) 이미 확인하고 있습니다.`,
  feedsFull: (most) => `이곳에는 피드를 ${most}개까지 추가할 수 있습니다.`,
  feedAdded: (name) => `${name}을(를) 추가했습니다`,
  feedLearns: '지금 들어 있는 기사는 알리지 않습니다. 앞으로 나오는 새 기사를 알려 드립니다.',
  noSuchFeed: (typed) => `이곳에 ‘${typed}’ 피드는 없습니다. /news feeds에서 목록을 볼 수 있습니다.`,
  feedOfHost: (name) => `${name}은(는) 운영자가 넣은 피드라서 운영자의 OPML 파일에서만 바꿀 수 있습니다.`,
  feedNotYours: '다른 멤버가 추가한 피드입니다. 추가한 사람과 이곳의 관리자만 뺄 수 있습니다.',
  feedRemoved: (name) => `${name}을(를) 뺐습니다`,
  badOpml: (line, message) => `OPML 파일로 읽을 수 없어 아무것도 추가하지 않았습니다. ${line}번째 줄: ${message}`,
  feedsImported: (added, known) => `피드 ${added}개를 추가했습니다${known === 0 ? '' : `(${known}개는 이미 있음)`}`,
  feedsExported: (feeds) => `피드 ${feeds}개(OPML)`,

  // settings, export and import
  settingsTitle: '이곳의 설정',
  settingsSaved: '설정을 저장했습니다',
  settingsExample: ['바꾸려면: ', { code: '/news settings --timezone Asia/Tokyo --quiet 22:00-07:00' }],
  settingHints: {
    timezone: '모아보기와 방해 금지 시간의 기준',
    quiet: '아무것도 올리지 않는 시간',
    when: '시각을 정하지 않은 알림에 적용',
    alerts: '이곳에 알림을 추가할 수 있는 사람',
    feeds: '피드를 추가할 수 있는 사람',
    language: '답변과 알림의 언어. auto는 각 멤버의 언어',
  },
  noTimeZone: (typed) => `‘${typed}’ 시간대는 없습니다. Asia/Seoul이나 Europe/Paris처럼 입력해 주세요.`,
  fileTooLarge: (most) => `파일이 너무 큽니다. ${most}MiB까지 읽을 수 있습니다.`,
  fileUnreadable: '파일을 읽지 못했습니다. 다시 시도해 주세요.',
  exported: (alerts) => `알림 ${alerts}개`,
  badImport: (problem) => `Newshound의 알림 파일이 아니어서 아무것도 추가하지 않았습니다. ${problem}`,
  badEntry: (place, problem) => `파일의 ${place}번째 알림: ${problem}`,
  importRefused: '아무것도 추가하지 않았습니다',
  imported: (added, known) => `알림 ${added}개를 추가했습니다${known === 0 ? '' : `(${known}개는 이미 있음)`}`,
};

const weekdays = ['월', '화', '수', '목', '금', '토', '일'];

/** `매일 08:00`, `매주 월요일 08:00`. */
function whenInKorean(when: When): string {
  switch (when.kind) {
    case 'instant':
      return '바로 알림';
    case 'hourly':
      return '한 시간마다';
    case 'daily':
      return `매일 ${when.at}`;
    case 'weekly':
      return `매주 ${weekdays[when.day - 1] ?? ''}요일 ${when.at}`;
  }
}

function span(hours: number): string {
  return hours < 48 ? `${hours}시간` : `${Math.round(hours / 24)}일`;
}

/** `하루 약 4건`, `일주일에 약 2건`. */
function rate(aDay: number): string {
  if (aDay >= 0.95) return `하루 약 ${Math.round(aDay)}건`;
  const aWeek = Math.round(aDay * 7);
  return aWeek >= 1 ? `일주일에 약 ${aWeek}건` : '일주일에 1건 미만';
}
