import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useState } from 'react';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  width?: number | string;
}

/** A search field that waits until typing pauses. */
export function SearchInput({ label, value, onChange, width = 280 }: Props) {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  // Somebody else changed it, such as a button that shows everything again.
  if (value !== told) {
    setTold(value);
    if (value !== text.trim() && value !== text) setText(value);
  }
  const tell = useDebouncedCallback(onChange, 220);
  const change = (next: string): void => {
    setText(next);
    tell(next);
  };
  return (
    <TextInput
      type="text"
      role="searchbox"
      aria-label={label}
      placeholder={label}
      size="sm"
      w={width}
      maw="100%"
      maxLength={200}
      leftSection={<Search size={15} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label="Clear search" onClick={() => change('')} />}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
