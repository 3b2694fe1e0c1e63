import { useId, type ReactNode } from 'react';

export interface SectionProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page on its own sheet. */
export function Section({ title, aside, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <section className="fb-section" aria-labelledby={id}>
      <div className="fb-section-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Names and values beside each other; below each other on a phone. */
export function Facts({ items }: { readonly items: readonly { readonly label: string; readonly value: ReactNode }[] }): ReactNode {
  return (
    <dl className="fb-facts">
      {items.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
