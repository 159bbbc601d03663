/**
 * What the people and things of a country are called in other languages, one country a line:
 *
 *     code: language word word; language word …
 *
 * Each word is the form of a dictionary (masculine singular); `demonym-forms.ts` makes the others. A word counts in a story of
 * its language only, because many are family names or words elsewhere (Russo, Greco, franc). Those that mean other things in
 * their own language are left out (Spanish indio). The code `-` holds longer words that contain one and do not mean it.
 */
export const FOREIGN_DEMONYMS = `
korea: fr coréen; es coreano; it coreano; pt coreano; de koreanisch Koreaner; nl Koreaans; ru корейский; ar كوري; sv koreansk
AE: de emiratisch; fr émirati émirien; es emiratí; ar إماراتي
AF: de afghanisch Afghane; fr afghan; es afgano; it afghano; pt afegão; nl Afghaans; ru афганский афганец афганцы; ar أفغاني
AR: de argentinisch Argentinier; fr argentin; es argentino; it argentino; pt argentino; nl Argentijns; ru аргентинский; ar أرجنتيني
AT: de österreichisch Österreicher; fr autrichien; es austríaco austriaco; it austriaco; pt austríaco; nl Oostenrijks; ru австрийский; ar نمساوي
AU: de australisch Australier; fr australien; es australiano; it australiano; pt australiano; nl Australisch; ru австралийский; ar أسترالي
BD: de bangladeschisch; fr bangladais; ar بنغلاديشي
BE: de belgisch Belgier; fr belge; es belga; it belga; pt belga; nl Belgisch; ru бельгийский; ar بلجيكي
BG: de bulgarisch Bulgare; fr bulgare; es búlgaro; it bulgaro; pt búlgaro; nl Bulgaars; ru болгарский; ar بلغاري
BR: de brasilianisch Brasilianer; fr brésilien; es brasileño; it brasiliano; pt brasileiro; nl Braziliaans; ru бразильский; ar برازيلي
BY: de belarussisch weißrussisch; fr biélorusse bélarusse; es bielorruso; it bielorusso; pt bielorrusso; nl Belarussisch; ru белорусский; ar بيلاروسي
CA: de kanadisch Kanadier; fr canadien; es canadiense; it canadese; pt canadense canadiano; nl Canadees; ru канадский; ar كندي; sv kanadensisk
CH: de schweizerisch Schweizer; fr suisse helvétique; es suizo; it svizzero; pt suíço; nl Zwitsers; ru швейцарский; ar سويسري; sv schweizisk
CL: de chilenisch Chilene; fr chilien; es chileno; it cileno; pt chileno; nl Chileens; ru чилийский; ar تشيلي
CN: de chinesisch Chinese; fr chinois; es chino; it cinese; pt chinês; nl Chinees; ru китайский китаец китайцы; ar صيني; sv kinesisk; da kinesisk; nb kinesisk; tr Çinli; pl chiński
CO: de kolumbianisch Kolumbianer; fr colombien; es colombiano; it colombiano; pt colombiano; nl Colombiaans; ru колумбийский; ar كولومبي
CU: de kubanisch Kubaner; fr cubain; es cubano; it cubano; pt cubano; nl Cubaans; ru кубинский; ar كوبي
CZ: de tschechisch Tscheche; fr tchèque; es checo; it ceco; pt tcheco checo; nl Tsjechisch; ru чешский; ar تشيكي
DE: de deutsch Deutscher; fr allemand; es alemán; it tedesco; pt alemão; nl Duits Duitser; ru немецкий немец немцы германский; ar ألماني; sv tysk; da tysk; nb tysk; tr Alman; pl niemiecki
DK: de dänisch Däne; fr danois; es danés; it danese; pt dinamarquês; nl Deens; ru датский; ar دنماركي; sv dansk; da dansk; nb dansk
DZ: de algerisch Algerier; fr algérien; es argelino; it algerino; pt argelino; nl Algerijns; ru алжирский; ar جزائري
EG: de ägyptisch Ägypter; fr égyptien; es egipcio; it egiziano; pt egípcio; nl Egyptisch; ru египетский; ar مصري
ES: de spanisch Spanier; fr espagnol; es español; it spagnolo; pt espanhol; nl Spaans; ru испанский испанец испанцы; ar إسباني; sv spansk; da spansk; nb spansk; tr İspanyol; pl hiszpański
FI: de finnisch Finne; fr finlandais; es finlandés; it finlandese; pt finlandês; nl Fins; ru финский; ar فنلندي; sv finsk finländsk; da finsk; nb finsk
FR: de französisch Franzose Französin; fr français; es francés; it francese; pt francês; nl Frans; ru французский француз французы; ar فرنسي; sv fransk; da fransk; nb fransk; tr Fransız; pl francuski
GB: de britisch Brite; fr britannique; es británico; it britannico; pt britânico; nl Brits; ru британский британец британцы; ar بريطاني; sv brittisk; da britisk; nb britisk; tr İngiliz; pl brytyjski
GE: de georgisch Georgier; fr géorgien; es georgiano; it georgiano; pt georgiano; nl Georgisch; ru грузинский; ar جورجي
GR: de griechisch Grieche; fr grec hellénique; es griego; it greco; pt grego; nl Grieks; ru греческий; ar يوناني; sv grekisk; tr Yunan
HU: de ungarisch Ungar Ungarn; fr hongrois; es húngaro; it ungherese; pt húngaro; nl Hongaars; ru венгерский; ar مجري; sv ungersk; pl węgierski
ID: de indonesisch Indonesier; fr indonésien; es indonesio; it indonesiano; pt indonésio; nl Indonesisch; ru индонезийский; ar إندونيسي
IE: de irisch Ire; fr irlandais; es irlandés; it irlandese; pt irlandês; nl Iers; ru ирландский; ar إيرلندي أيرلندي
IL: de israelisch Israeli Israelis; fr israélien; es israelí; it israeliano; pt israelense israelita; nl Israëlisch; ru израильский израильтянин израильтяне; ar إسرائيلي; sv israelisk; tr İsrailli; pl izraelski
IN: de indisch Inder; fr indien; it indiano; pt indiano; nl Indiaas; ru индийский; ar هندي; sv indisk
IQ: de irakisch Iraker; fr irakien; es iraquí; it iracheno; pt iraquiano; nl Iraaks Irakees; ru иракский; ar عراقي
IR: de iranisch Iraner; fr iranien; es iraní; it iraniano; pt iraniano; nl Iraans; ru иранский иранец иранцы; ar إيراني; sv iransk; tr İranlı; pl irański
IT: de italienisch Italiener; fr italien; es italiano; it italiano; pt italiano; nl Italiaans; ru итальянский итальянец итальянцы; ar إيطالي; sv italiensk; da italiensk; nb italiensk; tr İtalyan; pl włoski
JO: de jordanisch Jordanier; fr jordanien; es jordano; it giordano; pt jordaniano; nl Jordaans; ru иорданский; ar أردني
JP: de japanisch Japaner; fr japonais nippon; es japonés nipón; it giapponese nipponico; pt japonês; nl Japans Japanner; ru японский японец японцы; ar ياباني; sv japansk; da japansk; nb japansk; tr Japon; pl japoński
KP: de nordkoreanisch Nordkoreaner; fr nord-coréen; es norcoreano; it nordcoreano; pt norte-coreano; nl Noord-Koreaans; ru северокорейский; sv nordkoreansk; da nordkoreansk; nb nordkoreansk; pl północnokoreański
KR: de südkoreanisch Südkoreaner; fr sud-coréen; es surcoreano; it sudcoreano; pt sul-coreano; nl Zuid-Koreaans; ru южнокорейский; sv sydkoreansk; da sydkoreansk; nb sørkoreansk; pl południowokoreański
LB: de libanesisch Libanese; fr libanais; es libanés; it libanese; pt libanês; nl Libanees; ru ливанский; ar لبناني
LY: de libysch Libyer; fr libyen; es libio; it libico; pt líbio; nl Libisch; ru ливийский; ar ليبي
MA: de marokkanisch Marokkaner; fr marocain; es marroquí; it marocchino; pt marroquino; nl Marokkaans; ru марокканский; ar مغربي
MX: de mexikanisch Mexikaner; fr mexicain; es mexicano; it messicano; pt mexicano; nl Mexicaans; ru мексиканский; ar مكسيكي
NG: de nigerianisch Nigerianer; fr nigérian; es nigeriano; it nigeriano; pt nigeriano; nl Nigeriaans; ru нигерийский; ar نيجيري
NL: de niederländisch Niederländer holländisch; fr néerlandais hollandais; es neerlandés holandés; it olandese; pt holandês neerlandês; nl Nederlands Nederlander; ru нидерландский голландский; ar هولندي; sv nederländsk; da nederlandsk hollandsk; nb nederlandsk; pl holenderski
NO: de norwegisch Norweger; fr norvégien; es noruego; it norvegese; pt norueguês; nl Noors; ru норвежский; ar نرويجي; sv norsk; da norsk; nb norsk
PH: de philippinisch; fr philippin; es filipino; it filippino; pt filipino; nl Filipijns; ru филиппинский; ar فلبيني
PK: de pakistanisch Pakistaner; fr pakistanais; es pakistaní; it pakistano; pt paquistanês; nl Pakistaans; ru пакистанский; ar باكستاني
PL: de polnisch; fr polonais; es polaco; it polacco; pt polonês polaco; nl Pools; ru польский; ar بولندي; sv polsk; da polsk; nb polsk; tr Polonyalı; pl polski
PS: de palästinensisch Palästinenser; fr palestinien; es palestino; it palestinese; pt palestino palestiniano; nl Palestijns Palestijn Palestijnen; ru палестинский палестинец палестинцы; ar فلسطيني; sv palestinsk; tr Filistinli; pl palestyński
PT: de portugiesisch Portugiese; fr portugais; es portugués; it portoghese; pt português; nl Portugees; ru португальский; ar برتغالي
QA: de katarisch; fr qatari; es catarí qatarí; ar قطري; ru катарский
RO: de rumänisch Rumäne; fr roumain; es rumano; it rumeno romeno; pt romeno; nl Roemeens; ru румынский; ar روماني
RS: de serbisch Serbe; fr serbe; es serbio; it serbo; pt sérvio; nl Servisch; ru сербский; ar صربي
RU: de russisch Russe; fr russe; es ruso; it russo; pt russo; nl Russisch Rus Russen; ru российский русский россиянин россияне; ar روسي; sv rysk; da russisk; nb russisk; tr Rus; pl rosyjski; uk російський
SA: de saudi-arabisch saudisch; fr saoudien; es saudí; it saudita; pt saudita; nl Saudisch Saoedisch; ru саудовский; ar سعودي
SD: de sudanesisch; fr soudanais; es sudanés; it sudanese; pt sudanês; nl Sudanees; ru суданский; ar سوداني
SE: de schwedisch Schwede; fr suédois; es sueco; it svedese; pt sueco; nl Zweeds; ru шведский; ar سويدي; sv svensk; da svensk; nb svensk
SY: de syrisch Syrer; fr syrien; es sirio; it siriano; pt sírio; nl Syrisch; ru сирийский; ar سوري; sv syrisk; tr Suriyeli
TH: de thailändisch Thailänder; fr thaïlandais; es tailandés; it thailandese; pt tailandês; nl Thais; ru таиландский тайский; ar تايلاندي
TN: de tunesisch Tunesier; fr tunisien; es tunecino; it tunisino; pt tunisiano; nl Tunesisch; ru тунисский; ar تونسي
TR: de türkisch Türke; fr turc turque; es turco; it turco; pt turco; nl Turks; ru турецкий; ar تركي; sv turkisk; da tyrkisk; nb tyrkisk; tr Türk; pl turecki
TW: de taiwanisch taiwanesisch Taiwaner; fr taïwanais; es taiwanés; it taiwanese; pt taiwanês; nl Taiwanees; ru тайваньский; ar تايواني
UA: de ukrainisch Ukrainer; fr ukrainien; es ucraniano; it ucraino; pt ucraniano; nl Oekraïens; ru украинский украинец украинцы; ar أوكراني; sv ukrainsk; da ukrainsk; nb ukrainsk; tr Ukraynalı; pl ukraiński; uk український українець українці
US: de amerikanisch Amerikaner US-amerikanisch; fr américain étatsunien états-unien; es estadounidense; it statunitense americano; pt norte-americano estadunidense americano; nl Amerikaans Amerikaan Amerikanen; ru американский американец американцы; ar أمريكي أميركي; sv amerikansk; da amerikansk; nb amerikansk; tr Amerikan; pl amerykański
VE: de venezolanisch Venezolaner; fr vénézuélien; es venezolano; it venezuelano; pt venezuelano; nl Venezolaans; ru венесуэльский; ar فنزويلي
VN: de vietnamesisch Vietnamese; fr vietnamien; es vietnamita; it vietnamita; pt vietnamita; nl Vietnamees; ru вьетнамский; ar فيتنامي
YE: de jemenitisch; fr yéménite; es yemení; it yemenita; pt iemenita; nl Jemenitisch; ru йеменский; ar يمني
ZA: de südafrikanisch Südafrikaner; fr sud-africain; es sudafricano; it sudafricano; pt sul-africano; nl Zuid-Afrikaans; ru южноафриканский
-: fr sud-américain latino-américain centre-américain nord-irlandais sud-soudanais; pt sul-americano latino-americano centro-americano sul-sudanês
`;
