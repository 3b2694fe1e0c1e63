import type { ReactNode } from 'react';

export interface ColumnsHelpProps {
  readonly needed: { readonly label: string; readonly names: readonly string[] };
  readonly optional: { readonly label: string; readonly names: readonly string[] };
}

const Names = ({ label, names }: { readonly label: string; readonly names: readonly string[] }): ReactNode => (
  <div>
    <dt>{label}</dt>
    <dd>
      {names.map((name) => (
        <code key={name}>{name}</code>
      ))}
    </dd>
  </div>
);

/** The columns that a file has to have and may have. */
export function ColumnsHelp({ needed, optional }: ColumnsHelpProps): ReactNode {
  return (
    <dl className="fb-columns-help">
      <Names {...needed} />
      <Names {...optional} />
    </dl>
  );
}
