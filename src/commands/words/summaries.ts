import { commandTable, type CommandName } from '../table.ts';
import { en } from './en.ts';

type Shown = Exclude<CommandName, 'save' | 'draft' | 'cancel' | 'undo' | 'mute' | 'unmute' | 'mine'>;

/** What each command does, in the languages in which chats show commands before anything is said. Keyed by BCP 47 language. */
const summaries: Readonly<Record<string, Readonly<Record<Shown, string>>>> = {
  ja: {
    add: '条件に合う新しい記事を通知する',
    list: 'ここにある通知の一覧',
    show: '通知の詳細',
    edit: '通知の検索語・名前・時刻・宛先を変える',
    remove: '通知を削除する（しばらくは取り消せます）',
    pause: '通知を一時停止する',
    resume: '一時停止した通知を再開する',
    preview: '最近の記事で検索語を試す',
    why: '記事が届いた理由、届かなかった理由',
    search: '保存されている最近の記事を探す',
    feeds: '監視中のフィードとその状態',
    'feeds add': 'フィードまたはサイトを監視に加える',
    'feeds remove': 'ここで加えたフィードを外す',
    'feeds import': 'OPMLファイルのフィードを加える',
    'feeds export': 'フィードをOPMLファイルにする',
    settings: 'この場所のタイムゾーン・静かな時間・権限',
    export: 'ここの通知をファイルにする',
    import: 'ファイルの通知を加える',
    help: '使い方',
  },
  ko: {
    add: '조건에 맞는 새 기사를 알림으로 받기',
    list: '이곳의 알림 목록',
    show: '알림 하나를 자세히 보기',
    edit: '알림의 검색어, 이름, 시각, 보낼 곳 바꾸기',
    remove: '알림 지우기(잠시 동안 되돌릴 수 있음)',
    pause: '알림 잠시 멈추기',
    resume: '멈춘 알림 다시 받기',
    preview: '최근 기사로 검색어 시험하기',
    why: '기사가 온 이유, 오지 않은 이유',
    search: '저장된 최근 기사 찾기',
    feeds: '지켜보는 피드와 그 상태',
    'feeds add': '피드나 사이트를 더 지켜보기',
    'feeds remove': '이곳에서 더한 피드 빼기',
    'feeds import': 'OPML 파일의 피드 더하기',
    'feeds export': '피드를 OPML 파일로 받기',
    settings: '이곳의 시간대, 조용한 시간, 권한',
    export: '이곳의 알림을 파일로 받기',
    import: '파일의 알림 더하기',
    help: '쓰는 법',
  },
  es: {
    add: 'Recibir un aviso por cada noticia nueva que coincida',
    list: 'Los avisos de este lugar',
    show: 'Un aviso en detalle',
    edit: 'Cambiar la consulta, el nombre, la hora o el destino de un aviso',
    remove: 'Quitar un aviso; se puede deshacer un rato',
    pause: 'Silenciar un aviso, por un tiempo o hasta reanudarlo',
    resume: 'Reanudar un aviso en pausa',
    preview: 'Lo que una consulta habría encontrado en los últimos días',
    why: 'Por qué llegó una noticia, o por qué no',
    search: 'Buscar en las noticias guardadas',
    feeds: 'Las fuentes vigiladas y su estado',
    'feeds add': 'Vigilar otra fuente, o la fuente de un sitio',
    'feeds remove': 'Dejar de vigilar una fuente añadida aquí',
    'feeds import': 'Añadir las fuentes de un archivo OPML',
    'feeds export': 'Las fuentes como archivo OPML',
    settings: 'Zona horaria, horas de silencio y permisos de este lugar',
    export: 'Los avisos de este lugar como archivo',
    import: 'Añadir los avisos de un archivo',
    help: 'Qué se puede decir',
  },
  de: {
    add: 'Jede neue Meldung erhalten, die passt',
    list: 'Die Suchaufträge hier',
    show: 'Ein Suchauftrag im Einzelnen',
    edit: 'Suche, Name, Zeit oder Ziel eines Auftrags ändern',
    remove: 'Einen Auftrag löschen; eine Weile lässt es sich zurücknehmen',
    pause: 'Einen Auftrag stumm schalten, auf Zeit oder bis auf Weiteres',
    resume: 'Einen stummen Auftrag fortsetzen',
    preview: 'Was eine Suche in den letzten Tagen gefunden hätte',
    why: 'Warum eine Meldung kam, oder warum nicht',
    search: 'In den gespeicherten Meldungen suchen',
    feeds: 'Die beobachteten Feeds und ihr Zustand',
    'feeds add': 'Einen weiteren Feed oder den einer Seite beobachten',
    'feeds remove': 'Einen hier hinzugefügten Feed nicht mehr beobachten',
    'feeds import': 'Die Feeds einer OPML-Datei hinzufügen',
    'feeds export': 'Die Feeds als OPML-Datei',
    settings: 'Zeitzone, Ruhezeiten und Rechte dieses Orts',
    export: 'Die Suchaufträge hier als Datei',
    import: 'Die Suchaufträge einer Datei hinzufügen',
    help: 'Was man sagen kann',
  },
  fr: {
    add: 'Recevoir une alerte pour chaque article qui correspond',
    list: 'Les alertes de ce lieu',
    show: 'Une alerte en détail',
    edit: 'Changer la requête, le nom, l’heure ou la destination d’une alerte',
    remove: 'Supprimer une alerte ; on peut l’annuler un moment',
    pause: 'Taire une alerte, pour un temps ou jusqu’à nouvel ordre',
    resume: 'Reprendre une alerte en pause',
    preview: 'Ce qu’une requête aurait trouvé ces derniers jours',
    why: 'Pourquoi un article est venu, ou non',
    search: 'Chercher dans les articles gardés',
    feeds: 'Les flux suivis et leur état',
    'feeds add': 'Suivre un autre flux, ou celui d’un site',
    'feeds remove': 'Ne plus suivre un flux ajouté ici',
    'feeds import': 'Ajouter les flux d’un fichier OPML',
    'feeds export': 'Les flux en fichier OPML',
    settings: 'Fuseau horaire, heures calmes et droits de ce lieu',
    export: 'Les alertes de ce lieu en fichier',
    import: 'Ajouter les alertes d’un fichier',
    help: 'Ce qu’on peut dire',
  },
};

/** The languages, English apart, that commands are described in. */
export const summaryLanguages: readonly string[] = Object.keys(summaries);

/** What a command does, in a language (BCP 47, primary); in English where there is none. */
export function summaryOf(name: CommandName, language = 'en'): string {
  const known: Readonly<Partial<Record<CommandName, string>>> = summaries[language] ?? {};
  return known[name] ?? en.commands[name].summary;
}

/** The names of the commands that members see. */
export function shownCommands(): readonly CommandName[] {
  return commandTable.filter(({ hidden }) => !hidden).map(({ name }) => name);
}
