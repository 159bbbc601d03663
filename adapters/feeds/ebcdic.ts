/** All 256 bytes of EBCDIC code page 037 (IBM, United States). */
const CP037 =
  '\u0000\u0001\u0002\u0003\u009c\u0009\u0086\u007f\u0097\u008d\u008e\u000b\u000c\u000d\u000e\u000f\u0010\u0011\u0012\u0013\u009d\u0085\u0008\u0087\u0018\u0019\u0092\u008f\u001c\u001d\u001e\u001f\u0080\u0081\u0082\u0083\u0084\u000a\u0017\u001b\u0088\u0089\u008a\u008b\u008c\u0005\u0006\u0007\u0090\u0091\u0016\u0093\u0094\u0095\u0096\u0004\u0098\u0099\u009a\u009b\u0014\u0015\u009e\u001a' +
  ' \u00a0âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="' +
  'Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×' +
  '{ABCDEFGHI\u00adôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\u009f';

/** The other pages, by what they have at other bytes: pairs of a byte in hexadecimal and its character. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  cp037: '',
  cp273: '43{4aÄ4f!59~5aÜ5f^63[6aö7c§a1ßb0¢b5@ba¬bb|bc‾c0äcc¦d0üdc}e0Öec\\fc]',
  cp424:
    '41א42ב43ג44ד45ה46ו47ז48ח49ט51י52ך53כ54ל55ם56מ57ן58נ59ס62ע63ף64פ65ץ66צ67ק68ר69ש70�71ת72�73�74\u00a075�76�77�78‗80�8c�8d�8e�9a�9b�9c�9e�aa�ab�ac�ad�ae�cb�cc�cd�ce�cf�db�dc�dd�de�df�eb�ec�ed�ee�ef�fb�fc�fd�fe�',
  cp500: '4a[4f!5a]5f^b0¢ba¬bb|',
  cp875:
    '41Α42Β43Γ44Δ45Ε46Ζ47Η48Θ49Ι4a[4f!51Κ52Λ53Μ54Ν55Ξ56Ο57Π58Ρ59Σ5a]5f^62Τ63Υ64Φ65Χ66Ψ67Ω68Ϊ69Ϋ6a|70¨71Ά72Έ73Ή74\u00a075Ί76Ό77Ύ78Ώ80΅8aα8bβ8cγ8dδ8eε8fζ9aη9bθ9cι9dκ9eλ9fμa0´aaνabξacοadπaeρafσb0£b1άb2έb3ήb4ϊb5ίb6όb7ύb8ϋb9ώbaςbbτbcυbdφbeχbfψcbωccΐcdΰce‘cf―da±db½dc\u001add·de’df¦e1\u001aeb§ec\u001aed\u001aee«ef¬fb©fc\u001afd\u001afe»',
  cp1026: '48{4aÇ4f!5aĞ5bİ5f^68[6aş79ı7bÖ7cŞ7fÜ8c}8d`8e¦a1öac]ad$ae@b0¢ba¬bb|c0çcc~d0ğdc\\e0üec#fc"',
  cp1140: '9f€',
};

const LABEL = /^(?:cp|ibm|cp-)?0{0,2}(37|273|424|500|875|1026|1140)$/;

/** True for the labels of the EBCDIC code pages that are known here. */
export function isEbcdic(label: string): boolean {
  return pageOf(label) !== '';
}

/** The text of bytes in an EBCDIC code page; an unknown label is read as page 037. */
export function ebcdicText(bytes: Uint8Array, label: string): string {
  const table = Array.from(CP037);
  const pairs = Array.from(DIFFERENCES[pageOf(label)] ?? '');
  for (let at = 0; at + 2 < pairs.length; at += 3)
    table[Number.parseInt(`${pairs[at]}${pairs[at + 1]}`, 16)] = pairs[at + 2] ?? '';
  const codes = Uint16Array.from(table, (character) => character.charCodeAt(0));
  // The line end of EBCDIC is NEL.
  codes[0x15] = 10;
  const units = new Uint16Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) units[at] = codes[bytes[at] ?? 0] ?? 0;
  return Buffer.from(units.buffer).toString('utf16le');
}

function pageOf(label: string): string {
  const page = LABEL.exec(label)?.[1];
  return page === undefined ? '' : `cp${page.padStart(3, '0')}`;
}
