import onSite from './checklists/on-site.json' with { type: 'json' };
import offSite from './checklists/off-site.json' with { type: 'json' };

export const INSPECTION_KINDS = ['on-site', 'off-site'] as const;
export type InspectionKind = (typeof INSPECTION_KINDS)[number];

export interface ChecklistItem {
  readonly itemId: string;
  readonly zh: string;
  readonly en: string;
  /** Instruments and articles. */
  readonly sources: readonly string[];
}

export interface Checklist {
  readonly kind: InspectionKind;
  readonly version: number;
  readonly title: { readonly zh: string; readonly en: string };
  readonly items: readonly ChecklistItem[];
}

/** What comes with the product: version 1 of each kind. */
export const DEFAULT_CHECKLISTS: Readonly<Record<InspectionKind, Checklist>> = {
  'on-site': { ...onSite, kind: 'on-site' },
  'off-site': { ...offSite, kind: 'off-site' },
};
