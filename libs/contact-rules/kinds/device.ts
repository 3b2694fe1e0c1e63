import { agencyFacts, consentBoundaries, failed, hasConsent, isByAgency, type Kind } from '../kind.ts';
import type { Channel, ConsentKind } from '../types.ts';

export interface DeviceParams {
  readonly channels: readonly Channel[];
  /** The kind of consent that lets another device be used; null: none. */
  readonly consent: ConsentKind | null;
}

/** device-registered. CBA26 (the bans): an agency calls and writes from registered work tools, not from private telephones or accounts. */
export const device: Kind<DeviceParams> = {
  judge(asked, params, at) {
    const { channel, deviceId } = asked.proposed;
    if (!params.channels.includes(channel) || !isByAgency(asked)) return null;
    if (params.consent !== null && hasConsent(asked, params.consent, channel, at)) return null;
    if (deviceId === null) return { missing: 'deviceId' };
    const known = agencyFacts(asked);
    if (known === null) return { missing: 'agency' };
    if (known.devices === null) return { missing: 'agency.devices' };
    return known.devices.includes(deviceId) ? null : failed(null, null, { device: deviceId });
  },
  boundaries(asked, params, at) {
    return params.consent === null || !isByAgency(asked) ? [] : consentBoundaries(asked, params.consent, at);
  },
};
