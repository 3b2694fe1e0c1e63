import type { KeptForEver } from '#retention';

/** What this service never destroys, and why. */
export const forEver: readonly KeptForEver[] = [
  {
    what: { zh: '案件、金额、还款、计划与承诺的账目', en: 'Cases, amounts, payments, plans and promises' },
    why: { zh: '账目本身没有姓名；其中的文字随债务人清除', en: 'The ledgers have no names; the texts beside them go with the debtor' },
    columns: [],
  },
  {
    what: { zh: '催收机构登记、合同、检查、评价与处分', en: 'The register of agencies: contracts, inspections, evaluations, sanctions' },
    why: {
      zh: '对机构的监督记录，证明银行尽到管理责任；涉及的是机构而非债务人',
      en: 'How the bank supervised its agencies, for which it answers; it is about firms, not about debtors',
    },
    columns: [
      'agency_profile.private_sealed',
      'agency_step.private_sealed',
      'agency_step.decision_sealed',
      'agency_contract.note_sealed',
      'agency_finding.reason_sealed',
      'inspection.summary_sealed',
      'inspection_answer.note_sealed',
      'inspection_finding.summary_sealed',
      'rectification.report_sealed',
      'rectification.verdict_note_sealed',
      'agency_evaluation.note_sealed',
      'agency_evaluation.decision_note_sealed',
      'sanction.reason_sealed',
      'sanction.skip_reason_sealed',
      'sanction.end_note_sealed',
      'sanction.appeal_sealed',
      'sanction.appeal_note_sealed',
      'allocation.order_reason_sealed',
    ],
  },
  {
    what: { zh: '规则版本及其起草、批准记录', en: 'Versions of the rules, and who drafted and approved them' },
    why: {
      zh: '判定须能按当时的规则复算；其中没有个人信息',
      en: 'Decisions are made again by the rules of their day; nothing in them is personal',
    },
    columns: [],
  },
  {
    what: { zh: '退出联络的意愿与录音销毁证明', en: 'Who does not want to be contacted, and proofs of destroyed recordings' },
    why: {
      zh: '前者保护本人，只存不可逆的索引；后者没有内容',
      en: 'The former protect the person and hold a keyed hash alone; the latter have no content',
    },
    columns: [],
  },
];
