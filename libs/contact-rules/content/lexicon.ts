/** What a text may not do. HLJ Art. 21-22, the eight bans of CBA26, CC11 Art. 69. */
export const BANS = [
  'posing-authority',
  'posing-bank',
  'threat',
  'exposure',
  'blacklist',
  'amount',
  'legal-consequence',
  'extra-fees',
  'new-borrowing',
] as const;
export type Ban = (typeof BANS)[number];

/** Where each ban comes from, as a reason of the gate names its article. */
export const BAN_SOURCES: Readonly<Record<Ban, string>> = {
  'posing-authority': 'HLJ 21-22, CBA26 bans',
  'posing-bank': 'CBA26 bans',
  threat: 'HLJ 21-22, CBA26 bans',
  exposure: 'HLJ 21-22, CBA26 bans',
  blacklist: 'HLJ 21-22, CBA26 bans',
  amount: 'CC11 69, HLJ 21-22',
  'legal-consequence': 'HLJ 21-22, CBA26 bans',
  'extra-fees': 'CBA26 bans',
  'new-borrowing': 'CBA26 bans',
};

interface Entries {
  readonly ban: Exclude<Ban, 'amount'>;
  /** Only where an agency writes. */
  readonly agencyOnly?: true;
  /** Patterns over Chinese text (room between words: `.{0,n}`, in English `(?:\\w+ ){0,n}`) from which spaces and punctuation are gone. */
  readonly zh: readonly string[];
  /** Patterns over English words, lower case, one space between them. */
  readonly en: readonly string[];
}

const AUTHORITY =
  '(?:法院|法庭|公安|警察|警方|民警|刑警|派出所|经侦|检察|司法局|司法所|司法机关|政法委|仲裁委|政府|街道办|监管局|银保监|金融监管总局|人民银行|纪委|监委)';
const SELF = '(?:我是|我们是|我这边是|这里是|这边是|本人是|我系|本人系|我们系|我代表|我们代表|来自)';
const OTHERS =
  '(?:单位|领导|公司|老板|上司|同事|人事|家人|家属|家里|父母|父亲|母亲|爸妈|妻子|老婆|丈夫|老公|配偶|子女|孩子|亲戚|亲友|亲朋|亲属|朋友|邻居|街坊|村委|村里|居委|社区|学校|老师|班主任|通讯录|紧急联系人|户籍地|老家|房东)';
const OURS = '(?:将|会|要|并|已|只能|即将|直接|马上|立即|立刻|准备|开始|否则|不然|我行|我司|我们|我方|随时)';
const OFFICIAL_EN =
  '(?:court|police|sheriff|prosecutor|procuratorate|district attorney|government|ministry|federal agent|law enforcement|fbi|irs|customs)';
const OTHERS_EN =
  '(?:employer|boss|manager|supervisor|workplace|office|company|colleagues?|coworkers?|co workers?|hr|family|parents?|mother|father|wife|husband|spouse|children|relatives|friends|neighbou?rs?|landlord|school|contacts)';

export const LEXICON: readonly Entries[] = [
  {
    ban: 'posing-authority',
    zh: [
      `${SELF}.{0,10}${AUTHORITY}`,
      `${AUTHORITY}(?:工作人员|执行局|办案人员|特派员|通知您?|提醒您|传唤|正式函)`,
      `受.{0,6}${AUTHORITY}.{0,4}(?:委托|指派|委派)`,
      '(?:警号|办案民警|执行法官|专案组)',
    ],
    en: [
      `(?:this is|i am|we are|i m|calling from|writing from|on behalf of|notice from) (?:an? |the )?(?:\\w+ ){0,3}${OFFICIAL_EN}`,
      `${OFFICIAL_EN} (?:officer|department|notice|badge)`,
      '(?:badge number|deputy sheriff|court officer)',
    ],
  },
  {
    ban: 'posing-bank',
    agencyOnly: true,
    zh: [
      '(?:我是|我们是|这里是|这边是|本人是|我系).{0,12}(?:银行|信用卡中心|卡中心|支行|分行)(?!.{0,8}(?:委托|授权|合作))',
      '(?:我行|本行|我卡中心)(?!.{0,6}委托)',
    ],
    en: [
      '(?:this is|i am|we are|i m) (?!.{0,40}on behalf)(?:\\w+ ){0,5}bank(?! (?:s|on) )(?!.{0,20}(?:agency|behalf))',
      'we the bank',
      'our bank will',
    ],
  },
  {
    ban: 'threat',
    zh: [
      '弄死|打死|砍死|杀了你|杀你|要你命|打断.{0,3}腿|断手断脚|卸.{0,2}条腿|废了你|灭了你|收拾你|整死|不得好死|死全家|全家死',
      '后果自负|给你好看|等着瞧|别怪我|别怪我们|让你.{0,6}(?:后悔|难看|好看|混不下去|待不下去)|走着瞧|小心你的?',
      '堵.{0,2}门|泼油漆|泼漆|喷漆|拉横幅|送花圈|派人.{0,4}(?:上门|堵|找你)|上门.{0,4}(?:抓|闹|搬|砸|堵)|轰炸|呼死你|人身安全',
      '老赖|不要脸|无耻|人渣|废物|垃圾|骗子|畜生|王八|混蛋|缩头乌龟|丢人现眼|没良心|败类|去死|他妈|你妈',
    ],
    en: [
      '(?:kill|hurt|beat|break your|come after|find) you(?:r legs)?\\b(?! your)(?! our)(?! an?)(?! the)',
      '(?:you will|you ll|going to) (?:regret|be sorry|suffer)|or else\\b|watch your back|know where you live|make your life',
      '(?:scum|deadbeat|thief|crook|loser|shameless|disgrace|idiot|liar|scumbag)',
    ],
  },
  {
    ban: 'exposure',
    zh: [
      `(?:通知|告诉|曝光|公布|公示|张贴|群发|散布|转告|爆料|通报)(?:到|给|至|于|在)?.{0,6}${OTHERS}`,
      `${OURS}.{0,6}(?:联系|告知|拜访|走访|拨打|致电|去|到|找).{0,6}${OTHERS}`,
      `让.{0,3}${OTHERS}.{0,6}(?:知道|知晓|看看|来还)`,
      '爆通讯录|打爆.{0,4}通讯录|朋友圈.{0,4}(?:曝光|公布)|(?:曝光|公开|公布)(?:你|您).{0,8}(?:信息|照片|身份证|欠款|隐私)|身败名裂|社会性死亡|人尽皆知',
    ],
    en: [
      `(?:tell|inform|notify|contact|call|visit|expose you to|let) (?:your |all your |all of your |everyone at your )(?:\\w+ ){0,2}${OTHERS_EN}`,
      '(?:post|publish|expose|shame) (?:you|your)|public(?:ly)? shame|everyone will know|on social media',
    ],
  },
  {
    ban: 'blacklist',
    zh: [
      '黑名单|灰名单|(?:失信|老赖)名单|失信被执行人|失信人|大数据(?:拉黑|封杀|黑)|全网(?:通报|封杀|拉黑|通缉)|行业(?:封杀|拉黑)|征信(?:拉黑|永久|一辈子|终身)|终身征信|信用(?:黑户|污点终身)',
      '限制(?:高)?消费|限高|禁止(?:乘坐|坐)(?:高铁|飞机)|(?:影响|牵连|连累).{0,6}(?:子女|孩子|家人|三代|后代)',
      '(?:上传|录入|列入|上报)(?:到|至)?(?:互联网|网络|社会|全国|公安)(?:失信|信用)(?:系统|平台|库|数据库)',
    ],
    en: [
      'black ?list(?:ed|ing)?',
      'debtors list|list of (?:bad )?debtors|banned from (?:flying|trains|travel|every bank)',
      'credit (?:will be |is )?(?:ruined|destroyed) (?:for ever|forever|for life)|never (?:get|have) credit again|national (?:bad credit|fraud) database',
    ],
  },
  {
    ban: 'legal-consequence',
    zh: [
      '坐牢|判刑|入狱|牢饭|蹲监|拘留|逮捕|抓捕|刑拘|通缉|批捕|刑事(?:责任|犯罪|立案|案件|处罚|追究)|(?:信用卡|贷款|合同)?诈骗罪|恶意透支罪|判处|报警抓|移交(?:公安|警方|司法|法院|经侦)|移送(?:公安|警方|司法|经侦)',
      '传票|已(?:经)?立案|正式立案|已(?:经)?(?:被)?(?:起诉|判决)|强制执行|冻结.{0,8}(?:账户|银行卡|微信|支付宝|资产|工资|名下)|查封|拍卖(?:你|您).{0,6}|扣押|没收|扣划工资|列为被告|缺席判决|限制出境',
    ],
    en: [
      '(?:go|sent|going|put you|end up) (?:to|in) (?:jail|prison)|imprison(?:ed|ment)?|you will be (?:arrested|jailed|prosecuted|charged)|arrest warrant|warrant for your arrest|criminal (?:charges?|prosecution|case|record|offen[cs]e)',
      '(?:seize|freeze|garnish|take) (?:all )?your (?:\\w+ )?(?:accounts?|wages|salary|property|house|home|car|assets|belongings)|summons has been|lawsuit has been filed|deport(?:ed|ation)?',
    ],
  },
  {
    ban: 'extra-fees',
    zh: [
      '(?:额外|另外|另行|还需|还要|需要|须|必须|先|应|加收|收取|支付|缴纳|交纳|缴|交|转账|垫付).{0,6}(?:手续费|催收费|上门费|服务费|保证金|解冻费|律师费|差旅费|罚款|诉讼费|保全费|处理费|跑腿费|消除费|修复费|好处费|辛苦费)',
      '(?:征信|逾期记录)(?:修复|铲单|洗白|消除)',
    ],
    en: [
      '(?:pay|plus|additional|extra|charge(?:d)?|add(?:ed)?|with) (?:an? |the |our |of )?(?:\\w+ ){0,2}(?:collection fee|service fee|processing fee|visit fee|handling fee|legal fees?|penalty fee|unfreezing fee|deposit fee)',
    ],
  },
  {
    ban: 'new-borrowing',
    zh: [
      '借新还旧|以贷(?:还|养)贷|以卡(?:还|养)卡|拆东墙|过桥|垫资|代还|套现|转贷',
      '(?:办理|申请|推荐|提供|帮您?|可以|为您).{0,6}(?:新的?贷款|网贷|小额贷|现金贷|其他贷款|借款平台|新卡|消费贷)',
      '(?:向|找|跟)(?:亲友|亲戚|朋友|家人|别人|他人|同事|其他平台|网贷平台|其他银行).{0,4}(?:借|贷|筹)|(?:借钱|借款|贷款)来?还|从.{0,6}平台(?:借|贷)',
    ],
    en: [
      '(?:take out|apply for|get|offer you|borrow|arrange) (?:an? |another |a new )?(?:new |another |payday |cash )?(?:loan|credit line|cash advance)',
      'borrow (?:it |money |the money )?(?:from|to (?:pay|repay|settle))|new loan to (?:pay|repay|settle)|ask your (?:family|friends|relatives) (?:for|to lend)',
    ],
  },
];

/** Words shortly before a match, in the same clause, that turn it into its opposite (不会通知您的家人), and warnings of what follows (警惕以贷养贷、代还). */
export const NEGATION_ZH = [
  /(?:不会|不得(?!不)|不应|不能(?!不)|不可(?!不)|不收|不向|不需|绝不|从不|并未|并非|没有|未曾|不是|不以|勿|无需|无须|免收|免交|免缴|假冒|冒充|冒用|自称|非)[^还款贷的话就]{0,5}$/u,
  /(?:谨防|警惕|远离|拒绝|防范|抵制|举报|严禁|禁止|请勿|切勿)[^就则]{0,14}$/u,
];
export const NEGATION_EN =
  /\b(?:not|never|no|without|cannot|won t|don t|do not|will not|must not|beware of|pretending to be|posing as|nobody|none of)(?: \w+){0,4} ?$/u;
