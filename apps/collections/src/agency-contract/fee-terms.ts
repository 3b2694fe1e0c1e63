import type { FieldError } from '#problem';

export const FEE_KINDS = ['fixed-monthly', 'per-case', 'per-contact', 'share-of-recoveries', 'quality'] as const;
export type FeeKind = (typeof FEE_KINDS)[number];

/** An amount of money or a percentage, as decimal text. */
export interface FeeComponent {
  readonly kind: FeeKind;
  readonly amount: string | null;
  readonly percent: string | null;
}

const AMOUNTS: readonly FeeKind[] = ['fixed-monthly', 'per-case', 'per-contact'];

/** Whether anybody pays or withholds anything by it: a quality of weight 0 is no fee, nor is a fixed sum of 0.00. */
export const counts = ({ amount, percent }: FeeComponent): boolean => Number(amount ?? percent ?? 0) > 0;

function faultOf({ kind, amount, percent }: FeeComponent): string | null {
  if (Number(amount ?? 0) < 0 || Number(percent ?? 0) < 0) return 'must not be negative';
  if (Number(percent ?? 0) > 100) return 'has a percentage above 100';
  if (AMOUNTS.includes(kind)) return amount === null || percent !== null ? `${kind} is an amount, not a percentage` : null;
  if (kind === 'share-of-recoveries')
    return percent === null || amount !== null ? 'share-of-recoveries is a percentage, not an amount' : null;
  return (amount === null) === (percent === null) ? 'quality is an amount or a percentage' : null;
}

/**
 * What is wrong with the fees of a contract. CC22 (the notice of 2022): collection fees must not be settled by a share of what is recovered
 * alone, or the agency earns by pressure and by nothing else.
 */
export function feeFaults(components: readonly FeeComponent[]): FieldError[] {
  const faults = components.flatMap((component, index) => {
    const detail = faultOf(component);
    return detail === null ? [] : [{ pointer: `/feeTerms/components/${index}`, detail }];
  });
  if (faults.length > 0) return faults;
  const paid = components.filter(counts);
  if (paid.length === 0) return [{ pointer: '/feeTerms', detail: 'has no component above 0' }];
  if (paid.every(({ kind }) => kind === 'share-of-recoveries'))
    return [
      {
        pointer: '/feeTerms',
        detail: 'is a share of recoveries alone; add a fixed, per-case, per-contact or quality component above 0',
        source: 'CC22',
      },
    ];
  return [];
}
