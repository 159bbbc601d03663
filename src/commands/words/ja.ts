import type { When } from '../../subscription/subscription.ts';
import { queriesInJapanese } from './ja-queries.ts';
import type { Words } from './en.ts';
import { feedReason, postReason } from './ja-reasons.ts';

/** Everything that the program says to members, in Japanese. */
export const ja: Words = {
  language: 'ja',

  // commands and help
  summaries: {
    add: '条件に合う新しい記事を通知する',
    list: 'ここの通知の一覧',
    show: '通知の詳細',
    edit: '通知の検索語・名前・タイミング・送信先を変更する',
    remove: '通知を削除する（しばらくは元に戻せます）',
    pause: '通知を一時停止する（期間を指定することもできます）',
    resume: '一時停止した通知を再開する',
    preview: '最近の記事で検索語を試す',
    why: '記事が届いた理由、届かなかった理由',
    search: '保存されている最近の記事を検索する',
    feeds: '監視中のフィードとその状態',
    'feeds add': 'フィードまたはサイトを監視に追加する',
    'feeds remove': 'ここで追加したフィードの監視をやめる',
    'feeds import': 'OPMLファイルのフィードを追加する',
    'feeds export': 'フィードをOPMLファイルに書き出す',
    settings: 'この場所のタイムゾーン・おやすみ時間・権限',
    export: 'ここの通知をファイルに書き出す',
    import: '書き出したファイルの通知を追加する',
    help: '使い方',
  },
  optionHints: {
    query: '記事に含まれる言葉。フレーズは"…"、どちらかはOR、除外は-',
    subscription: '一覧にある通知の番号',
    feed: 'フィードのアドレスまたは名前',
    message: '記事または通知のリンク',
    place: '送信先: here（ここ）、me（自分）、チャンネル',
    when: 'instant（すぐ）、hourly（毎時）、daily 08:00、weekly Mon 08:00',
    duration: '期間: 3d（日）、12h（時間）、45m（分）',
    quiet: 'おやすみ時間: 22:00-07:00、なしはoff',
    timeZone: 'Asia/Tokyoなどのタイムゾーン',
    text: '短い言葉',
    address: 'フィードまたはサイトのアドレス',
    page: 'ページ番号',
    command: 'コマンド',
    choice: '選択肢のどれか',
    file: 'ファイル',
  },
  rootSummary: 'ニュースの通知。条件に合う記事を1件につき1回お届けします',
  helpTitle: 'Newshound',
  helpIntro: 'ニュースのフィードを読み、通知の条件に合う記事を1件につき1回だけ投稿します。',
  helpQueries: [
    [
      { bold: '検索語' },
      '  すべての言葉を含む記事を探します。語形の違いは問いません。',
      { code: 'asset seizure' },
      ' で “assets seized” も見つかります。',
    ],
    [
      '国はどの呼び名でも見つかります。',
      { code: 'Japan South Korea' },
      ' で “Tokyo and Seoul resume talks” も見つかります。',
    ],
    [
      { code: '"asset seizure"' },
      ' はフレーズ、',
      { code: 'nuclear OR fusion' },
      ' はどちらか、',
      { code: '-weapon' },
      ' は除外、',
    ],
    [
      { code: '=US' },
      ' は表記どおり、',
      { code: 'electri*' },
      ' は語の始まり、',
      { code: 'title:Tokyo' },
      ' はフィールド、',
      { code: 'trade NEAR/5 tariff' },
      ' は近くにある語です。',
    ],
  ],
  hello: 'こんにちは、Newshoundです。',
  addExample: [
    { code: '/news add Japan South Korea' },
    ' や ',
    { code: '/news add "asset seizure"' },
    ' を試してみてください。',
  ],
  helpExample: ['使い方の一覧: ', { code: '/news help' }],
  example: '例: ',
  noCommand: (typed) => `「${typed}」というコマンドはありません。`,
  noOption: (command, typed) => `/news ${command} に「${typed}」というオプションはありません。`,
  wrongChoice: (option, typed, choices) =>
    `「${typed}」は${option}に使えません。${choices.join('、')}から選んでください。`,
  didYouMean: 'もしかして: ',
  somethingBroke:
    'こちらの問題でエラーが発生しました。何も変更されていません。もう一度お試しください。原因はサーバーのログに記録されています。',
  fileNeeded: (command, file) => `ファイルが必要です: /news ${command} ${file}`,

  // queries and times
  queries: queriesInJapanese,
  when: whenInJapanese,
  problemAt: (at) => `${at}文字目: `,
  useSuggestion: 'これを使う',
  warning: (message) => `注意: ${message}`,
  broad: (aDay) => `範囲が広く、1日に約${Math.round(aDay)}件になります。言葉を足すか、引用符で囲むと絞り込めます。`,
  nothingStored: '試すための記事がまだ保存されていません。',
  wouldHaveFound: (found, days, aDay) => {
    const span = days < 1.5 ? `${Math.max(1, Math.round(days * 24))}時間` : `${Math.round(days)}日間`;
    if (found === 0) return `過去${span}に当てはまる記事はありませんでした。`;
    return `過去${span}では${found}件が当てはまりました${days < 1 ? '' : `（${rate(aDay)}）`}。`;
  },
  nothingFound: (tried) => `保存されている${tried}件の記事に、当てはまるものはありません。`,
  foundStories: (found, shown) => (found > shown ? `${found}件の記事（最新の${shown}件）:` : `${found}件の記事:`),

  // alerts
  previewTitle: '新しい通知',
  save: '保存',
  edit: '編集',
  cancel: 'キャンセル',
  remove: '削除',
  pause: '一時停止',
  resume: '再開',
  undo: '元に戻す',
  addThis: '通知に追加',
  saved: (id) => `通知 #${id} を保存しました`,
  undoAdd: (id) => ['取り消すには: ', { code: `/news remove ${id}` }],
  cancelled: '何も保存されませんでした。',
  draftGone: 'このプレビューはもうないか、他のメンバーのものです。もう一度通知を追加してください。',
  changed: (id) => `通知 #${id} を変更しました`,
  removed: (id) => `通知 #${id} を削除しました`,
  undoFor: (minutes) => `${minutes}分以内なら元に戻せます。`,
  undoTooLate: (id) => `通知 #${id} はもう元に戻せません。もう一度追加してください。`,
  notRemoved: (id) => `通知 #${id} は削除されていません。`,
  restored: (id) => `通知 #${id} を元に戻しました`,
  paused: (id) => `通知 #${id} を一時停止しました`,
  resumed: (id) => `通知 #${id} を再開しました`,
  untilResumed: (id) => `/news resume ${id} で再開するまで届きません。`,
  until: '再開: ',
  wrongDuration: (typed) => `「${typed}」は期間として読めません。3d、12h、45mのように入力してください。`,
  alertsTo: (when, where, destination) => {
    const there = { here: 'ここに', home: 'あなたにだけ', elsewhere: `${destination} に` }[where];
    return [
      when.kind === 'instant' ? `通知は${there}すぐ届きます。` : `通知は${whenInJapanese(when)}に${there}届きます。`,
    ];
  },
  byClock: (zone, told) =>
    told
      ? [`時刻は${zone}のものです。`]
      : [
          `タイムゾーンが分からないため、時刻は${zone}のものです。設定するには: `,
          { code: '/news settings --timezone …' },
        ],
  quietFrom: (quiet) => `おやすみ時間: ${quiet}`,
  addedOn: '追加: ',
  numbered: (id, name) => (name === '' ? `通知 #${id}` : `通知 #${id}: ${name}`),
  alertsInWeek: (alerts) => `7日間で${alerts}件`,
  stateActive: '有効',
  statePaused: '一時停止中',
  stateRemoved: '削除済み',
  listEmpty: 'ここにはまだ通知がありません',
  listTitle: (alerts) => `ここの通知: ${alerts}件`,
  mineEmpty: 'まだ通知がありません',
  mineTitle: (alerts) => `あなたの通知: ${alerts}件`,
  goesTo: '送信先: ',
  goesHome: 'あなたにだけ',
  page: (page, pages) => `${page}/${pages}ページ`,
  nextPage: '次のページ',
  addTitle: '新しい通知',
  editTitle: (id) => `通知 #${id}`,
  editHow: (id) => [
    ['変更する内容を入力してください。例:'],
    [{ code: `/news edit ${id} --query "asset seizure" Japan` }],
    [{ code: `/news edit ${id} --name Seizures --when daily 08:00 --quiet 22:00-07:00` }],
  ],
  continueLabel: '次へ',
  closeLabel: '閉じる',
  change: '変更',
  working: 'お待ちください…',
  openForm: 'フォームを開く',
  correctForm: '修正する',
  tooOld: '時間が経ちすぎました。もう一度入力してください。',
  placeLabel: '投稿先',
  placeHint: '空欄なら、あなたにだけ届きます。',
  pasteLabel: 'ファイルの内容',
  pasteMore: '続きがあればここに',
  pageIntro:
    'あなたの通知の一覧です。送信先は問いません。チャンネル全体の通知は、そこで /news list と入力すると見られます。',
  sentInPrivate: '長いので、ダイレクトメッセージでお送りします。',
  pressAgain: '時間がかかりすぎました。もう一度お試しください。',
  tooLongHere: (most) =>
    `長すぎるため、ここでは渡せません（${most}文字を超えています）。ボットの運用者がコマンドラインから書き出せます。`,
  queryLabel: '検索語',
  queryHint: 'Japan South Korea、"asset seizure"、nuclear OR fusion -weapon',
  nameLabel: '名前',
  nameHint: '通知の呼び名',
  whenLabel: 'タイミング',
  whenHint: 'instant、hourly、daily 08:00、weekly Mon 08:00',
  quietLabel: 'おやすみ時間',
  quietHint: '22:00-07:00、なしはoff',

  // rights and quotas
  noId: (typed) => `「${typed}」は通知の番号ではありません。番号は /news list で確認できます。`,
  unknownId: (id) => `ここに通知 #${id} はありません。/news list で一覧を確認できます。`,
  notYours: (id) => `通知 #${id} は他のメンバーのものです。変更できるのは作成者とこの場所の管理者だけです。`,
  noPlace: (typed) => `「${typed}」には通知を送れません。here、me、またはここのチャンネルを指定してください。`,
  managersAdd: 'ここに通知を追加できるのは管理者だけです。自分だけに届く通知は作れます: --to me',
  managersFeeds: 'フィードを追加できるのは、この場所の管理者だけです。',
  managersSettings: '設定を変更できるのは、この場所の管理者だけです。',
  alreadyThere: (id) => `同じ検索語の通知 #${id} がすでにあります。`,
  placeFull: (most) => `ここに置ける通知は${most}件までです。先にどれかを削除してください。`,
  memberFull: (most) => `メンバー1人が持てる通知は${most}件までです。先にどれかを削除してください。`,

  // places that a chat refuses
  refusals: {
    noPlace: 'そのようなチャンネルはここにありません。',
    ownOnly: '通知の送信先は、チャンネルか自分のダイレクトメッセージだけです。',
    unseen: 'そのチャンネルを見る権限がありません。',
    unwritable: 'そのチャンネルに書き込む権限がないため、通知を送れません。',
    permission: (name) => `そのチャンネルに投稿できません。ボットに「${name}」の権限を付けてください。`,
    botUnseen: 'ボットはそのチャンネルを見られません。',
    notMember: 'ボットはそのサーバーに参加していません。',
    noMessages: 'そのチャンネルにはメッセージを書き込めません。',
    archived: 'そのチャンネルはアーカイブされています。',
    notInvited: 'ボットはそのチャンネルに参加していません。先に /invite で招待してください。',
    unknown: 'そのチャンネルは見つかりません。プライベートチャンネルなら、先に /invite で招待してください。',
    unsure: 'そこに通知を送れるか確認できませんでした。もう一度お試しください。',
    terminal: 'ターミナルからは、このターミナルにだけ通知を送れます。',
  },

  // alerts and notices
  whyMenu: 'この通知が届いた理由',
  why: '届いた理由',
  read: '読む',
  muteStory: 'この話題をミュート',
  untitled: '無題の記事',
  also: '他の媒体: ',
  andMore: (more) => `、ほか${more}件`,
  moreOutlets: (outlets) => `${outlets}媒体`,
  digest: (kind, stories, names) => {
    const told = `${names === '' ? '' : `${names} `}${stories}件`;
    switch (kind) {
      case 'catch-up':
        return `遅れてお届けする記事: ${told}`;
      case 'quiet':
        return `おやすみ時間中の記事: ${told}`;
      case 'hourly':
        return `1時間のまとめ: ${told}`;
      case 'daily':
        return `今日のまとめ: ${told}`;
      case 'weekly':
        return `今週のまとめ: ${told}`;
      case 'other':
        return `記事: ${told}`;
    }
  },
  flooding: (id, name, most) =>
    `#${id}（${name}）に当てはまる記事が1時間に${most}件を超えました。落ち着くまで1時間ごとにまとめてお届けします。` +
    `漏れる記事はありません。/news edit ${id} で絞り込めます。`,
  broughtAtOnce: (feed, stories, names) =>
    `${feed} から一度に多くの記事が届きました。そのうち ${names} に当てはまる${stories}件は個別には投稿しません。/news preview で見られます。`,
  feedDead: (feed, hours, why) =>
    `フィード ${feed} が${span(hours)}読めていません（${why}）。引き続き試します。復旧したときにまだ残っている記事は失われません。`,
  feedGone: (feed, why) =>
    `フィード ${feed} は廃止されたとサーバーが答えたため（${why}）、監視をやめました。ほかのフィードは /news feeds で見られます。`,
  feedBack: (feed, hours) => `フィード ${feed} が${span(hours)}ぶりに読めるようになりました。`,
  whyShort: '届いた理由: ',
  askedBy: (alerts) => `通知: ${alerts}`,
  alsoIn: (outlet) => `${outlet} も: `,
  ofStory: (number) => `（記事 ${number}）`,
  noReason: '理由は不明',
  postReason,
  stoppedTitle: '通知が止まりました',
  stopped: (place, reason, id) => [
    [`${place} に通知を投稿できなくなりました: ${reason}`],
    ['解決したら、', { code: `/news resume ${id}` }, ' で再開できます。'],
  ],

  // why
  noSuchMessage: (typed) => `「${typed}」という記事は見つかりません。記事か通知のリンクを指定してください。`,
  notWatched: (host) => `${host} のフィードは監視していないため、記事は届きません。監視するには:`,
  notSeen: 'その記事は、サイトのフィードを読んだときにはありませんでした:',
  feedFailing: (message) => `読み込めません: ${message}`,
  feedFine: '問題なく読めています。記事が含まれていなかったようです。',
  matchedWords: (found) =>
    found.length === 0 ? '一致しました。' : `${found.map((word) => `「${word}」`).join('')}で一致しました。`,
  wasCounted: 'フィードから一度に多くの記事が届いたため、ほかの記事とまとめて件数だけをお知らせしました。',
  wasMuted: 'この話題はここではミュートされています。',
  refusedHere: (reason) => `ここには投稿できません: ${reason}`,
  sameStoryAs: (tier) =>
    tier === 'text'
      ? 'すでに投稿した記事と同じ文面です。'
      : 'すでに投稿した記事と同じ出来事なので、その記事の下にまとめました。',
  alreadyTold: 'すでにここに投稿されています。',
  posted: '投稿: ',
  gaveUp: (reason) => `投稿できませんでした: ${reason}`,
  inDigest: 'まとめに含まれています。',
  heldUntil: '投稿予定: ',
  beingRetried: (reason) => `投稿に失敗しました（${reason}）。再試行します。`,
  onItsWay: 'まもなく投稿されます。',
  unreadable: '検索語が読めなくなっています。編集してください。',
  addedLater: '記事が届いた後に追加されました。',
  lacks: (missing) =>
    missing.length === 0 ? '一致しませんでした。' : `一致しませんでした。不足: ${missing.join('、')}`,
  wasPaused: '一致しますが、一時停止中です。',
  learntOnly: '一致しますが、記事が古いか、フィードを初めて読んだときにすでにありました。',
  nobodyAsked: 'ここには通知がありません。',
  muted: '今後ここには届きません: ',
  unmuted: '続報が再びここに届きます: ',
  muteNotYours:
    'この記事は、あなたの通知で届いたものではありません。ミュートできるのは、通知の作成者とこの場所の管理者です。',

  // feeds
  noFeeds: '監視中のフィードはまだありません',
  feedsTitle: (all, failing) =>
    `フィード${all}件${failing === 0 ? '（すべて正常）' : `（うち${failing}件が読めません）`}`,
  feedsAddExample: (host) => `/news feeds add ${host}`,
  feedReason,
  feedStopped: (reason) => `廃止されました: ${reason}`,
  feedNotYet: 'まだ読み込んでいません',
  triedAgain: ' 次の試行: ',
  triedNow: ' まもなく再試行します。',
  lastRead: '最終読み込み: ',
  itemsADay: (items) => (items === null ? '' : `、${rate(items)}`),
  whichFeed: 'フィードが複数あります。どれにしますか？',
  addFeed: '監視する',
  noAddress: (typed) => `「${typed}」はウェブアドレスではありません。`,
  feedUnreadable: (reason) => `そのアドレスは読み込めません: ${reason}`,
  noFeedThere: (address) => `${address} にはフィードがなく、ページにも記載がありません。`,
  feedKnown: (name) => `${name} はすでに監視しています。`,
  feedsFull: (most) => `ここに追加できるフィードは${most}件までです。`,
  feedAdded: (name) => `${name} の監視を始めました`,
  feedLearns: '今ある記事は通知しません。これから出る新しい記事をお知らせします。',
  noSuchFeed: (typed) => `「${typed}」というフィードはここにありません。/news feeds で一覧を見られます。`,
  feedOfHost: (name) => `${name} は運用者が用意したフィードです。変更は運用者のOPMLファイルで行います。`,
  feedNotYours: 'そのフィードは他のメンバーが追加したものです。削除できるのは、追加した人とこの場所の管理者です。',
  feedRemoved: (name) => `${name} の監視をやめました`,
  badOpml: (line, message) => `OPMLとして読めないため、何も追加されませんでした。${line}行目: ${message}`,
  feedsImported: (added, known) => `フィードを${added}件追加しました${known === 0 ? '' : `（${known}件は監視済み）`}`,
  feedsExported: (feeds) => `フィード${feeds}件（OPML）`,

  // settings, export and import
  settingsTitle: 'この場所の設定',
  settingsSaved: '設定を保存しました',
  settingsExample: ['変更するには: ', { code: '/news settings --timezone Asia/Tokyo --quiet 22:00-07:00' }],
  settingHints: {
    timezone: 'まとめ配信とおやすみ時間の基準',
    quiet: '何も投稿しない時間帯',
    when: 'タイミングを指定しない通知のとき',
    alerts: 'ここに通知を追加できる人',
    feeds: 'フィードを追加できる人',
    language: '返信と通知の言語。autoは各メンバーの言語',
  },
  noTimeZone: (typed) =>
    `「${typed}」というタイムゾーンはありません。Asia/TokyoやEurope/Parisのように入力してください。`,
  fileTooLarge: (most) => `ファイルが大きすぎます。${most} MiBまで読み込めます。`,
  fileUnreadable: 'ファイルを読み込めませんでした。もう一度お試しください。',
  exported: (alerts) => `通知${alerts}件`,
  badImport: (problem) => `Newshoundの通知のファイルではないため、何も追加されませんでした。${problem}`,
  badEntry: (place, problem) => `ファイルの${place}件目の通知: ${problem}`,
  importRefused: '何も追加されませんでした',
  imported: (added, known) => `通知を${added}件追加しました${known === 0 ? '' : `（${known}件は追加済み）`}`,
};

const weekdays = ['月', '火', '水', '木', '金', '土', '日'];

/** `毎日 08:00`, `毎週月曜 08:00`. */
function whenInJapanese(when: When): string {
  switch (when.kind) {
    case 'instant':
      return 'すぐに通知';
    case 'hourly':
      return '1時間ごと';
    case 'daily':
      return `毎日 ${when.at}`;
    case 'weekly':
      return `毎週${weekdays[when.day - 1] ?? ''}曜 ${when.at}`;
  }
}

function span(hours: number): string {
  return hours < 48 ? `${hours}時間` : `${Math.round(hours / 24)}日`;
}

/** `1日に約4件`, `1週間に約2件`. */
function rate(aDay: number): string {
  if (aDay >= 0.95) return `1日に約${Math.round(aDay)}件`;
  const aWeek = Math.round(aDay * 7);
  return aWeek >= 1 ? `1週間に約${aWeek}件` : '1週間に1件未満';
}
