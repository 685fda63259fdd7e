import { NumberInput, SimpleGrid } from '@mantine/core';
import { mostAtOnce, mostPerSecond, type Vendor } from '#contract';
import { Panel } from '../../ui/Panel.tsx';
import type { CredentialFormState } from './credential-draft.ts';

/** How fast the credential may be used; left empty, the vendor's numbers and answers decide. */
export function PaceInputs({ vendor, form }: { vendor: Vendor; form: CredentialFormState }) {
  const { perSecond, atOnce } = vendor.pace ?? {};
  return (
    <Panel title="Pace">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label="Calls a second"
          description={
            perSecond === undefined
              ? `${vendor.title} publishes no number: it is learned.`
              : `${vendor.title} documents ${perSecond}.`
          }
          placeholder={perSecond === undefined ? 'Learned' : String(perSecond)}
          min={0.01}
          max={mostPerSecond}
          clampBehavior="none"
          allowNegative={false}
          {...form.getInputProps('perSecond')}
        />
        <NumberInput
          label="Calls at once"
          description={
            atOnce === undefined ? 'Empty: as this server is set up.' : `${vendor.title} documents ${atOnce}.`
          }
          placeholder="As this server is set up"
          min={1}
          max={mostAtOnce}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          {...form.getInputProps('atOnce')}
        />
      </SimpleGrid>
    </Panel>
  );
}
