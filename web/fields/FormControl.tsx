import { MultiSelect, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { FormField } from '#contract';
import { AssignmentsField } from './AssignmentsField.tsx';
import { CasesField } from './CasesField.tsx';
import { ConditionsField } from './ConditionsField.tsx';
import { FieldField, FieldsField } from './FieldsField.tsx';
import classes from './FormControl.module.css';
import { useSettingError } from './form-world.ts';
import { OperatorsField } from './OperatorsField.tsx';
import { ReferenceField } from './ReferenceField.tsx';
import { ScheduleField } from './ScheduleField.tsx';
import { TemplateInput } from './TemplateInput.tsx';
import { VariableRows } from './VariableRows.tsx';
import { WebhookField } from './WebhookField.tsx';

type Props = {
  field: FormField;
  value: unknown;
  onChange: (value: unknown) => void;
  /** The vendor that the same form names, so that only its credentials are offered. */
  vendorId?: string | undefined;
};

/** One row of a block's form, drawn as its block type describes it. */
export function FormControl({ field, value, onChange, vendorId }: Props) {
  const error = useSettingError(field.key);
  const text = typeof value === 'string' ? value : '';
  const shared = { label: field.label, description: field.hint, error };
  const below = { ...shared, inputWrapperOrder: ['label', 'input', 'description', 'error'] as wrapperOrder };

  switch (field.control) {
    case 'text':
      return <TextInput {...below} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'long_text':
      return (
        <Textarea
          {...below}
          autosize
          minRows={3}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'template':
      return <TemplateInput {...shared} isLong minRows={1} value={text} onChange={onChange} />;
    case 'number':
      return (
        <NumberInput
          {...below}
          min={0}
          classNames={{ wrapper: classes.number ?? '' }}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      );
    case 'switch':
      return (
        <Switch
          label={field.label}
          description={field.hint}
          error={error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'select':
      return (
        <Select
          {...below}
          allowDeselect={false}
          data={field.options ?? []}
          value={text === '' ? null : text}
          onChange={(next) => next !== null && onChange(next)}
        />
      );
    case 'choices':
      return (
        <MultiSelect
          {...below}
          placeholder={toTexts(value).length === 0 ? 'Choose any of them' : ''}
          data={field.options ?? []}
          value={toTexts(value)}
          onChange={onChange}
          clearable
        />
      );
    case 'fields':
      return (
        <FieldsField
          label={field.label}
          hint={field.hint}
          error={error}
          value={toTexts(value)}
          onChange={onChange}
        />
      );
    case 'field':
      return (
        <FieldField label={field.label} hint={field.hint} error={error} value={text} onChange={onChange} />
      );
    case 'operators':
      return (
        <OperatorsField
          label={field.label}
          hint={field.hint}
          error={error}
          value={toTexts(value)}
          onChange={onChange}
        />
      );
    case 'conditions':
      return (
        <ConditionsField
          label={field.label}
          hint={field.hint}
          error={error}
          value={value}
          onChange={onChange}
          emptyText={field.empty}
        />
      );
    case 'assignments':
      return (
        <AssignmentsField
          label={field.label}
          hint={field.hint}
          setting={field.key}
          value={value}
          onChange={onChange}
        />
      );
    case 'cases':
      return (
        <CasesField
          label={field.label}
          hint={field.hint}
          setting={field.key}
          value={value}
          onChange={onChange}
        />
      );
    case 'variables':
      return (
        <VariableRows
          label={field.label}
          hint={field.hint}
          setting={field.key}
          value={value}
          onChange={onChange}
        />
      );
    case 'webhook':
      return <WebhookField {...shared} value={text} onChange={onChange} />;
    case 'schedule':
      return <ScheduleField label={field.label} error={error} value={value} onChange={onChange} />;
    default:
      return (
        <ReferenceField
          kind={field.control}
          label={field.label}
          hint={field.hint}
          error={error}
          value={text}
          onChange={onChange}
          {...(field.control === 'credential' && (field.vendorId ?? vendorId)
            ? { vendorId: field.vendorId ?? vendorId ?? '' }
            : {})}
        />
      );
  }
}

const toTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

type wrapperOrder = ('label' | 'input' | 'description' | 'error')[];
