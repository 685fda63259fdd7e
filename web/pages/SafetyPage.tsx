import { useSafety } from '../api/use-safety.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import stack from '../ui/Stack.module.css';
import classes from './SafetyPage.module.css';
import { FreezesPanel } from './safety/FreezesPanel.tsx';
import { HeldPanel } from './safety/HeldPanel.tsx';
import { LimitsPanel } from './safety/LimitsPanel.tsx';
import { ProtectionsPanel } from './safety/ProtectionsPanel.tsx';
import { RulesPanel } from './safety/RulesPanel.tsx';

/** What keeps workflows from harming more people than anybody meant. */
export function SafetyPage() {
  const safety = useSafety();
  return (
    <>
      <PageHeader
        title="Safety"
        summary="What keeps workflows from harming more people than anybody meant. Tightening holds at once; loosening needs a second person."
      />
      <Loaded query={safety} rows={8}>
        {(state) => (
          <div className={stack.stack}>
            <HeldPanel />
            <LimitsPanel safety={state} />
            <div className={classes.columns}>
              <RulesPanel safety={state} />
              <FreezesPanel safety={state} />
            </div>
            <ProtectionsPanel safety={state} />
          </div>
        )}
      </Loaded>
    </>
  );
}
