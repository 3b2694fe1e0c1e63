import { consentBoundaries, hasConsent, failed, type Asked, type Failure, type Kind } from '../kind.ts';
import type { ConsentKind, OptOut } from '../types.ts';

export interface PreferenceParams {
  /** The kind of consent that lifts an opt-out given before it. */
  readonly consent: ConsentKind;
}

/** Whether the opt-out is about this contact; a fact's name where that cannot be told. */
function concerns(optOut: OptOut, { proposed }: Asked): boolean | 'partyId' | 'contactPoint' {
  const { partyId, channel, contactPoint } = optOut;
  if (channel !== null && channel !== proposed.channel) return false;
  if (partyId !== null && proposed.partyId !== null && partyId !== proposed.partyId) return false;
  if (contactPoint !== null && proposed.contactPoint !== null && contactPoint !== proposed.contactPoint) return false;
  if (partyId !== null && proposed.partyId === null) return 'partyId';
  return contactPoint !== null && proposed.contactPoint === null ? 'contactPoint' : true;
}

function judgeOne(optOut: OptOut, asked: Asked, params: PreferenceParams, at: number): Failure | null {
  if (optOut.at > at || (optOut.withdrawnAt !== null && at >= optOut.withdrawnAt)) return null;
  const about = concerns(optOut, asked);
  if (about === false) return null;
  if (hasConsent(asked, params.consent, asked.proposed.channel, at, { after: optOut.at })) return null;
  if (about !== true) return { missing: about };
  const { channel, contactPoint } = optOut;
  return failed(null, null, {
    what: channel === null ? (contactPoint === null ? 'all' : 'point') : contactPoint === null ? 'channel' : 'both',
  });
}

/**
 * opt-out. 12 CFR 1006.14(h): a person who asks not to be contacted through a medium is not contacted through it; our own rule
 * elsewhere. A later consent for the channel lifts it.
 */
export const preference: Kind<PreferenceParams> = {
  judge(asked, params, at) {
    const { optOuts } = asked.facts;
    if (optOuts === null || optOuts.length === 0) return null;
    // What refuses is said before what cannot be told, in whatever order they are listed.
    let unclear: Failure | null = null;
    for (const optOut of optOuts) {
      const failure = judgeOne(optOut, asked, params, at);
      if (failure === null) continue;
      if (failure.missing === undefined) return said(optOuts, asked, params, at);
      if (unclear === null || failure.missing < (unclear.missing ?? '')) unclear = failure;
    }
    return unclear;
  },
  boundaries(asked, params, at) {
    const optOuts = asked.facts.optOuts ?? [];
    if (optOuts.length === 0) return [];
    const changes = optOuts.flatMap((one) => (one.withdrawnAt === null ? [one.at] : [one.at, one.withdrawnAt]));
    return [...changes.filter((instant) => instant > at), ...consentBoundaries(asked, params.consent, at)];
  },
};

const WIDTH = ['all', 'channel', 'point', 'both'];

/** The widest opt-out that refuses: the same words in whatever order they are listed. */
function said(optOuts: readonly OptOut[], asked: Asked, params: PreferenceParams, at: number): Failure {
  const found = optOuts.map((optOut) => judgeOne(optOut, asked, params, at)).filter((one) => one !== null && one.missing === undefined);
  const what = WIDTH.find((width) => found.some((one) => one?.missing === undefined && one?.detail['what'] === width)) ?? 'all';
  return failed(null, null, { what });
}
