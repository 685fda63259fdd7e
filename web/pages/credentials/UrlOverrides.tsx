import { Collapse, TextInput, UnstyledButton } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { loginOf, type Vendor } from '#contract';
import stack from '../../ui/Stack.module.css';
import classes from './UrlOverrides.module.css';

type UrlKey = 'baseUrl' | 'authorizeUrl' | 'tokenUrl';

interface Props {
  vendor: Vendor;
  inputOf: (key: UrlKey) => object;
  /** Shown from the start, because something is filled in. */
  isOpen: boolean;
}

/** A regional host, a proxy or a sandbox in place of the vendor's own URLs. */
export function UrlOverrides({ vendor, inputOf, isOpen }: Props) {
  const [choice, setChoice] = useState<boolean | null>(null);
  const isShown = choice ?? isOpen;
  return (
    <div>
      <UnstyledButton className={classes.toggle} aria-expanded={isShown} onClick={() => setChoice(!isShown)}>
        <ChevronRight size={15} aria-hidden data-open={isShown || undefined} />
        Advanced: other URLs than those of {vendor.title}
      </UnstyledButton>
      <Collapse expanded={isShown}>
        <div className={`${stack.stack} ${classes.inputs}`}>
          <TextInput label="Base URL" placeholder={vendor.baseUrl} {...inputOf('baseUrl')} />
          <TextInput
            label="Authorize URL"
            placeholder={loginOf(vendor)?.authorizeUrl}
            {...inputOf('authorizeUrl')}
          />
          <TextInput label="Token URL" placeholder={loginOf(vendor)?.tokenUrl} {...inputOf('tokenUrl')} />
        </div>
      </Collapse>
    </div>
  );
}
