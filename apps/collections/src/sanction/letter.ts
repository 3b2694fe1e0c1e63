import type { Notice } from '#render';
import type { SanctionView } from './sanction.dto.ts';
import type { Step } from './ladder.ts';

const TITLES: Readonly<Record<Step, string>> = {
  talk: '约谈通知书',
  'warning-letter': '警示函',
  'forced-training': '强制培训通知书',
  circular: '通报',
  'public-blame': '公开谴责决定书',
  'rights-suspended': '暂停业务权限决定书',
  expulsion: '清退决定书',
  'regulator-report': '报告监管部门告知书',
};

const MEASURES: Readonly<Record<Step, (letter: SanctionView) => string>> = {
  talk: () => '请贵机构负责人接受约谈，说明情况并提出整改措施。',
  'warning-letter': () => '现予警示，请立即改正，并书面报告整改情况。',
  'forced-training': ({ untilOn }) => `请于${chinese(untilOn)}（含当日）前完成全体催收人员的专项培训，并提交培训记录和考核结果。`,
  circular: () => '现予通报。',
  'public-blame': () => '现予公开谴责。',
  'rights-suspended': ({ fromOn, untilOn }) =>
    `自${chinese(fromOn)}起至${chinese(untilOn)}（含当日）止，暂停贵机构的全部催收权限；期间不得以任何方式联系债务人及其相关人员。`,
  expulsion: ({ fromOn }) => `自${chinese(fromOn)}起终止合作并移出公示名单；请立即停止全部催收活动，交还案件和资料。`,
  'regulator-report': () => '我行已依约将有关情况报告监管部门。',
};

/** 2026年11月29日 */
export const chinese = (day: string | null): string => {
  const [year = '', month = '', date = ''] = (day ?? '').split('-');
  return day === null ? '' : `${Number(year)}年${Number(month)}月${Number(date)}日`;
};

/** The letter of a sanction that has come into force. */
export function letterOf(letter: SanctionView, institution: string, madeAt: string): Notice {
  const { id, step, agencyName, reason, fromOn, grounds } = letter;
  return {
    title: TITLES[step],
    institution,
    number: `编号：${id}`,
    to: `${agencyName}：`,
    paragraphs: [
      '经查，贵机构存在以下情形：',
      ...reason.split(/\r?\n/).filter((line) => line.trim() !== ''),
      ...(grounds.length > 0 ? [`上述情形有检查、核实或回溯审查的记录${grounds.length}项为据，记录编号附后。`] : []),
      '依据《黑龙江省银行业信用卡自律公约》第三十六条及双方合同约定，决定采取以下措施：',
      MEASURES[step](letter),
      '贵机构收到本函后，请在系统中确认签收。如有异议，可在系统中提出申诉一次；申诉期间本决定继续执行。',
    ],
    signature: [institution, chinese(fromOn)],
    footnotes: grounds.map(({ kind, id: ground }) => `${kind} ${ground}`),
    madeAt,
  };
}
