import { useEffect, useState } from 'react';
import classes from './NameInput.module.css';

type Props = {
  label: string;
  value: string;
  onChange: (name: string) => void;
  className?: string | undefined;
  /** Report the name only when the input is left, not with each letter. */
  isLazy?: boolean;
  isReadOnly?: boolean;
};

/** A name that is text until it is touched. An empty name is put back. */
export function NameInput({ label, value, onChange, className, isLazy, isReadOnly = false }: Props) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);

  const finish = (): void => {
    const name = text.trim();
    if (name === '') setText(value);
    else if (name !== value) onChange(name);
  };

  return (
    <input
      className={`${classes.input} ${className ?? ''}`}
      aria-label={label}
      title={text}
      value={text}
      readOnly={isReadOnly}
      maxLength={120}
      spellCheck={false}
      onChange={(event) => {
        setText(event.currentTarget.value);
        if (!isLazy && event.currentTarget.value.trim() !== '') onChange(event.currentTarget.value);
      }}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          setText(value);
          event.currentTarget.blur();
        }
      }}
    />
  );
}
