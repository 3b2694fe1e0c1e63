import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import type { OpenedArrival } from '../sorting/arrival.service.ts';
import { SortingSettings, type Versioned } from '../sorting/sorting-setting.service.ts';
import { BadFaithStore, type NewSignature, type Surroundings } from './bad-faith.store.ts';
import { OUR_SETTINGS, scoreOf, wordsIn, type BadFaithSettings, type SignalFact } from './signals.ts';
import { TextMarker } from './text-mark.ts';

export const SETTINGS_NAME = 'bad-faith-signals';
const CONTEXT = 'bad-faith';
// Of a mark that many share, the newest are looked at again; the others keep a count that is no smaller than that.
const MOST_AGAIN = 300;

/** Signs complaints blindly, and scores them by what they share with others. */
@Injectable()
export class ScoringService {
  private readonly marker: TextMarker;

  constructor(
    @Inject(BadFaithStore) private readonly store: BadFaithStore,
    @Inject(SortingSettings) private readonly settings: SortingSettings,
    @Inject(Vault) private readonly vault: Vault,
  ) {
    this.marker = new TextMarker(vault.index('text', CONTEXT));
  }

  async inForce(tx: Tx, institutionId: string): Promise<Versioned<BadFaithSettings>> {
    return this.settings.inForce(tx, institutionId, SETTINGS_NAME, OUR_SETTINGS);
  }

  /** Takes in what has come, and scores it and all that it shares a mark with. */
  async takeIn(tx: Tx, arrivals: readonly OpenedArrival[], now: Date): Promise<void> {
    const byInstitution = Map.groupBy(arrivals, ({ complaint }) => complaint.institutionId);
    for (const [institutionId, of] of byInstitution) {
      const settings = await this.inForce(tx, institutionId);
      const signed = of.map((arrival) => this.sign(arrival, settings.value));
      await this.store.sign(tx, signed);
      const fresh = signed.map(({ complaintId }) => complaintId);
      const others = await this.store.neighbours(tx, fresh, MOST_AGAIN);
      await this.score(tx, [...new Set([...fresh, ...others])], settings, now);
    }
  }

  /** The same again for one, as when a person has flagged it. */
  async again(tx: Tx, institutionId: string, complaintId: string, now: Date): Promise<void> {
    await this.score(tx, [complaintId], await this.inForce(tx, institutionId), now);
  }

  private async score(tx: Tx, complaintIds: readonly string[], { version, value }: Versioned<BadFaithSettings>, now: Date): Promise<void> {
    const surroundings = await this.store.surroundings(tx, complaintIds, value);
    const scores = surroundings.map((of) => ({
      institutionId: of.institutionId,
      complaintId: of.complaintId,
      ...scoreOf(factsOf(of), value),
      settingsVersion: version,
    }));
    await this.store.keepScores(tx, scores, now);
  }

  private sign({ complaint, said }: OpenedArrival, settings: BadFaithSettings): NewSignature {
    const blind = (what: string, value: string): Buffer => this.vault.index(value, `${CONTEXT}.${what}`);
    const { name, idNumber, contact, proxy, subject, narrative, requests } = said;
    // Of the files of others the narrative is columns, alike by nature and nobody's words.
    const isWords = complaint.source !== 'import' || !complaint.externalRef?.startsWith('CFPB-');
    const minhash = isWords ? this.marker.minhash([narrative, ...requests].join('\n')) : [];
    const contacts = [contact, proxy?.contact].flatMap((value) => (value ? [asContact(value)] : []));
    const proxyIs = proxy && (proxy.idNumber ?? proxy.name);
    return {
      institutionId: complaint.institutionId,
      complaintId: complaint.id,
      person: blind('person', idNumber ?? name),
      minhash,
      words: isWords ? wordsIn([subject, narrative, ...requests].join('\n'), settings) : [],
      marks: [
        ...this.marker.bands(minhash).map((mark) => ({ kind: 'text' as const, mark })),
        ...[...new Set(contacts)].map((value) => ({ kind: 'contact' as const, mark: blind('contact', value) })),
        ...(proxyIs ? [{ kind: 'proxy' as const, mark: blind('proxy', proxyIs) }] : []),
      ],
    };
  }
}

/** A phone number is the same with and without +86, spaces and dashes; anything else as it is. */
function asContact(value: string): string {
  const digits = value.replace(/[\s()-]/g, '').replace(/^(\+|00)86/, '');
  return /^\d{7,}$/.test(digits) ? digits : value.trim().toLowerCase();
}

const SIGNAL_OF = { text: 'near-identical-text', contact: 'shared-contact', proxy: 'same-proxy' } as const;

const factsOf = ({ shared, words, flags }: Surroundings): SignalFact[] => [
  ...shared.map(({ kind, persons, complaints }) => ({ signal: SIGNAL_OF[kind], count: persons, complaints, words: [] })),
  { signal: 'fee-demand', count: words.length, complaints: [], words },
  { signal: 'forged-proof', count: flags, complaints: [], words: [] },
];
