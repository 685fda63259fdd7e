import { ActionIcon, Tooltip } from '@mantine/core';
import { PanelLeftOpen } from 'lucide-react';
import classes from './PaletteRail.module.css';

/** What is left of the palette when it is folded. */
export function PaletteRail({ onOpen }: { onOpen: () => void }) {
  return (
    <div className={classes.rail}>
      <Tooltip label="Open the palette (/)" position="right">
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Open the palette" onClick={onOpen}>
          <PanelLeftOpen size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
