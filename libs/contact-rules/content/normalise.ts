/** Traditional forms of the characters that the lexicon uses, each beside its simplified form. */
const TRADITIONAL =
  '錢钱 貸贷 單单 領领 導导 親亲 屬属 錄录 機机 關关 檢检 訴诉 訟讼 獄狱 執执 凍冻 結结 處处 罰罚 費费 務务 續续 繳缴 還还 銀银 會会 將将 門门 傳传 調调 區区 員员 長长 師师 們们 這这 與与 資资 紙纸 號号 額额 億亿 萬万 貳贰 陸陆 圓圆 塊块 詐诈 騙骗 賴赖 臉脸 恥耻 殺杀 後后 負负 戶户 鄰邻 學学 讓让 馬马 電电 話话 訊讯 發发 佈布 報报 徵征 ' +
  '約约 產产 強强 債债 傷伤 斷断 責责 滅灭 緊紧 聯联 繫系 網网 貼贴 開开 罵骂 兒儿 媽妈 爺爷 鄉乡 黨党 紀纪 監监 婦妇 廢废 辦办 請请 轉转 個个 誰谁 過过 帳账 賬账 經经 誠诚 給给 裡里 裏里 麼么 職职 暫暂 態态 壞坏 張张 撥拨 緻致 遞递 達达 獲获 歸归 滿满 權权 勢势 賣卖 買买 業业 證证 護护 拋抛 從从 墊垫 橋桥 換换 現现 養养 補补 舊旧 慘惨 輕轻 尋寻 盡尽 遺遗 書书 樓楼 燒烧 鬱郁 藥药 療疗 癱瘫 瘓痪 殘残 絕绝 飯饭 頭头 無无 義义 勞劳 動动 喪丧 腫肿 農农';
const simplified = new Map(TRADITIONAL.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]));

const IS_TRADITIONAL = new RegExp(`[${[...simplified.keys()].join('')}]`, 'g');

/** A text with the same words in one form: compatibility forms (full width, ligatures) folded, lower case, simplified characters, nothing invisible. */
export function fold(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return folded.replace(IS_TRADITIONAL, (character) => simplified.get(character) ?? character);
}

/** A text without what is written between characters to hide words, and where each character stood. */
export interface Squeezed {
  readonly text: string;
  /** For each character of `text` its place in the folded text. */
  readonly places: readonly number[];
}

const LETTER_OR_DIGIT = /[\p{Letter}\p{Number}]/u;
const [HAN_FIRST, HAN_LAST] = [0x4e00, 0x9fff];

// Most characters are Chinese: those need no look at the tables.
const isWritten = (code: number, character: string): boolean => (code >= HAN_FIRST && code <= HAN_LAST) || LETTER_OR_DIGIT.test(character);

/** Takes out spaces, punctuation and symbols: 黑 名 . 单 becomes 黑名单. */
export function squeeze(folded: string): Squeezed {
  let text = '';
  const places: number[] = [];
  for (let i = 0; i < folded.length; i += 1) {
    const character = folded.charAt(i);
    if (!isWritten(folded.charCodeAt(i), character)) continue;
    text += character;
    places.push(i);
  }
  return { text, places };
}

const SPELT_OUT = /(?<![^ ])(?:\p{Letter} ){3,}\p{Letter}(?![^ ])/gu;

/** The words of a text in letters, one space between them, for languages that have spaces: "Black-listed!" becomes "black listed", "j.a.i.l" jail. */
export const toWords = (folded: string): string =>
  folded
    .replace(/[^\p{Letter}\p{Number}$]+/gu, ' ')
    .trim()
    .replace(SPELT_OUT, (letters) => letters.replaceAll(' ', ''));
