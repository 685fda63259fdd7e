import { useLocalStorage } from '@mantine/hooks';

/** Pixels: as wide as the panel is at first, and the least and the most that it may be made. */
export const panelWidth = { usual: 400, least: 320, most: 720 } as const;
/** What is always left of the canvas beside it. */
const leastCanvas = 280;

/** The width that somebody gave the panel at the right, kept in this browser. */
export const usePanelWidth = () =>
  useLocalStorage<number>({
    key: 'rollcall-settings-width',
    defaultValue: panelWidth.usual,
    getInitialValueInEffect: false,
  });

/** The most that the panel may be where it and the canvas share `room`. */
export const mostIn = (room: number): number => within(room - leastCanvas, panelWidth.most);

/** A wanted width within the bounds; what was kept and is no width becomes the usual one. */
export const within = (wanted: number, most: number): number =>
  Number.isFinite(wanted)
    ? Math.round(Math.min(Math.max(wanted, panelWidth.least), most))
    : Math.min(panelWidth.usual, most);
