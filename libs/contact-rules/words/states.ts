import type { HoldParams } from '../kinds/hold.ts';
import type { StandingParams } from '../kinds/standing.ts';
import type { HoldKind, PartyRole, Purpose } from '../types.ts';
import type { Said } from './said.ts';
import { EITHER, listed, text, type Audience, type Text } from './text.ts';
import { purposes, roles } from './vocabulary.ts';

const exceptPurposes = (of: readonly Purpose[] = []): Text[] => {
  if (of.length === 0) return [];
  const named = listed(
    of.map((purpose) => purposes[purpose]),
    EITHER,
  );
  return [text(`目的为${named.zh}的联系除外`, `contact for the purpose of ${named.en}`)];
};

const exceptRoles = (of: readonly PartyRole[] = []): Text[] => {
  if (of.length === 0) return [];
  const named = listed(
    of.map((role) => roles[role]),
    EITHER,
  );
  return [text(`与${named.zh}的联系除外`, `contact with ${named.en}`)];
};

/** case-open and referral-notice. */
export function sayStanding(params: StandingParams, audience: Audience): Said {
  const exceptions = exceptPurposes(params.exceptPurposes);
  if (params.check === 'referral')
    return {
      says:
        audience === 'staff'
          ? text(
              '债务人被告知其债务已委托外部机构之前，该机构不得联系。',
              'An agency makes no contact before the debtor was told that the debt was referred to it.',
            )
          : text(
              '银行把您的欠款委托给外部催收机构之前，应当先告诉您；在此之前该机构不应联系您。',
              'The bank tells you before an agency contacts you about the debt; until then the agency should not.',
            ),
      limits: [],
      exceptions,
    };
  return {
    says:
      audience === 'staff'
        ? text(
            '案件已关闭、已结清，欠款余额为零或为贷方余额，或账款尚未逾期的，不得催收。',
            'Nothing is collected while the case is closed or paid, its balance is zero or a credit, or the debt is not overdue.',
          )
        : text(
            '您没有逾期欠款，或者欠款已经结清的，不会有人向您催收。',
            'Nobody collects from you when nothing is overdue, or when you have paid.',
          ),
    limits: [],
    exceptions,
  };
}

const holds: Readonly<Record<HoldKind, Readonly<Record<Audience, Text>>>> = {
  'plan-active': {
    staff: text(
      '债务人正在履行已签订的个性化分期还款协议的，不得催收；违约后恢复。',
      'No collection while a signed repayment plan is being kept; once it is broken, collection may go on.',
    ),
    debtor: text(
      '您与银行签订了个性化分期还款协议并按约还款的，不会有人向您催收。',
      'While you keep a repayment plan signed with the bank, nobody collects from you.',
    ),
  },
  'objection-open': {
    staff: text('债务人对债务提出的异议核实完毕之前，不得催收。', 'No collection until an objection to the debt has been verified.'),
    debtor: text(
      '您对欠款提出异议的，核实完毕之前不会有人向您催收。',
      'When you object to the debt, nobody collects until that has been checked.',
    ),
  },
  'complaint-hold': {
    staff: text(
      '有关催收的投诉办结之前，在该投诉确定的范围内（机构、催收员、联系方式或全部）暂停联系。',
      'Until a complaint about collection is closed, contact is held in the scope that it sets: an agency, a collector, a channel, or all.',
    ),
    debtor: text(
      '您投诉催收行为的，办结之前暂停被投诉范围内的联系。',
      'When you complain about collection, contact in the scope of the complaint is held until it is closed.',
    ),
  },
  cease: {
    staff: text('债务人要求停止联系的，不再联系。', 'No contact after the debtor asked that it cease.'),
    debtor: text(
      '您要求停止联系的，不再联系您。欠款本身并不因此消灭。',
      'When you ask for contact to stop, it stops. The debt itself remains.',
    ),
  },
  'legal-rep': {
    staff: text('债务人委托了代理人的，只联系其代理人。', 'While the debtor is represented, only the representative is contacted.'),
    debtor: text(
      '您委托了律师或其他代理人并告知银行的，只联系您的代理人。',
      'When a lawyer or someone else represents you and the bank knows, only that person is contacted.',
    ),
  },
  deceased: {
    staff: text('债务人去世的，停止联系。', 'No contact once the debtor has died.'),
    debtor: text('持卡人去世的，停止以其为对象的联系。', 'Once a cardholder has died, contact stops.'),
  },
  incapacity: {
    staff: text('债务人丧失民事行为能力的，停止联系。', 'No contact while the debtor lacks legal capacity.'),
    debtor: text('持卡人丧失民事行为能力的，停止联系。', 'While a cardholder lacks legal capacity, contact stops.'),
  },
  insolvency: {
    staff: text('债务人进入破产程序的，停止联系。', 'No contact while the debtor is in insolvency proceedings.'),
    debtor: text(
      '您进入破产程序的，停止联系，债权在程序中处理。',
      'While you are in insolvency proceedings, contact stops; the debt is dealt with there.',
    ),
  },
};

/** plan-active, objection-open, complaint-hold, cease, legal-rep, deceased, incapacity, insolvency. */
export const sayHold = (params: HoldParams, audience: Audience): Said => ({
  says: holds[params.hold][audience],
  limits: [],
  exceptions: [...exceptPurposes(params.exceptPurposes), ...exceptRoles(params.exceptRoles)],
});
