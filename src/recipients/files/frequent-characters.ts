import type { Encoding } from '../recipient';

/**
 * Letters beyond ASCII of lists and names, the most frequent first: of each language, and of lists in several. Capitals
 * come with their small letters.
 */
const WESTERN = [
  'éèáóíñöüäçãàúôêåøâßëõæîïûùòìœÿýþðšž',
  'éèçêàëïôâîùûœ',
  'üöäßé',
  'óíáéñúü',
  'ãçáóéíõêâúàô',
  'øåæäöé',
];
const CENTRAL = [
  'áéíłóśěąęčřšžćńżőöüúýůăţşâîäëçďťňźűđľĺŕô',
  'łóśąęćńżź',
  'áíéřěšýžčůúňóťďäľôĺŕ',
  'éáóöőíüúű',
  'ăţşâî',
  'ćščžđ',
];
const TURKISH = ['ışğüöçİâîûéáóíñäàèêëãôõåøæúßòìùïœ'];
const CYRILLIC = ['оаиенрвтлскмьпдяуігзбыйчхшжюцщэфъёїєґўјљњћђџѓќѕ'];
const GREEK = ['αοςιετρνσκλμπυηωάόίέγδχθβφήύώξζψϊϋΐΰ'];
const ARABIC = ['ايلمنرهعدبوحتسةفكأقشجخطصضىزثغءذظئإؤآپچگژکےںھéèàâêçîôûùïë'];
/** Of half a column's width, as banks write them. */
const HALF_KANA = ['ﾞﾝｼｳｲﾀｶﾅｺﾄｷｸﾏｱｽｻﾗﾘﾐﾁﾙﾃｴｵﾋﾊｹﾛﾔﾕﾖﾌﾒﾉｾﾆｿﾚﾂﾎﾜﾓﾍﾑﾈｭｮｬｯﾟｰﾇｦｧｨｩｪｫ'];

export const ALPHABETS: Partial<Record<Encoding, string[]>> = {
  'windows-1250': CENTRAL,
  'windows-1251': CYRILLIC,
  'windows-1252': WESTERN,
  'windows-1253': GREEK,
  'windows-1254': TURKISH,
  'windows-1256': ARABIC,
  'koi8-r': CYRILLIC,
  macintosh: WESTERN,
  shift_jis: HALF_KANA,
};

const HEADINGS_ZH_CN =
  '姓名手机号码电话联系人方式地址备注先生女士小姐客户经理部门公司城市省区县路街编号是否退订短信';
const NAMES_ZH_CN =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许沈曾彭吕苏卢蒋蔡丁魏薛叶余潘杜夏钟田任' +
  '姜范石姚谭廖金陆孔白崔康毛邱秦江史顾侯邵孟龙万钱伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建玉兰红梅' +
  '志国庆春晓东海燕宇浩轩佳怡子涵欣文大小一二三四五六七八九十北京上广州深圳的不了在有中来个到为和出会时要可以生';
const TRADITIONAL =
  '姓名手機號碼電話聯絡人地址備註先生女士小姐客戶經理部門公司城市縣區路街編號是否簡訊行動陳林黃張李王吳劉蔡楊' +
  '許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余趙盧梁顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓' +
  '馬董唐蔣石古紀姚馮歐程湯雅婷淑芬美惠玲怡君家豪志明俊傑建宏宗翰冠宇佳穎欣雯承恩詩涵子大文小強偉國華麗玉' +
  '英秀春花月珍台臺北中南新竹香港九龍的不了在有來個到為和一二三四五六七八九十';
const JAPANESE =
  '名前氏携帯電話番号住所備考様会社担当者東京都大阪府県市区町村丁目佐藤鈴木高橋田中伊渡辺山本村小林加吉山斎松' +
  '井清水崎森池橋石川前後岡長谷近坂遠青西福太三野原和島内上久保杉千葉新今河平工宮阿部一二郎子美恵花健翔結愛真' +
  '由香里奈央優陽介樹直人明幸雄隆博正弘勇誠次司浩日月年生の';
const KANA =
  'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんがぎぐげござじずぜぞ' +
  'だでどばびぶべぼゃゅょっアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン' +
  'ガギグゲゴザジズゼゾダデドバビブベボパピプペポャュョッー';
const KOREAN =
  '이름성명휴대폰전화번호연락처주소회사고객담당자비고수신동의거부문자김박최정강조윤장임한오서신권황안송류홍전고문' +
  '양손배백허유남심노하곽차주우구민진나지엄채원천방공현함변염여추도소석선설마길민준서연지우현수영철미경숙은혜희' +
  '순자옥상훈성호재석동건태형규승아예린윤진다빈하율시인기용광일가는를에의님사대울부산';

/** The characters that make up about half of such a list. */
export const FREQUENT: Partial<Record<Encoding, string>> = {
  gb18030: HEADINGS_ZH_CN + NAMES_ZH_CN,
  big5: TRADITIONAL,
  shift_jis: JAPANESE + KANA,
  'euc-jp': JAPANESE + KANA,
  'euc-kr': KOREAN,
};

/**
 * The first and second bytes of the other usual characters: the first level of GB 2312, Big5 and JIS X 0208, and the
 * hangul of KS X 1001.
 */
export const USUAL_BYTES: Partial<Record<Encoding, [number, number, number, number]>> = {
  gb18030: [0xb0, 0xd7, 0xa1, 0xfe],
  big5: [0xa4, 0xc6, 0x40, 0xfe],
  shift_jis: [0x88, 0x97, 0x40, 0xfc],
  'euc-jp': [0xb0, 0xcf, 0xa1, 0xfe],
  'euc-kr': [0xb0, 0xc8, 0xa1, 0xfe],
};
