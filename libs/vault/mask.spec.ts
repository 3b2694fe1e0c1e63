import { maskContactPoint, maskIdNumber, maskName } from '#vault';

describe('maskName', () => {
  it.each([
    ['张三', '张*'],
    ['欧阳修', '欧**'],
    ['李', '李*'],
    ['阿里木·买买提', '阿******'],
    ['𠮷田', '𠮷*'],
    ['John Smith', 'J*** S***'],
    ["Seán O'Brien", "S*** O***'B***"],
    ['Zoë', 'Z***'],
    ['', ''],
  ])('%s is shown as %s', (name, shown) => expect(maskName(name)).toBe(shown));
});

describe('maskContactPoint', () => {
  it.each([
    ['+8613800000001', '138****0001'],
    ['13800000001', '138****0001'],
    ['01012345678', '010****5678'],
    ['+85291234567', '+85****4567'],
    ['zhang.san@example.com', 'z***@example.com'],
    ['z@example.com', '***@example.com'],
    ['北京市朝阳区建国路一号', '北京市****国路一号'],
    ['12345678', '123****8'],
    ['1234567', '123****'],
    ['+861234', '****'],
    ['12306', '*****'],
    ['', ''],
  ])('%s is shown as %s', (value, shown) => expect(maskContactPoint(value)).toBe(shown));

  it('hides four characters at least of anything that is not an e-mail address', () => {
    for (let length = 4; length <= 15; length += 1) {
      const value = '123456789012345'.slice(0, length);
      expect(maskContactPoint(value).replaceAll('*', '').length).toBeLessThanOrEqual(length - 4);
    }
  });
});

describe('maskIdNumber', () => {
  it.each([
    ['230100199001011234', '230*************34'],
    ['E1234567', 'E12***67'],
    ['1234567', '*******'],
    ['', ''],
  ])('%s is shown as %s', (value, shown) => expect(maskIdNumber(value)).toBe(shown));
});
