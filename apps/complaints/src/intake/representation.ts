import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { impliedKind, type ComplainantKind } from './complainant-kinds.ts';
import { proofOf, type NeededProof } from './intake-rules.ts';
import { CANNOT_BE_TOLD, NOT_PROVED } from './intake.refusals.ts';

/** Who acts for a complainant, and whether he has shown that he may. */
export interface Representation {
  readonly kind: ComplainantKind;
  readonly needs: NeededProof | null;
  /** The latest examination says so, of a file that is still there and in which nothing was found. */
  readonly isProved: boolean;
}

interface Row {
  readonly kind: ComplainantKind | null;
  readonly hasProxy: boolean;
  readonly groupSize: number;
  readonly isProved: boolean;
}

export async function representationOf(tx: Tx, complaintId: string): Promise<Representation> {
  const [row] = await tx.query<Row>(
    `select i.kind, c.proxy_sealed is not null as "hasProxy", c.group_size as "groupSize", coalesce((
       select p.sufficient and f.upload is not null and f.scan_state <> 'infected' from complaint_proof p join complaint_file f on f.id = p.file
       where p.complaint = c.id order by p.id desc limit 1), false) as "isProved"
     from complaint c left join complaint_intake i on i.complaint = c.id where c.id = $1`,
    [complaintId],
  );
  if (!row) throw new Error('the complaint is not there');
  const kind = row.kind ?? impliedKind(row);
  return { kind, needs: proofOf(kind), isProved: row.isProved };
}

const WORDS: Readonly<Record<NeededProof, string>> = {
  authority: 'The letter of authority is to be brought as a file and examined first; or tell the complainant.',
  heirship: 'The heirs are to show first that they are: as a file, examined.',
};

/**
 * CMP20 14: a decision is told to who acts for another only once the paper that lets him was examined. Of a complainant who died there is nobody else to
 * tell. Refuses with NOT_PROVED, and with CANNOT_BE_TOLD where nobody acts for the complainant.
 */
export async function refuseUnproved(tx: Tx, complaintId: string, recipient: 'complainant' | 'representative'): Promise<void> {
  const { kind, needs, isProved } = await representationOf(tx, complaintId);
  if (recipient === 'representative' && needs === null)
    throw new Refusal(CANNOT_BE_TOLD, { errors: [{ pointer: '/recipient', detail: 'is for a proxy and for heirs', source: 'CMP20 14' }] });
  if (needs === null || isProved || (recipient === 'complainant' && kind !== 'heirs')) return;
  const detail = WORDS[needs];
  throw new Refusal(NOT_PROVED, { detail, errors: [{ pointer: '/recipient', detail, source: 'CMP20 14' }] });
}
