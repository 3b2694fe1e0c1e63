const ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;

/** The date of MS-DOS as a ZIP keeps it: local wall time, to two seconds, from 1980. */
function dosDate(wallTime: string): { time: number; date: number } {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (wallTime.slice(0, 19).match(/\d+/g) ?? []).map(Number);
  return { time: (hour << 11) | (minute << 5) | (second >> 1), date: ((year - 1980) << 9) | (month << 5) | day };
}

/** Sets the date of every file in a ZIP that has no comment: packers write the time of day, and the same content would never give the same bytes. */
export function dateZip(zip: Buffer, wallTime: string): Buffer {
  const dated = Buffer.from(zip);
  const { time, date } = dosDate(wallTime);
  const end = dated.length - END_BYTES;
  if (end < 0 || dated.readUInt32LE(end) !== END) throw new Error('this is no ZIP without a comment');
  let at = dated.readUInt32LE(end + 16);
  for (let left = dated.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (dated.readUInt32LE(at) !== ENTRY) throw new Error('the directory of the ZIP is damaged');
    const local = dated.readUInt32LE(at + 42);
    for (const place of [at + 12, local + 10]) {
      dated.writeUInt16LE(time, place);
      dated.writeUInt16LE(date, place + 2);
    }
    at += ENTRY_BYTES + dated.readUInt16LE(at + 28) + dated.readUInt16LE(at + 30) + dated.readUInt16LE(at + 32);
  }
  return dated;
}
