import { Textarea } from '@mantine/core';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './ScopesInput.module.css';

interface Scope {
  name: string;
  why: string;
}

interface Props {
  /** What the vendor's presets need. */
  needed: readonly Scope[];
  value?: string;
  onChange?: (event: unknown) => void;
  error?: ReactNode;
}

/** The scopes to ask for, with what each is needed for and whether it is asked for. */
export function ScopesInput({ needed, value = '', ...rest }: Props) {
  const asked = new Set(value.split(/\s+/));
  return (
    <div>
      <Textarea
        label="Scopes"
        description="Separated by spaces."
        autosize
        minRows={2}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }}
        value={value}
        {...rest}
      />
      <ul className={classes.scopes}>
        {needed.map(({ name, why }) => (
          <li key={name} data-asked={asked.has(name) || undefined}>
            {asked.has(name) ? (
              <Check size={14} aria-label="asked for" />
            ) : (
              <Minus size={14} aria-label="left out" />
            )}
            <code>{name}</code>
            <span>{why}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The scopes that the app at the vendor must have; nothing here asks for them. */
export function ScopeList({ title, needed }: { title: string; needed: readonly Scope[] }) {
  return (
    <div>
      <span className={classes.title}>{title}</span>
      <ul className={classes.scopes}>
        {needed.map(({ name, why }) => (
          <li key={name}>
            <code>{name}</code>
            <span>{why}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
