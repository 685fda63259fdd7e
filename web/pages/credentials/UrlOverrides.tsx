import { Collapse, Select, TextInput, UnstyledButton } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { credentialKinds, methodOf, type Vendor } from '#contract';
import stack from '../../ui/Stack.module.css';
import { type CredentialFormState, ownUrl, type UrlKey, urlKeysOf } from './credential-draft.ts';
import classes from './UrlOverrides.module.css';

interface Props {
  vendor: Vendor;
  form: CredentialFormState;
  /** Shown from the start, because something is filled in. */
  isOpen: boolean;
}

const labels: Record<UrlKey, string> = {
  baseUrl: 'Base URL',
  authorizeUrl: 'Authorize URL',
  tokenUrl: 'Token URL',
};

/** A regional host, a proxy or a sandbox in place of the vendor's own URLs. */
export function UrlOverrides({ vendor, form, isOpen }: Props) {
  const { kind, baseUrl } = form.values;
  const isCustom = !methodOf(vendor, kind) && credentialKinds[kind].token !== 'given';
  const [choice, setChoice] = useState<boolean | null>(null);
  const isShown = choice ?? (isOpen || isCustom);
  const keys = urlKeysOf(kind).filter((key) => key !== 'baseUrl' || !vendor.baseUrlInput);
  if (keys.length === 0) return null;
  return (
    <div>
      <UnstyledButton className={classes.toggle} aria-expanded={isShown} onClick={() => setChoice(!isShown)}>
        <ChevronRight size={15} aria-hidden data-open={isShown || undefined} />
        {isCustom ? 'URLs' : `Advanced: other URLs than those of ${vendor.title}`}
      </UnstyledButton>
      <Collapse expanded={isShown}>
        <div className={`${stack.stack} ${classes.inputs}`}>
          {keys.map((key) => {
            const own = ownUrl(vendor, kind, key, baseUrl);
            return (
              <TextInput
                key={key}
                label={labels[key]}
                type="url"
                required={own === undefined}
                {...(own === undefined ? {} : { placeholder: own })}
                {...form.getInputProps(key)}
              />
            );
          })}
          {isCustom && (
            <Select
              label="Client authentication"
              description="How the client ID and secret go to the token URL."
              allowDeselect={false}
              data={[
                { value: 'form', label: 'In the form' },
                { value: 'basic', label: 'In a Basic header' },
              ]}
              {...form.getInputProps('clientAuth')}
            />
          )}
        </div>
      </Collapse>
    </div>
  );
}
