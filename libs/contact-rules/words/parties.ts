import type { ContactPointParams } from '../kinds/contact-point.ts';
import type { PreferenceParams } from '../kinds/preference.ts';
import type { ThirdPartyParams } from '../kinds/third-party.ts';
import type { PartyRole } from '../types.ts';
import type { Said } from './said.ts';
import { EITHER, listed, text, type Audience, type Text } from './text.ts';
import { consents, purposes, roles } from './vocabulary.ts';

const people = (of: readonly PartyRole[], joint?: Text): Text =>
  listed(
    of.map((role) => roles[role]),
    joint,
  );

function sayTarget({ obligors, purposes: of = [] }: ThirdPartyParams, audience: Audience): Said {
  const owing = people(obligors, EITHER);
  const aims = listed(
    of.map((purpose) => purposes[purpose]),
    EITHER,
  );
  return {
    says:
      audience === 'staff'
        ? text(
            `目的为${aims.zh}的联系，只能针对${owing.zh}，不得针对其他任何人。`,
            `Contact for the purpose of ${aims.en} is aimed at ${owing.en} and at nobody else.`,
          )
        : text(
            '催收只能找您本人以及共同债务人、担保人，不得找您的家人、朋友、同事或其他任何人。',
            'Only you, a co-debtor or a guarantor may be collected from; never your family, friends, colleagues or anyone else.',
          ),
    limits: [],
    exceptions:
      audience === 'staff'
        ? [text('债务人已委托代理人的，可以联系其代理人', 'the representative, while the debtor is represented')]
        : [text('您委托了代理人的，可以联系您的代理人', 'your representative, where you have one')],
  };
}

// The three conditions are code (kinds/third-party.ts), as rules.md has them.
function sayLost({ purposes: of = [] }: ThirdPartyParams, audience: Audience): Said {
  const aims = listed(
    of.map((purpose) => purposes[purpose]),
    EITHER,
  );
  return {
    says:
      audience === 'staff'
        ? text(
            `债务人没有失联的，不得为${aims.zh}联系第三人。以下任一情形为失联：已知号码全部无效或停机；连续 3 次拨打未接通，且当地日期已晚于第 3 次拨打之日；连续 3 个当地日都有未接通的拨打，其间没有接通。接通一次即不再是失联。`,
            `For ${aims.en} a third party is contacted only while the debtor is lost. Lost means any of these: every known number is invalid or not in service; three calls in a row went unanswered and the local day is later than that of the third; unanswered calls on three local days in a row with none connected since. One connected contact ends it.`,
          )
        : text(
            '只有多次联系不上您的时候，才可以向其他人打听怎么找到您或请人转告；联系上您以后就不可以了。联系第三人时不得透露您的欠款。',
            'Only when you could not be reached several times may someone else be asked where you are, or to pass a message on; once you have been reached, no more. The debt is not to be disclosed to them.',
          ),
    limits: [],
    exceptions: [],
  };
}

const sayStopped = (audience: Audience): Said => ({
  says:
    audience === 'staff'
      ? text(
          '第三人曾要求停止联系的，不论出于何种目的，不再联系该第三人。',
          'A third party who once asked to be left alone is not contacted again, for any purpose.',
        )
      : text(
          '您的家人、朋友等第三人要求不再联系的，以后不会再联系他们。',
          'Family, friends or anyone else who asks to be left alone is not contacted again.',
        ),
  limits: [],
  exceptions: [],
});

/** party-target, party-lost, party-stop. */
export function sayThirdParty(params: ThirdPartyParams, audience: Audience): Said {
  if (params.check === 'stopped') return sayStopped(audience);
  return params.check === 'lost' ? sayLost(params, audience) : sayTarget(params, audience);
}

/** opt-out. */
export const sayPreference = ({ consent }: PreferenceParams, audience: Audience): Said => ({
  says:
    audience === 'staff'
      ? text(
          '当事人拒绝某一联系方式或某一号码的，不再以该方式或向该号码联系。',
          'A channel or contact point that the party opted out of is not used.',
        )
      : text(
          '您可以拒绝被以某种方式（例如短信）或通过某个号码联系；之后不会再这样联系您。',
          'You can opt out of being contacted in some way, such as by text, or at some number; after that it is not done.',
        ),
  limits: [],
  exceptions: [consents[audience][consent]],
});

const sources: Readonly<Record<string, Text>> = {
  contract: text('合同约定', 'the contract'),
  debtor: text('债务人本人提供', 'the debtor'),
  'bank-records': text('银行业务中留存', 'the bank’s own records'),
  public: text('依法公开的信息', 'information lawfully public'),
  authority: text('有权机关提供', 'an authority'),
  authorised: text('债务人授权查询取得', 'enquiries that the debtor authorised'),
};

const statuses: Readonly<Record<string, Text>> = {
  invalid: text('无效', 'invalid'),
  'not-in-service': text('停机', 'not in service'),
};

const named = (names: Readonly<Record<string, Text>>, keys: readonly string[], joint?: Text): Text =>
  listed(
    keys.map((key) => names[key] ?? text(key, key)),
    joint,
  );

/** point-source. */
export function sayContactPoint({ sources: from, refusedStatuses }: ContactPointParams, audience: Audience): Said {
  const lawful = named(sources, from, EITHER);
  const bad = named(statuses, refusedStatuses, EITHER);
  return {
    says:
      audience === 'staff'
        ? text(
            `联系方式没有合法来源，或已标记为${bad.zh}的，不得使用。`,
            `A contact point without a lawful source, or marked ${bad.en}, is not used.`,
          )
        : text(
            '只使用来源合法的号码和地址联系您，不使用买来或骗来的信息。',
            'You are contacted only at numbers and addresses that were lawfully obtained, never at ones that were bought or tricked out of someone.',
          ),
    limits: [{ key: 'sources', label: text('合法来源', 'Lawful sources'), value: lawful }],
    exceptions: [],
  };
}

/** Names that the packs use and these words know; the tests hold one against the other. */
export const KNOWN_SOURCES = Object.keys(sources);
export const KNOWN_STATUSES = Object.keys(statuses);
