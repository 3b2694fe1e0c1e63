import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, diffPolicies, effectiveRows, rowWords, Zone, type Language, type PackRow } from '#contact-rules';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, toPage, type Page } from '#wire';
import { packsOf, type PolicyContent } from './content.ts';
import { DraftDesk } from './draft.desk.ts';
import type { PolicyDiffView } from './draft.dto.ts';
import { toEventViews } from './draft.view.ts';
import { PolicyService } from './policy.service.ts';
import { isVersionNumber, PolicyStore, type StandingVersion } from './policy.store.ts';
import type {
  InForceRequest,
  PolicyInForceView,
  PolicyRowView,
  PolicyVersionFilter,
  PolicyVersionItem,
  PolicyVersionView,
} from './version.dto.ts';

/** What an institution decided, and what of it is in force. */
@Injectable()
export class VersionService {
  constructor(
    @Inject(DraftDesk) private readonly desk: DraftDesk,
    @Inject(PolicyStore) private readonly store: PolicyStore,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  /** The newest first. Refuses with INVALID (a cursor that we did not give), FORBIDDEN. */
  async list(principal: Principal, { product, limit = 50, cursor }: PolicyVersionFilter): Promise<Page<PolicyVersionItem>> {
    const before = decodeCursor(cursor, isVersionNumber);
    const versions = await this.desk.read(principal, async (tx) =>
      this.store.list(
        tx,
        principal.institutionId,
        product ?? null,
        before === null ? null : Number(before),
        await this.desk.now(tx),
        limit + 1,
      ),
    );
    return toPage(versions, limit, ({ number }) => String(number), toItem);
  }

  /** Refuses with NOT_FOUND, FORBIDDEN. */
  async find(principal: Principal, number: string): Promise<PolicyVersionView> {
    const { institutionId } = principal;
    return this.desk.read(principal, async (tx) => {
      const now = await this.desk.now(tx);
      // One before the number that would follow: the list gives it with how it stands.
      const [version] = isVersionNumber(number) ? await this.store.list(tx, institutionId, null, Number(number) + 1, now, 1) : [];
      if (version?.number !== Number(number)) throw new Refusal(NOT_FOUND, { detail: 'There is no such version here.' });
      const draft = version.draftId === null ? null : await this.desk.find(tx, principal, version.draftId);
      const { adjust, rules } = version.content;
      return { ...toItem(version), adjust, rules, history: draft === null ? [] : toEventViews(draft.history) };
    });
  }

  /** Refuses with FORBIDDEN. */
  async inForce(principal: Principal, { product = '', at }: InForceRequest, language: Language): Promise<PolicyInForceView> {
    const { institutionId } = principal;
    return this.desk.read(principal, async (tx) => {
      const instant = at === undefined ? await this.desk.now(tx) : new Date(at);
      const number = await this.policies.numberAt(tx, institutionId, product, instant);
      const version = number === null ? null : await this.store.find(tx, institutionId, number);
      const content = version?.content ?? this.policies.withoutVersion;
      const next = await this.store.next(tx, institutionId, product, instant);
      return {
        version: number,
        product: version?.product || null,
        effectiveFrom: version?.effectiveFrom.toISOString() ?? null,
        at: instant.toISOString(),
        packs: content.packs,
        adjust: content.adjust,
        rules: content.rules,
        rows: rowsAt(content, instant, language),
        next: next && { version: next.number, effectiveFrom: next.effectiveFrom.toISOString() },
      };
    });
  }

  /**
   * A draft beside what is in force for its product, or, once it is a version, beside what was in force before it. Refuses with NOT_FOUND,
   * FORBIDDEN.
   */
  async diff(principal: Principal, draftId: string, language: Language): Promise<PolicyDiffView> {
    return this.desk.read(principal, async (tx) => {
      const { content, product, effectiveFrom } = await this.desk.find(tx, principal, draftId);
      const at = effectiveFrom === null ? await this.desk.now(tx) : new Date(effectiveFrom.getTime() - 1);
      const { number, before } = await this.before(tx, principal, product, at);
      return { against: number, changes: compare(before, content, language) };
    });
  }

  private async before(
    tx: Tx,
    { institutionId }: Principal,
    product: string,
    at: Date,
  ): Promise<{ number: number | null; before: PolicyContent }> {
    const number = await this.policies.numberAt(tx, institutionId, product, at);
    const version = number === null ? null : await this.store.find(tx, institutionId, number);
    return { number, before: version?.content ?? this.policies.withoutVersion };
  }
}

function compare(before: PolicyContent, after: PolicyContent, language: Language): PolicyDiffView['changes'] {
  const stack = (content: PolicyContent) => ({ packs: packsOf(content.packs), rules: content });
  return diffPolicies(stack(before), stack(after)).map((change) => ({
    pack: change.pack,
    ruleId: change.ruleId,
    change: change.change,
    effect: change.effect,
    title: change.title[language],
    before: change.before?.[language] ?? null,
    after: change.after?.[language] ?? null,
    says: change.says[language],
  }));
}

/** Dates of rows are local to the debtor; a page about no debtor takes the zone of the product. */
function isInForce({ effectiveFrom, effectiveTo }: PackRow, date: string): boolean {
  return effectiveFrom <= date && (effectiveTo === undefined || date <= effectiveTo);
}

function rowsAt(content: PolicyContent, at: Date, language: Language): PolicyRowView[] {
  const date = Zone.of(DEFAULT_TIME_ZONE).format(at.getTime()).slice(0, 10);
  return effectiveRows(packsOf(content.packs), content)
    .filter(({ row }) => isInForce(row, date))
    .map(({ pack, row, ownChange }) => ({
      pack,
      ruleId: row.ruleId,
      severity: row.severity,
      ...rowWords(row, language),
      source: `${row.source} ${row.article}`.trim(),
      grade: row.grade,
      ownChange,
    }));
}

function toItem(version: StandingVersion): PolicyVersionItem {
  const { number, product, state, content, note, author, approvedBy, draftId, sha256, recalledBy } = version;
  return {
    number,
    product: product === '' ? null : product,
    state,
    packs: content.packs,
    effectiveFrom: version.effectiveFrom.toISOString(),
    note,
    author,
    approvedBy,
    approvedAt: version.approvedAt.toISOString(),
    draftId,
    sha256,
    recalledAt: version.recalledAt?.toISOString() ?? null,
    recalledBy,
  };
}
