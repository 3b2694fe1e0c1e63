import type { AgencyParams } from '../kinds/agency.ts';
import type { ContentParams } from '../kinds/content.ts';
import type { DeviceParams } from '../kinds/device.ts';
import type { VisitParams } from '../kinds/visit.ts';
import type { Said } from './said.ts';
import { EITHER, listed, many, text, type Audience, type Text } from './text.ts';
import { channels, consents } from './vocabulary.ts';

const plain = (says: Text): Said => ({ says, limits: [], exceptions: [] });

/** agency-standing, agency-evaluated, collector-fit. */
export function sayAgency({ check, maxDays }: AgencyParams, audience: Audience): Said {
  if (check === 'standing')
    return plain(
      audience === 'staff'
        ? text(
            '外部机构不在公布的名单上、合同不在有效期、被暂停，或本案未委托给该机构的，不得联系。',
            'No contact by an agency that is not on the published list, whose contract is not in force, that is suspended, or to which the case is not entrusted.',
          )
        : text(
            '替银行催收的机构必须在银行公布的名单上、合同有效，并且确实受托处理您的欠款。',
            'An agency that collects for the bank must be on the bank’s published list, under a contract in force, and entrusted with your debt.',
          ),
    );
  if (check === 'collector')
    return plain(
      audience === 'staff'
        ? text(
            '催收人员未在该机构登记，或每年的培训证书已过期的，不得联系。',
            'No contact by a collector who is not registered with the agency, or whose yearly training certificate has run out.',
          )
        : text(
            '联系您的催收人员必须登记在册，并且每年培训合格。',
            'Whoever contacts you must be a registered collector with this year’s training.',
          ),
    );
  const days = maxDays ?? null;
  return {
    says:
      audience === 'staff'
        ? text(
            `对外部机构的上一次评估不得早于 ${days ?? '-'} 天前。`,
            `The last evaluation of the agency is not older than ${days ?? '-'} days.`,
          )
        : text(
            `银行至少每 ${days ?? '-'} 天对其委托的催收机构评估一次。`,
            `The bank evaluates the agencies that collect for it at least every ${days ?? '-'} days.`,
          ),
    limits:
      days === null
        ? []
        : [
            {
              key: 'maxDays',
              label: text('上次评估距今最多', 'Age of the last evaluation, at most'),
              value: text(`${days} 天`, many(days, 'day')),
            },
          ],
    exceptions: [],
  };
}

/** device-registered. */
export function sayDevice({ channels: of, consent }: DeviceParams, audience: Audience): Said {
  const by = listed(
    of.map((channel) => channels[channel]),
    EITHER,
  );
  return {
    says:
      audience === 'staff'
        ? text(
            `外部机构以${by.zh}联系的，须使用已登记的工作设备、线路或账号。`,
            `An agency uses only registered work devices, lines or accounts for ${by.en}.`,
          )
        : text(
            `催收机构以${by.zh}联系您的，必须使用登记过的工作号码或账号，不得使用私人号码、私人账号。`,
            `For ${by.en} to you an agency must use a registered work number or account, never a private one.`,
          ),
    limits: [{ key: 'channels', label: text('适用方式', 'Channels'), value: listed(of.map((channel) => channels[channel])) }],
    exceptions: consent === null ? [] : [consents[audience][consent]],
  };
}

/** content-approved. */
export function sayContent({ channels: of }: ContentParams, audience: Audience): Said {
  const by = listed(
    of.map((channel) => channels[channel]),
    EITHER,
  );
  return {
    says:
      audience === 'staff'
        ? text(
            `${by.zh}须使用经批准的模板版本，且内容通过筛查；冒充司法机关或行政机关，威胁、侮辱、曝光，编造征信或“黑名单”后果，金额与账务不符，虚构法律后果，额外收费，或推销新借款的，不得发送。`,
            `For ${by.en} the template’s version must be approved and the text pass screening: nothing that poses as a court or an authority, threatens, shames or exposes, invents a blacklist or legal consequences, gives an amount that is not the ledger’s, charges extra fees, or sells new borrowing.`,
          )
        : text(
            `以${by.zh}发给您的内容须事先批准：不得冒充法院、公安等机关，不得威胁、侮辱或曝光您，不得编造后果，金额须与账务一致，不得额外收费，也不得劝您借新还旧。`,
            `What is sent to you (${by.en}) is approved beforehand: it may not pose as a court or the police, threaten, shame or expose you, or invent consequences; the amount must be right, nothing extra is charged, and you are not talked into new borrowing.`,
          ),
    limits: [{ key: 'channels', label: text('适用方式', 'Channels'), value: listed(of.map((channel) => channels[channel])) }],
    exceptions: [],
  };
}

/** visit-team. */
export const sayVisit = ({ minCollectors }: VisitParams, audience: Audience): Said => ({
  says:
    audience === 'staff'
      ? text(
          `上门催收的人员不得少于 ${minCollectors} 人；同一人列名两次按一人计算。`,
          `A visit is made by at least ${minCollectors} collectors; one named twice is one.`,
        )
      : text(
          `上门的催收人员不得少于 ${minCollectors} 人。您可以要求他们出示身份和授权。`,
          `At least ${minCollectors} collectors come together on a visit. You can ask them to show who they are and for whom they work.`,
        ),
  limits: [
    {
      key: 'minCollectors',
      label: text('上门人数下限', 'Collectors on a visit, at least'),
      value: text(`${minCollectors} 人`, String(minCollectors)),
    },
  ],
  exceptions: [],
});
