/**
 * What countries are called besides their names in CLDR, one country a line:
 *
 *     code: demonyms; capital; other names
 *
 * Each is a list parted by commas. A demonym brings its plural in -s along. `^` before a word that has an ordinary twin
 * (turkey, polish) makes it count only where it has a capital; two and three capital letters count only as capitals.
 * A capital that shares its name with other places that are in the news is left out (Athens, Georgetown, Kingston,
 * Victoria, Santiago, Washington, San José, Tripoli, Hamilton, Nassau, Stanley, St. John's, La Paz, Malé, Panama City …).
 * The code `-` holds longer names that contain a country's and do not mean it: New Mexico, Latin American.
 * Codes in small letters are families, found by their own word only: Korea, Congo.
 */
export const COUNTRIES = `
korea: Korean; ; Korea, Koreas
congo: Congolese; ; Congo, Kongo, Конго, Κονγκό, コンゴ, 刚果, 콩고, الكونغو, कांगो
AD: Andorran; Andorra la Vella;
AE: Emirati; Abu Dhabi; UAE, Emirates, United Arab Emirates, الإمارات
AF: Afghan; Kabul, 喀布尔, カブール, 카불;
AG: Antiguan, Barbudan; ; Antigua
AI: Anguillan; ;
AL: Albanian; Tirana;
AM: Armenian; Yerevan;
AO: Angolan; Luanda;
AR: Argentine, Argentinian, Argentinean; Buenos Aires;
AS: American Samoan; ;
AT: Austrian; Vienna, Wien, Vienne, Viena, 维也纳, ウィーン, 빈;
AU: Australian, Aussie; Canberra, 堪培拉, キャンベラ, 캔버라;
AZ: Azerbaijani, Azeri; Baku;
BA: Bosnian, Herzegovinian; Sarajevo; Bosnia, Bosnia and Herzegovina
BB: Barbadian, Bajan; Bridgetown;
BD: Bangladeshi; Dhaka, Dacca;
BE: Belgian; Brussels, Bruxelles, Brüssel, Bruselas, Bruxelas, 布鲁塞尔, ブリュッセル, 브뤼셀;
BF: Burkinabe, Burkinabé; Ouagadougou; Burkina
BG: Bulgarian; Sofia;
BH: Bahraini; Manama;
BI: Burundian; Bujumbura, Gitega;
BJ: Beninese, Beninois; Porto-Novo;
BN: Bruneian; Bandar Seri Begawan; Brunei Darussalam
BO: Bolivian; ;
BR: Brazilian; Brasília, Brasilia, 巴西利亚; Brasil
BS: Bahamian; ;
BT: Bhutanese; Thimphu;
BW: Botswanan, Batswana, Motswana; Gaborone;
BY: Belarusian, Belorussian; Minsk; Byelorussia, Белоруссия, Weißrussland
BZ: Belizean; Belmopan;
CA: Canadian; Ottawa, 渥太华, オタワ, 오타와;
CD: Congolese; Kinshasa; DR Congo, DRC, D.R. Congo, Democratic Republic of Congo, Democratic Republic of the Congo, Congo-Kinshasa, Zaire, RD Congo, RDC, R.D.C., République démocratique du Congo, República Democrática del Congo, República Democrática do Congo, Repubblica Democratica del Congo, Demokratische Republik Kongo, DR Kongo, Democratische Republiek Congo, Demokratyczna Republika Konga, ДР Конго, Демократическая Республика Конго, 刚果民主共和国, 刚果金, コンゴ民主共和国, 콩고민주공화국, الكونغو الديمقراطية, جمهورية الكونغو الديمقراطية
CF: Central African; Bangui; C.A.R.
CG: Congolese; Brazzaville; Republic of Congo, Republic of the Congo, Congo-Brazzaville, République du Congo, República del Congo, República do Congo, Republik Kongo, Республика Конго, 刚果共和国, 刚果布, コンゴ共和国
CH: ^Swiss; Bern, Berne;
CI: Ivorian, Ivoirian; Yamoussoukro; Ivory Coast, Cote d'Ivoire, Elfenbeinküste, Costa de Marfil, Costa d’Avorio, Costa do Marfim, ساحل العاج, 象牙海岸
CL: Chilean; ;
CM: Cameroonian; Yaoundé, Yaounde;
CN: Chinese; Beijing, Peking, Pékin, Pequim, Pekín, Pechino, Пекин, 北京, 베이징; PRC, P.R.C., ^China, People's Republic of China, mainland China
CO: Colombian; Bogotá, Bogota;
CR: Costa Rican; ;
CU: Cuban; Havana, La Habana, La Havane, Havanna;
CV: Cape Verdean, Cabo Verdean; ; Cabo Verde, Cape Verde
CY: Cypriot; Nicosia;
CZ: Czech, Czechs; Prague, Prag, Praga, Praha, 布拉格, プラハ, 프라하; Czech Republic
DE: German; Berlin, Берлин, 柏林, ベルリン, 베를린; Federal Republic of Germany, Niemczech, Niemiec
DJ: Djiboutian; ;
DK: ^Danish, ^Dane; Copenhagen, København, Kopenhagen, Copenhague; 
DM: ; Roseau;
DO: Dominican; Santo Domingo; Dominican Republic
DZ: Algerian; Algiers, Alger, Argel;
EC: Ecuadorian, Ecuadorean; Quito;
EE: Estonian; Tallinn;
EG: Egyptian; Cairo, Le Caire, Kairo, El Cairo, القاهرة, 开罗, カイロ, 카이로;
EH: Sahrawi; ;
ER: Eritrean; Asmara;
ES: Spanish, Spaniard; Madrid, 马德里, マドリード, 마드리드;
ET: Ethiopian; Addis Ababa, Addis Abeba;
FI: ^Finnish, ^Finn; Helsinki;
FJ: Fijian; Suva;
FM: Micronesian; Palikir;
FO: Faroese; Tórshavn;
FR: French, Frenchman, Frenchmen, Frenchwoman, Frenchwomen; Paris, Париж, 巴黎, パリ, 파리, باريس;
GA: Gabonese; Libreville;
GB: British, Briton, ^Brit, Britisher; London, Londres, Londra, Лондон, 伦敦, ロンドン, 런던, لندن; UK, U.K., Britain, Great Britain, United Kingdom of Great Britain, Großbritannien, Grande-Bretagne, Gran Bretaña, Gran Bretagna, Grã-Bretanha, Groot-Brittannië, Storbritannien, Wielka Brytania, Великобритания, Британия, Велика Британія, بريطانيا
GD: Grenadian; ;
GE: Georgian; Tbilisi, Tiflis;
GH: Ghanaian; Accra;
GL: Greenlandic, Greenlander; Nuuk;
GM: Gambian; Banjul;
GN: Guinean; Conakry;
GQ: Equatorial Guinean, Equatoguinean; Malabo;
GR: Greek; ; Hellenic Republic
GT: Guatemalan; Guatemala City;
GW: Bissau-Guinean; Bissau;
GY: Guyanese; ;
HK: Hong Konger, Hongkonger; ; Hong Kong, Hongkong, 香港, 홍콩, Гонконг, Хонконг, Χονγκ Κονγκ, هونغ كونغ, הונג קונג, ฮ่องกง, Hồng Kông
HN: Honduran; Tegucigalpa;
HR: Croatian, Croat; Zagreb;
HT: Haitian; Port-au-Prince;
HU: Hungarian; Budapest, 布达佩斯, ブダペスト;
ID: Indonesian; Jakarta, 雅加达, ジャカルタ, 자카르타;
IE: Irish, Irishman, Irishmen; Dublin; Republic of Ireland, Éire
IL: Israeli; Jerusalem, Jérusalem, Jerusalén, 耶路撒冷, エルサレム, 예루살렘; 
IN: Indian; New Delhi, Delhi, Neu-Delhi, Nueva Delhi, 新德里, ニューデリー, 뉴델리; Bharat
IQ: Iraqi; Baghdad, Bagdad, بغداد, 巴格达, バグダッド;
IR: Iranian; Tehran, Teheran, Téhéran, Teerã, تهران, طهران, Тегеран, 德黑兰, テヘラン, 테헤란; Islamic Republic of Iran
IS: Icelandic, Icelander; Reykjavik, Reykjavík;
IT: Italian; Rome, Roma, Rom, Рим, ローマ, 로마;
JM: Jamaican; ;
JO: Jordanian; Amman; ^Jordan
JP: Japanese; Tokyo, Tokio, Tóquio, Токио, 东京, 東京, 도쿄, طوكيو, โตเกียว;
KE: Kenyan; Nairobi;
KG: Kyrgyz, Kyrgyzstani; Bishkek; Kyrgyzstan, Kirghizia
KH: Cambodian, Khmer; Phnom Penh, 金边, プノンペン, 프놈펜;
KI: I-Kiribati; Tarawa;
KM: Comorian, Comoran; Moroni;
KN: Kittitian, Nevisian; Basseterre; Saint Kitts and Nevis, Saint Kitts
KP: North Korean, N. Korean, N Korean; Pyongyang, Pjöngjang, Pionyang, Пхеньян, 平壤, 平壌, 평양; N. Korea, N Korea, DPRK, D.P.R.K., Democratic People's Republic of Korea, North and South Korea, South and North Korea, both Koreas, two Koreas, 朝鲜, 朝鮮民主主義人民共和国, 북한, 北韩, КНДР, Северная Корея, Північна Корея
KR: South Korean, S. Korean, S Korean; Seoul, Séoul, Seúl, Сеул, 首尔, 首爾, ソウル, 서울, سيول, โซล; S. Korea, S Korea, ROK, R.O.K., Republic of Korea, North and South Korea, South and North Korea, both Koreas, two Koreas, 한국, 남한, 南韩, 南韓, Южная Корея
KW: Kuwaiti; Kuwait City;
KZ: Kazakh, Kazakhstani; Astana, Nur-Sultan;
LA: Lao, Laotian; Vientiane;
LB: Lebanese; Beirut, Beyrouth, بيروت, 贝鲁特, ベイルート, 베이루트;
LC: Saint Lucian; Castries; Saint Lucia
LI: Liechtensteiner; Vaduz;
LK: Sri Lankan; Colombo; Ceylon
LR: Liberian; Monrovia;
LS: Basotho, Mosotho; Maseru;
LT: Lithuanian; Vilnius;
LU: Luxembourgish, Luxembourger; ;
LV: Latvian; Riga;
LY: Libyan; ;
MA: Moroccan; Rabat;
MC: Monegasque, Monégasque, Monacan; ;
MD: Moldovan; Chisinau, Chișinău, Kishinev; Moldavia, Молдавия
ME: Montenegrin; Podgorica;
MG: Malagasy, Madagascan; Antananarivo;
MH: Marshallese; Majuro;
MK: Macedonian, North Macedonian; Skopje; Macedonia
ML: Malian; Bamako;
MM: Burmese; Naypyidaw, Naypyitaw, Nay Pyi Taw; Burma, Birma, Birmanie, Birmania, Бирма
MN: Mongolian, Mongol; Ulaanbaatar, Ulan Bator;
MO: Macanese; ; Macao, Macau, 澳门, マカオ, 마카오
MR: Mauritanian; Nouakchott;
MT: Maltese; Valletta;
MU: Mauritian; Port Louis;
MV: Maldivian; ;
MW: Malawian; Lilongwe;
MX: Mexican; Mexico City, Ciudad de México, 墨西哥城;
MY: Malaysian; Kuala Lumpur, Putrajaya, 吉隆坡, クアラルンプール;
MZ: Mozambican; Maputo;
NA: Namibian; Windhoek;
NE: Nigerien; Niamey;
NG: Nigerian; Abuja;
NI: Nicaraguan; Managua;
NL: Dutch, Dutchman, Dutchmen, Netherlander; Amsterdam, 阿姆斯特丹, アムステルダム; Holland, Holanda, Olanda, Голландия, 荷兰, オランダ
NO: Norwegian; Oslo;
NP: Nepalese, Nepali; Kathmandu, Katmandu;
NR: Nauruan; Yaren;
NZ: New Zealander, ^Kiwis; Wellington; Aotearoa, N.Z.
OM: Omani; Muscat;
PA: Panamanian; ;
PE: Peruvian; ^Lima;
PG: Papua New Guinean, Papuan; Port Moresby; PNG, P.N.G.
PH: Filipino, Filipina, Philippine; ^Manila, マニラ, 马尼拉;
PK: Pakistani; Islamabad, 伊斯兰堡, イスラマバード;
PL: ^Polish, ^Poles, ^Pole; Warsaw, Warszawa, Warschau, Varsovie, Varsovia, Варшава, 华沙, ワルシャワ, 바르샤바;
PR: Puerto Rican; ;
PS: Palestinian; Ramallah; Palestine, Palestinian Authority, Palestinian Territories, Palestinian Territory, Palästina, Palestina, Palæstina, Palestyna, Palestína, Palestiina, Filistin, Παλαιστίνη, ปาเลสไตน์, फ़िलिस्तीन, ফিলিস্তিন, فلسطين, Палестина, パレスチナ, 巴勒斯坦, 팔레스타인
PT: Portuguese; Lisbon, Lisboa, Lisbonne, Lissabon;
PW: Palauan; Ngerulmud;
PY: Paraguayan; Asunción, Asuncion;
QA: Qatari; Doha, الدوحة, 多哈, ドーハ;
RO: Romanian; Bucharest, București, Bukarest, Bucarest;
RS: Serbian, Serb; Belgrade, Beograd, Belgrad;
RU: Russian; Moscow, Moscou, Moskau, Moscú, Mosca, Moskou, Москва, 莫斯科, モスクワ, 모스크바, موسكو; Russian Federation
RW: Rwandan; Kigali;
SA: Saudi; Riyadh, Riad, Riyad, الرياض, 利雅得, リヤド, 리야드; KSA, Kingdom of Saudi Arabia, Saudi Arabian
SB: Solomon Islander; Honiara;
SC: Seychellois; ;
SD: Sudanese; Khartoum;
SE: Swedish, ^Swede; Stockholm, ストックホルム, 斯德哥尔摩;
SG: Singaporean; ;
SI: Slovenian, Slovene; Ljubljana;
SK: Slovak, Slovakian; Bratislava; Slovak Republic
SL: Sierra Leonean; Freetown;
SM: Sammarinese; ;
SN: Senegalese; Dakar;
SO: Somali, Somalian; Mogadishu;
SR: Surinamese; Paramaribo;
SS: South Sudanese; Juba; S. Sudan
ST: Santomean; ; Sao Tome and Principe, Sao Tome
SV: Salvadoran, Salvadorean, Salvadorian; San Salvador;
SY: Syrian; Damascus, Damas, Damaskus, Damasco, دمشق, 大马士革, ダマスカス, 다마스쿠스;
SZ: Swazi; Mbabane; Swaziland
TD: Chadian; N'Djamena; ^Chad
TG: Togolese; Lomé, Lome;
TH: Thai; Bangkok, กรุงเทพ, 曼谷, バンコク, 방콕; Siam, ประเทศไทย
TJ: Tajik, Tajikistani; Dushanbe; 
TL: Timorese, East Timorese; Dili; East Timor
TM: Turkmen; Ashgabat;
TN: Tunisian; Tunis;
TO: Tongan; Nuku'alofa;
TR: Turkish, ^Turk; Ankara, Анкара, 安卡拉, アンカラ, 앙카라; ^Turkey, Türkiye
TT: Trinidadian, Tobagonian; Port of Spain; Trinidad and Tobago, Trinidad, Tobago
TV: Tuvaluan; Funafuti;
TW: Taiwanese; Taipei, Taipeh, Taipéi, 台北, 臺北, 타이베이, タイペイ; Republic of China, 台湾, 臺灣, 대만, Тайвань
TZ: Tanzanian; Dodoma;
UA: Ukrainian; Kyiv, Kiev, Kiew, Kyjiv, Київ, Киев, 基辅, キーウ, キエフ, 키이우, 키예프, كييف;
UG: Ugandan; Kampala;
US: American; ; US, U.S., USA, U.S.A., America, United States of America, States of America, 미국, 美国, 米国, США, EEUU, EE. UU., EUA, É.-U.
UY: Uruguayan; Montevideo;
UZ: Uzbek, Uzbekistani; Tashkent;
VA: ; ; Vatican, Holy See, Vatikan, Vaticano, Ватикан, バチカン, 梵蒂冈
VC: Vincentian; Kingstown; Saint Vincent and the Grenadines, Saint Vincent
VE: Venezuelan; Caracas;
VN: Vietnamese; Hanoi, Hà Nội, 河内, ハノイ, 하노이; Viet Nam
VU: Vanuatuan, Ni-Vanuatu; Port Vila;
WS: Samoan; Apia;
XK: Kosovar, Kosovan; Pristina, Prishtina;
YE: Yemeni; Sanaa, Sana'a, صنعاء;
ZA: South African; Pretoria; S. Africa, RSA
ZM: Zambian; Lusaka;
ZW: Zimbabwean; Harare; Rhodesia
-: ; ; Latin America, Latin American, South America, South American, Central America, Central American, North America, North American, Bank of America, Organization of American States, Organisation of American States, Captain America, American Airlines, American Express, Spanish America
-: ; ; New Mexico, New Mexican, Gulf of Mexico, New Jersey, New Guinea, Guinea pig, Guinea fowl, Guinea worm, Gulf of Guinea, New England, New South Wales, Northern Ireland, Northern Irish, Indian Ocean, West Indian, American Indian, Indian Wells, Indian summer
-: ; ; Niger Delta, Niger State, River Niger, Niger River, New Britain, New Georgia, New London, British Columbia, British Columbian, Brazil nut, Brussels sprout, Spanish flu, Greek yogurt, Greek yoghurt, Swiss Army knife, Swiss Army knives, Russian roulette, Russian doll, Mexican standoff, German shepherd, German measles, Dutch oven, Irish setter, Paris Hilton, Paris Jackson, Sofia Coppola, Sofia Vergara, Sofia Kenin, Sofia Carson, Sofia Goggia, Queen Sofia, Reina Sofía, Jack London, London Breed, Irving Berlin, America Ferrera, Michael Jordan, Jim Jordan, Jordan Peele, Jordan Peterson, Jordan Spieth, Jordan Henderson, Jordan Pickford, Cuba Gooding, Israel Adesanya, Israel Folau, Georgia Bulldogs, Georgia O'Keeffe, Jamaica Kincaid, Panama hat, Panama hats, Stockholm syndrome, Dakar Rally, Lima bean, Moscow mule, Peking duck, Emirates Stadium, Paris Agreement, Paris Accord, Paris climate accord, Paris climate agreement, Paris climate deal, Indian Ocean Dipole, océan Indien, Indischer Ozean, Indischen Ozean, océano Índico, oceano Indiano
-: ; ; América Latina, América del Sur, América do Sul, América Central, América del Norte, América do Norte, America Latina, America del Sud, America Centrale, America del Nord, Sud America, Nord America, Centro America, ラテンアメリカ, 中南米アメリカ, 南アメリカ, 北アメリカ, 中央アメリカ, Nuevo México, Novo México, Nuovo Messico, Nouveau-Mexique, Golfo de México, Golfo do México, Golfo del Messico, Golfe du Mexique, Golf von Mexiko, Irlande du Nord, Irlanda del Norte, Irlanda del Nord, Irlanda do Norte, Noord-Ierland, Северная Ирландия, 北アイルランド, 北爱尔兰, Nueva Guinea, Nouvelle-Guinée, Nova Guiné, Новая Гвинея
-: ; ; South China Morning Post, South China Sea, East China Sea, Sea of Japan, English Channel, French toast, French fries, Danish pastry, Swiss cheese, Turkish delight, Georgia Tech, South Georgia, Persian Gulf, Gulf of Oman
`;

/**
 * States and provinces with towns that are called like capitals: "Paris, Texas" is not about France. Those that stand beside a
 * capital in lists, as places of a government or a market themselves, are left out (Washington, New York, Georgia). The short ones are those of news agencies.
 */
export const STATES_WITH_NAMESAKES = `
Alabama, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Idaho, Illinois, Indiana, Iowa, Kansas,
Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota, Mississippi, Missouri, Montana, Nebraska, Nevada,
New Hampshire, New Jersey, New Mexico, North Carolina, North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island,
South Carolina, South Dakota, Tennessee, Texas, Utah, Vermont, Virginia, West Virginia, Wisconsin, Wyoming,
Ala, Ariz, Ark, Calif, Colo, Conn, Fla, Ga, Kan, Ky, Md, Mich, Minn, Mont, Neb, Nev, N.H, N.J, N.M, Okla, Pa, Tenn, Tex, Va, Vt, Wis, Wyo
`;

/** The same of Canada: they leave Ottawa what it is. */
export const PROVINCES_WITH_NAMESAKES = `
Alberta, British Columbia, Manitoba, New Brunswick, Newfoundland, Nova Scotia, Ontario, Quebec, Saskatchewan, Ont
`;
