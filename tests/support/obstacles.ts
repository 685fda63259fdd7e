import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

interface Asked {
  /** A selector of the part that is asked about; the whole page without. */
  part?: string;
  /** Only these rules; all without. */
  only?: readonly string[];
  but?: readonly string[];
}

/**
 * What keeps somebody from using a page as it stands, in words with the place: all that axe calls serious or critical,
 * and pages whose parts have no landmarks.
 */
export async function obstacles(page: Page, { part, only, but = [] }: Asked = {}): Promise<string[]> {
  // Nothing here has frames of other sites, for which a second page would be opened each time.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (part) axe.include(part);
  if (only) axe.withRules([...only]);
  else axe.disableRules([...but]);
  const { violations } = await axe.analyze();
  const isGrave = ({ id, impact }: { id: string; impact?: string | null }) =>
    impact === 'serious' || impact === 'critical' || id.startsWith('landmark-');
  return violations
    .filter(isGrave)
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help} ${target.join(' ')} ${failureSummary ?? ''}`),
    );
}
