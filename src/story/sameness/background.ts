/** Words of many languages that tie others together, and words that stand in news of every kind, cut to five letters. */
const COMMON = new Set(
  `the of and to in a is was for on that with as at by from it he his be has have had are were not this but who will an
  or its they their been which after more than said says say would about when also there one two out up over into new could
  her she him we our you your all if can what some no just only other most first last year years people time three so
  like between before under during against while since because through where how many being them these those then did
  do does may might should must us mr ms mrs dr still now even such any each own both made make back per cent percent
  told according added government officials monday tuesday wednesday thursday friday saturday sunday january february march
  april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec week day days month
  der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei
  einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei
  de la le les et des en un une du dans est que pour qui sur au par plus pas avec ce il sont se son ses cette ont aux mais comme
  nous ou leur elle été deux fait après être aussi même entre sans
  el los las y del que una por con para es su al lo como más se ha pero sus sobre este entre cuando muy sin también hasta desde fue
  il di che e per una del della dei con non sono al dal nel alla più ha anche si gli le ma come
  o os as da do dos das em um uma para com não na no por mais ao foi ser tem como sua seu
  het een van dat op te zijn voor met niet aan er om ook als maar bij nog wordt door naar uit heeft
  yang dan di ini itu dengan untuk pada dari dalam akan tidak oleh juga kepada telah bagi adalah mereka satu dua lebih kata beliau atau seorang kerana katanya tersebut
  и в не на что он с как это по но из у за от так для его к до вы ее мы был была были она они я все же бы также
  w na z do nie się jest to że i o jak za od po dla są przez
  och att det som en på är av för med den till inte om ett har de var ve bir bu da için ile olarak olan`
    .split(/\s+/u)
    .map((word) => word.slice(0, 5)),
);
/** Letter pairs of Chinese, Japanese and Korean that stand in news of every kind. */
const COMMON_PAIRS = new Set(
  `表示 今天 星期 记者 報導 报道 报导 记者 他們 他们 我們 我们 一个 一個 目前 已经 已經 可以 没有 沒有 因为 因為 以及 进行 進行 其中 認為 认为 指出 這個 这个
  した する いる して ます です から こと この その ある れた った てい ない など よう とし られ れる 発表 によ なっ され につ ては にな いて
  했다 이다 한다 있다 에서 으로 하는 했습 습니 니다 대한 지난 밝혔`.split(/\s+/u),
);

const COMMON_SHARE = 0.4;
const COMMON_PAIR_SHARE = 0.2;
const RARE_SHARE = 0.001;

/** In what part of all news a term is expected before any has been seen, 0 to 1. */
export function expectedShare(term: string): number {
  if (COMMON.has(term)) return COMMON_SHARE;
  return COMMON_PAIRS.has(term) ? COMMON_PAIR_SHARE : RARE_SHARE;
}
