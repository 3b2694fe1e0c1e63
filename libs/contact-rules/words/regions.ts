import { text, type Text } from './text.ts';

/** The provinces of GB/T 2260, by the first two digits of a code. */
const provinces: Readonly<Record<string, Text>> = {
  '11': text('北京市', 'Beijing'),
  '12': text('天津市', 'Tianjin'),
  '13': text('河北省', 'Hebei'),
  '14': text('山西省', 'Shanxi'),
  '15': text('内蒙古自治区', 'Inner Mongolia'),
  '21': text('辽宁省', 'Liaoning'),
  '22': text('吉林省', 'Jilin'),
  '23': text('黑龙江省', 'Heilongjiang'),
  '31': text('上海市', 'Shanghai'),
  '32': text('江苏省', 'Jiangsu'),
  '33': text('浙江省', 'Zhejiang'),
  '34': text('安徽省', 'Anhui'),
  '35': text('福建省', 'Fujian'),
  '36': text('江西省', 'Jiangxi'),
  '37': text('山东省', 'Shandong'),
  '41': text('河南省', 'Henan'),
  '42': text('湖北省', 'Hubei'),
  '43': text('湖南省', 'Hunan'),
  '44': text('广东省', 'Guangdong'),
  '45': text('广西壮族自治区', 'Guangxi'),
  '46': text('海南省', 'Hainan'),
  '50': text('重庆市', 'Chongqing'),
  '51': text('四川省', 'Sichuan'),
  '52': text('贵州省', 'Guizhou'),
  '53': text('云南省', 'Yunnan'),
  '54': text('西藏自治区', 'Tibet'),
  '61': text('陕西省', 'Shaanxi'),
  '62': text('甘肃省', 'Gansu'),
  '63': text('青海省', 'Qinghai'),
  '64': text('宁夏回族自治区', 'Ningxia'),
  '65': text('新疆维吾尔自治区', 'Xinjiang'),
  '71': text('台湾省', 'Taiwan'),
  '81': text('香港特别行政区', 'Hong Kong'),
  '82': text('澳门特别行政区', 'Macao'),
};

/** A code of GB/T 2260 in words: a province by its name, what lies within one by province and code. */
export function regionOf(code: string): Text {
  const province = provinces[code.slice(0, 2)];
  if (province === undefined) return text(`地区 ${code}`, `region ${code}`);
  if (/^\d{2}(0000)?$/.test(code)) return text(`${province.zh}（${code}）`, `${province.en} (${code})`);
  return text(`${province.zh}内代码为 ${code} 的地区`, `region ${code} in ${province.en}`);
}
