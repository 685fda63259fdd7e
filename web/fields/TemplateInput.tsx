import { ActionIcon, Combobox, Textarea, TextInput, Tooltip, useCombobox } from '@mantine/core';
import { Braces } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { rootsOf, useVariables, type Variable } from './form-world.ts';
import { TemplateFrame } from './TemplateFrame.tsx';
import classes from './TemplateInput.module.css';
import { findVariables, insertVariable, openNameAt } from './template-caret.ts';

type Props = {
  value: string;
  onChange: (value: string) => void;
  label?: ReactNode;
  /** Names the input where no label is shown. */
  ariaLabel?: string;
  description?: ReactNode;
  placeholder?: string;
  error?: ReactNode;
  required?: boolean;
  isLong?: boolean;
  minRows?: number;
};

const shownAtOnce = 60;

/** Text with variables in it: `{{` or the braces button lists the names that may stand there. */
export function TemplateInput(props: Props) {
  const { value, onChange, isLong } = props;
  const variables = useVariables();
  const known = useMemo(() => rootsOf(variables), [variables]);
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [search, setSearch] = useState('');
  const found = findVariables(variables, search).slice(0, shownAtOnce);
  const isOpen = combobox.dropdownOpened && variables.length > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the first option is chosen anew when the list changes
  useEffect(() => {
    if (isOpen) combobox.selectFirstOption();
  }, [isOpen, search]);

  const follow = (text: string, caret: number): void => {
    const open = openNameAt(text, caret);
    setSearch(open?.search ?? '');
    if (open) combobox.openDropdown();
    else combobox.closeDropdown();
  };
  const pick = (name: string): void => {
    const element = input.current;
    const caret = element?.selectionStart ?? value.length;
    const next = insertVariable(value, caret, name);
    onChange(next.text);
    combobox.closeDropdown();
    requestAnimationFrame(() => {
      element?.focus();
      element?.setSelectionRange(next.caret, next.caret);
    });
  };
  const openPicker = (): void => {
    input.current?.focus();
    setSearch('');
    combobox.toggleDropdown();
  };

  const shared = {
    ref: input,
    value,
    label: props.label,
    description: props.description,
    placeholder: props.placeholder,
    error: props.error,
    required: props.required ?? false,
    'aria-label': props.ariaLabel,
    // Only while names are offered: then the arrows and Enter choose among them.
    role: isOpen ? 'combobox' : undefined,
    spellCheck: false,
    autoComplete: 'off',
    classNames: { input: classes.input, section: classes.section },
    onChange: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
      const { value: text, selectionStart } = event.currentTarget;
      onChange(text);
      follow(text, selectionStart ?? text.length);
    },
    inputContainer: (children: ReactNode) => (
      <TemplateFrame value={value} known={known} input={input}>
        {children}
      </TemplateFrame>
    ),
    onBlur: () => combobox.closeDropdown(),
    rightSection: (
      <Tooltip label="Insert a variable">
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label="Insert a variable"
          onMouseDown={(event) => event.preventDefault()}
          onClick={openPicker}
        >
          <Braces size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
    ),
  };

  return (
    <Combobox store={combobox} onOptionSubmit={pick} shadow="md" position="bottom-start" withinPortal>
      <Combobox.Target
        withKeyboardNavigation={isOpen}
        withAriaAttributes={isOpen}
        withExpandedAttribute={isOpen}
      >
        {isLong ? (
          <Textarea autosize minRows={props.minRows ?? 3} maxRows={16} {...shared} />
        ) : (
          <TextInput {...shared} />
        )}
      </Combobox.Target>
      <Combobox.Dropdown hidden={!isOpen}>
        <Combobox.Options mah={240} className={classes.options} aria-label="Variables">
          {[...Map.groupBy(found, (variable) => variable.source)].map(([source, members]) => (
            <Combobox.Group key={source} label={source}>
              {members.map((variable) => (
                <Option key={variable.name} variable={variable} />
              ))}
            </Combobox.Group>
          ))}
          {found.length === 0 && <Combobox.Empty>No variable is called that</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Option({ variable }: { variable: Variable }) {
  return (
    <Combobox.Option value={variable.name} className={classes.option}>
      <span className={classes.name}>{variable.name}</span>
      <span className={classes.label}>{variable.label}</span>
    </Combobox.Option>
  );
}
