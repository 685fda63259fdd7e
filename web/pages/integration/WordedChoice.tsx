import { Radio } from '@mantine/core';
import stack from '../../ui/Stack.module.css';

interface Props<V extends string> {
  label: string;
  description?: string;
  options: readonly V[];
  words: Record<V, { label: string; summary: string }>;
  value: V;
  onChange: (value: V) => void;
}

/** One of a few, each with what it means. */
export function WordedChoice<V extends string>(props: Props<V>) {
  const { label, description, options, words, value, onChange } = props;
  return (
    <Radio.Group
      label={label}
      description={description}
      value={value}
      onChange={(next) => onChange(next as V)}
    >
      <div className={stack.choices}>
        {options.map((option) => (
          <Radio
            key={option}
            value={option}
            label={words[option].label}
            description={words[option].summary}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
